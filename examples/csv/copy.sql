-- From one file to another, in another format.
CREATE STREAM readings (room VARCHAR, ts TIMESTAMP, temp DOUBLE, humidity INTEGER)
WITH (transport = 'file', path = 'readings.csv', format = 'csv', header = 'true');

CREATE STREAM cold (room VARCHAR, temp DOUBLE)
WITH (transport = 'file', path = '${OUT:-/tmp/galois-cold.json}', format = 'json');

INSERT INTO cold SELECT room, temp FROM readings WHERE temp < 12;
