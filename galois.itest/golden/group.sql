-- GROUP BY without a window: the final rows of a bounded stream, groups in the order in which they came.
CREATE STREAM sensors (device VARCHAR, room VARCHAR, temp DOUBLE, humidity INTEGER, "count" INTEGER,
  total BIGINT, ok BOOLEAN, ts TIMESTAMP, WATERMARK FOR ts AS ts)
  WITH (transport = 'file', path = 'data/sensors.csv', format = 'csv', header = 'true');
SELECT room, COUNT(*) AS n, COUNT(humidity) AS known, SUM(humidity) AS s, AVG(humidity) AS a, MIN(temp) AS low,
  MAX(device) AS last FROM sensors GROUP BY room;
SELECT COUNT(*) AS n, SUM(humidity) AS s, AVG("count") AS a FROM sensors WHERE temp < -100;
SELECT room, ok, COUNT(*) AS n FROM sensors WHERE humidity IS NOT NULL GROUP BY room, ok;
SELECT humidity % 2 AS odd, SUM(humidity) AS s FROM sensors GROUP BY humidity % 2 HAVING SUM(humidity) > 100;
SELECT device FROM sensors GROUP BY device;
