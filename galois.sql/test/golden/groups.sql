CREATE STREAM s (k VARCHAR, i INTEGER, d DOUBLE, ts TIMESTAMP, other TIMESTAMP,
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND) WITH (transport = 'file', format = 'csv');
--> Create s (k VARCHAR, i INTEGER, d DOUBLE, ts TIMESTAMP, other TIMESTAMP)
-->   metadata {}
-->   time field 3, delay 5000000 us
-->   options {format=csv, transport=file}

SELECT COUNT(*), COUNT(i), SUM(i), AVG(i), MIN(i), MAX(d), SUM(d) FROM s;
--> Aggregate: COUNT(*), COUNT(i), SUM(i), AVG(i), MIN(i), MAX(d), SUM(d)
-->   Project i, d
-->     Source s
SELECT COUNT(*) FROM s;
--> Aggregate: COUNT(*)
-->   Source s
SELECT COUNT(1), SUM(1) FROM s;
--> Aggregate: COUNT(*), SUM($f0)
-->   Project 1 AS $f0
-->     Source s
SELECT k, COUNT(*) AS n FROM s GROUP BY k;
--> Aggregate by k: COUNT(*)
-->   Project k
-->     Source s
SELECT COUNT(*) AS n, k, MAX(d) FROM s WHERE d > 0 GROUP BY k;
--> Project n, k, EXPR$2
-->   Aggregate by k: COUNT(*), MAX(d)
-->     Project k, d
-->       Filter d > :0=0.0
-->         Source s
SELECT i + 1 AS j, COUNT(*) AS n FROM s GROUP BY i + 1;
--> Aggregate by j: COUNT(*)
-->   Project i + :0=1 AS j
-->     Source s
SELECT i + 1 AS j, COUNT(*) AS n FROM s GROUP BY j;
--> Aggregate by j: COUNT(*)
-->   Project i + :0=1 AS j
-->     Source s
SELECT i + 1 AS j, COUNT(*) AS n FROM s GROUP BY 1;
--> Aggregate by j: COUNT(*)
-->   Project i + :0=1 AS j
-->     Source s
SELECT k, i, AVG(d * 2) AS a FROM s GROUP BY k, i HAVING AVG(d * 2) > 1 AND k <> 'x';
--> Filter (a > :1=1.0) AND (k <> :2='x')
-->   Aggregate by k, i: AVG($f2)
-->     Project k, i, d * :0=2.0 AS $f2
-->       Source s
--> optimised:
--> Filter a > :1=1.0
-->   Aggregate by k, i: AVG($f2)
-->     Project k, i, d * :0=2.0 AS $f2
-->       Filter k <> :2='x'
-->         Source s
SELECT k, SUM(i) AS total FROM s GROUP BY k HAVING total > 10;
--> Filter total > :0=10
-->   Aggregate by k: SUM(i)
-->     Project k, i
-->       Source s
SELECT k, SUM(i) / COUNT(*) AS q FROM s GROUP BY k;
--> Project k, $f1 / $f2 AS q
-->   Aggregate by k: SUM(i), COUNT(*)
-->     Project k, i
-->       Source s
SELECT k FROM s GROUP BY k;
--> Aggregate by k:
-->   Project k
-->     Source s

