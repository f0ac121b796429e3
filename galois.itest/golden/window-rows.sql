-- Rows of windows without GROUP BY: the bounds are columns, a row comes once for each window that it is in.
CREATE STREAM sensors (device VARCHAR, room VARCHAR, temp DOUBLE, humidity INTEGER, "count" INTEGER,
  total BIGINT, ok BOOLEAN, ts TIMESTAMP, WATERMARK FOR ts AS ts)
  WITH (transport = 'file', path = 'data/sensors.csv', format = 'csv', header = 'true');
SELECT device, temp, window_start, window_end, window_time FROM TABLE(TUMBLE(TABLE sensors, DESCRIPTOR(ts), INTERVAL '1' HOUR));
SELECT device, ts, window_start FROM TABLE(HOP(TABLE sensors, DESCRIPTOR(ts), INTERVAL '1' HOUR, INTERVAL '150' MINUTE)) WHERE temp > 21;
SELECT device, window_end FROM HOP(TABLE sensors, DESCRIPTOR(ts), INTERVAL '2' HOUR, INTERVAL '1' HOUR);
SELECT COUNT(*) AS n, MAX(window_end) AS last_end FROM HOP(TABLE sensors, DESCRIPTOR(ts), INTERVAL '1' HOUR, INTERVAL '2' HOUR);
-- The best rows of each window.
SELECT window_start, device, temp, place FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER BY temp DESC) AS place
  FROM TABLE(TUMBLE(TABLE sensors, DESCRIPTOR(ts), INTERVAL '1' HOUR))) WHERE place <= 2;
SELECT window_end, device, ts FROM HOP(TABLE sensors, DESCRIPTOR(ts), INTERVAL '1' HOUR, INTERVAL '2' HOUR)
  QUALIFY ROW_NUMBER() OVER (PARTITION BY window_start, window_end, device ORDER BY ts DESC) = 1;
-- Windows of windows.
SELECT window_start, SUM(n) AS n, MAX(high) AS high FROM TUMBLE((
    SELECT window_time AS t, COUNT(*) AS n, MAX(temp) AS high FROM TUMBLE(TABLE sensors, DESCRIPTOR(ts), INTERVAL '1' HOUR)
    GROUP BY window_start, window_end, window_time), DESCRIPTOR(t), INTERVAL '2' HOUR)
  GROUP BY window_start, window_end;
