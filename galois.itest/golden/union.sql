-- Rows of several streams as one; without ALL each row comes once.
CREATE STREAM sensors (device VARCHAR, room VARCHAR, temp DOUBLE, humidity INTEGER, "count" INTEGER,
  total BIGINT, ok BOOLEAN, ts TIMESTAMP, WATERMARK FOR ts AS ts)
  WITH (transport = 'file', path = 'data/sensors.csv', format = 'csv', header = 'true');
CREATE STREAM shut (device VARCHAR, since BIGINT, ts TIMESTAMP, WATERMARK FOR ts AS ts)
  WITH (transport = 'file', path = 'data/shut.csv', format = 'csv', header = 'true');
SELECT COUNT(*) AS n, SUM(since) AS s FROM
  (SELECT device, total AS since FROM sensors WHERE ok UNION ALL SELECT device, since FROM shut);
SELECT window_start, COUNT(*) AS n, MIN(d) AS d FROM TABLE(TUMBLE(
     (SELECT device AS d, ts FROM sensors UNION ALL SELECT device, ts FROM shut), DESCRIPTOR(ts), INTERVAL '1' HOUR))
   GROUP BY window_start, window_end;
SELECT COUNT(*) AS n FROM (SELECT device FROM sensors UNION SELECT device FROM shut UNION SELECT 'x' FROM shut);
SELECT MAX(t) AS t FROM (SELECT "count" AS t FROM sensors UNION ALL SELECT total FROM sensors UNION ALL SELECT since FROM shut);
EXPLAIN SELECT device FROM
  (SELECT device, total AS since FROM sensors UNION ALL SELECT device, since FROM shut) WHERE since > 1500;
