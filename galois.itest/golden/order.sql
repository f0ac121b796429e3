-- ORDER BY, LIMIT, DISTINCT and numbered rows. NULL is the smallest value, NaN the greatest number.
CREATE STREAM sensors (device VARCHAR, room VARCHAR, temp DOUBLE, humidity INTEGER, "count" INTEGER,
  total BIGINT, ok BOOLEAN, ts TIMESTAMP, WATERMARK FOR ts AS ts)
  WITH (transport = 'file', path = 'data/sensors.csv', format = 'csv', header = 'true');
SELECT device, temp FROM sensors ORDER BY temp;
SELECT device, temp FROM sensors ORDER BY temp DESC, device;
SELECT device, humidity FROM sensors ORDER BY humidity DESC NULLS FIRST, device DESC LIMIT 4;
SELECT device FROM sensors ORDER BY ts DESC OFFSET 1 ROW FETCH NEXT 3 ROWS ONLY;
SELECT device, room FROM sensors LIMIT 2 OFFSET 1;
SELECT device FROM sensors LIMIT 0;
SELECT DISTINCT room FROM sensors;
SELECT DISTINCT room, ok FROM sensors ORDER BY room, ok;
SELECT room, COUNT(*) AS n FROM sensors GROUP BY room ORDER BY n DESC, room LIMIT 2;
-- By window, then inside each window.
SELECT window_start, device, SUM("count") AS n FROM TABLE(TUMBLE(TABLE sensors, DESCRIPTOR(ts), INTERVAL '2' HOUR))
  GROUP BY window_start, window_end, device ORDER BY window_start, n DESC, device;
SELECT window_end, device, n FROM (
  SELECT window_start, window_end, device, SUM("count") AS n,
    ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER BY SUM("count") DESC) AS rn
  FROM TABLE(TUMBLE(TABLE sensors, DESCRIPTOR(ts), INTERVAL '2' HOUR)) GROUP BY window_start, window_end, device)
  WHERE rn <= 2;
SELECT DISTINCT room, window_start, window_end FROM TABLE(TUMBLE(TABLE sensors, DESCRIPTOR(ts), INTERVAL '1' HOUR));
-- Numbers.
SELECT room, device, temp, ROW_NUMBER() OVER (PARTITION BY room ORDER BY temp DESC) AS n,
  RANK() OVER (PARTITION BY room ORDER BY humidity) AS r, DENSE_RANK() OVER (PARTITION BY room ORDER BY humidity) AS d
  FROM sensors;
SELECT room, device, temp FROM sensors QUALIFY ROW_NUMBER() OVER (PARTITION BY room ORDER BY temp DESC NULLS LAST) = 1;
SELECT room, humidity FROM (SELECT room, humidity, RANK() OVER (ORDER BY humidity DESC) AS r FROM sensors) WHERE r < 4;