-- Windows, both spellings.
SELECT TUMBLE_START(ts, INTERVAL '1' DAY) AS a, TUMBLE_END(ts, INTERVAL '1' DAY) AS b, k, COUNT(*) AS n
FROM s GROUP BY TUMBLE(ts, INTERVAL '1' DAY), k;
--> Project window_start AS a, window_end AS b, k, n
-->   Aggregate tumble(ts, 86400000000 us) by k: COUNT(*)
-->     Project k, ts
-->       Source s
SELECT window_start, window_end, k, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '1' DAY))
GROUP BY window_start, window_end, k;
--> Project window_start, window_end, k, n
-->   Aggregate tumble(ts, 86400000000 us) by k: COUNT(*)
-->     Project k, ts
-->       Source s
SELECT window_end, COUNT(*) AS n FROM TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL 30 MINUTES) WHERE i > 1 GROUP BY window_end;
--> Project window_end, n
-->   Aggregate tumble(ts, 1800000000 us): COUNT(*)
-->     Project ts
-->       Filter CAST(i AS BIGINT) > :0=1
-->         Source s
SELECT COUNT(*) AS n FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '1' HOUR, INTERVAL '5' MINUTE))
GROUP BY window_start;
--> Project n
-->   Aggregate tumble(ts, 3600000000 us, offset 300000000): COUNT(*)
-->     Project ts
-->       Source s
SELECT COUNT(*) FROM s GROUP BY TUMBLE(ts, INTERVAL '1.5' SECOND);
--> Project EXPR$0
-->   Aggregate tumble(ts, 1500000 us): COUNT(*)
-->     Project ts
-->       Source s
SELECT k, MAX(d) AS m FROM s WHERE i > 0 GROUP BY k, TUMBLE(ts, INTERVAL '100' DAY) HAVING MAX(d) > 1 AND k = 'a';
--> Project k, m
-->   Filter (m > :1=1.0) AND (k = :2='a')
-->     Aggregate tumble(ts, 8640000000000 us) by k: MAX(d)
-->       Project k, d, ts
-->         Filter CAST(i AS BIGINT) > :0=0
-->           Source s
--> optimised:
--> Project k, m
-->   Filter m > :1=1.0
-->     Aggregate tumble(ts, 8640000000000 us) by k: MAX(d)
-->       Project k, d, ts
-->         Filter (CAST(i AS BIGINT) > :0=0) AND (k = :2='a')
-->           Source s
SELECT TUMBLE_END(ts, INTERVAL '1' HOUR) AS e, MAX(d) AS m FROM s GROUP BY TUMBLE(ts, INTERVAL '1' HOUR)
HAVING TUMBLE_END(ts, INTERVAL '1' HOUR) > TIMESTAMP '2026-01-01 00:00:00';
--> Project window_end AS e, m
-->   Filter window_end > :0=TIMESTAMP '2026-01-01 00:00:00'
-->     Aggregate tumble(ts, 3600000000 us): MAX(d)
-->       Project d, ts
-->         Source s

-- Chains.
SELECT k, m FROM (SELECT k, MAX(d) AS m, MIN(d) AS unused FROM s WHERE i > 1 GROUP BY k) WHERE m > 2 AND k > 'a';
--> Project k, m
-->   Filter (m > :1=2.0) AND (k > :2='a')
-->     Aggregate by k: MAX(d), MIN(d)
-->       Project k, d
-->         Filter CAST(i AS BIGINT) > :0=1
-->           Source s
--> optimised:
--> Project k, m
-->   Filter m > :1=2.0
-->     Aggregate by k: MAX(d)
-->       Project k, d
-->         Filter (CAST(i AS BIGINT) > :0=1) AND (k > :2='a')
-->           Source s
SELECT AVG(n) FROM (SELECT k, COUNT(*) AS n FROM s GROUP BY k);
--> Aggregate: AVG(n)
-->   Project n
-->     Aggregate by k: COUNT(*)
-->       Project k
-->         Source s
SELECT j + 1 AS j2 FROM (SELECT i + 1 AS j, d FROM s WHERE i <> 5) AS x WHERE x.j > 3 AND d < 9;
--> Project j + :4=1 AS j2
-->   Filter (CAST(j AS BIGINT) > :2=3) AND (d < :3=9.0)
-->     Project i + :1=1 AS j, d
-->       Filter CAST(i AS BIGINT) <> :0=5
-->         Source s
--> optimised:
--> Project (i + :1=1) + :4=1 AS j2
-->   Filter (CAST(i AS BIGINT) <> :0=5) AND (CAST(i + :1=1 AS BIGINT) > :2=3) AND (d < :3=9.0)
-->     Source s
SELECT COUNT(*) AS c FROM (SELECT TUMBLE_END(ts, INTERVAL '1' HOUR) AS te, AVG(d) AS a FROM s
  GROUP BY TUMBLE(ts, INTERVAL '1' HOUR)) GROUP BY TUMBLE(te, INTERVAL '1' DAY);
