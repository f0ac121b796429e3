-- CAST from and to text; a text that is no number drops its row.
CREATE STREAM sensors (device VARCHAR, room VARCHAR, temp DOUBLE, humidity INTEGER, "count" INTEGER,
  total BIGINT, ok BOOLEAN, ts TIMESTAMP, WATERMARK FOR ts AS ts)
  WITH (transport = 'file', path = 'data/sensors.csv', format = 'csv', header = 'true');
SELECT CAST(humidity AS VARCHAR) AS h, CAST(ok AS VARCHAR) AS k, CAST(temp AS VARCHAR) AS t,
  CAST(ts AS VARCHAR) AS at, CAST(' 42 ' AS INTEGER) + humidity AS n FROM sensors;
SELECT CAST(CASE WHEN "count" < 3 THEN '7.5' ELSE room END AS DOUBLE) AS n FROM sensors;
SELECT CAST('2026-05-11 01:00:00' AS TIMESTAMP) AS t, CAST('true' AS BOOLEAN) AS b FROM sensors WHERE device = 'c3';
