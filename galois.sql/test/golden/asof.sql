CREATE STREAM t (sym VARCHAR, ts TIMESTAMP, qty INTEGER, WATERMARK FOR ts AS ts) WITH (transport = 'file', format = 'csv');
--> Create t (sym VARCHAR, ts TIMESTAMP, qty INTEGER)
-->   metadata {}
-->   time field 1, delay 0 us
-->   options {format=csv, transport=file}
CREATE STREAM q (sym VARCHAR, ts TIMESTAMP, price DOUBLE, n INTEGER, WATERMARK FOR ts AS ts) WITH (transport = 'file', format = 'csv');
--> Create q (sym VARCHAR, ts TIMESTAMP, price DOUBLE, n INTEGER)
-->   metadata {}
-->   time field 1, delay 0 us
-->   options {format=csv, transport=file}
CREATE STREAM u (sym VARCHAR, at TIMESTAMP) WITH (transport = 'file', format = 'csv');
--> Create u (sym VARCHAR, at TIMESTAMP)
-->   metadata {}
-->   time field -1, delay 0 us
-->   options {format=csv, transport=file}
SELECT t.qty, q.price FROM t ASOF JOIN q MATCH_CONDITION q.ts <= t.ts ON t.sym = q.sym;
--> Project qty, price
-->   Asof join inner (sym = sym0) AND (ts0 <= ts)
-->     Source t
-->     Source q
--> optimised:
--> Project qty, price
-->   Asof join inner (sym = sym0) AND (ts0 <= ts)
-->     Source t
-->     Project sym, ts, price
-->       Source q
SELECT t.qty, q.price FROM t LEFT ASOF JOIN q MATCH_CONDITION (t.ts > q.ts) ON t.sym = q.sym;
--> Project qty, price
-->   Asof join left (sym = sym0) AND (ts > ts0)
-->     Source t
-->     Source q
--> optimised:
--> Project qty, price
-->   Asof join left (sym = sym0) AND (ts > ts0)
-->     Source t
-->     Project sym, ts, price
-->       Source q
SELECT t.qty, q.price FROM t ASOF LEFT JOIN q ON t.sym = q.sym AND t.ts >= q.ts;
--> Project qty, price
-->   Asof join left (sym = sym0) AND (ts >= ts0)
-->     Source t
-->     Source q
--> optimised:
--> Project qty, price
-->   Asof join left (sym = sym0) AND (ts >= ts0)
-->     Source t
-->     Project sym, ts, price
-->       Source q
SELECT t.qty, q.price FROM t ASOF JOIN q ON t.ts < q.ts WHERE t.qty > 2;
--> Project qty, price
-->   Filter CAST(qty AS BIGINT) > :0=2
-->     Asof join inner ts < ts0
-->       Source t
-->       Source q
--> optimised:
--> Project qty, price
-->   Asof join inner ts < ts0
-->     Project ts, qty
-->       Filter CAST(qty AS BIGINT) > :0=2
-->         Source t
-->     Project ts, price
-->       Source q
SELECT t.qty, q.price FROM t ASOF JOIN q MATCH_CONDITION t.ts >= q.ts WHERE price > 2;
--> Project qty, price
-->   Filter price > :0=2.0
-->     Asof join inner ts >= ts0
-->       Source t
-->       Source q
--> optimised:
--> Project qty, price
-->   Filter price > :0=2.0
-->     Asof join inner ts >= ts0
-->       Project ts, qty
-->         Source t
-->       Project ts, price
-->         Source q
SELECT * FROM (SELECT q.price FROM t ASOF JOIN q MATCH_CONDITION t.ts >= q.ts) AS x, t;
--> Join inner true
-->   Project price
-->     Asof join inner ts >= ts0
-->       Source t
-->       Source q
-->   Source t
--> optimised:
--> Join inner true
-->   Project price
-->     Asof join inner ts >= ts0
-->       Project ts
-->         Source t
-->       Project ts, price
-->         Source q
-->   Source t
SELECT a.qty, b.price FROM t AS a JOIN q FOR SYSTEM_TIME AS OF a.ts AS b ON a.sym = b.sym;
--> Project qty, price
-->   Asof join inner (sym = sym0) AND (ts >= ts0)
-->     Source t
-->     Source q
--> optimised:
--> Project qty, price
-->   Asof join inner (sym = sym0) AND (ts >= ts0)
-->     Source t
-->     Project sym, ts, price
-->       Source q
SELECT t.qty, q.price FROM t LEFT JOIN q FOR SYSTEM_TIME AS OF t.ts ON t.sym = q.sym;
--> Project qty, price
-->   Asof join left (sym = sym0) AND (ts >= ts0)
-->     Source t
-->     Source q
--> optimised:
--> Project qty, price
-->   Asof join left (sym = sym0) AND (ts >= ts0)
-->     Source t
-->     Project sym, ts, price
-->       Source q
SELECT t.qty, q.price, r.price AS rp FROM t ASOF JOIN q ON t.sym = q.sym AND t.ts >= q.ts LEFT ASOF JOIN q AS r ON r.sym = q.sym AND r.ts < q.ts;
--> Project qty, price, price0 AS rp
-->   Asof join left (sym1 = sym0) AND (ts1 < ts0)
-->     Asof join inner (sym = sym0) AND (ts >= ts0)
-->       Source t
-->       Source q
-->     Source q
--> optimised:
--> Project qty, price, price0 AS rp
-->   Asof join left (sym = sym0) AND (ts < ts0)
-->     Project qty, sym0, ts0, price
-->       Asof join inner (sym = sym0) AND (ts >= ts0)
-->         Source t
-->         Project sym, ts, price
-->           Source q
-->     Project sym, ts, price
-->       Source q
SELECT t.qty FROM t ASOF JOIN q ON t.sym = q.sym AND t.ts >= q.ts WHERE q.sym = 'A' AND q.price > 2 AND t.qty < 100 AND q.n < 3;
--> Project qty
-->   Filter (sym0 = :0='A') AND (price > :1=2.0) AND (CAST(qty AS BIGINT) < :2=100) AND (CAST(n AS BIGINT) < :3=3)
-->     Asof join inner (sym = sym0) AND (ts >= ts0)
-->       Source t
-->       Source q
--> optimised:
--> Project qty
-->   Filter (price > :1=2.0) AND (CAST(n AS BIGINT) < :3=3)
-->     Asof join inner (sym = sym0) AND (ts >= ts0)
-->       Filter (sym = :0='A') AND (CAST(qty AS BIGINT) < :2=100)
-->         Source t
-->       Filter sym = :0='A'
-->         Source q
SELECT t.qty FROM t LEFT ASOF JOIN q ON t.sym = q.sym AND t.ts >= q.ts WHERE q.sym = 'A' AND t.sym > 'B';
--> Project qty
-->   Filter (sym0 = :0='A') AND (sym > :1='B')
-->     Asof join left (sym = sym0) AND (ts >= ts0)
-->       Source t
-->       Source q
--> optimised:
--> Project qty
-->   Filter sym0 = :0='A'
-->     Asof join left (sym = sym0) AND (ts >= ts0)
-->       Filter sym > :1='B'
-->         Source t
-->       Project sym, ts
-->         Filter sym > :1='B'
-->           Source q
SELECT t.qty FROM t ASOF JOIN q ON t.qty = q.n AND t.ts >= q.ts WHERE t.qty + 1 > 3;
--> Project qty
-->   Filter CAST(qty + :0=1 AS BIGINT) > :1=3
-->     Asof join inner (qty = n) AND (ts >= ts0)
-->       Source t
-->       Source q
--> optimised:
--> Project qty
-->   Filter CAST(qty + :0=1 AS BIGINT) > :1=3
-->     Asof join inner (qty = n) AND (ts >= ts0)
-->       Project ts, qty
-->         Source t
-->       Project ts, n
-->         Source q
SELECT t.qty FROM t RIGHT ASOF JOIN q ON t.sym = q.sym AND t.ts >= q.ts;
--> GLS-2005 line 1, column 21: an ASOF join of kind RIGHT is not supported: each left row meets one right row at most, so write ASOF JOIN or LEFT ASOF JOIN, with the sides the other way round if need be
SELECT t.qty FROM t ASOF FULL OUTER JOIN q ON t.sym = q.sym AND t.ts >= q.ts;
--> GLS-2005 line 1, column 26: an ASOF join of kind FULL is not supported: each left row meets one right row at most, so write ASOF JOIN or LEFT ASOF JOIN, with the sides the other way round if need be
SELECT t.qty FROM t NATURAL ASOF JOIN q MATCH_CONDITION t.ts >= q.ts;
--> GLS-2005 line 1, column 21: NATURAL before an ASOF join is not supported: write ASOF JOIN b ON a.k = b.k AND a.ts >= b.ts: equations between the sides and one comparison by <, <=, > or >= of a column of each side; everything else goes into WHERE
SELECT t.qty FROM t ASOF JOIN q USING (sym, ts);
--> GLS-2005 line 1, column 33: USING in an ASOF join is not supported: write ASOF JOIN b ON a.k = b.k AND a.ts >= b.ts: equations between the sides and one comparison by <, <=, > or >= of a column of each side; everything else goes into WHERE
SELECT t.qty FROM t ASOF JOIN q;
--> GLS-2001 line 1, column 21: an ASOF join without a condition: write ASOF JOIN b ON a.k = b.k AND a.ts >= b.ts: equations between the sides and one comparison by <, <=, > or >= of a column of each side; everything else goes into WHERE
SELECT t.qty FROM t ASOF JOIN q ON t.sym = q.sym;
--> GLS-2005 line 1, column 31: this condition of an ASOF join is not supported: write ASOF JOIN b ON a.k = b.k AND a.ts >= b.ts: equations between the sides and one comparison by <, <=, > or >= of a column of each side; everything else goes into WHERE
SELECT t.qty FROM t ASOF JOIN q ON t.sym = q.sym AND t.ts >= q.ts AND t.qty > q.n;
--> GLS-2005 line 1, column 31: this condition of an ASOF join is not supported: write ASOF JOIN b ON a.k = b.k AND a.ts >= b.ts: equations between the sides and one comparison by <, <=, > or >= of a column of each side; everything else goes into WHERE
SELECT t.qty FROM t ASOF JOIN q MATCH_CONDITION t.ts = q.ts ON t.sym = q.sym;
--> GLS-2005 line 1, column 49: this condition of an ASOF join is not supported: write ASOF JOIN b ON a.k = b.k AND a.ts >= b.ts: equations between the sides and one comparison by <, <=, > or >= of a column of each side; everything else goes into WHERE
SELECT t.qty FROM t ASOF JOIN q MATCH_CONDITION t.ts >= t.ts ON t.sym = q.sym;
--> GLS-2005 line 1, column 21: this condition of an ASOF join is not supported: write ASOF JOIN b ON a.k = b.k AND a.ts >= b.ts: equations between the sides and one comparison by <, <=, > or >= of a column of each side; everything else goes into WHERE
SELECT t.qty FROM t ASOF JOIN q MATCH_CONDITION t.ts >= q.ts + INTERVAL '1' SECOND ON t.sym = q.sym;
--> GLS-2005 line 1, column 21: this condition of an ASOF join is not supported: write ASOF JOIN b ON a.k = b.k AND a.ts >= b.ts: equations between the sides and one comparison by <, <=, > or >= of a column of each side; everything else goes into WHERE
SELECT t.qty FROM t ASOF JOIN q MATCH_CONDITION t.ts >= q.ts ON t.sym = q.sym AND q.price > 2;
--> GLS-2005 line 1, column 83: this condition of an ASOF join is not supported: write ASOF JOIN b ON a.k = b.k AND a.ts >= b.ts: equations between the sides and one comparison by <, <=, > or >= of a column of each side; everything else goes into WHERE
SELECT t.qty FROM t ASOF JOIN q MATCH_CONDITION t.ts >= q.ts ON t.qty = CAST(q.sym AS INTEGER);
--> GLS-2005 line 1, column 21: this condition of an ASOF join is not supported: write ASOF JOIN b ON a.k = b.k AND a.ts >= b.ts: equations between the sides and one comparison by <, <=, > or >= of a column of each side; everything else goes into WHERE
SELECT t.qty FROM t ASOF JOIN q MATCH_CONDITION t.sym >= q.sym;
--> GLS-2004 line 1, column 21: an ASOF join compares two times, or two whole numbers, of one type, not VARCHAR and VARCHAR: convert one in a select of its own
SELECT t.qty FROM t ASOF JOIN q MATCH_CONDITION t.ts >= q.nope ON t.sym = q.sym;
--> GLS-2003 line 1, column 59: unknown column "nope": known columns are "sym", "ts", "qty", "price", "n"
SELECT t.qty FROM t JOIN u FOR SYSTEM_TIME AS OF t.ts ON t.sym = u.sym;
--> GLS-2005 line 1, column 26: FOR SYSTEM_TIME AS OF needs a table or a stream with a WATERMARK, "u" is a stream without: declare WATERMARK FOR ts AS ts in CREATE STREAM, or declare it with CREATE TABLE
SELECT t.qty FROM t JOIN q FOR SYSTEM_TIME AS OF t.ts + INTERVAL '1' DAY ON t.sym = q.sym;
--> GLS-2005 line 1, column 50: this time in FOR SYSTEM_TIME AS OF a stream is not supported: use the time column of the other stream
SELECT t.qty FROM t JOIN q FOR SYSTEM_TIME AS OF t.qty ON t.sym = q.sym;
--> GLS-2004 line 1, column 50: cannot compare INTEGER with TIMESTAMP: use CAST to bring them to one type
SELECT t.qty FROM t RIGHT JOIN q FOR SYSTEM_TIME AS OF t.ts ON t.sym = q.sym;
--> GLS-2005 line 1, column 32: FOR SYSTEM_TIME AS OF of a stream in this join is not supported: use JOIN or LEFT JOIN with ON
SELECT t.qty FROM t JOIN q FOR SYSTEM_TIME AS OF t.ts ON t.sym = q.sym AND q.price > 2;
--> GLS-2005 line 1, column 76: this condition of an ASOF join is not supported: write ASOF JOIN b ON a.k = b.k AND a.ts >= b.ts: equations between the sides and one comparison by <, <=, > or >= of a column of each side; everything else goes into WHERE
SELECT t.qty FROM t JOIN q FOR SYSTEM_TIME AS OF PROCTIME() ON t.sym = q.sym;
--> GLS-2005 line 1, column 50: this time in FOR SYSTEM_TIME AS OF a stream is not supported: use the time column of the other stream
