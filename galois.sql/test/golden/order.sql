CREATE STREAM s (k VARCHAR, i INTEGER, d DOUBLE, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '5' SECOND)
  WITH (transport = 'file', format = 'csv');
--> Create s (k VARCHAR, i INTEGER, d DOUBLE, ts TIMESTAMP)
-->   metadata {}
-->   time field 3, delay 5000000 us
-->   options {format=csv, transport=file}

-- The whole result: everything at the end. Equal rows keep the order of the input unless rows are cut.
SELECT k, d FROM s ORDER BY d;
--> Sort by d
-->   Project k, d
-->     Source s
SELECT k, d FROM s ORDER BY d DESC, k;
--> Sort by d DESC, k
-->   Project k, d
-->     Source s
SELECT k FROM s ORDER BY d DESC NULLS FIRST, i ASC NULLS LAST;
--> Project k
-->   Sort by d DESC NULLS FIRST, i NULLS LAST
-->     Project k, d, i
-->       Source s
SELECT k, d * 2 AS e FROM s ORDER BY e;
--> Sort by e
-->   Project k, d * :0=2.0 AS e
-->     Source s
SELECT k, d FROM s ORDER BY 2 DESC LIMIT 3;
--> Sort by d DESC, limit 3
-->   Project k, d
-->     Source s
SELECT k FROM s ORDER BY i + 1;
--> Project k
-->   Sort by EXPR$1
-->     Project k, i + :0=1 AS EXPR$1
-->       Source s
SELECT k, d FROM s WHERE d > 1 ORDER BY d OFFSET 2 ROWS FETCH NEXT 3 ROWS ONLY;
--> Sort by d, limit 3, offset 2
-->   Project k, d
-->     Filter d > :0=1.0
-->       Source s
SELECT k, d FROM s LIMIT 5;
--> Limit 5
-->   Project k, d
-->     Source s
SELECT k, d FROM s LIMIT 5 OFFSET 2;
--> Limit 5, offset 2
-->   Project k, d
-->     Source s
SELECT k FROM (SELECT * FROM s ORDER BY d LIMIT 5) WHERE i > 1;
--> Project k
-->   Filter CAST(i AS BIGINT) > :0=1
-->     Sort by d, limit 5
-->       Source s
SELECT k, COUNT(*) AS n FROM s GROUP BY k ORDER BY n DESC LIMIT 2;
--> Sort by n DESC, limit 2
-->   Aggregate by k: COUNT(*)
-->     Project k
-->       Source s
SELECT k, COUNT(*) AS n FROM s GROUP BY k HAVING COUNT(*) > 1 ORDER BY COUNT(*), k;
--> Sort by n, k
-->   Filter n > :0=1
-->     Aggregate by k: COUNT(*)
-->       Project k
-->         Source s

-- A window leads: its rows come when it ends.
SELECT window_start, k, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '1' MINUTE))
  GROUP BY window_start, window_end, k ORDER BY window_start, n DESC;
--> Sort at window_start + 60000000 us, by n DESC
-->   Project window_start, k, n
-->     Aggregate tumble(ts, 60000000 us) by k: COUNT(*)
-->       Project k, ts
-->         Source s
SELECT window_end, k, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '1' MINUTE))
  GROUP BY window_start, window_end, k ORDER BY window_end, n DESC LIMIT 10;
--> Limit 10
-->   Sort at window_end, by n DESC
-->     Project window_end, k, n
-->       Aggregate tumble(ts, 60000000 us) by k: COUNT(*)
-->         Project k, ts
-->           Source s
SELECT TUMBLE_END(ts, INTERVAL '1' MINUTE) AS e, k, COUNT(*) AS n FROM s
  GROUP BY TUMBLE(ts, INTERVAL '1' MINUTE), k ORDER BY e, k;
--> Sort at e, by k
-->   Project window_end AS e, k, n
-->     Aggregate tumble(ts, 60000000 us) by k: COUNT(*)
-->       Project k, ts
-->         Source s
SELECT window_end, k, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '1' MINUTE))
  GROUP BY window_start, window_end, k ORDER BY window_end DESC;
--> Sort by window_end DESC
-->   Project window_end, k, n
-->     Aggregate tumble(ts, 60000000 us) by k: COUNT(*)
-->       Project k, ts
-->         Source s