--> Project c
-->   Aggregate tumble(te, 86400000000 us): COUNT(*)
-->     Project window_end AS te
-->       Aggregate tumble(ts, 3600000000 us): AVG(d)
-->         Project d, ts
-->           Source s
--> optimised:
--> Project c
-->   Aggregate tumble(te, 86400000000 us): COUNT(*)
-->     Project window_end AS te
-->       Aggregate tumble(ts, 3600000000 us):
-->         Project ts
-->           Source s

-- What does not work, and why.
SELECT COUNT(*) FROM s GROUP BY TUMBLE(other, INTERVAL '1' DAY);
--> GLS-2005 line 1, column 33: "other" is not the event time: declare WATERMARK FOR it in CREATE STREAM
SELECT COUNT(*) FROM s GROUP BY TUMBLE(i, INTERVAL '1' DAY);
--> GLS-2004 line 1, column 33: TUMBLE needs a column of type TIMESTAMP, and its lengths as INTERVAL, such as INTERVAL '1' MINUTE
SELECT COUNT(*) FROM s GROUP BY TUMBLE(ts, INTERVAL '1' MONTH);
--> GLS-2005 line 1, column 33: a window needs a fixed size such as INTERVAL '1' DAY; months differ in length
SELECT window_start FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '1' DAY));
--> Project WINDOW_START(ts, 86400000000, 86400000000, 0) AS window_start
-->   Project ts
-->     Source s
--> optimised:
--> Project WINDOW_START(ts, 86400000000, 86400000000, 0) AS window_start
-->   Source s
SELECT COUNT(*) FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '1' DAY)) WHERE window_start > '2026-01-01' GROUP BY window_start;
--> Project EXPR$0
-->   Aggregate attached(window_start + 86400000000 us) by window_start: COUNT(*)
-->     Project window_start
-->       Filter window_start > :0=TIMESTAMP '2026-01-01 00:00:00'
-->         Project k, i, d, ts, other, WINDOW_START(ts, 86400000000, 86400000000, 0) AS window_start, WINDOW_END(ts, 86400000000, 86400000000, 0) AS window_end, WINDOW_TIME(WINDOW_END(ts, 86400000000, 86400000000, 0)) AS window_time
-->           Source s
--> optimised:
--> Project EXPR$0
-->   Aggregate attached(window_start + 86400000000 us) by window_start: COUNT(*)
-->     Project WINDOW_START(ts, 86400000000, 86400000000, 0) AS window_start
-->       Filter WINDOW_START(ts, 86400000000, 86400000000, 0) > :0=TIMESTAMP '2026-01-01 00:00:00'
-->         Source s
SELECT TUMBLE(ts, INTERVAL '1' DAY) FROM s;
--> GLS-2001 line 1, column 8: TUMBLE in SELECT needs GROUP BY with the same window; the windows of single rows come from FROM TABLE(TUMBLE(TABLE ...))
SELECT TUMBLE_START(ts, INTERVAL '1' DAY) FROM s GROUP BY TUMBLE(ts, INTERVAL '2' DAY);
--> GLS-2001 line 1, column 8: call to auxiliary group function 'TUMBLE_START' must have matching call to group function 'TUMBLE' in GROUP BY clause
SELECT k, i, COUNT(*) FROM s GROUP BY k;
--> GLS-2001 line 1, column 11: 'i' is neither in GROUP BY nor inside an aggregate
SELECT k, COUNT(*) FROM s GROUP BY ROLLUP(k);
--> Project k_key AS k, EXPR$1
-->   Union all
-->     Aggregate by k_key, grouping: COUNT(*)
-->       Filter grouping <> :1=1
-->         Project k, CASE(copy = :0=0, k, NULL) AS k_key, copy AS grouping
-->           Repeat 2 times
-->             Project k
-->               Source s
-->     Project NULL AS k_key, 1 AS grouping, EXPR$1
-->       Aggregate: COUNT(*)
-->         Project k
-->           Source s
--> optimised:
--> Project k_key AS k, EXPR$1
-->   Union all
-->     Project k_key, EXPR$1
-->       Aggregate by k_key, grouping: COUNT(*)
-->         Project CASE(copy = :0=0, k, NULL) AS k_key, copy AS grouping
-->           Filter copy <> :1=1
-->             Repeat 2 times
-->               Project k
-->                 Source s
-->     Project NULL AS k_key, EXPR$1
-->       Aggregate: COUNT(*)
-->         Project k
-->           Source s
SELECT COUNT(DISTINCT k) FROM s;
--> Project a0 AS EXPR$0
-->   Aggregate: COUNT(k)
-->     Aggregate by k:
-->       Project k
-->         Source s
SELECT SUM(i) FILTER (WHERE i > 0) FROM s;
--> Aggregate: SUM(i) if $f1
-->   Project i, IS_TRUE(CAST(i AS BIGINT) > :0=0) AS $f1
-->     Source s
SELECT SUM(k) FROM s;
--> GLS-2004 line 1, column 8: cannot apply SUM to VARCHAR: use CAST to bring the operands to one type
SELECT AVG(SUM(i)) FROM s;
--> GLS-2001 line 1, column 8: aggregate expressions cannot be nested
SELECT COUNT(*) FROM s WHERE COUNT(*) > 1;
--> GLS-2001 line 1, column 30: aggregate expression is illegal in WHERE clause
SELECT COUNT(*) FROM s GROUP BY 5;
--> GLS-2001 line 1, column 33: there is no column of that number: ORDER BY and GROUP BY count the columns of SELECT from 1
SELECT COUNT(*) FROM s GROUP BY TUMBLE(ts, INTERVAL '0' DAY);
--> GLS-2004 line 1, column 33: the size of a window is more than zero
SELECT COUNT(*) FROM s GROUP BY HOP(ts, INTERVAL '1' DAY, INTERVAL '2' DAY);
--> Project EXPR$0
-->   Aggregate hop(ts, 172800000000 us every 86400000000 us): COUNT(*)
-->     Project ts
-->       Source s
SELECT COUNT(*) FROM TABLE(HOP(TABLE s, DESCRIPTOR(ts), INTERVAL '1' DAY, INTERVAL '2' DAY)) GROUP BY window_start;
--> Project EXPR$0
-->   Aggregate hop(ts, 172800000000 us every 86400000000 us): COUNT(*)
-->     Project ts
-->       Source s

