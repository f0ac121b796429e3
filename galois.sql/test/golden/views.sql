-- WITH and views become the selects they name; intervals with their unit in the text.

CREATE STREAM temps (device VARCHAR, temp DOUBLE, "end" INTEGER, ts TIMESTAMP, WATERMARK FOR ts)
  WITH (transport = 'file', format = 'csv');
--> Create temps (device VARCHAR, temp DOUBLE, end INTEGER, ts TIMESTAMP)
-->   metadata {}
-->   time field 3, delay 0 us
-->   options {format=csv, transport=file}
WITH a AS (SELECT device, temp FROM temps WHERE temp > 1) SELECT a.device FROM a WHERE temp < 5;
--> Project device
-->   Filter temp < :1=5.0
-->     Project device, temp
-->       Filter temp > :0=1.0
-->         Source temps
--> optimised:
--> Project device
-->   Filter (temp > :0=1.0) AND (temp < :1=5.0)
-->     Source temps
WITH a AS (SELECT device AS value FROM temps), b AS (SELECT value || 'x' AS end FROM a) SELECT b.end FROM b;
--> Project CONCAT(value, :0='x') AS end
-->   Project device AS value
-->     Source temps
--> optimised:
--> Project CONCAT(device, :0='x') AS end
-->   Source temps
WITH a(d, n) AS (SELECT device, COUNT(*) FROM temps GROUP BY device) SELECT x.d, y.n FROM a x JOIN a AS y ON x.d = y.d;
--> Project d, n0 AS n
-->   Join inner d = d0
-->     Project device AS d, EXPR$1 AS n
-->       Aggregate by device: COUNT(*)
-->         Project device
-->           Source temps
-->     Project device AS d, EXPR$1 AS n
-->       Aggregate by device: COUNT(*)
-->         Project device
-->           Source temps
--> optimised:
--> Project device AS d, EXPR$1 AS n
-->   Join inner device = device0
-->     Aggregate by device:
-->       Project device
-->         Source temps
-->     Aggregate by device: COUNT(*)
-->       Project device
-->         Source temps
WITH a AS (SELECT device FROM temps) SELECT device FROM temps WHERE device IN (SELECT device FROM a) ORDER BY device;
--> Sort by device
-->   Project device
-->     Join semi device = device0
-->       Source temps
-->       Project device
-->         Source temps
--> optimised:
--> Sort by device
-->   Project device
-->     Join semi device = device0
-->       Project device
-->         Source temps
-->       Project device
-->         Source temps
WITH a AS (SELECT 1 AS n FROM temps) SELECT n FROM (WITH a AS (SELECT 2 AS n FROM temps) SELECT n FROM a) AS b;
--> Project 2 AS n
-->   Source temps
CREATE VIEW hot AS SELECT device, temp, ts FROM temps WHERE temp > 30;
--> CreateTemplate[template=QueryTemplate[name=hot, parameters=[], body=SourceText[text=SELECT device, temp, ts FROM temps WHERE temp > 30, start=line 1, column 20]], ifNotExists=false, orReplace=false]
CREATE VIEW IF NOT EXISTS hot AS SELECT device FROM temps;
--> CreateTemplate[template=QueryTemplate[name=hot, parameters=[], body=SourceText[text=SELECT device FROM temps, start=line 1, column 34]], ifNotExists=true, orReplace=false]
CREATE VIEW hot AS SELECT device FROM temps;
--> GLS-2006 line 1, column 13: the view "hot" exists: drop it first, or write CREATE OR REPLACE VIEW
CREATE OR REPLACE VIEW hottest (d, t) AS SELECT device, MAX(temp) FROM hot GROUP BY device;
--> CreateTemplate[template=QueryTemplate[name=hottest, parameters=[], body=SourceText[text=WITH v("d", "t") AS (SELECT device, MAX(temp) FROM hot GROUP BY device
--> ) SELECT * FROM v, start=line 1, column 42]], ifNotExists=false, orReplace=true]
SELECT t FROM hottest WHERE d = 'a';
--> Project t
-->   Filter d = :1='a'
-->     Project device AS d, EXPR$1 AS t
-->       Aggregate by device: MAX(temp)
-->         Project device, temp
-->           Filter temp > :0=30.0
-->             Source temps
--> optimised:
--> Project EXPR$1 AS t
-->   Aggregate by device: MAX(temp)
-->     Project device, temp
-->       Filter (temp > :0=30.0) AND (device = :1='a')
-->         Source temps
SELECT window_start, COUNT(*) FROM TUMBLE(TABLE hot, DESCRIPTOR(ts), INTERVAL '1 hour') GROUP BY window_start;
--> Project window_start, EXPR$1
-->   Aggregate tumble(ts, 3600000000 us): COUNT(*)
-->     Project ts
-->       Filter temp > :0=30.0
-->         Source temps
SELECT window_start, COUNT(*) FROM hop(hot, ts, interval '30 minutes', interval '1 hour') GROUP BY window_start;
--> Project window_start, EXPR$1
-->   Aggregate hop(ts, 3600000000 us every 1800000000 us): COUNT(*)
-->     Project ts
-->       Filter temp > :0=30.0
-->         Source temps
WITH hot AS (SELECT device FROM temps) SELECT * FROM hot;
--> Project device
-->   Source temps
SHOW VIEWS;
--> Answer[text=hot
--> hottest
--> ]
DESCRIBE VIEW hot;
--> Answer[text=SELECT device, temp, ts FROM temps WHERE temp > 30
--> ]
SELECT ts + INTERVAL '1 day 2 hours' AS a, ts - INTERVAL '1500' MILLISECOND AS b, ts + INTERVAL '2 years' AS c FROM temps;
--> Project ts + :0=INTERVAL '93600' SECOND AS a, ts - :1=INTERVAL '1.5' SECOND AS b, ts + :2=INTERVAL '24' MONTH AS c
-->   Source temps
SELECT ts FROM TUMBLE(temps, 5, INTERVAL '1' HOUR);
--> GLS-2004 line 1, column 16: TUMBLE needs a column of type TIMESTAMP, and its lengths as INTERVAL, such as INTERVAL '1' MINUTE
DROP VIEW hottest;
--> DropTemplate[name=hottest, ifExists=false]
SELECT * FROM hottest;
--> GLS-2002 line 1, column 15: unknown stream "hottest": known streams are "temps", "hot"
DROP VIEW hottest;
--> GLS-2002 line 1, column 11: unknown view or template "hottest": known views and templates are "hot"

