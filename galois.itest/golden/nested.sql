-- A select over a select, and an aggregate over an aggregate.
CREATE STREAM sensors (device VARCHAR, room VARCHAR, temp DOUBLE, humidity INTEGER, "count" INTEGER,
  total BIGINT, ok BOOLEAN, ts TIMESTAMP, WATERMARK FOR ts AS ts)
  WITH (transport = 'file', path = 'data/sensors.csv', format = 'csv', header = 'true');
SELECT device, t2 + 1 AS t3 FROM (SELECT device, temp * 2 AS t2, humidity FROM sensors WHERE temp > 0) AS s
  WHERE humidity > 40;
SELECT MAX(n) AS most FROM (SELECT room, COUNT(*) AS n FROM sensors GROUP BY room) AS s;