-- Hopping windows, sessions, and windows of windows.
SELECT HOP_START(ts, INTERVAL '1' DAY, INTERVAL '2' DAY) AS a, HOP_END(ts, INTERVAL '1' DAY, INTERVAL '2' DAY) AS b, COUNT(*) AS n
FROM s GROUP BY HOP(ts, INTERVAL '1' DAY, INTERVAL '2' DAY);
--> Project window_start AS a, window_end AS b, n
-->   Aggregate hop(ts, 172800000000 us every 86400000000 us): COUNT(*)
-->     Project ts
-->       Source s
SELECT window_start, k, COUNT(*) AS n FROM HOP(TABLE s, DESCRIPTOR(ts), INTERVAL '1' HOUR, INTERVAL '6' HOUR, INTERVAL '1' MINUTE)
GROUP BY window_start, window_end, k;
--> Project window_start, k, n
-->   Aggregate hop(ts, 21600000000 us every 3600000000 us, offset 60000000) by k: COUNT(*)
-->     Project k, ts
-->       Source s
SELECT COUNT(*) AS n FROM s GROUP BY HOP(ts, INTERVAL '1' DAY, INTERVAL '1' DAY);
--> Project n
-->   Aggregate tumble(ts, 86400000000 us): COUNT(*)
-->     Project ts
-->       Source s
SELECT COUNT(*) AS n FROM s GROUP BY HOP(ts, INTERVAL '1' DAY);
--> GLS-2001 line 1, column 38: HOP in GROUP BY takes the time column, a slide and a size: HOP(ts, INTERVAL '1' MINUTE, INTERVAL '5' MINUTE)
SELECT COUNT(*) AS n FROM s GROUP BY HOP(ts, INTERVAL '1' DAY, INTERVAL '2' DAY, INTERVAL '1' HOUR);
--> GLS-2005 line 1, column 38: an interval as the offset of a window in GROUP BY is not supported: write a TIME, such as TIME '00:12:00'
SELECT k, COUNT(*) AS n FROM HOP(TABLE s, DESCRIPTOR(ts), INTERVAL '1' HOUR, INTERVAL '6' HOUR) GROUP BY k;
--> Aggregate by k: COUNT(*)
-->   Project k, ts, WINDOW_START(ts, 21600000000, 3600000000, 0, copy) AS window_start, WINDOW_END(ts, 21600000000, 3600000000, 0, copy) AS window_end, WINDOW_TIME(WINDOW_END(ts, 21600000000, 3600000000, 0, copy)) AS window_time
-->     Repeat 6 times
-->       Project k, ts
-->         Source s
--> optimised:
--> Aggregate by k: COUNT(*)
-->   Project k
-->     Repeat 6 times
-->       Project k
-->         Source s
SELECT SESSION_START(ts, INTERVAL '1' DAY) AS a, SESSION_END(ts, INTERVAL '1' DAY) AS b, k, COUNT(*) AS n
FROM s GROUP BY SESSION(ts, INTERVAL '1' DAY), k;
--> Project window_start AS a, window_end AS b, k, n
-->   Aggregate session(ts, gap 86400000000 us) by k: COUNT(*)
-->     Project k, ts
-->       Source s
SELECT window_start, window_end, k, COUNT(*) AS n FROM TABLE(SESSION(TABLE s PARTITION BY k, DESCRIPTOR(ts), INTERVAL '1' DAY))
WHERE d > 1 GROUP BY window_start, window_end, k;
--> Project window_start, window_end, k, n
-->   Aggregate session(ts, gap 86400000000 us) by k: COUNT(*)
-->     Project k, ts
-->       Filter d > :0=1.0
-->         Source s
SELECT window_start, window_end, COUNT(*) AS n FROM TABLE(SESSION(TABLE s PARTITION BY k, DESCRIPTOR(ts), INTERVAL '1' DAY))
GROUP BY window_start, window_end;
--> GLS-2005 line 1, column 59: sessions are those of their PARTITION BY columns: group by window_start, window_end and just these
SELECT window_start, window_end, MAX(n) AS m FROM (SELECT window_start, window_end, k, COUNT(*) AS n
FROM HOP(TABLE s, DESCRIPTOR(ts), INTERVAL '1' HOUR, INTERVAL '6' HOUR) GROUP BY window_start, window_end, k)
GROUP BY window_start, window_end;
--> Aggregate attached(window_end) by window_start, window_end: MAX(n)
-->   Project window_start, window_end, n
-->     Aggregate hop(ts, 21600000000 us every 3600000000 us) by k: COUNT(*)
-->       Project k, ts
-->         Source s
SELECT window_start, MAX(n) AS m FROM (SELECT window_start, k, COUNT(*) AS n
FROM TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '1' HOUR) GROUP BY window_start, window_end, k) GROUP BY window_start;
--> Aggregate attached(window_start + 3600000000 us) by window_start: MAX(n)
-->   Project window_start, n
-->     Aggregate tumble(ts, 3600000000 us) by k: COUNT(*)
-->       Project k, ts
-->         Source s
SELECT HOP(ts, INTERVAL '1' DAY, INTERVAL '2' DAY) AS x FROM s;
--> GLS-2001 line 1, column 8: HOP in SELECT needs GROUP BY with the same window; the windows of single rows come from FROM TABLE(HOP(TABLE ...))

