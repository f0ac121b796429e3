CREATE STREAM temps (device VARCHAR, temp DOUBLE, hum DOUBLE, n INTEGER, ok BOOLEAN, ts TIMESTAMP)
  WITH (transport = 'file', format = 'csv');
--> Create temps (device VARCHAR, temp DOUBLE, hum DOUBLE, n INTEGER, ok BOOLEAN, ts TIMESTAMP)
-->   metadata {}
-->   time field -1, delay 0 us
-->   options {format=csv, transport=file}

-- Syntax.
SELECT;
--> GLS-2001 line 1, column 7: the statement ends too early: expected an expression
SELECT temp, FROM temps;
--> GLS-2001 line 1, column 14: unexpected 'FROM': expected an expression
SELECT temp FROM;
--> GLS-2001 line 1, column 17: the statement ends too early: expected a name
SELECT temp FROM temps WHERE;
--> GLS-2001 line 1, column 29: the statement ends too early: expected an expression
SELECT temp FROM temps WHERE temp > > 3;
--> GLS-2001 line 1, column 37: unexpected '>': expected an expression
SELECT temp FROM temps
  WHERE temp = 'a' 'b' c;
--> GLS-2001 line 2, column 24: unexpected 'c'
SELECT (temp FROM temps;
--> GLS-2001 line 1, column 14: unexpected 'FROM'
SELECT temp) FROM temps;
--> GLS-2001 line 1, column 12: unexpected ')': expected a name
SELECT temp FROM temps GROUP device;
--> GLS-2001 line 1, column 30: unexpected 'device': expected 'BY'
SELECT COUNT( FROM temps;
--> GLS-2001 line 1, column 15: unexpected 'FROM': expected an expression
SELECT CASE WHEN temp > 1 THEN 2 FROM temps;
--> GLS-2001 line 1, column 34: unexpected 'FROM'
SELECT CAST(temp AS) FROM temps;
--> GLS-2001 line 1, column 20: unexpected ')': expected a name
SELECT temp FROM temps WHERE temp ! 3;
--> GLS-2001 line 1, column 37: unexpected '3': expected '~'
SELECT temp AS FROM temps;
--> GLS-2001 line 1, column 16: unexpected 'FROM': expected a name
SELECT 'abc FROM temps;
--> GLS-2001 line 1, column 8: this text does not end: ' is missing
SELECT temp /* never closed FROM temps;
--> GLS-2001 line 1, column 13: this comment does not end: */ is missing
SELECT "temp FROM temps;
--> GLS-2001 line 1, column 8: this name does not end: " is missing

-- Names.
SELECT tmp FROM temps;
--> GLS-2003 line 1, column 8: unknown column "tmp": did you mean "temp"? known columns are "device", "temp", "hum", "n", "ok", "ts"
SELECT temps.foo FROM temps;
--> GLS-2003 line 1, column 14: unknown column "foo": known columns are "device", "temp", "hum", "n", "ok", "ts"
SELECT x.temp FROM temps;
--> GLS-2002 line 1, column 8: unknown stream "x": known streams are "temps"
SELECT temp FROM
  temp;
--> GLS-2002 line 2, column 3: unknown stream "temp": did you mean "temps"? known streams are "temps"
SELECT a.temp FROM (SELECT hum FROM temps) AS a;
--> GLS-2003 line 1, column 10: unknown column "temp": it is not among the columns at this place of the query

-- Types.
SELECT temp + device FROM temps;
--> GLS-2004 line 1, column 8: cannot apply + to DOUBLE and VARCHAR: use CAST to bring the operands to one type
SELECT * FROM temps WHERE temp > 'a';
--> GLS-2004 line 1, column 27: cannot compare DOUBLE with VARCHAR: use CAST to bring them to one type
SELECT * FROM temps WHERE device = 5;
--> Filter device = :0='5'
-->   Source temps
SELECT * FROM temps WHERE ts > 'yesterday';
--> GLS-2004 line 1, column 27: cannot compare TIMESTAMP with VARCHAR: use CAST to bring them to one type
SELECT * FROM temps WHERE ts > TIMESTAMP '2026-02-30 00:00:00';
--> GLS-2004 line 1, column 32: '2026-02-30 00:00:00' is no TIMESTAMP: write 'yyyy-mm-dd hh:mm:ss.ffffff'
SELECT * FROM temps WHERE temp;
--> GLS-2004 line 1, column 27: WHERE clause must be a condition
SELECT * FROM temps WHERE ok = 1;
--> GLS-2004 line 1, column 27: cannot compare BOOLEAN with INTEGER: use CAST to bring them to one type
SELECT NOT device, -ok FROM temps;
--> GLS-2004 line 1, column 8: cannot apply NOT to VARCHAR: use CAST to bring the operands to one type
SELECT CASE WHEN ok THEN device ELSE temp END FROM temps;
--> GLS-2004 line 1, column 8: illegal mixing of types in CASE or COALESCE statement
SELECT COALESCE(device, 5) FROM temps;
--> GLS-2004 line 1, column 8: cannot infer return type for COALESCE; operand types: [VARCHAR, INTEGER]
SELECT CASE WHEN temp THEN 1 END FROM temps;
--> GLS-2004 line 1, column 8: expected a boolean type
SELECT NULL FROM temps;
--> GLS-2004 line 1, column 8: NULL has no type here: write CAST(NULL AS DOUBLE)
SELECT NULLIF(temp) FROM temps;
--> GLS-2004 line 1, column 8: NULLIF takes 2 arguments, found 1
SELECT CAST(ok AS DOUBLE) FROM temps;
--> Project CAST(ok AS DOUBLE) AS EXPR$0
-->   Source temps
SELECT * FROM temps WHERE temp > 1e999;
--> GLS-2004 line 1, column 34: this number is outside the range of DOUBLE
SELECT temp % 2 FROM temps;
--> Project temp % :0=2.0 AS EXPR$0
-->   Source temps

-- Correct SQL that does not run here.
WITH w AS (SELECT temp FROM temps) SELECT * FROM w;
--> Project temp
-->   Source temps
SELECT (SELECT n FROM temps) FROM temps;
--> GLS-2005 line 1, column 1: a select inside an expression can only be IN (SELECT ...) or EXISTS (SELECT ...), alone or with AND in WHERE, or an aggregate without GROUP BY of its own: otherwise join with it in FROM
SELECT NTILE(2) OVER (PARTITION BY device ORDER BY ts) FROM temps;
--> GLS-2005 line 1, column 8: NTILE OVER is not supported: GALOIS has all aggregate functions and DENSE_RANK, FIRST_VALUE, LAG, LAST_VALUE, LEAD, NTH_VALUE, RANK, ROW_NUMBER with OVER (...)
SELECT temp FROM temps WHERE device LIKE 'a%';
--> Project temp
-->   Filter LIKE(device, 'a%')
-->     Source temps
SELECT UPPER(device), ABS(temp) FROM temps;
--> Project UPPER(device) AS EXPR$0, ABS(temp) AS EXPR$1
-->   Source temps
SELECT device || 'x' FROM temps;
--> Project CONCAT(device, :0='x') AS EXPR$0
-->   Source temps
SELECT ts + INTERVAL '1' DAY FROM temps;
--> Project ts + :0=INTERVAL '86400' SECOND AS EXPR$0
-->   Source temps
SELECT CURRENT_TIMESTAMP FROM temps;
--> Project EVENT_TIME() AS EXPR$0
-->   Source temps
SELECT DATE '2026-01-01' FROM temps;
--> Project DATE '2026-01-01' AS EXPR$0
-->   Source temps
SELECT EXTRACT(DAY FROM ts) FROM temps;
--> Project EXTRACT('DAY', ts) AS EXPR$0
-->   Source temps
SELECT temp FROM temps WHERE (temp, hum) = (1, 2);
--> GLS-2005 line 1, column 30: a row value is not supported: compare the columns one by one
SELECT temp FROM temps WHERE temp = ?;
--> GLS-2005 line 1, column 37: a parameter (?) is not supported: write the value: constants become parameters by themselves
SELECT CAST(temp AS DECIMAL(5, 2)), CAST(n AS VARCHAR(3)) FROM temps;
--> Project CAST(temp AS DECIMAL(5, 2)) AS EXPR$0, LEFT(CAST(n AS VARCHAR), :0=3) AS EXPR$1
-->   Source temps
SELECT temp IS DISTINCT FROM hum FROM temps;
--> Project CASE(IS_NULL(temp), IS_NOT_NULL(hum), CASE(IS_NULL(hum), true, temp <> hum)) AS EXPR$0
-->   Source temps
--> optimised:
--> Project (IS_NULL(temp) AND IS_NOT_NULL(hum)) OR ((IS_NULL(hum) OR (temp <> hum)) AND IS_NOT_NULL(temp)) AS EXPR$0
-->   Source temps
SELECT 1;
--> Project 1 AS EXPR$0
-->   Source $row (zero INTEGER)
VALUES (1);
--> Project 1 AS EXPR$0
-->   Source $row (zero INTEGER)
SELECT * FROM (VALUES (1)) AS v;
--> Project 1 AS EXPR$0
-->   Source $row (zero INTEGER)
SELECT * FROM temps TABLESAMPLE BERNOULLI(10);
--> GLS-2005 line 1, column 15: TABLESAMPLE is not supported: filter with WHERE

-- WITH, views, intervals with their unit in the text.
WITH a AS (SELECT * FROM a) SELECT * FROM a;
--> GLS-2002 line 1, column 26: unknown stream "a": known streams are "temps"
WITH RECURSIVE a AS (SELECT * FROM temps) SELECT * FROM a;
--> GLS-2005 line 1, column 16: WITH RECURSIVE is not supported: write one select for each step
WITH a(x, y) AS (SELECT temp FROM temps) SELECT * FROM a;
--> GLS-2001 line 1, column 8: list of column aliases must have same degree as table; table has 1 columns ('temp'), whereas alias list has 2 columns
CREATE VIEW temps AS SELECT * FROM temps;
--> GLS-2006 line 1, column 13: the stream "temps" exists: give the view another name
CREATE VIEW v AS INSERT INTO temps SELECT * FROM temps;
--> GLS-2001 line 1, column 18: expected SELECT, found 'INSERT'
CREATE VIEW v AS SELECT nothing FROM temps;
--> GLS-2003 line 1, column 25: unknown column "nothing": known columns are "device", "temp", "hum", "n", "ok", "ts"
CREATE VIEW v(a, a) AS SELECT temp, hum FROM temps;
--> GLS-2001 line 1, column 36: duplicate name 'a' in column alias list
SELECT ts + INTERVAL '1' FROM temps;
--> GLS-2001 line 1, column 22: this interval has no unit: write INTERVAL '5' SECOND or INTERVAL '2 hours'
SELECT ts + INTERVAL '1 lightyear' FROM temps;
--> GLS-2001 line 1, column 22: this interval has no unit: write INTERVAL '5' SECOND or INTERVAL '2 hours'
SELECT ts + INTERVAL '1 month 2 days' FROM temps;
--> GLS-2001 line 1, column 22: this interval has no unit: write INTERVAL '5' SECOND or INTERVAL '2 hours'
SELECT * FROM TUMBLE(TABLE nowhere, DESCRIPTOR(timestamp), INTERVAL '1' HOUR);
--> GLS-2002 line 1, column 28: unknown stream "nowhere": known streams are "temps"
