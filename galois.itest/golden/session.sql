-- Sessions: rows of a key that are less than a gap apart; a session ends a gap after its last row.
CREATE STREAM sensors (device VARCHAR, room VARCHAR, temp DOUBLE, humidity INTEGER, "count" INTEGER,
  total BIGINT, ok BOOLEAN, ts TIMESTAMP, WATERMARK FOR ts AS ts)
  WITH (transport = 'file', path = 'data/sensors.csv', format = 'csv', header = 'true');
SELECT SESSION_START(ts, INTERVAL '1' HOUR) AS s, SESSION_END(ts, INTERVAL '1' HOUR) AS e, device, COUNT(*) AS n
  FROM sensors GROUP BY SESSION(ts, INTERVAL '1' HOUR), device;
SELECT window_start, window_end, room, MAX(temp) AS high
  FROM TABLE(SESSION(TABLE sensors PARTITION BY room, DESCRIPTOR(ts), INTERVAL '45' MINUTE))
  GROUP BY window_start, window_end, room;
SELECT SESSION_END(ts, INTERVAL '30' MINUTE) AS e, COUNT(*) AS n FROM sensors GROUP BY SESSION(ts, INTERVAL '30' MINUTE);
