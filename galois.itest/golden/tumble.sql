-- Tumbling windows, also without rows in between; a window starts at multiples of its size.
CREATE STREAM sensors (device VARCHAR, room VARCHAR, temp DOUBLE, humidity INTEGER, "count" INTEGER,
  total BIGINT, ok BOOLEAN, ts TIMESTAMP, WATERMARK FOR ts AS ts)
  WITH (transport = 'file', path = 'data/sensors.csv', format = 'csv', header = 'true');
SELECT TUMBLE_START(ts, INTERVAL '1' HOUR) AS s, TUMBLE_END(ts, INTERVAL '1' HOUR) AS e, COUNT(*) AS n, MAX(temp) AS high
  FROM sensors GROUP BY TUMBLE(ts, INTERVAL '1' HOUR);
SELECT window_start, device, SUM("count") AS n FROM TABLE(TUMBLE(TABLE sensors, DESCRIPTOR(ts), INTERVAL '2' HOUR))
  WHERE device <> '' GROUP BY window_start, window_end, device;
SELECT COUNT(*) AS n FROM sensors GROUP BY TUMBLE(ts, INTERVAL '1' DAY);
