-- Windows of one hour over the time in the data, each room on its own.
CREATE STREAM readings (room VARCHAR, ts TIMESTAMP, temp DOUBLE, humidity INTEGER, WATERMARK FOR ts AS ts)
WITH (transport = 'file', path = 'readings.csv', format = 'csv', header = 'true');

SELECT room, TUMBLE_START(ts, INTERVAL '1' HOUR) AS hour_start, COUNT(*) AS n, AVG(temp) AS mean, MAX(temp) AS peak
FROM readings
GROUP BY room, TUMBLE(ts, INTERVAL '1' HOUR);
