-- A row that cannot be computed is dropped: overflow, division by zero.
CREATE STREAM sensors (device VARCHAR, room VARCHAR, temp DOUBLE, humidity INTEGER, "count" INTEGER,
  total BIGINT, ok BOOLEAN, ts TIMESTAMP, WATERMARK FOR ts AS ts)
  WITH (transport = 'file', path = 'data/sensors.csv', format = 'csv', header = 'true');
SELECT device, "count" + 1 AS n FROM sensors;
SELECT device, total * 2 AS n FROM sensors;
SELECT 10 / (humidity - 43) AS n FROM sensors;
