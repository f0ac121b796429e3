-- The experiment of the GALOIS paper: electricity market rows arrive over MQTT, two continuous queries.
-- `./galois demo` starts a broker, sets BROKER to its address, runs this script and publishes the rows.
CREATE STREAM elec (
  "date" DOUBLE, "day" INTEGER, period DOUBLE,
  nswprice DOUBLE, nswdemand DOUBLE, vicprice DOUBLE, vicdemand DOUBLE, transfer DOUBLE,
  n BIGINT, ts TIMESTAMP,
  WATERMARK FOR ts AS ts
) WITH (
  transport = 'mqtt',
  url = '${BROKER:-tcp://127.0.0.1:1883}',
  topic = 'galois/elec',
  qos = '1',
  clean = 'false',                       -- the broker keeps what comes while the reader is away: no gap
  format = 'json',
  sequence = 'n',                        -- n removes duplicates and shows gaps
  end_field = 'end',                     -- {"end": true} closes the run
  flow_topic = 'galois/elec/taken'       -- lets the producer keep a bounded window
);

-- The selection on one node, the projection on the next; 'fused' gives the same rows.
SET 'placement' = 'spread';

-- The paper's query: 18 conditions and a projection.
SELECT "date", period FROM elec
WHERE "date" >= 0.0 AND "date" <= 1.0 AND "day" >= 1 AND "day" <= 7 AND period >= 0.0 AND period <= 1.0
  AND nswprice >= 0.02 AND nswprice <= 0.9 AND nswdemand >= 0.1 AND nswdemand <= 0.95
  AND vicprice >= 0.0 AND vicprice <= 0.5 AND vicdemand >= 0.05 AND vicdemand <= 0.98
  AND transfer >= 0.05 AND transfer <= 0.99 AND nswprice <= vicprice + 0.3 AND transfer <> 0.414912;

-- Demand of each day.
SELECT TUMBLE_START(ts, INTERVAL '1' DAY) AS "day", AVG(nswdemand) AS avg_demand, MAX(nswdemand) AS max_demand
FROM elec
GROUP BY TUMBLE(ts, INTERVAL '1' DAY);
