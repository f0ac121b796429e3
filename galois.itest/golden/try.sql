-- TRY makes an error of the row NULL, where it stands: also in conditions, in each other, twice, before what fails.
CREATE STREAM sensors (device VARCHAR, room VARCHAR, temp DOUBLE, humidity INTEGER, "count" INTEGER,
  total BIGINT, ok BOOLEAN, ts TIMESTAMP, WATERMARK FOR ts AS ts)
  WITH (transport = 'file', path = 'data/sensors.csv', format = 'csv', header = 'true');
SELECT device, TRY("count" + 1) AS n, TRY(TRY(10 / (humidity - 43)) + 2147483640) AS m, TRY(UPPER(device)) AS u FROM sensors;
SELECT device FROM sensors WHERE TRY(10 / (humidity - 43) > 0);
SELECT device FROM sensors WHERE TRY(10 / (humidity - 43)) IS NULL;
SELECT device, CASE WHEN TRY(CAST(device AS INTEGER)) IS NULL THEN TRY(10 / (humidity - 43)) ELSE 10 / (humidity - 43) END AS q FROM sensors;
SELECT TRY(10 / (humidity - 43)) AS a, 10 / (humidity - 43) AS b FROM sensors;
SELECT COUNT(*) AS n, COUNT(TRY("count" + 1)) AS m, SUM(TRY(CAST(total * 2 AS DECIMAL(18, 2)))) AS s FROM sensors;
SELECT TRY(REPEAT(UPPER(device), 1000000)) AS r, TRY(REPEAT(UPPER(device), 2)) AS s FROM sensors;
