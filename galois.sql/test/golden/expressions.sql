CREATE STREAM s (i INTEGER, l BIGINT, d DOUBLE, v VARCHAR, b BOOLEAN, t TIMESTAMP)
  WITH (transport = 'file', format = 'csv');
--> Create s (i INTEGER, l BIGINT, d DOUBLE, v VARCHAR, b BOOLEAN, t TIMESTAMP)
-->   metadata {}
-->   time field -1, delay 0 us
-->   options {format=csv, transport=file}

-- Numbers: widening is explicit, a constant takes the type of its column.
SELECT i + 1, l + 1, d + 1, i + l, i + d, i + 1.5, i + 3000000000, -i, +i, i / 2, i % 2, MOD(l, 3) FROM s;
--> Project i + :0=1 AS EXPR$0, l + :1=1 AS EXPR$1, d + :2=1.0 AS EXPR$2, CAST(i AS BIGINT) + l AS EXPR$3, CAST(i AS DOUBLE) + d AS EXPR$4, CAST(i AS DOUBLE) + :3=1.5 AS EXPR$5, CAST(i AS BIGINT) + :4=3000000000 AS EXPR$6, NEGATE(i) AS EXPR$7, i, i / :5=2 AS EXPR$9, i % :6=2 AS EXPR$10, l % :7=3 AS EXPR$11
-->   Source s
SELECT 1 + 2 * 3, 7 / 2, 1.5 + 1, 2e3, -5, 9223372036854775807, -9223372036854775808 FROM s;
--> Project 7 AS EXPR$0, 3 AS EXPR$1, 2.5 AS EXPR$2, 2000.0 AS EXPR$3, -5 AS EXPR$4, 9223372036854775807 AS EXPR$5, -9223372036854775808 AS EXPR$6
-->   Source s
SELECT 2147483647 + 1, 1 / 0, i + 1 / 0 FROM s;
--> Project 2147483647 + 1 AS EXPR$0, 1 / 0 AS EXPR$1, i + (:0=1 / :1=0) AS EXPR$2
-->   Source s

-- Comparison with a number of another kind is exact.
SELECT * FROM s WHERE i > 1.5 OR i >= 1.5 OR i < 1.5 OR i <= 1.5 OR i > -1.5 OR i < -1.5;
--> Filter (CAST(i AS BIGINT) > :0=1) OR (CAST(i AS BIGINT) >= :1=2) OR (CAST(i AS BIGINT) < :2=2) OR (CAST(i AS BIGINT) <= :3=1) OR (CAST(i AS BIGINT) > :4=-2) OR (CAST(i AS BIGINT) < :5=-1)
-->   Source s
SELECT * FROM s WHERE i > 1e30 OR i < -1e30 OR l >= 1e30 OR l <= -1e30;
--> Filter (CAST(i AS BIGINT) > :0=9223372036854775807) OR (CAST(i AS BIGINT) < :1=-9223372036854775808) OR (l > :2=9223372036854775807) OR (l < :3=-9223372036854775808)
-->   Source s
SELECT * FROM s WHERE i = 1.5 OR i <> 1.5 OR i = 2.0 OR l <> 1e1;
--> Filter (CAST(i AS BIGINT) <> CAST(i AS BIGINT)) OR (CAST(i AS BIGINT) = CAST(i AS BIGINT)) OR (CAST(i AS BIGINT) = :0=2) OR (l <> :1=10)
-->   Source s
--> optimised:
--> Filter IS_NOT_NULL(i) OR (CAST(i AS BIGINT) = :0=2) OR (l <> :1=10)
-->   Source s
SELECT * FROM s WHERE 1 < i OR 1.5 >= l OR 2 = d OR 9007199254740993.5 < l;
--> Filter (CAST(i AS BIGINT) > :0=1) OR (l <= :1=1) OR (d = :2=2.0) OR (l > :3=9007199254740993)
-->   Source s
SELECT * FROM s WHERE i = d AND l > i AND i > l;
--> Filter (CAST(i AS DOUBLE) = d) AND (l > CAST(i AS BIGINT)) AND (CAST(i AS BIGINT) > l)
-->   Source s

-- Logic.
SELECT * FROM s WHERE i BETWEEN 1 AND 5 AND d NOT BETWEEN 0 AND 1;
--> Filter (CAST(i AS BIGINT) >= :0=1) AND (CAST(i AS BIGINT) <= :1=5) AND NOT((d >= :2=0.0) AND (d <= :3=1.0))
-->   Source s
--> optimised:
--> Filter (CAST(i AS BIGINT) >= :0=1) AND (CAST(i AS BIGINT) <= :1=5) AND ((d < :2=0.0) OR (d > :3=1.0))
-->   Source s
SELECT * FROM s WHERE i IN (1, 2, 3) AND v NOT IN ('a', 'b');
--> Filter ((CAST(i AS BIGINT) = :0=1) OR (CAST(i AS BIGINT) = :1=2) OR (CAST(i AS BIGINT) = :2=3)) AND (v <> :3='a') AND (v <> :4='b')
-->   Source s
SELECT * FROM s WHERE NOT (i = 1 OR b) AND b IS TRUE AND (d > 1) IS NOT FALSE AND b IS NOT TRUE;
--> Filter NOT((CAST(i AS BIGINT) = :0=1) OR b) AND IS_TRUE(b) AND IS_NOT_FALSE(d > :1=1.0) AND IS_NOT_TRUE(b)
-->   Source s
--> optimised:
--> Filter false
-->   Source s
SELECT * FROM s WHERE i IS NULL OR v IS NOT NULL OR b IS UNKNOWN;
--> Filter IS_NULL(i) OR IS_NOT_NULL(v) OR IS_NULL(b)
-->   Source s
--> optimised:
--> Filter IS_NULL(i) OR IS_NULL(b) OR IS_NOT_NULL(v)
-->   Source s
SELECT * FROM s WHERE TRUE;
--> Source s
SELECT * FROM s WHERE i > 1 AND 1 < 2;
--> Filter (CAST(i AS BIGINT) > :0=1) AND true
-->   Source s
--> optimised:
--> Filter CAST(i AS BIGINT) > :0=1
-->   Source s
SELECT * FROM s WHERE 1 > 2;
--> Filter false
-->   Source s
SELECT i FROM s WHERE i = 1 AND i = 1;
--> Project i
-->   Filter CAST(i AS BIGINT) = :0=1
-->     Source s

