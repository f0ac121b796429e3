-- TIMESTAMP compares with literals and with text.
CREATE STREAM sensors (device VARCHAR, room VARCHAR, temp DOUBLE, humidity INTEGER, "count" INTEGER,
  total BIGINT, ok BOOLEAN, ts TIMESTAMP, WATERMARK FOR ts AS ts)
  WITH (transport = 'file', path = 'data/sensors.csv', format = 'csv', header = 'true');
SELECT ts FROM sensors WHERE ts >= TIMESTAMP '2026-05-11 01:00:00' AND ts < TIMESTAMP '2026-05-11 02:00:00';
SELECT ts FROM sensors WHERE ts = '2026-05-11T00:20:00Z';
