-- Rows of a CSV file: a condition and a computed column.
CREATE STREAM readings (room VARCHAR, ts TIMESTAMP, temp DOUBLE, humidity INTEGER)
WITH (transport = 'file', path = 'readings.csv', format = 'csv', header = 'true');

SELECT room, ts, temp - 20 AS above
FROM readings
WHERE temp > 20 AND humidity IS NOT NULL;
