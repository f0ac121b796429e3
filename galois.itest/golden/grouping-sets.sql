-- Several groupings of the same rows; one without keys has a row even when there is no input.
CREATE STREAM sensors (device VARCHAR, room VARCHAR, temp DOUBLE, humidity INTEGER, "count" INTEGER,
  total BIGINT, ok BOOLEAN, ts TIMESTAMP, WATERMARK FOR ts AS ts)
  WITH (transport = 'file', path = 'data/sensors.csv', format = 'csv', header = 'true');
SELECT device, room, COUNT(*) AS n, SUM("count") AS s, GROUPING(device) AS gd, GROUPING_ID(device, room) AS g
  FROM sensors GROUP BY GROUPING SETS ((device, room), (room), ()) ORDER BY g, device, room;
SELECT device, COUNT(*) AS n FROM sensors WHERE temp > 1000 GROUP BY ROLLUP (device) ORDER BY device;
SELECT device, ok, COUNT(DISTINCT room) AS rooms FROM sensors GROUP BY CUBE (device, ok) HAVING COUNT(*) > 1 ORDER BY device, ok, rooms;
SELECT window_start, device, MAX(temp) AS high FROM TUMBLE(TABLE sensors, DESCRIPTOR(ts), INTERVAL '2' HOUR)
  GROUP BY window_start, window_end, ROLLUP (device) ORDER BY window_start, device;
SELECT device, HOP_START(ts, INTERVAL '1' HOUR, INTERVAL '2' HOUR) AS s, COUNT(*) AS n FROM sensors
  GROUP BY HOP(ts, INTERVAL '1' HOUR, INTERVAL '2' HOUR), GROUPING SETS ((device), ()) ORDER BY s, device;
