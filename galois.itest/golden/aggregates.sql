-- Aggregates beyond COUNT, SUM, AVG, MIN and MAX, and FILTER.
CREATE STREAM sensors (device VARCHAR, room VARCHAR, temp DOUBLE, humidity INTEGER, "count" INTEGER,
  total BIGINT, ok BOOLEAN, ts TIMESTAMP, WATERMARK FOR ts AS ts)
  WITH (transport = 'file', path = 'data/sensors.csv', format = 'csv', header = 'true');
SELECT device, VAR_POP(humidity) AS vp, VAR_SAMP(humidity) AS vs, STDDEV_POP(humidity) AS sp, STDDEV(humidity) AS ss FROM sensors GROUP BY device;
SELECT room, EVERY(ok) AS all_ok, BOOL_OR(ok) AS some_ok, COUNT(*) FILTER (WHERE humidity > 40) AS humid,
  SUM(humidity) FILTER (WHERE ok) AS sum_ok, COUNT(temp) FILTER (WHERE temp > 1000) AS hot FROM sensors GROUP BY room;
SELECT device, FIRST_VALUE(room) AS f, LAST_VALUE(humidity) AS l, MAX_BY(room, humidity) AS m, ARG_MIN(ts, humidity) AS a FROM sensors GROUP BY device;
SELECT TUMBLE_START(ts, INTERVAL '2' HOUR) AS s, LISTAGG(device, '|') AS devices, STRING_AGG(humidity) AS hs FROM sensors GROUP BY TUMBLE(ts, INTERVAL '2' HOUR);
SELECT APPROX_COUNT_DISTINCT(device) AS d, APPROX_COUNT_DISTINCT(ts) AS t, MEDIAN(humidity) AS h, APPROX_QUANTILE(humidity, 0.9) AS q FROM sensors;
SELECT HOP_END(ts, INTERVAL '1' HOUR, INTERVAL '3' HOUR) AS e, FIRST(device) AS f, LAST(device) AS l, STDDEV(humidity) AS s, LISTAGG(device, ' ') AS ds,
  APPROX_COUNT_DISTINCT(device) AS n, MEDIAN(humidity) AS m FROM sensors GROUP BY HOP(ts, INTERVAL '1' HOUR, INTERVAL '3' HOUR);
SELECT COUNT(DISTINCT device) AS d, COUNT(*) AS n, AVG(humidity) AS h, COUNT(DISTINCT device) FILTER (WHERE ok) AS fine FROM sensors;
SELECT COUNT(DISTINCT device) AS d, COUNT(*) AS n, SUM(humidity) AS s FROM sensors WHERE device = 'none';
SELECT room, COUNT(DISTINCT humidity) AS h, SUM(DISTINCT humidity) AS s, MAX(DISTINCT temp) AS t, COUNT(ok) AS n FROM sensors GROUP BY room;
SELECT HOP_START(ts, INTERVAL '1' HOUR, INTERVAL '3' HOUR) AS s, COUNT(DISTINCT device) AS d, COUNT(*) AS n, LISTAGG(DISTINCT device, ' ') AS ds
  FROM sensors GROUP BY HOP(ts, INTERVAL '1' HOUR, INTERVAL '3' HOUR);
SELECT COUNT(*) FILTER (WHERE humidity > 40) AS n FROM sensors;
