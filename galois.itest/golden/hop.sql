-- Hopping windows: a row is in each window that its time is in; windows without rows do not come out.
CREATE STREAM sensors (device VARCHAR, room VARCHAR, temp DOUBLE, humidity INTEGER, "count" INTEGER,
  total BIGINT, ok BOOLEAN, ts TIMESTAMP, WATERMARK FOR ts AS ts)
  WITH (transport = 'file', path = 'data/sensors.csv', format = 'csv', header = 'true');
SELECT HOP_START(ts, INTERVAL '1' HOUR, INTERVAL '2' HOUR) AS s, HOP_END(ts, INTERVAL '1' HOUR, INTERVAL '2' HOUR) AS e,
  COUNT(*) AS n, MAX(temp) AS high FROM sensors GROUP BY HOP(ts, INTERVAL '1' HOUR, INTERVAL '2' HOUR);
SELECT window_start, window_end, device, SUM("count") AS n
  FROM TABLE(HOP(TABLE sensors, DESCRIPTOR(ts), INTERVAL '2' HOUR, INTERVAL '3' HOUR, INTERVAL '30' MINUTE))
  GROUP BY window_start, window_end, device;
SELECT window_end, MAX(n) AS busiest FROM (
  SELECT window_start, window_end, device, COUNT(*) AS n FROM HOP(TABLE sensors, DESCRIPTOR(ts), INTERVAL '1' HOUR, INTERVAL '2' HOUR)
  GROUP BY window_start, window_end, device) GROUP BY window_start, window_end;
