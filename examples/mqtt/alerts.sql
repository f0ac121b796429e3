-- Sensors that publish a bare number on plant/<device>/temp; alarms go back to the broker as JSON.
-- BROKER is the address of your broker: BROKER=tcp://192.168.1.5:1883 ./galois sql examples/mqtt/alerts.sql
CREATE STREAM t (device VARCHAR METADATA FROM 'topic[1]', temp DOUBLE)
WITH (transport = 'mqtt', url = '${BROKER:-tcp://127.0.0.1:1883}', topic = 'plant/+/temp', format = 'raw');

CREATE STREAM alerts (device VARCHAR, temp DOUBLE)
WITH (transport = 'mqtt', url = '${BROKER:-tcp://127.0.0.1:1883}', topic = 'plant/alerts', format = 'json');

INSERT INTO alerts SELECT device, temp FROM t WHERE temp > 80;
