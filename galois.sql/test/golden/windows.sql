CREATE STREAM s (k VARCHAR, d DOUBLE, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '5' SECOND) WITH (transport = 'file', format = 'csv');
--> Create s (k VARCHAR, d DOUBLE, ts TIMESTAMP)
-->   metadata {}
-->   time field 2, delay 5000000 us
-->   options {format=csv, transport=file}

-- Rows with the bounds of their windows.
SELECT * FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '10' SECOND));
--> Project k, d, ts, WINDOW_START(ts, 10000000, 10000000, 0) AS window_start, WINDOW_END(ts, 10000000, 10000000, 0) AS window_end, WINDOW_TIME(WINDOW_END(ts, 10000000, 10000000, 0)) AS window_time
-->   Source s
SELECT k, window_end FROM TABLE(HOP(TABLE s, DESCRIPTOR(ts), INTERVAL '5' SECOND, INTERVAL '10' SECOND)) WHERE d > 3;
--> Project k, WINDOW_END(ts, 10000000, 5000000, 0, copy) AS window_end
-->   Repeat 2 times
-->     Project k, ts
-->       Filter d > :0=3.0
-->         Source s
SELECT k, window_end FROM TABLE(HOP(TABLE s, DESCRIPTOR(ts), INTERVAL '4' SECOND, INTERVAL '10' SECOND));
--> Project k, window_end
-->   Filter ts < window_end
-->     Project k, ts, WINDOW_START(ts, 10000000, 4000000, 0, copy) AS window_start, WINDOW_END(ts, 10000000, 4000000, 0, copy) AS window_end, WINDOW_TIME(WINDOW_END(ts, 10000000, 4000000, 0, copy)) AS window_time
-->       Repeat 3 times
-->         Project k, ts
-->           Source s
--> optimised:
--> Project k, WINDOW_END(ts, 10000000, 4000000, 0, copy) AS window_end
-->   Filter ts < WINDOW_END(ts, 10000000, 4000000, 0, copy)
-->     Repeat 3 times
-->       Project k, ts
-->         Source s
SELECT k FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '10' SECOND));
--> Project k
-->   Source s
SELECT k FROM TABLE(HOP(TABLE s, DESCRIPTOR(ts), INTERVAL '5' SECOND, INTERVAL '10' SECOND)) LIMIT 3;
--> Project k
-->   Limit 3
-->     Project k, ts, WINDOW_START(ts, 10000000, 5000000, 0, copy) AS window_start, WINDOW_END(ts, 10000000, 5000000, 0, copy) AS window_end, WINDOW_TIME(WINDOW_END(ts, 10000000, 5000000, 0, copy)) AS window_time
-->       Repeat 2 times
-->         Project k, ts
-->           Source s
--> optimised:
--> Project k
-->   Limit 3
-->     Project k
-->       Repeat 2 times
-->         Project k
-->           Source s
SELECT k, COUNT(*) AS n FROM TABLE(HOP(TABLE s, DESCRIPTOR(ts), INTERVAL '5' SECOND, INTERVAL '10' SECOND)) GROUP BY k;
--> Aggregate by k: COUNT(*)
-->   Project k, ts, WINDOW_START(ts, 10000000, 5000000, 0, copy) AS window_start, WINDOW_END(ts, 10000000, 5000000, 0, copy) AS window_end, WINDOW_TIME(WINDOW_END(ts, 10000000, 5000000, 0, copy)) AS window_time
-->     Repeat 2 times
-->       Project k, ts
-->         Source s
--> optimised:
--> Aggregate by k: COUNT(*)
-->   Project k
-->     Repeat 2 times
-->       Project k
-->         Source s
SELECT window_time, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY window_start, window_end, window_time;
--> Project WINDOW_TIME(window_end) AS window_time, n
-->   Aggregate tumble(ts, 10000000 us): COUNT(*)
-->     Project ts
-->       Source s
SELECT window_end, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '10' SECOND)) WHERE window_start > TIMESTAMP '2026-03-01 00:00:00' GROUP BY window_start, window_end;
--> Project window_end, n
-->   Aggregate attached(window_end) by window_start, window_end: COUNT(*)
-->     Project window_start, window_end
-->       Filter window_start > :0=TIMESTAMP '2026-03-01 00:00:00'
-->         Project k, d, ts, WINDOW_START(ts, 10000000, 10000000, 0) AS window_start, WINDOW_END(ts, 10000000, 10000000, 0) AS window_end, WINDOW_TIME(WINDOW_END(ts, 10000000, 10000000, 0)) AS window_time
-->           Source s
--> optimised:
--> Project window_end, n
-->   Aggregate attached(window_end) by window_start, window_end: COUNT(*)
-->     Project WINDOW_START(ts, 10000000, 10000000, 0) AS window_start, WINDOW_END(ts, 10000000, 10000000, 0) AS window_end
-->       Filter WINDOW_START(ts, 10000000, 10000000, 0) > :0=TIMESTAMP '2026-03-01 00:00:00'
-->         Source s
SELECT k, window_end FROM TABLE(HOP(TABLE s, DESCRIPTOR(ts), INTERVAL '1' SECOND, INTERVAL '1' DAY));
--> GLS-2008 line 1, column 33: each row would come in 86400 windows, the limit is 10000: use a longer slide, or GROUP BY window_start, window_end, which shares them
SELECT k, window_end FROM TABLE(SESSION(TABLE s PARTITION BY k, DESCRIPTOR(ts), INTERVAL '1' SECOND));
--> GLS-2005 line 1, column 33: the rows of a session without GROUP BY are not supported: group by window_start and window_end, or use TUMBLE or HOP
SELECT k, d FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '10' SECOND)) QUALIFY ROW_NUMBER() OVER (PARTITION BY window_start, window_end, k ORDER BY d DESC) <= 2;
--> Project k, d
-->   Sort at window_end, each k, by d DESC, ROW_NUMBER AS over, limit 2
-->     Project k, d, ts, WINDOW_START(ts, 10000000, 10000000, 0) AS window_start, WINDOW_END(ts, 10000000, 10000000, 0) AS window_end, WINDOW_TIME(WINDOW_END(ts, 10000000, 10000000, 0)) AS window_time
-->       Source s
--> optimised:
--> Project k, d
-->   Sort at window_end, each k, by d DESC, limit 2
-->     Project k, d, ts, WINDOW_END(ts, 10000000, 10000000, 0) AS window_end, WINDOW_TIME(WINDOW_END(ts, 10000000, 10000000, 0)) AS window_time
-->       Source s