-- Rows without a stream, sets, values of a select.
SELECT 1 AS x;
--> Project 1 AS x
-->   Source $row (zero INTEGER)
VALUES (1, 'a'), (2, NULL);
--> Union all
-->   Project 1 AS EXPR$0, 'a' AS EXPR$1
-->     Source $row (zero INTEGER)
-->   Project 2 AS EXPR$0, NULL AS EXPR$1
-->     Source $row (zero INTEGER)
SELECT *;
--> GLS-2001 line 1, column 8: * needs FROM: name the stream it stands for
SELECT CAST(NULL AS INTEGER) + 1 FROM (VALUES (1)) AS t(a) WHERE a IN (VALUES (1), (2));
--> Project NULL AS EXPR$0
-->   Join semi EXPR$0 = EXPR$00
-->     Project 1 AS EXPR$0
-->       Source $row (zero INTEGER)
-->     Union all
-->       Project 1 AS EXPR$0
-->         Source $row (zero INTEGER)
-->       Project 2 AS EXPR$0
-->         Source $row (zero INTEGER)
SELECT device FROM temps INTERSECT SELECT device FROM temps WHERE temp > 1;
--> Project device
-->   Filter $left AND NOT($only)
-->     Aggregate by device: ANY($left), EVERY($left)
-->       Union all
-->         Project device, true AS $left
-->           Project device
-->             Source temps
-->         Project device, false AS $left
-->           Project device
-->             Filter temp > :0=1.0
-->               Source temps
--> optimised:
--> Project device
-->   Filter $left AND NOT($only)
-->     Aggregate by device: ANY($left), EVERY($left)
-->       Union all
-->         Project device, true AS $left
-->           Source temps
-->         Project device, false AS $left
-->           Filter temp > :0=1.0
-->             Source temps
SELECT device FROM temps EXCEPT SELECT device FROM temps WHERE temp > 1;
--> Project device
-->   Filter $left AND $only
-->     Aggregate by device: ANY($left), EVERY($left)
-->       Union all
-->         Project device, true AS $left
-->           Project device
-->             Source temps
-->         Project device, false AS $left
-->           Project device
-->             Filter temp > :0=1.0
-->               Source temps
--> optimised:
--> Project device
-->   Filter $left AND $only
-->     Aggregate by device: ANY($left), EVERY($left)
-->       Union all
-->         Project device, true AS $left
-->           Source temps
-->         Project device, false AS $left
-->           Filter temp > :0=1.0
-->             Source temps
SELECT device FROM temps EXCEPT ALL SELECT device FROM temps;
--> GLS-2005 line 1, column 26: EXCEPT ALL is not supported: without ALL each row comes once
SELECT temp - (SELECT MIN(temp) FROM temps) AS above FROM temps WHERE temp > (SELECT AVG(temp) FROM temps WHERE temp > 0);
--> Project temp - EXPR$00 AS above
-->   Join left true
-->     Filter temp > EXPR$0
-->       Join left true
-->         Source temps
-->         Aggregate: AVG(temp)
-->           Project temp
-->             Filter temp > :0=0.0
-->               Source temps
-->     Aggregate: MIN(temp)
-->       Project temp
-->         Source temps
--> optimised:
--> Project temp - EXPR$0 AS above
-->   Join left true
-->     Project temp
-->       Join inner temp > EXPR$0
-->         Project temp
-->           Source temps
-->         Aggregate: AVG(temp)
-->           Project temp
-->             Filter temp > :0=0.0
-->               Source temps
-->     Aggregate: MIN(temp)
-->       Project temp
-->         Source temps
SELECT temp FROM temps WHERE temp = (SELECT temp FROM temps);
--> GLS-2005 line 1, column 1: a select inside an expression can only be IN (SELECT ...) or EXISTS (SELECT ...), alone or with AND in WHERE, or an aggregate without GROUP BY of its own: otherwise join with it in FROM
SELECT temp FROM temps AS t WHERE temp = (SELECT MAX(temp) FROM temps AS u WHERE u.device = t.device);
--> GLS-2005 line 1, column 1: a select inside an expression can only be IN (SELECT ...) or EXISTS (SELECT ...), alone or with AND in WHERE, or an aggregate without GROUP BY of its own: otherwise join with it in FROM
CREATE STREAM "$row" (a INTEGER);
--> GLS-2006 line 1, column 15: "$row" is taken by GALOIS: choose another name
SELECT temp FROM temps WHERE temp NOT BETWEEN SYMMETRIC 2 AND 1;
--> Project temp
-->   Filter NOT(((temp >= :0=2.0) AND (temp <= :1=1.0)) OR ((temp >= :2=1.0) AND (temp <= :3=2.0)))
-->     Source temps
--> optimised:
--> Project temp
-->   Filter ((temp < :0=2.0) OR (temp > :1=1.0)) AND ((temp < :2=1.0) OR (temp > :3=2.0))
-->     Source temps
SELECT DATE_FORMAT(ts, 'yyyy-MM-dd HH:mm'), TO_CHAR(ts, 'YYYY "at" MI'), DATE_FORMAT(ts, 'QQ') FROM temps;
--> GLS-2004 line 1, column 90: the pattern has 'Q', which is none of yyyy, uuuu, yy, MM, M, DDD, D, dd, d, HH, H, mm, m, ss, s, SSSSSS, SSS: other text stands in ''two quotes''
SELECT TO_CHAR(ts, device) FROM temps;
--> GLS-2004 line 1, column 20: the pattern of TO_CHAR is a text of 1 to 64 characters: write 'YYYY-MM-DD HH24:MI:SS'
SELECT SPLIT_INDEX(device, '/', 1), CONCAT_WS(',', device, temp) FROM temps;
--> Project CASE(true AND ((CHAR_LENGTH(device) - CHAR_LENGTH(REPLACE(device, :0='/', :1=''))) >= (:2=1 * CHAR_LENGTH(:3='/'))), SPLIT_PART(device, :4='/', :5=2), NULL) AS EXPR$0, SUBSTRING(CONCAT(CASE(IS_NULL(device), :6='', CONCAT(:7=',', device)), CASE(IS_NULL(temp), :8='', CONCAT(:9=',', CAST(temp AS VARCHAR)))), CAST(CHAR_LENGTH(:10=',') + :11=1 AS BIGINT)) AS EXPR$1
-->   Source temps
--> optimised:
--> Project CASE((CHAR_LENGTH(device) - CHAR_LENGTH(REPLACE(device, :0='/', :1=''))) >= (:2=1 * CHAR_LENGTH(:3='/')), SPLIT_PART(device, :4='/', :5=2), NULL) AS EXPR$0, SUBSTRING(CONCAT(CASE(IS_NULL(device), :6='', CONCAT(:7=',', device)), CASE(IS_NULL(temp), :8='', CONCAT(:9=',', CAST(temp AS VARCHAR)))), CAST(CHAR_LENGTH(:10=',') + :11=1 AS BIGINT)) AS EXPR$1
-->   Source temps
SELECT COUNT(*) FROM TUMBLE(TABLE (SELECT ts FROM temps), DESCRIPTOR(ts), INTERVAL '1' HOUR) GROUP BY window_start;
--> Project EXPR$0
-->   Aggregate tumble(ts, 3600000000 us): COUNT(*)
-->     Project ts
-->       Source temps
INSERT INTO temps VALUES ('a', 1.5, 2, TIMESTAMP '2026-01-01 00:00:00'), ('b', 2.5, 3, NULL);
--> Insert into temps
--> Project EXPR$0 AS device, EXPR$1 AS temp, EXPR$2 AS end, EXPR$3 AS ts
-->   Union all
-->     Project 'a' AS EXPR$0, 1.5 AS EXPR$1, 2 AS EXPR$2, TIMESTAMP '2026-01-01 00:00:00' AS EXPR$3
-->       Source $row (zero INTEGER)
-->     Project 'b' AS EXPR$0, 2.5 AS EXPR$1, 3 AS EXPR$2, NULL AS EXPR$3
-->       Source $row (zero INTEGER)
INSERT INTO temps VALUES (1);
--> GLS-2004 line 1, column 19: columns of the select: 1, of the target: 4

-- A view is checked as it will be; rows of VALUES and their types are alike.
CREATE OR REPLACE VIEW hot AS SELECT * FROM hot;
--> GLS-2005 line 1, column 45: the view "hot" reads itself: give one of them another name
CREATE VIEW loop AS SELECT * FROM loop;
--> GLS-2005 line 1, column 35: the view "loop" reads itself: give one of them another name
SELECT temp FROM hot;
--> Project temp
-->   Filter temp > :0=30.0
-->     Source temps
VALUES (1, 2), (3);
--> GLS-2004 line 1, column 16: this row has another number of values than the first, 2: write NULL for a value that is not there
VALUES (1), ('a');
--> GLS-2004 line 1, column 9: column 1 has values of types that do not go together: use CAST to bring them to one type
SELECT TRY() FROM temps;
--> GLS-2004 line 1, column 8: TRY takes 1 argument, found 0
SELECT DATE_FORMAT(ts) FROM temps;
--> GLS-2004 line 1, column 8: DATE_FORMAT takes two arguments, a time and a pattern, found 1
SELECT CAST(TRUE AS DOUBLE);
--> Project CAST(true AS DOUBLE) AS EXPR$0
-->   Source $row (zero INTEGER)
