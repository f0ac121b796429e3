-- INSERT writes a file, which a later query reads.
CREATE STREAM sensors (device VARCHAR, room VARCHAR, temp DOUBLE, humidity INTEGER, "count" INTEGER,
  total BIGINT, ok BOOLEAN, ts TIMESTAMP, WATERMARK FOR ts AS ts)
  WITH (transport = 'file', path = 'data/sensors.csv', format = 'csv', header = 'true');
CREATE STREAM warm (device VARCHAR, temp DOUBLE) WITH (transport = 'file', path = 'data/warm.tmp.csv', format = 'csv',
  header = 'true');
INSERT INTO warm SELECT device, temp FROM sensors WHERE temp > 20;
SELECT temp, device FROM warm WHERE temp < 100;