-- Windows of windows.
SELECT window_end, SUM(n) AS n FROM TUMBLE((SELECT window_time AS t, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY window_start, window_end, window_time), DESCRIPTOR(t), INTERVAL '1' MINUTE) GROUP BY window_start, window_end;
--> Project window_end, n
-->   Aggregate tumble(t, 60000000 us): SUM(n)
-->     Project n, WINDOW_TIME(window_end) AS t
-->       Aggregate tumble(ts, 10000000 us): COUNT(*)
-->         Project ts
-->           Source s
SELECT window_end, SUM(n) AS n FROM TUMBLE((SELECT window_time AS t, COUNT(*) AS n FROM TABLE(SESSION(TABLE s, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY window_start, window_end, window_time), DESCRIPTOR(t), INTERVAL '1' MINUTE) GROUP BY window_start, window_end;
--> GLS-2005 line 1, column 37: "t" is not the event time: declare WATERMARK FOR it in CREATE STREAM

-- Several groupings of the same rows.
SELECT window_end, k, SUM(d) AS sum, GROUPING(k) AS g FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY window_start, window_end, GROUPING SETS ((k), ());
--> Project window_end, k_key AS k, sum, CASE(grouping = :1=0, :2=0, :3=1) AS g
-->   Aggregate tumble(ts, 10000000 us) by k_key, grouping: SUM(d)
-->     Project k, d, ts, CASE(copy = :0=0, k, NULL) AS k_key, copy AS grouping
-->       Repeat 2 times
-->         Source s
--> optimised:
--> Project window_end, k_key AS k, sum, CASE(grouping = :1=0, :2=0, :3=1) AS g
-->   Aggregate tumble(ts, 10000000 us) by k_key, grouping: SUM(d)
-->     Project d, ts, CASE(copy = :0=0, k, NULL) AS k_key, copy AS grouping
-->       Repeat 2 times
-->         Source s
SELECT k, d, COUNT(*) AS n, GROUPING_ID(k, d) AS g FROM s GROUP BY ROLLUP (k, d);
--> Project k_key AS k, d_key AS d, n, CASE(grouping = :4=0, :5=0, grouping = :6=1, :7=1, :8=3) AS g
-->   Union all
-->     Aggregate by k_key, d_key, grouping: COUNT(*)
-->       Filter grouping <> :3=2
-->         Project k, d, CASE((copy = :0=0) OR (copy = :1=1), k, NULL) AS k_key, CASE(copy = :2=0, d, NULL) AS d_key, copy AS grouping
-->           Repeat 3 times
-->             Project k, d
-->               Source s
-->     Project NULL AS k_key, NULL AS d_key, 2 AS grouping, n
-->       Aggregate: COUNT(*)
-->         Project k, d
-->           Source s
--> optimised:
--> Project k_key AS k, d_key AS d, n, CASE(grouping = :4=0, :5=0, grouping = :6=1, :7=1, :8=3) AS g
-->   Union all
-->     Aggregate by k_key, d_key, grouping: COUNT(*)
-->       Project CASE((copy = :0=0) OR (copy = :1=1), k, NULL) AS k_key, CASE(copy = :2=0, d, NULL) AS d_key, copy AS grouping
-->         Filter copy <> :3=2
-->           Repeat 3 times
-->             Project k, d
-->               Source s
-->     Project NULL AS k_key, NULL AS d_key, 2 AS grouping, n
-->       Aggregate: COUNT(*)
-->         Project d
-->           Source s
SELECT k, COUNT(*) AS n, GROUPING(k) AS g FROM s GROUP BY (k);
--> Project k, n, 0 AS g
-->   Aggregate by k: COUNT(*)
-->     Project k
-->       Source s
SELECT COUNT(*) AS n, GROUPING(d) AS g FROM s GROUP BY k;
--> GLS-2001 line 1, column 32: argument to GROUPING operator must be a grouped expression
SELECT window_end, COUNT(*) AS n FROM TABLE(HOP(TABLE s, DESCRIPTOR(ts), INTERVAL '5' SECOND, INTERVAL '10' SECOND)) GROUP BY CUBE (window_end, k);
--> Project window_end_key AS window_end, n
-->   Union all
-->     Aggregate by window_end_key, k_key, grouping: COUNT(*)
-->       Filter grouping <> :4=3
-->         Project k, ts, window_start, window_end, window_time, CASE((copy = :0=0) OR (copy = :1=1), window_end, NULL) AS window_end_key, CASE((copy = :2=0) OR (copy = :3=2), k, NULL) AS k_key, copy AS grouping
-->           Repeat 4 times
-->             Project k, ts, WINDOW_START(ts, 10000000, 5000000, 0, copy) AS window_start, WINDOW_END(ts, 10000000, 5000000, 0, copy) AS window_end, WINDOW_TIME(WINDOW_END(ts, 10000000, 5000000, 0, copy)) AS window_time
-->               Repeat 2 times
-->                 Project k, ts
-->                   Source s
-->     Project NULL AS window_end_key, NULL AS k_key, 3 AS grouping, n
-->       Aggregate: COUNT(*)
-->         Project k, ts, WINDOW_START(ts, 10000000, 5000000, 0, copy) AS window_start, WINDOW_END(ts, 10000000, 5000000, 0, copy) AS window_end, WINDOW_TIME(WINDOW_END(ts, 10000000, 5000000, 0, copy)) AS window_time
-->           Repeat 2 times
-->             Project k, ts
-->               Source s
--> optimised:
--> Project window_end_key AS window_end, n
-->   Union all
-->     Project window_end_key, n
-->       Aggregate by window_end_key, k_key, grouping: COUNT(*)
-->         Project CASE((copy = :0=0) OR (copy = :1=1), window_end, NULL) AS window_end_key, CASE((copy = :2=0) OR (copy = :3=2), k, NULL) AS k_key, copy AS grouping
-->           Filter copy <> :4=3
-->             Repeat 4 times
-->               Project k, WINDOW_END(ts, 10000000, 5000000, 0, copy) AS window_end
-->                 Repeat 2 times
-->                   Project k, ts
-->                     Source s
-->     Project NULL AS window_end_key, n
-->       Aggregate: COUNT(*)
-->         Project WINDOW_TIME(WINDOW_END(ts, 10000000, 5000000, 0, copy)) AS window_time
-->           Repeat 2 times
-->             Project ts
-->               Source s

-- Windows that grow, bounds in GROUP BY form, and several distinct values.
SELECT window_end, COUNT(*) AS n FROM TABLE(CUMULATE(TABLE s, DESCRIPTOR(ts), INTERVAL '5' SECOND, INTERVAL '20' SECOND)) GROUP BY window_start, window_end;
--> Project window_end, n
-->   Aggregate attached(window_end) by window_start, window_end: COUNT(*)
-->     Project window_start, window_end
-->       Filter window_end <= WINDOW_END(ts, 20000000, 20000000, 0)
-->         Project k, d, ts, WINDOW_START(ts, 20000000, 20000000, 0) AS window_start, WINDOW_END(ts, 20000000, 5000000, 0, copy) AS window_end, WINDOW_TIME(WINDOW_END(ts, 20000000, 5000000, 0, copy)) AS window_time
-->           Repeat 4 times
-->             Source s
--> optimised:
--> Project window_end, n
-->   Aggregate attached(window_end) by window_start, window_end: COUNT(*)
-->     Project WINDOW_START(ts, 20000000, 20000000, 0) AS window_start, WINDOW_END(ts, 20000000, 5000000, 0, copy) AS window_end
-->       Filter WINDOW_END(ts, 20000000, 5000000, 0, copy) <= WINDOW_END(ts, 20000000, 20000000, 0)
-->         Repeat 4 times
-->           Source s
SELECT k FROM TABLE(CUMULATE(TABLE s, DESCRIPTOR(ts), INTERVAL '3' SECOND, INTERVAL '20' SECOND));
--> GLS-2004 line 1, column 21: the size of CUMULATE is a multiple of its step
SELECT k FROM TABLE(CUMULATE(TABLE s, DESCRIPTOR(ts), INTERVAL '3' SECOND));
--> GLS-2001 line 1, column 21: invalid number of arguments to function 'CUMULATE'. Was expecting 4 arguments
SELECT HOP_ROWTIME(ts, INTERVAL '5' SECOND, INTERVAL '10' SECOND, TIME '00:00:02') AS t, COUNT(*) AS n FROM s GROUP BY HOP(ts, INTERVAL '5' SECOND, INTERVAL '10' SECOND, TIME '00:00:02');
--> Project WINDOW_TIME(window_end) AS t, n
-->   Aggregate hop(ts, 10000000 us every 5000000 us, offset 2000000): COUNT(*)
-->     Project ts
-->       Source s
SELECT k, COUNT(DISTINCT d) AS a, COUNT(DISTINCT ts) AS b, COUNT(*) AS n FROM s GROUP BY k;
--> Project k, a0 AS a, a1 AS b, COALESCE(a2, :3=0) AS n
-->   Aggregate by k: COUNT(value1), COUNT(value2), SUM(p0)
-->     Aggregate by k, value1, value2: COUNT(*) if filter
-->       Project k, d, ts, CASE(copy = :0=0, d, NULL) AS value1, CASE(copy = :1=1, ts, NULL) AS value2, copy = :2=2 AS filter
-->         Repeat 3 times
-->           Source s
--> optimised:
--> Project k, a0 AS a, a1 AS b, COALESCE(a2, :3=0) AS n
-->   Aggregate by k: COUNT(value1), COUNT(value2), SUM(p0)
-->     Aggregate by k, value1, value2: COUNT(*) if filter
-->       Project k, CASE(copy = :0=0, d, NULL) AS value1, CASE(copy = :1=1, ts, NULL) AS value2, copy = :2=2 AS filter
-->         Repeat 3 times
-->           Source s
SELECT COUNT(DISTINCT k, d) AS a FROM s;
--> Project a0 AS a
-->   Aggregate: COUNT(value1)
-->     Aggregate by value1, value2:
-->       Project k, d, CASE(IS_NOT_NULL(d), k, NULL) AS value1, d AS value2
-->         Project k, d
-->           Source s
--> optimised:
--> Project a0 AS a
-->   Aggregate: COUNT(value1)
-->     Aggregate by value1, value2:
-->       Project CASE(IS_NOT_NULL(d), k, NULL) AS value1, d AS value2
-->         Source s
SELECT COUNT(DISTINCT k, d, ts) AS a FROM s;
--> Project a0 AS a
-->   Aggregate: COUNT(value1)
-->     Aggregate by value1, value2:
-->       Project k, $f1, CASE(IS_NOT_NULL($f1), k, NULL) AS value1, $f1 AS value2
-->         Project k, CONCAT(CAST(CHAR_LENGTH(CONCAT(CAST(d AS VARCHAR), :0='')) AS VARCHAR), :1=':', CAST(d AS VARCHAR), CAST(CHAR_LENGTH(CONCAT(CAST(ts AS VARCHAR), :2='')) AS VARCHAR), :3=':', CAST(ts AS VARCHAR)) AS $f1
-->           Source s
--> optimised:
--> Project a0 AS a
-->   Aggregate: COUNT(value1)
-->     Aggregate by value1, value2:
-->       Project CASE(IS_NOT_NULL(CONCAT(CAST(CHAR_LENGTH(CONCAT(CAST(d AS VARCHAR), :0='')) AS VARCHAR), :1=':', CAST(d AS VARCHAR), CAST(CHAR_LENGTH(CONCAT(CAST(ts AS VARCHAR), :2='')) AS VARCHAR), :3=':', CAST(ts AS VARCHAR))), k, NULL) AS value1, CONCAT(CAST(CHAR_LENGTH(CONCAT(CAST(d AS VARCHAR), :0='')) AS VARCHAR), :1=':', CAST(d AS VARCHAR), CAST(CHAR_LENGTH(CONCAT(CAST(ts AS VARCHAR), :2='')) AS VARCHAR), :3=':', CAST(ts AS VARCHAR)) AS value2
-->         Source s
SELECT ANY(d > 1) AS a, SOME(d > 2) AS b FROM s;
--> Aggregate: ANY($f0), ANY($f1)
-->   Project d > :0=1.0 AS $f0, d > :1=2.0 AS $f1
-->     Source s

-- Windows as values.
SELECT k, TUMBLE(INTERVAL '1' HOUR) AS window, COUNT(*) AS n FROM s GROUP BY 1, 2;
--> Project k, window_start AS window.start, window_end AS window.end, n
-->   Aggregate tumble(ts, 3600000000 us) by k: COUNT(*)
-->     Project k, ts
-->       Source s
SELECT w.end, n FROM (SELECT HOP(ts, INTERVAL '1' MINUTE, INTERVAL '1' HOUR) AS w, COUNT(*) AS n FROM s GROUP BY w);
--> Project window_end AS end, n
-->   Aggregate hop(ts, 3600000000 us every 60000000 us): COUNT(*)
-->     Project ts
-->       Source s
SELECT a.w, b.n FROM (SELECT TUMBLE(INTERVAL '1' HOUR) AS w, COUNT(*) AS n FROM s GROUP BY w) a JOIN (SELECT TUMBLE(INTERVAL '1' HOUR) AS w, COUNT(*) AS n FROM s GROUP BY w) b ON a.w = b.w;
--> Project w.start, w.end, n0 AS n
-->   Join inner (w.start = w.start0) AND (w.end = w.end0)
-->     Project window_start AS w.start, window_end AS w.end, n
-->       Aggregate tumble(ts, 3600000000 us): COUNT(*)
-->         Project ts
-->           Source s
-->     Project window_start AS w.start, window_end AS w.end, n
-->       Aggregate tumble(ts, 3600000000 us): COUNT(*)
-->         Project ts
-->           Source s
--> optimised:
--> Project window_start AS w.start, window_end AS w.end, n
-->   Join inner (window_start = window_start0) AND (window_end = window_end0)
-->     Aggregate tumble(ts, 3600000000 us):
-->       Project ts
-->         Source s
-->     Aggregate tumble(ts, 3600000000 us): COUNT(*)
-->       Project ts
-->         Source s
SELECT w, MAX(n) AS m FROM (SELECT k, TUMBLE(INTERVAL '1' HOUR) AS w, COUNT(*) AS n FROM s GROUP BY k, w) GROUP BY w;
--> Aggregate attached(w.end) by w.start, w.end: MAX(n)
-->   Project window_start AS w.start, window_end AS w.end, n
-->     Aggregate tumble(ts, 3600000000 us) by k: COUNT(*)
-->       Project k, ts
-->         Source s
SELECT COUNT(*) AS n FROM s GROUP BY TUMBLINGWINDOW(ss, 10);
--> Project n
-->   Aggregate tumble(ts, 10000000 us): COUNT(*)
-->     Project ts
-->       Source s
SELECT COUNT(*) AS n FROM s GROUP BY TUMBLINGWINDOW(weeks, 10);
--> GLS-2001 line 1, column 38: expected TUMBLINGWINDOW(ss, 10) with a unit of ms, ss, mi, hh, dd
SELECT COUNT(*) AS n FROM s GROUP BY HOPPINGWINDOW(ss, 10);
--> GLS-2001 line 1, column 38: expected HOPPINGWINDOW(ss, 10, 5) with a unit of ms, ss, mi, hh, dd
SELECT TUMBLE(INTERVAL '1' HOUR) AS w FROM s;
--> GLS-2001 line 1, column 8: TUMBLE in SELECT needs GROUP BY with the same window; the windows of single rows come from FROM TABLE(TUMBLE(TABLE ...))
SELECT COUNT(*) AS n FROM (SELECT k FROM s) GROUP BY TUMBLE(INTERVAL '1' HOUR);
--> GLS-2001 line 1, column 54: it is not clear which time this window divides: name the column, TUMBLE(ts, INTERVAL ...)
SELECT COUNT(*) AS n FROM s a JOIN s b ON a.ts = b.ts GROUP BY TUMBLE(INTERVAL '1' HOUR);
--> GLS-2001 line 1, column 64: it is not clear which time this window divides: name the column, TUMBLE(ts, INTERVAL ...)
SELECT w.middle FROM (SELECT TUMBLE(INTERVAL '1' HOUR) AS w, COUNT(*) AS n FROM s GROUP BY w);
--> GLS-2002 line 1, column 8: unknown stream "w": did you mean "s"? known streams are "s"
SELECT TUMBLE_START(ts, INTERVAL '1' HOUR) AS a, MIN(window_end) AS b FROM (SELECT * FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '4' HOUR))) AS v GROUP BY TUMBLE(ts, INTERVAL '1' HOUR);
--> Project window_start AS a, b
-->   Aggregate tumble(ts, 3600000000 us): MIN(window_end)
-->     Project WINDOW_END(ts, 14400000000, 14400000000, 0) AS window_end, ts
-->       Source s
SELECT BIT_AND(DISTINCT CAST(d AS INTEGER)) AS a, BIT_XOR(CAST(d AS BIGINT)) AS x FROM s;
--> Aggregate: BIT_AND($f0), BIT_XOR($f1)
-->   Project CAST(d AS INTEGER) AS $f0, CAST(d AS BIGINT) AS $f1
-->     Source s
SELECT BIT_OR(d) FROM s;
--> GLS-2004 line 1, column 8: cannot apply BIT_OR to DOUBLE: use CAST to bring the operands to one type
SELECT a.k FROM s a JOIN s b ON a.ts = b.ts WHERE a.d IS NOT DISTINCT FROM b.d;
--> Project k
-->   Filter CASE(IS_NULL(d), IS_NULL(d0), CASE(IS_NULL(d0), false, d = d0))
-->     Join inner ts = ts0
-->       Source s
-->       Source s
--> optimised:
--> Project k
-->   Join inner (ts = ts0) AND (IS_TRUE(d = d0) OR (IS_NULL(d) AND IS_NULL(d0)))
-->     Source s
-->     Project d, ts
-->       Source s
SELECT k FROM s GROUP BY k, TUMBLE(ts, INTERVAL '1' HOUR), HOP(ts, INTERVAL '1' HOUR, INTERVAL '2' HOUR);
--> GLS-2005 line 1, column 29: GROUP BY takes one window: group the result of one by the other
