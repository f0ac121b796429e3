-- OVER: rows come in the order of time, each with what was computed of those around it.
CREATE STREAM sensors (device VARCHAR, room VARCHAR, temp DOUBLE, humidity INTEGER, "count" INTEGER,
  total BIGINT, ok BOOLEAN, ts TIMESTAMP, WATERMARK FOR ts AS ts)
  WITH (transport = 'file', path = 'data/sensors.csv', format = 'csv', header = 'true');
SELECT device, ts, temp, temp - LAG(temp) OVER (PARTITION BY device ORDER BY ts) AS diff,
  LAG(humidity, 2, -1) OVER (PARTITION BY device ORDER BY ts) AS earlier FROM sensors ORDER BY device, ts;
SELECT room, ts, humidity, SUM(humidity) OVER w AS total, MIN(temp) OVER (PARTITION BY room ORDER BY ts ROWS 2 PRECEDING) AS low,
  COUNT(*) OVER (PARTITION BY room ORDER BY ts RANGE BETWEEN INTERVAL '30' MINUTE PRECEDING AND CURRENT ROW) AS lately,
  FIRST_VALUE(device) OVER w AS first_device, LAST_VALUE(temp) IGNORE NULLS OVER w AS last_temp, ROW_NUMBER() OVER w AS n, DENSE_RANK() OVER w AS d
  FROM sensors WINDOW w AS (PARTITION BY room ORDER BY ts) ORDER BY room, ts;
SELECT device, room, temp, LEAD(temp) OVER (PARTITION BY room ORDER BY temp, device) AS higher,
  COUNT(*) OVER (PARTITION BY room) AS all_of_room, NTH_VALUE(device, 2) OVER (PARTITION BY room ORDER BY temp, device) AS second,
  AVG(humidity) OVER (PARTITION BY room ORDER BY temp, device ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS smooth FROM sensors;
SELECT device, ok FROM sensors QUALIFY ok <> LAG(ok) OVER (PARTITION BY device ORDER BY ts);
SELECT window_start, device, n, n - LAG(n, 1, 0) OVER (PARTITION BY device ORDER BY window_start) AS more FROM (
  SELECT window_start, window_end, device, SUM("count") AS n FROM TABLE(TUMBLE(TABLE sensors, DESCRIPTOR(ts), INTERVAL '2' HOUR))
  GROUP BY window_start, window_end, device);
SELECT window_start, device, temp, RANK() OVER w AS r, temp - MAX(temp) OVER w AS below
  FROM TABLE(TUMBLE(TABLE sensors, DESCRIPTOR(ts), INTERVAL '2' HOUR)) WINDOW w AS (PARTITION BY window_start, window_end ORDER BY temp DESC);
SELECT STDDEV(temp) OVER (ORDER BY ts ROWS BETWEEN 3 PRECEDING AND CURRENT ROW) AS s, LISTAGG(device, '+') OVER (ORDER BY ts ROWS 2 PRECEDING) AS l FROM sensors;
-- Windows of so many rows.
SELECT room, COUNT(*) AS n, SUM(humidity) AS total, MIN(device) AS first_device FROM sensors GROUP BY room, COUNT_WINDOW(2);
SELECT COUNT(*) AS n, MAX(temp) AS top, LISTAGG(device, '+') AS devices FROM sensors GROUP BY COUNT_WINDOW(3, 1) HAVING COUNT(temp) = 3;
SELECT "count" AS c, COUNT(*) AS n FROM sensors GROUP BY "count", COUNT_WINDOW(1, 2) ORDER BY c;
