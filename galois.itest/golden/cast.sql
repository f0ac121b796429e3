-- CAST: a DOUBLE loses its fraction, a number is a BOOLEAN.
CREATE STREAM sensors (device VARCHAR, room VARCHAR, temp DOUBLE, humidity INTEGER, "count" INTEGER,
  total BIGINT, ok BOOLEAN, ts TIMESTAMP, WATERMARK FOR ts AS ts)
  WITH (transport = 'file', path = 'data/sensors.csv', format = 'csv', header = 'true');
SELECT CAST(temp AS INTEGER) AS whole, CAST(humidity AS DOUBLE) AS real_one, CAST("count" / 2 AS DOUBLE) AS half,
  CAST("count" AS BIGINT) AS wide, CAST(humidity - 40 AS BOOLEAN) AS differs FROM sensors;
SELECT CAST(temp AS INTEGER) AS dropped_when_nan FROM sensors WHERE device = 'a1';