-- DISTINCT.
SELECT DISTINCT k FROM s;
--> Aggregate by k:
-->   Project k
-->     Source s
SELECT DISTINCT k, i FROM s WHERE d > 0 ORDER BY k;
--> Sort by k
-->   Aggregate by k, i:
-->     Project k, i
-->       Filter d > :0=0.0
-->         Source s
SELECT DISTINCT k, window_start, window_end FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '1' MINUTE));
--> Aggregate tumble(ts, 60000000 us) by k:
-->   Project k, ts
-->     Source s
SELECT DISTINCT window_end, n FROM (SELECT window_end, k, COUNT(*) AS n
  FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end, k);
--> Aggregate attached(window_end) by window_end, n:
-->   Project window_end, n
-->     Aggregate tumble(ts, 60000000 us) by k: COUNT(*)
-->       Project k, ts
-->         Source s

-- Numbers, and limits on them.
SELECT k, d, ROW_NUMBER() OVER (PARTITION BY k ORDER BY d DESC) AS rn FROM s;
--> Project k, d, rn
-->   Sort each k, by d DESC, ROW_NUMBER AS rn
-->     Source s
SELECT * FROM (SELECT k, d, ROW_NUMBER() OVER (PARTITION BY k ORDER BY d DESC) AS rn FROM s) WHERE rn <= 3;
--> Project k, d, rn
-->   Sort each k, by d DESC, ROW_NUMBER AS rn, limit 3
-->     Source s
SELECT k, d FROM (SELECT k, d, ROW_NUMBER() OVER (PARTITION BY k ORDER BY d DESC) AS rn FROM s) WHERE rn = 1 AND d > 2;
--> Project k, d
-->   Filter d > :0=2.0
-->     Project k, d, rn
-->       Sort each k, by d DESC, ROW_NUMBER AS rn, limit 1
-->         Source s
--> optimised:
--> Project k, d
-->   Filter d > :0=2.0
-->     Sort each k, by d DESC, limit 1
-->       Source s
SELECT k FROM (SELECT k, RANK() OVER (ORDER BY d) AS r FROM s) WHERE r BETWEEN 2 AND 4;
--> Project k
-->   Sort by d, RANK AS r, limit 3 by RANK, offset 1
-->     Source s
--> optimised:
--> Project k
-->   Sort by d, limit 3 by RANK, offset 1
-->     Source s
SELECT k FROM (SELECT k, DENSE_RANK() OVER (ORDER BY d) AS r FROM s) WHERE 3 > r;
--> Project k
-->   Sort by d, DENSE_RANK AS r, limit 2 by DENSE_RANK
-->     Source s
--> optimised:
--> Project k
-->   Sort by d, limit 2 by DENSE_RANK
-->     Source s
SELECT k, d FROM s QUALIFY ROW_NUMBER() OVER (PARTITION BY k ORDER BY ts DESC) = 1;
--> Project k, d
-->   Sort each k, by ts DESC, ROW_NUMBER AS over, limit 1
-->     Source s
--> optimised:
--> Project k, d
-->   Sort each k, by ts DESC, limit 1
-->     Source s
SELECT k, ROW_NUMBER() OVER (PARTITION BY UPPER_OF.k ORDER BY d + 1) * 2 AS twice FROM s AS UPPER_OF;
--> Project k, over * :1=2 AS twice
-->   Sort each k, by expr4, ROW_NUMBER AS over
-->     Project k, i, d, ts, d + :0=1.0 AS expr4
-->       Source s
SELECT k, ROW_NUMBER() OVER w AS a, RANK() OVER w AS b FROM s WINDOW w AS (PARTITION BY i ORDER BY d);
--> Project k, a, b
-->   Sort each i, by d, ROW_NUMBER AS a, RANK AS b
-->     Source s
SELECT k, ROW_NUMBER() OVER (ORDER BY d) AS a, ROW_NUMBER() OVER (ORDER BY i) AS b FROM s;
--> Project k, a, b
-->   Sort by i, ROW_NUMBER AS b
-->     Sort by d, ROW_NUMBER AS a
-->       Source s
SELECT k, n FROM (SELECT k, n, ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER BY n DESC) AS rn
  FROM (SELECT window_start, window_end, k, COUNT(*) AS n
    FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end, k))
  WHERE rn <= 3;
--> Project k, n
-->   Sort at window_end, by n DESC, ROW_NUMBER AS rn, limit 3
-->     Aggregate tumble(ts, 60000000 us) by k: COUNT(*)
-->       Project k, ts
-->         Source s
--> optimised:
--> Project k, n
-->   Sort at window_end, by n DESC, limit 3
-->     Aggregate tumble(ts, 60000000 us) by k: COUNT(*)
-->       Project k, ts
-->         Source s
SELECT window_start, k, MAX(d) AS top FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '1' MINUTE))
  GROUP BY window_start, window_end, k
  QUALIFY ROW_NUMBER() OVER (PARTITION BY window_start ORDER BY MAX(d) DESC) <= 2;
