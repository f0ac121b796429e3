-- Conditions with NULL: only what is true passes.
CREATE STREAM sensors (device VARCHAR, room VARCHAR, temp DOUBLE, humidity INTEGER, "count" INTEGER,
  total BIGINT, ok BOOLEAN, ts TIMESTAMP, WATERMARK FOR ts AS ts)
  WITH (transport = 'file', path = 'data/sensors.csv', format = 'csv', header = 'true');
SELECT device, temp FROM sensors WHERE temp > 19 AND humidity >= 40;
SELECT device, temp FROM sensors WHERE humidity < 41 OR temp < 0;
SELECT device FROM sensors WHERE NOT (ok OR humidity = 44);
SELECT device, ok FROM sensors WHERE ok IS NOT TRUE;
SELECT device, "count" FROM sensors WHERE "count" BETWEEN 2 AND 5;
SELECT device FROM sensors WHERE device IN ('a1', 'c3') AND room IS NOT NULL;