-- Aggregates with options and filters.
SELECT k, LISTAGG(i, '; ') AS l, APPROX_QUANTILE(d, 0.9) AS q, MEDIAN(d) AS m, ARG_MAX(k, d) AS a, FIRST(i) AS f FROM s GROUP BY k;
--> Aggregate by k: LISTAGG($f1, '; '), APPROX_QUANTILE(d, '0.9'), APPROX_QUANTILE(d, '0.5'), ARG_MAX(k by d), FIRST(i)
-->   Project k, CAST(i AS VARCHAR) AS $f1, '; ' AS $f2, d, 0.9 AS $f4, 0.5 AS $f5, i
-->     Source s
--> optimised:
--> Aggregate by k: LISTAGG($f1, '; '), APPROX_QUANTILE(d, '0.9'), APPROX_QUANTILE(d, '0.5'), ARG_MAX(k by d), FIRST(i)
-->   Project k, CAST(i AS VARCHAR) AS $f1, d, i
-->     Source s
SELECT COUNT(*) FILTER (WHERE d > 1) AS n, SUM(i) FILTER (WHERE k = 'a') AS t FROM s;
--> Aggregate: COUNT(*) if $f0, SUM(i) if $f2
-->   Project IS_TRUE(d > :0=1.0) AS $f0, i, IS_TRUE(k = :1='a') AS $f2
-->     Source s
SELECT APPROX_QUANTILE(d, 2) AS q FROM s;
--> GLS-2004 line 1, column 8: the fraction of a quantile is from 0 to 1, found 2
SELECT APPROX_QUANTILE(d, d) AS q FROM s;
--> GLS-2004 line 1, column 8: the fraction of a quantile is a constant: APPROX_QUANTILE(x, 0.5)
SELECT LISTAGG(k, k) AS q FROM s;
--> GLS-2004 line 1, column 8: the separator of LISTAGG is a constant: LISTAGG(x, ', ')
SELECT VAR_POP(k) AS v FROM s;
--> GLS-2004 line 1, column 8: cannot apply VAR_POP to VARCHAR: use CAST to bring the operands to one type
SELECT ARG_MAX(k) AS v FROM s;
--> GLS-2004 line 1, column 8: ARG_MAX takes 2 arguments, found 1
SELECT COUNT(*) FILTER (WHERE i) AS n FROM s;
--> GLS-2004 line 1, column 31: FILTER clause must be a condition

