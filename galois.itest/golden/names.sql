-- Reserved words are names, case is kept and does not matter.
CREATE STREAM sensors (device VARCHAR, room VARCHAR, temp DOUBLE, humidity INTEGER, "count" INTEGER,
  total BIGINT, ok BOOLEAN, ts TIMESTAMP, WATERMARK FOR ts AS ts)
  WITH (transport = 'file', path = 'data/sensors.csv', format = 'csv', header = 'true');
SELECT DEVICE AS "Device", Temp AS period, "Count" AS "day", humidity AS value FROM SENSORS WHERE TEMP > 20;
SELECT s.device, S.temp AS "order" FROM sensors AS s WHERE s."TEMP" < 20;
