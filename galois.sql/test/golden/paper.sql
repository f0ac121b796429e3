-- The query of the GALOIS paper, as users write it: names that Calcite reserves stay unquoted.
CREATE STREAM elec ("date" DOUBLE, "day" INTEGER, period DOUBLE, nswprice DOUBLE, nswdemand DOUBLE,
  vicprice DOUBLE, vicdemand DOUBLE, transfer DOUBLE, class INTEGER, n BIGINT, ts TIMESTAMP,
  WATERMARK FOR ts AS ts)
  WITH (transport = 'mqtt', url = 'tcp://127.0.0.1:1883', topic = 'elec', format = 'json');
--> Create elec (date DOUBLE, day INTEGER, period DOUBLE, nswprice DOUBLE, nswdemand DOUBLE, vicprice DOUBLE, vicdemand DOUBLE, transfer DOUBLE, class INTEGER, n BIGINT, ts TIMESTAMP)
-->   metadata {}
-->   time field 10, delay 0 us
-->   options {format=json, topic=elec, transport=mqtt, url=tcp://127.0.0.1:1883}

SELECT "date", period FROM elec
WHERE "date" >= 0.0 AND "date" <= 1.0 AND "day" >= 1 AND "day" <= 7 AND period >= 0.0 AND period <= 1.0
  AND nswprice >= 0.02 AND nswprice <= 0.9 AND nswdemand >= 0.1 AND nswdemand <= 0.95
  AND vicprice >= 0.0 AND vicprice <= 0.5 AND vicdemand >= 0.05 AND vicdemand <= 0.98
  AND transfer >= 0.05 AND transfer <= 0.99 AND nswprice <= vicprice + 0.3 AND transfer <> 0.414912;
--> Project date, period
-->   Filter (date >= :0=0.0) AND (date <= :1=1.0) AND (CAST(day AS BIGINT) >= :2=1) AND (CAST(day AS BIGINT) <= :3=7) AND (period >= :4=0.0) AND (period <= :5=1.0) AND (nswprice >= :6=0.02) AND (nswprice <= :7=0.9) AND (nswdemand >= :8=0.1) AND (nswdemand <= :9=0.95) AND (vicprice >= :10=0.0) AND (vicprice <= :11=0.5) AND (vicdemand >= :12=0.05) AND (vicdemand <= :13=0.98) AND (transfer >= :14=0.05) AND (transfer <= :15=0.99) AND (nswprice <= (vicprice + :16=0.3)) AND (transfer <> :17=0.414912)
-->     Source elec

-- Average and maximum demand of each day, in both spellings.
SELECT TUMBLE_START(ts, INTERVAL '1' DAY) AS day_start, AVG(nswdemand) AS average, MAX(nswdemand) AS maximum
FROM elec GROUP BY TUMBLE(ts, INTERVAL '1' DAY);
--> Project window_start AS day_start, average, maximum
-->   Aggregate tumble(ts, 86400000000 us): AVG(nswdemand), MAX(nswdemand)
-->     Project nswdemand, ts
-->       Source elec
SELECT window_start, AVG(nswdemand) AS average, MAX(nswdemand) AS maximum
FROM TABLE(TUMBLE(TABLE elec, DESCRIPTOR(ts), INTERVAL '1' DAY)) GROUP BY window_start, window_end;
--> Project window_start, average, maximum
-->   Aggregate tumble(ts, 86400000000 us): AVG(nswdemand), MAX(nswdemand)
-->     Project nswdemand, ts
-->       Source elec

-- The example of the README.
SELECT "day", period, nswprice * 2 AS p2 FROM elec WHERE nswprice > vicprice;
--> Project day, period, nswprice * :0=2.0 AS p2
-->   Filter nswprice > vicprice
-->     Source elec