-- Distinct values: grouped first, then aggregated.
SELECT TUMBLE_START(ts, INTERVAL '1' DAY) AS a, k, COUNT(DISTINCT i) AS n, AVG(d) AS m FROM s GROUP BY TUMBLE(ts, INTERVAL '1' DAY), k;
--> Project window_start AS a, k, a0 AS n, a1 / CAST(a2 AS DOUBLE) AS m
-->   Aggregate attached(window_end) by k, window_start, window_end: COUNT(i), SUM(p0), SUM(p1)
-->     Aggregate tumble(ts, 86400000000 us) by k, i: SUM(d), COUNT(d)
-->       Project k, i, d, ts
-->         Source s
SELECT COUNT(DISTINCT i) AS n, COUNT(DISTINCT d) AS m FROM s;
--> Project a0 AS n, a1 AS m
-->   Aggregate: COUNT(value1), COUNT(value2)
-->     Aggregate by value1, value2:
-->       Project i, d, CASE(copy = :0=0, i, NULL) AS value1, CASE(copy = :1=1, d, NULL) AS value2
-->         Repeat 2 times
-->           Project i, d
-->             Source s
--> optimised:
--> Project a0 AS n, a1 AS m
-->   Aggregate: COUNT(value1), COUNT(value2)
-->     Aggregate by value1, value2:
-->       Project CASE(copy = :0=0, i, NULL) AS value1, CASE(copy = :1=1, d, NULL) AS value2
-->         Repeat 2 times
-->           Project i, d
-->             Source s
SELECT COUNT(DISTINCT i) AS n FROM s GROUP BY SESSION(ts, INTERVAL '1' DAY);
--> GLS-2005 line 1, column 14: DISTINCT in sessions is not supported: use APPROX_COUNT_DISTINCT, or another window
SELECT COUNT(DISTINCT i) AS n, LAST(d) AS m FROM s;
--> GLS-2005 line 1, column 14: LAST beside an aggregate with DISTINCT is not supported: write one select for each
SELECT COUNT(*) FILTER (WHERE d > 1) AS n FROM s;
--> Aggregate: COUNT(*) if $f0
-->   Project IS_TRUE(d > :0=1.0) AS $f0
-->     Source s
SELECT MAX(n) AS m FROM TABLE(TUMBLE(TABLE (SELECT window_start AS t, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '10' MINUTE)) GROUP BY window_start, window_end), DESCRIPTOR(t), INTERVAL '15' MINUTE)) GROUP BY window_start, window_end;
--> GLS-2005 line 1, column 31: the result of a window is known at its end, when a window over its start may be over: use window_time of the inner window, or an outer one that is a multiple of it