--> Project window_start, k, top
-->   Sort at window_start + 60000000 us, by top DESC, ROW_NUMBER AS over, limit 2
-->     Aggregate tumble(ts, 60000000 us) by k: MAX(d)
-->       Project k, d, ts
-->         Source s
--> optimised:
--> Project window_start, k, top
-->   Sort at window_start + 60000000 us, by top DESC, limit 2
-->     Aggregate tumble(ts, 60000000 us) by k: MAX(d)
-->       Project k, d, ts
-->         Source s

-- The words are names too.
CREATE STREAM m ("offset" BIGINT, "row" INTEGER, first INTEGER, last INTEGER, rank INTEGER, "limit" DOUBLE)
  WITH (transport = 'file', format = 'csv');
--> Create m (offset BIGINT, row INTEGER, first INTEGER, last INTEGER, rank INTEGER, limit DOUBLE)
-->   metadata {}
-->   time field -1, delay 0 us
-->   options {format=csv, transport=file}
SELECT offset, row, rank FROM m ORDER BY offset, last NULLS LAST, first NULLS FIRST LIMIT 5 OFFSET 2;
--> Project offset, row, rank
-->   Sort by offset, last NULLS LAST, first, limit 5, offset 2
-->     Project offset, row, rank, last, first
-->       Source m
SELECT first, RANK() OVER (ORDER BY rank) AS rank, limit FROM m ORDER BY limit OFFSET 1 ROW FETCH FIRST 3 ROWS ONLY;
--> Sort by limit, limit 3, offset 1
-->   Project first, rank, limit
-->     Sort by rank, RANK AS rank
-->       Source m

-- Refused.
SELECT k FROM s LIMIT 'a';
--> GLS-2001 line 1, column 23: unexpected ''a''
SELECT k FROM s LIMIT 1.5;
--> GLS-2001 line 1, column 23: LIMIT needs a whole number such as 10
SELECT k FROM s LIMIT -1;
--> GLS-2001 line 1, column 23: unexpected '-'
SELECT k FROM s ORDER BY nix;
--> GLS-2003 line 1, column 26: unknown column "nix": known columns are "k", "i", "d", "ts"
SELECT k FROM s ORDER BY 3;
--> GLS-2001 line 1, column 26: there is no column of that number: ORDER BY and GROUP BY count the columns of SELECT from 1
SELECT k, ROW_NUMBER(k) OVER (ORDER BY d) FROM s;
--> GLS-2004 line 1, column 11: ROW_NUMBER takes no argument: write ROW_NUMBER()
SELECT k, NTILE(4) OVER (ORDER BY d) FROM s;
--> GLS-2005 line 1, column 11: NTILE OVER is not supported: GALOIS has all aggregate functions and DENSE_RANK, FIRST_VALUE, LAG, LAST_VALUE, LEAD, NTH_VALUE, RANK, ROW_NUMBER with OVER (...)
SELECT k, SUM(d) OVER (PARTITION BY k) FROM s;
--> Project k, EXPR$1
-->   Over each k, SUM(d) of all AS EXPR$1
-->     Source s
--> optimised:
--> Project k, EXPR$1
-->   Over each k, SUM(d) of all AS EXPR$1
-->     Project k, d
-->       Source s
SELECT k, RANK() OVER (PARTITION BY k) FROM s;
--> GLS-2001 line 1, column 23: RANK or DENSE_RANK functions require ORDER BY clause in window specification
SELECT k FROM s WHERE ROW_NUMBER() OVER (ORDER BY d) = 1;
--> GLS-2001 line 1, column 23: a function with OVER stands in SELECT, ORDER BY or QUALIFY: put the condition into QUALIFY, or into the WHERE of an outer select
SELECT k, ROW_NUMBER() FROM s;
--> GLS-2001 line 1, column 11: ROW_NUMBER needs OVER: write ROW_NUMBER(...) OVER (PARTITION BY ... ORDER BY ts)
SELECT k, ROW_NUMBER() OVER (ORDER BY d ROWS 3 PRECEDING) FROM s;
--> GLS-2001 line 1, column 41: ROW/RANGE not allowed with RANK, DENSE_RANK, ROW_NUMBER, PERCENTILE_CONT/DISC or LAG/LEAD functions
