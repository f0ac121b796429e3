-- NaN equals itself and is the greatest DOUBLE.
CREATE STREAM sensors (device VARCHAR, room VARCHAR, temp DOUBLE, humidity INTEGER, "count" INTEGER,
  total BIGINT, ok BOOLEAN, ts TIMESTAMP, WATERMARK FOR ts AS ts)
  WITH (transport = 'file', path = 'data/sensors.csv', format = 'csv', header = 'true');
SELECT temp FROM sensors WHERE temp = temp;
SELECT temp FROM sensors WHERE temp > 1e300;
SELECT temp > 100 AS hot, temp < 0 AS cold, temp = temp / 1 AS same FROM sensors;
SELECT MIN(temp) AS low, MAX(temp) AS high, SUM(temp) AS total FROM sensors WHERE device <> 'b2';
