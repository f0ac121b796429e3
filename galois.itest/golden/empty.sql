-- No row: a query without groups gives one all the same, one with groups none.
CREATE STREAM sensors (device VARCHAR, room VARCHAR, temp DOUBLE, humidity INTEGER, "count" INTEGER,
  total BIGINT, ok BOOLEAN, ts TIMESTAMP, WATERMARK FOR ts AS ts)
  WITH (transport = 'file', path = 'data/sensors.csv', format = 'csv', header = 'true');
SELECT COUNT(*) AS n, MIN(device) AS d FROM sensors WHERE temp = 12345;
SELECT room, COUNT(*) AS n FROM sensors WHERE temp = 12345 GROUP BY room;
SELECT device FROM sensors WHERE temp = 12345;
