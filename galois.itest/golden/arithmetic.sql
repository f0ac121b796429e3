-- Integers stay integers, a number with a point makes a DOUBLE; division cuts towards zero.
CREATE STREAM sensors (device VARCHAR, room VARCHAR, temp DOUBLE, humidity INTEGER, "count" INTEGER,
  total BIGINT, ok BOOLEAN, ts TIMESTAMP, WATERMARK FOR ts AS ts)
  WITH (transport = 'file', path = 'data/sensors.csv', format = 'csv', header = 'true');
SELECT humidity / 7 AS q, humidity % 7 AS r, -humidity AS neg, humidity * 1.5 AS x, temp - 1 AS t, total + 1 AS n
  FROM sensors WHERE humidity IS NOT NULL AND total < 5000;
SELECT temp / 0 AS by_zero, temp * 1e308 AS large FROM sensors;
-- digits cut off in a condition, where they can be too many, and NULL where a number is meant
SELECT total FROM sensors WHERE total BETWEEN 0 AND 100000 AND TRUNCATE(CAST(total AS DECIMAL(12, 2)), -3) > 2000;
SELECT total FROM sensors WHERE ts > TIMESTAMPADD(SECOND, ABS(CAST(NULL AS INTEGER)), ts);
