CREATE STREAM s (k VARCHAR, i INTEGER, d DOUBLE, b BOOLEAN, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '5' SECOND)
  WITH (transport = 'file', format = 'csv');
--> Create s (k VARCHAR, i INTEGER, d DOUBLE, b BOOLEAN, ts TIMESTAMP)
-->   metadata {}
-->   time field 4, delay 5000000 us
-->   options {format=csv, transport=file}
SELECT k, i - LAG(i) OVER (PARTITION BY k ORDER BY ts) AS diff FROM s;
--> Project k, i - over AS diff
-->   Over each k, by ts, LAG(i, 1) AS over
-->     Source s
--> optimised:
--> Project k, i - over AS diff
-->   Over each k, by ts, LAG(i, 1) AS over
-->     Project k, i, ts
-->       Source s
SELECT k, LAG(i, 2, 0) OVER (PARTITION BY k ORDER BY ts) AS before, LEAD(i) OVER (PARTITION BY k ORDER BY ts) AS behind FROM s;
--> Project k, CASE(IS_NULL(has_before), :0=0, before) AS before, behind
-->   Over each k, by ts, LAG(i, 2) AS before, LAG(expr5, 2) AS has_before, LEAD(i, 1) AS behind
-->     Project k, i, d, b, ts, true AS expr5
-->       Source s
--> optimised:
--> Project k, CASE(IS_NULL(has_before), :0=0, before) AS before, behind
-->   Over each k, by ts, LAG(i, 2) AS before, LAG(expr5, 2) AS has_before, LEAD(i, 1) AS behind
-->     Project k, i, ts, true AS expr5
-->       Source s
SELECT SUM(i) OVER w AS total, AVG(d) OVER (PARTITION BY k ORDER BY ts ROWS 9 PRECEDING) AS mean,
  COUNT(*) OVER (PARTITION BY k ORDER BY ts RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW) AS lately
  FROM s WINDOW w AS (PARTITION BY k ORDER BY ts);
--> Project total, mean, lately
-->   Over each k, by ts, SUM(i) AS total, AVG(d) of rows 9 ahead to this AS mean, COUNT(*) of times 60 s ahead to equals AS lately
-->     Source s
--> optimised:
--> Project total, mean, lately
-->   Over each k, by ts, SUM(i) AS total, AVG(d) of rows 9 ahead to this AS mean, COUNT(*) of times 60 s ahead to equals AS lately
-->     Project k, i, d, ts
-->       Source s
SELECT k, FIRST_VALUE(d) OVER (PARTITION BY k ORDER BY ts) AS f, LAST_VALUE(d) IGNORE NULLS OVER (PARTITION BY k ORDER BY ts) AS l,
  NTH_VALUE(d, 2) OVER (PARTITION BY k ORDER BY ts ROWS BETWEEN 3 PRECEDING AND 1 PRECEDING) AS n, RANK() OVER (PARTITION BY k ORDER BY ts) AS r FROM s;
--> Project k, f, l, n, r
-->   Over each k, by ts, FIRST_VALUE(d) AS f, LAST(d) AS l, NTH_VALUE(d, 2) of rows 3 ahead to 1 ahead AS n, RANK() AS r
-->     Source s
--> optimised:
--> Project k, f, l, n, r
-->   Over each k, by ts, FIRST_VALUE(d) AS f, LAST(d) AS l, NTH_VALUE(d, 2) of rows 3 ahead to 1 ahead AS n, RANK() AS r
-->     Project k, d, ts
-->       Source s
SELECT k, d / SUM(d) OVER (PARTITION BY k) AS share, MAX(d) OVER (ORDER BY i ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS m FROM s;
--> Project k, d / over AS share, m
-->   Over by i, MAX(d) of rows 1 behind to the last AS m
-->     Over each k, SUM(d) of all AS over
-->       Source s
--> optimised:
--> Project k, d / over AS share, m
-->   Over by i, MAX(d) of rows 1 behind to the last AS m
-->     Over each k, SUM(d) of all AS over
-->       Project k, i, d
-->         Source s
-- A condition goes into the argument.
SELECT COUNT(*) FILTER (WHERE b) OVER (PARTITION BY k ORDER BY ts ROWS 3 PRECEDING) AS n FROM s;
--> Project n
-->   Over each k, by ts, COUNT(expr5) of rows 3 ahead to this AS n
-->     Project k, i, d, b, ts, CASE(b, :0=1, NULL) AS expr5
-->       Source s
--> optimised:
--> Project n
-->   Over each k, by ts, COUNT(expr5) of rows 3 ahead to this AS n
-->     Project k, ts, CASE(b, :0=1, NULL) AS expr5
-->       Source s
SELECT k, i FROM s QUALIFY i > LAG(i) OVER (PARTITION BY k ORDER BY ts);
--> Project k, i
-->   Filter i > over
-->     Over each k, by ts, LAG(i, 1) AS over
-->       Source s
--> optimised:
--> Project k, i
-->   Filter i > over
-->     Over each k, by ts, LAG(i, 1) AS over
-->       Project k, i, ts
-->         Source s
-- In windows, and over windows.
SELECT window_start, k, LEAD(d) OVER (PARTITION BY window_start, window_end, k ORDER BY d DESC) AS next
  FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '1' MINUTE));
