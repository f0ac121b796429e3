-- Joins of rows and of aggregates that are in one window.
CREATE STREAM l (k VARCHAR, a INTEGER, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '1' MINUTE)
  WITH (transport = 'file', path = 'data/window-l.csv', format = 'csv', header = 'true');
CREATE STREAM r (k VARCHAR, b INTEGER, ts TIMESTAMP, WATERMARK FOR ts AS ts)
  WITH (transport = 'file', path = 'data/window-r.csv', format = 'csv', header = 'true');
SELECT lw.k, a, b, lw.window_start FROM (SELECT * FROM TABLE(TUMBLE(TABLE l, DESCRIPTOR(ts), INTERVAL '10' MINUTE))) AS lw
  JOIN (SELECT * FROM TABLE(TUMBLE(TABLE r, DESCRIPTOR(ts), INTERVAL '10' MINUTE))) AS rw
  ON lw.k = rw.k AND lw.window_start = rw.window_start AND lw.window_end = rw.window_end ORDER BY a, b;
SELECT lw.k, a, b FROM (SELECT * FROM TABLE(TUMBLE(TABLE l, DESCRIPTOR(ts), INTERVAL '10' MINUTE))) AS lw
  LEFT JOIN (SELECT * FROM TABLE(TUMBLE(TABLE r, DESCRIPTOR(ts), INTERVAL '10' MINUTE))) AS rw
  ON lw.k = rw.k AND lw.window_start = rw.window_start AND lw.window_end = rw.window_end ORDER BY a, b;
SELECT a, b, COALESCE(lw.window_start, rw.window_start) AS s FROM (SELECT * FROM TABLE(TUMBLE(TABLE l, DESCRIPTOR(ts), INTERVAL '10' MINUTE))) AS lw
  FULL JOIN (SELECT * FROM TABLE(TUMBLE(TABLE r, DESCRIPTOR(ts), INTERVAL '10' MINUTE))) AS rw
  ON lw.k = rw.k AND lw.window_start = rw.window_start AND lw.window_end = rw.window_end ORDER BY s, a, b;
SELECT a, window_end FROM (SELECT * FROM TABLE(TUMBLE(TABLE l, DESCRIPTOR(ts), INTERVAL '10' MINUTE))) AS lw
  WHERE k IN (SELECT k FROM (SELECT * FROM TABLE(TUMBLE(TABLE r, DESCRIPTOR(ts), INTERVAL '10' MINUTE))) AS rw
    WHERE lw.window_start = rw.window_start AND lw.window_end = rw.window_end) ORDER BY a;
SELECT a, window_end FROM (SELECT * FROM TABLE(TUMBLE(TABLE l, DESCRIPTOR(ts), INTERVAL '10' MINUTE))) AS lw
  WHERE NOT EXISTS (SELECT * FROM (SELECT * FROM TABLE(TUMBLE(TABLE r, DESCRIPTOR(ts), INTERVAL '10' MINUTE))) AS rw
    WHERE lw.k = rw.k AND lw.window_start = rw.window_start AND lw.window_end = rw.window_end) ORDER BY a;
-- Of each window the best pair, and pairs of hopping windows counted.
SELECT s, a, b FROM (SELECT lw.window_start AS s, lw.window_end AS e, a, b FROM (SELECT * FROM TABLE(TUMBLE(TABLE l, DESCRIPTOR(ts), INTERVAL '10' MINUTE))) AS lw
  JOIN (SELECT * FROM TABLE(TUMBLE(TABLE r, DESCRIPTOR(ts), INTERVAL '10' MINUTE))) AS rw
  ON lw.k = rw.k AND lw.window_start = rw.window_start AND lw.window_end = rw.window_end)
  QUALIFY ROW_NUMBER() OVER (PARTITION BY s, e ORDER BY a + b DESC) = 1;
SELECT s, COUNT(*) AS n FROM (SELECT lw.window_start AS s, lw.window_end AS e FROM (SELECT * FROM TABLE(HOP(TABLE l, DESCRIPTOR(ts), INTERVAL '5' MINUTE, INTERVAL '10' MINUTE))) AS lw
  LEFT JOIN (SELECT * FROM TABLE(HOP(TABLE r, DESCRIPTOR(ts), INTERVAL '5' MINUTE, INTERVAL '10' MINUTE))) AS rw
  ON lw.k = rw.k AND lw.window_start = rw.window_start AND lw.window_end = rw.window_end) GROUP BY s, e ORDER BY s;
-- Windowed aggregates.
SELECT la.window_start, la.n, ra.m FROM (SELECT window_start, window_end, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE l, DESCRIPTOR(ts), INTERVAL '10' MINUTE)) GROUP BY window_start, window_end) AS la
  FULL JOIN (SELECT window_start, window_end, SUM(b) AS m FROM TABLE(TUMBLE(TABLE r, DESCRIPTOR(ts), INTERVAL '10' MINUTE)) GROUP BY window_start, window_end) AS ra
  ON la.window_start = ra.window_start AND la.window_end = ra.window_end ORDER BY n, m;
