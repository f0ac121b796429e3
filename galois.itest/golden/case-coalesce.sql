-- CASE, COALESCE, NULLIF, IS NULL.
CREATE STREAM sensors (device VARCHAR, room VARCHAR, temp DOUBLE, humidity INTEGER, "count" INTEGER,
  total BIGINT, ok BOOLEAN, ts TIMESTAMP, WATERMARK FOR ts AS ts)
  WITH (transport = 'file', path = 'data/sensors.csv', format = 'csv', header = 'true');
SELECT CASE WHEN temp < 0 THEN 'frost' WHEN temp < 20 THEN 'cool' ELSE 'warm' END AS feels,
  CASE room WHEN 'kitchen' THEN 1 END AS kitchen, COALESCE(room, device, '?') AS place,
  COALESCE("count", -1) AS n, NULLIF(device, 'a1') AS other, ok IS NULL AS unknown FROM sensors;