--> Project window_start, k, next
-->   Over at window_end, each window_start, window_end, k, by d DESC, LEAD(d, 1) AS next
-->     Project k, i, d, b, ts, WINDOW_START(ts, 60000000, 60000000, 0) AS window_start, WINDOW_END(ts, 60000000, 60000000, 0) AS window_end, WINDOW_TIME(WINDOW_END(ts, 60000000, 60000000, 0)) AS window_time
-->       Source s
--> optimised:
--> Project window_start, k, next
-->   Over at window_end, each window_start, window_end, k, by d DESC, LEAD(d, 1) AS next
-->     Project k, d, WINDOW_START(ts, 60000000, 60000000, 0) AS window_start, WINDOW_END(ts, 60000000, 60000000, 0) AS window_end
-->       Source s
SELECT window_start, k, n - LAG(n, 1, 0) OVER (PARTITION BY k ORDER BY window_start) AS more FROM (
  SELECT window_start, window_end, k, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '1' MINUTE))
  GROUP BY window_start, window_end, k);
--> Project window_start, k, n - CASE(IS_NULL(has_over), :0=0, over) AS more
-->   Over in time of window_start + 60000000 us, each k, by window_start, LAG(n, 1) AS over, LAG(expr4, 1) AS has_over
-->     Project k, window_start, window_end, n, true AS expr4
-->       Aggregate tumble(ts, 60000000 us) by k: COUNT(*)
-->         Project k, ts
-->           Source s
--> optimised:
--> Project window_start, k, n - CASE(IS_NULL(has_over), :0=0, over) AS more
-->   Over in time of window_start + 60000000 us, each k, by window_start, LAG(n, 1) AS over, LAG(expr4, 1) AS has_over
-->     Project k, window_start, n, true AS expr4
-->       Aggregate tumble(ts, 60000000 us) by k: COUNT(*)
-->         Project k, ts
-->           Source s
-- Refused.
SELECT LAG(i) FROM s;
--> GLS-2001 line 1, column 8: LAG needs OVER: write LAG(...) OVER (PARTITION BY ... ORDER BY ts)
SELECT LAG(i) OVER (PARTITION BY k) FROM s;
--> GLS-2001 line 1, column 15: a function that asks for a certain row needs an order: write OVER (PARTITION BY ... ORDER BY ts)
SELECT LAG(i, k) OVER (ORDER BY ts) FROM s;
--> GLS-2004 line 1, column 15: LAG needs a whole number of rows from 0 to 100000
SELECT LAG(i, 1, 'none') OVER (ORDER BY ts) FROM s;
--> GLS-2004 line 1, column 26: the value that LAG gives where there is no row is VARCHAR, not INTEGER: use CAST
SELECT LAG(i) IGNORE NULLS OVER (ORDER BY ts) FROM s;
--> GLS-2005 line 1, column 8: LAG IGNORE NULLS is not supported: use FIRST_VALUE or LAST_VALUE, or filter NULL out before
SELECT NTILE(4) OVER (ORDER BY ts) FROM s;
--> GLS-2005 line 1, column 8: NTILE OVER is not supported: GALOIS has all aggregate functions and DENSE_RANK, FIRST_VALUE, LAG, LAST_VALUE, LEAD, NTH_VALUE, RANK, ROW_NUMBER with OVER (...)
SELECT COUNT(DISTINCT k) OVER (ORDER BY ts) FROM s;
--> GLS-2005 line 1, column 8: DISTINCT with OVER is not supported: count distinct values in windows with GROUP BY
SELECT SUM(i) OVER (ORDER BY ts ROWS 200000 PRECEDING) FROM s;
--> GLS-2004 line 1, column 38: the frame needs a whole number of rows from 0 to 100000
SELECT SUM(i) OVER (ORDER BY ts ROWS BETWEEN i PRECEDING AND CURRENT ROW) FROM s;
--> GLS-2001 line 1, column 46: the bound of a frame is a whole number of rows, or an interval: ROWS 10 PRECEDING, RANGE INTERVAL '1' MINUTE PRECEDING
SELECT SUM(i) OVER (ORDER BY i RANGE BETWEEN 2 PRECEDING AND CURRENT ROW) FROM s;
--> GLS-2005 line 1, column 15: RANGE with an interval needs ORDER BY of one TIMESTAMP, ascending: count rows with ROWS in any other order
SELECT SUM(i) OVER (ORDER BY ts RANGE BETWEEN INTERVAL '1' MONTH PRECEDING AND CURRENT ROW) FROM s;
--> GLS-2005 line 1, column 15: RANGE needs a fixed length such as INTERVAL '1' DAY; months differ in length, and rows are counted with ROWS
SELECT SUM(i) OVER (ORDER BY ts RANGE BETWEEN CURRENT ROW AND INTERVAL '1' MINUTE FOLLOWING) FROM s;
--> GLS-2005 line 1, column 15: RANGE goes back in time: write RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW, or count rows with ROWS
SELECT k FROM s WHERE SUM(i) OVER (ORDER BY ts) > 3;
--> GLS-2001 line 1, column 23: a function with OVER stands in SELECT, ORDER BY or QUALIFY: put the condition into QUALIFY, or into the WHERE of an outer select
SELECT SUM(k) OVER (ORDER BY ts) FROM s;
--> GLS-2004 line 1, column 8: cannot apply SUM to VARCHAR: use CAST to bring the operands to one type
-- Windows that count rows.
SELECT k, SUM(i) AS total, COUNT(*) FILTER (WHERE b) AS n FROM s WHERE d > 0 GROUP BY k, COUNT_WINDOW(10, 5) HAVING SUM(i) > 3;
--> Project k, total, n
-->   Filter total > :1=3
-->     Project k, window_start, window_end, total, n
-->       Over each k, by ts, from row 10 every 5, FIRST_VALUE(ts) of rows 9 ahead to this AS window_start, LAST_VALUE(ts) of rows 9 ahead to this AS window_end, SUM(i) of rows 9 ahead to this AS total, COUNT(*) if $f3 of rows 9 ahead to this AS n
-->         Project k, i, IS_TRUE(b) AS $f3, ts
-->           Filter d > :0=0.0
-->             Source s
--> optimised:
--> Project k, total, n
-->   Filter total > :1=3
-->     Over each k, by ts, from row 10 every 5, SUM(i) of rows 9 ahead to this AS total, COUNT(*) if $f3 of rows 9 ahead to this AS n
-->       Project k, i, IS_TRUE(b) AS $f3, ts
-->         Filter d > :0=0.0
-->           Source s
SELECT AVG(d) AS mean FROM s GROUP BY COUNTWINDOW(10);
--> Project mean
-->   Over by ts, from row 10 every 10, FIRST_VALUE(ts) of rows 9 ahead to this AS window_start, LAST_VALUE(ts) of rows 9 ahead to this AS window_end, AVG(d) of rows 9 ahead to this AS mean
-->     Project d, ts
-->       Source s
--> optimised:
--> Project mean
-->   Over by ts, from row 10 every 10, AVG(d) of rows 9 ahead to this AS mean
-->     Project d, ts
-->       Source s
SELECT k, COUNT(*) FROM s GROUP BY k, COUNT_WINDOW(2.5);
--> GLS-2001 line 1, column 39: COUNT_WINDOW takes how many rows a window has, and perhaps after how many the next one comes, from 1 to 100000: COUNT_WINDOW(10, 5)
SELECT k, COUNT(DISTINCT i) FROM s GROUP BY k, COUNT_WINDOW(5);
--> GLS-2005 line 1, column 17: DISTINCT is not supported in windows that count rows: use a TUMBLE window, or APPROX_COUNT_DISTINCT
SELECT k, COUNT(*) FROM s GROUP BY ROLLUP (k), COUNT_WINDOW(5);
--> GLS-2005 line 1, column 48: COUNT_WINDOW stands in GROUP BY beside columns, not beside GROUPING SETS or another window
SELECT k, COUNT(*) FROM s GROUP BY k, COUNT_WINDOW(5), TUMBLE(ts, INTERVAL '1' MINUTE);
--> GLS-2005 line 1, column 39: COUNT_WINDOW stands in GROUP BY beside columns, not beside GROUPING SETS or another window
SELECT k, window_start, window_end, COUNT(*) AS n FROM s GROUP BY k, COUNT_WINDOW(2);
--> Project k, window_start, window_end, n
-->   Over each k, by ts, from row 2 every 2, FIRST_VALUE(ts) of rows 1 ahead to this AS window_start, LAST_VALUE(ts) of rows 1 ahead to this AS window_end, COUNT(*) of rows 1 ahead to this AS n
-->     Project k, ts
-->       Source s
-- Names of bounds in GROUP BY form.
SELECT window_start, window_end AS e, window_time, COUNT(*) AS n FROM s GROUP BY TUMBLE(ts, INTERVAL '1' MINUTE) HAVING window_start > TIMESTAMP '2026-01-01 00:00:00' ORDER BY window_start;
--> Sort at window_start + 60000000 us
-->   Project window_start, window_end AS e, WINDOW_TIME(window_end) AS window_time, n
-->     Filter window_start > :0=TIMESTAMP '2026-01-01 00:00:00'
-->       Aggregate tumble(ts, 60000000 us): COUNT(*)
-->         Project ts
-->           Source s
SELECT k, window_start, COUNT(*) AS n FROM s GROUP BY k, SESSION(ts, INTERVAL '1' MINUTE);
--> Project k, window_start, n
-->   Aggregate session(ts, gap 60000000 us) by k: COUNT(*)
-->     Project k, ts
-->       Source s
-- Spellings.
SELECT PERCENTILE_CONT(0.9) WITHIN GROUP (ORDER BY d DESC) AS p, VAR(d) AS v, APPROX_DISTINCT(k) AS n FROM s;
--> Aggregate: APPROX_QUANTILE(d, '0.1'), VAR_SAMP(d), APPROX_COUNT_DISTINCT(k)
-->   Project d, 0.1 AS $f1, k
-->     Source s
--> optimised:
--> Aggregate: APPROX_QUANTILE(d, '0.1'), VAR_SAMP(d), APPROX_COUNT_DISTINCT(k)
-->   Project d, k
-->     Source s
SELECT COUNT(DISTINCT (k, i)) AS pairs, COUNT(DISTINCT k, i, b) AS threes FROM s;
--> Project a0 AS pairs, a1 AS threes
-->   Aggregate: COUNT(value1), COUNT(value3)
-->     Aggregate by value1, value2, value3, value4:
-->       Project k, i, $f2, CASE((copy = :4=0) AND IS_NOT_NULL(i), k, NULL) AS value1, CASE(copy = :5=0, i, NULL) AS value2, CASE((copy = :6=1) AND IS_NOT_NULL($f2), k, NULL) AS value3, CASE(copy = :7=1, $f2, NULL) AS value4
-->         Repeat 2 times
-->           Project k, i, CONCAT(CAST(CHAR_LENGTH(CONCAT(CAST(i AS VARCHAR), :0='')) AS VARCHAR), :1=':', CAST(i AS VARCHAR), CAST(CHAR_LENGTH(CONCAT(CAST(b AS VARCHAR), :2='')) AS VARCHAR), :3=':', CAST(b AS VARCHAR)) AS $f2
-->             Source s
--> optimised:
--> Project a0 AS pairs, a1 AS threes
-->   Aggregate: COUNT(value1), COUNT(value3)
-->     Aggregate by value1, value2, value3, value4:
-->       Project CASE((copy = :4=0) AND IS_NOT_NULL(i), k, NULL) AS value1, CASE(copy = :5=0, i, NULL) AS value2, CASE((copy = :6=1) AND IS_NOT_NULL($f2), k, NULL) AS value3, CASE(copy = :7=1, $f2, NULL) AS value4
-->         Repeat 2 times
-->           Project k, i, CONCAT(CAST(CHAR_LENGTH(CONCAT(CAST(i AS VARCHAR), :0='')) AS VARCHAR), :1=':', CAST(i AS VARCHAR), CAST(CHAR_LENGTH(CONCAT(CAST(b AS VARCHAR), :2='')) AS VARCHAR), :3=':', CAST(b AS VARCHAR)) AS $f2
-->             Source s
SELECT PERCENTILE_CONT(2) WITHIN GROUP (ORDER BY d) AS p FROM s;
--> GLS-2004 line 1, column 8: PERCENTILE_CONT takes a fraction from 0 to 1 and one column: PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY x)
SELECT LISTAGG(k, ',') WITHIN GROUP (ORDER BY d) AS l FROM s;
--> GLS-2005 line 1, column 8: LISTAGG WITHIN GROUP is not supported: GALOIS has PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY x), and LISTAGG(x, ',') in the order of arrival