-- Choice.
SELECT CASE WHEN d > 1 THEN 'a' WHEN d > 2 THEN 'abc' END AS k, CASE i WHEN 1 THEN 2.5 ELSE 7 END AS n FROM s;
--> Project CASE(d > :0=1.0, :1='a', d > :2=2.0, :3='abc', NULL) AS k, CASE(CAST(i AS BIGINT) = :4=1, :5=2.5, :6=7.0) AS n
-->   Source s
SELECT COALESCE(NULL, v, NULL), COALESCE(NULL, i) FROM s;
--> Project v, i
-->   Source s
SELECT COALESCE(d, 0), COALESCE(i, l, 5), NULLIF(i, 3), NULLIF(v, ''), IFNULL(d, i) FROM s;
--> Project COALESCE(d, :0=0.0) AS EXPR$0, COALESCE(CAST(i AS BIGINT), l, :1=5) AS EXPR$1, CASE(CAST(i AS BIGINT) = :2=3, NULL, i) AS EXPR$2, CASE(v = :3='', NULL, v) AS EXPR$3, COALESCE(d, CAST(i AS DOUBLE)) AS EXPR$4
-->   Source s
SELECT CASE WHEN b THEN NULL ELSE i END, CASE WHEN b THEN i ELSE d END FROM s;
--> Project CASE(b, NULL, i) AS EXPR$0, CASE(b, CAST(i AS DOUBLE), d) AS EXPR$1
-->   Source s

-- Casts.
SELECT CAST(i AS DOUBLE), i::BIGINT, d::INT, CAST(i AS VARCHAR), v::TEXT, CAST(v AS INT64), t::STRING, CAST(NULL AS DOUBLE) FROM s;
--> Project CAST(i AS DOUBLE) AS EXPR$0, CAST(i AS BIGINT) AS EXPR$1, CAST(d AS INTEGER) AS EXPR$2, CAST(i AS VARCHAR) AS EXPR$3, v AS EXPR$4, CAST(v AS BIGINT) AS EXPR$5, CAST(t AS VARCHAR) AS EXPR$6, NULL AS EXPR$7
-->   Source s
SELECT CAST(1 AS DOUBLE), CAST(2.0 AS INTEGER), CAST('5' AS INTEGER) FROM s;
--> Project 1.0 AS EXPR$0, 2 AS EXPR$1, CAST('5' AS INTEGER) AS EXPR$2
-->   Source s

-- Text and time.
SELECT * FROM s WHERE v = 'it''s' AND v <> 'ü €' AND v > '';
--> Filter (v = :0='it''s') AND (v <> :1='ü €') AND (v > :2='')
-->   Source s
SELECT * FROM s WHERE t >= TIMESTAMP '2026-01-31 12:30:00' AND t < '2026-02-01T00:00:00.5Z';
--> Filter (t >= :0=TIMESTAMP '2026-01-31 12:30:00') AND (t < :1=TIMESTAMP '2026-02-01 00:00:00.500')
-->   Source s
SELECT TIMESTAMP '2026-01-31 00:00:00.123456' AS t0, 'x' AS x, TRUE AS y FROM s;
--> Project TIMESTAMP '2026-01-31 00:00:00.123456' AS t0, 'x' AS x, true AS y
-->   Source s

-- Names.
SELECT I, `v`, "d" AS "My Column", S.l, x.b FROM s AS x;
--> GLS-2002 line 1, column 36: unknown stream "S": it is not among the streams at this place of the query
SELECT I, `v`, "d" AS "My Column", x.b FROM s AS x;
--> Project i AS I, v, d AS My Column, b
-->   Source s
SELECT x.*, i FROM s x;
--> Project i, l, d, v, b, t, i
-->   Source s
SELECT i, i FROM s;
--> Project i, i
-->   Source s
SELECT STREAM i FROM s;
--> Project i
-->   Source s

-- Comparisons of one expression with several constants become one, before constants are lifted.
SELECT i FROM s WHERE d > 5 AND d > 3 AND v = 'a';
--> Project i
-->   Filter (d > :0=5.0) AND (v = :1='a')
-->     Source s
SELECT i FROM s WHERE i BETWEEN 1 AND 9 AND i >= 5;
--> Project i
-->   Filter (CAST(i AS BIGINT) <= :0=9) AND (CAST(i AS BIGINT) >= :1=5)
-->     Source s
SELECT i FROM s WHERE d > 5 AND l + 1 > 2 AND d < 3;
--> Project i
-->   Filter (d > :0=5.0) AND ((l + :1=1) > :2=2) AND (d < :3=3.0)
-->     Source s
SELECT i FROM s WHERE d > 5 AND (v = 'a' AND d < 3);
--> Project i
-->   Filter false
-->     Source s
