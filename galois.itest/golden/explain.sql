-- EXPLAIN prints the plan as it was written and as it is run.
CREATE STREAM sensors (device VARCHAR, room VARCHAR, temp DOUBLE, humidity INTEGER, "count" INTEGER,
  total BIGINT, ok BOOLEAN, ts TIMESTAMP, WATERMARK FOR ts AS ts)
  WITH (transport = 'file', path = 'data/sensors.csv', format = 'csv', header = 'true');
EXPLAIN SELECT device, temp * 2 AS t2 FROM sensors WHERE temp > 19 AND 1 = 1;
EXPLAIN SELECT room, MAX(temp) AS m FROM (SELECT * FROM sensors) AS s WHERE room <> 'kitchen' GROUP BY room;
