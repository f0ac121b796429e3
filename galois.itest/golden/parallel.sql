-- Aggregates that can be cut into halves and dealt out by their keys; the test runs them in one and in several instances.
CREATE STREAM sensors (device VARCHAR, room VARCHAR, temp DOUBLE, humidity INTEGER, "count" INTEGER,
  total BIGINT, ok BOOLEAN, ts TIMESTAMP, WATERMARK FOR ts AS ts)
  WITH (transport = 'file', path = 'data/sensors.csv', format = 'csv', header = 'true');
CREATE STREAM shut (device VARCHAR, since BIGINT, ts TIMESTAMP, WATERMARK FOR ts AS ts)
  WITH (transport = 'file', path = 'data/shut.csv', format = 'csv', header = 'true');
-- every function over a union
SELECT device, COUNT(*) AS n, COUNT(v) AS c, SUM(v) AS s, AVG(v) AS a, MIN(v) AS lo, MAX(room) AS r, MIN(room) AS q,
  VAR_POP(v) AS vp, STDDEV_SAMP(v) AS sd, EVERY(ok) AS e, BOOL_OR(ok) AS o, FIRST_VALUE(room) AS f, LAST_VALUE(v) AS l,
  ARG_MAX(room, v) AS am, ARG_MIN(v, room) AS an, APPROX_COUNT_DISTINCT(v) AS d, MEDIAN(v) AS m,
  COUNT(*) FILTER (WHERE v > 1000) AS big
FROM (SELECT device, total AS v, room, ok, ts FROM sensors UNION ALL SELECT device, since, 'shut', since > 1000, ts FROM shut)
GROUP BY device ORDER BY device;
-- without keys, and without rows
SELECT COUNT(*) AS n, SUM(v) AS s, MAX(v) AS top, APPROX_COUNT_DISTINCT(device) AS d, MEDIAN(v) AS m FROM
  (SELECT device, total AS v FROM sensors UNION ALL SELECT device, since FROM shut) WHERE v > 2000;
SELECT COUNT(*) AS n, SUM(v) AS s, MAX(device) AS top FROM
  (SELECT device, total AS v FROM sensors UNION ALL SELECT device, since FROM shut) WHERE v > 99999;
-- windows; hopping ones are cut into panes
SELECT device, window_start, COUNT(*) AS n, SUM(v) AS s FROM TABLE(TUMBLE(
  (SELECT device, total AS v, ts FROM sensors UNION ALL SELECT device, since, ts FROM shut), DESCRIPTOR(ts), INTERVAL '1' HOUR))
  GROUP BY device, window_start, window_end ORDER BY window_start, device;
SELECT window_start, window_end, COUNT(*) AS n, MIN(device) AS d FROM TABLE(HOP(
  (SELECT device, total AS v, ts FROM sensors UNION ALL SELECT device, since, ts FROM shut), DESCRIPTOR(ts),
  INTERVAL '20' MINUTE, INTERVAL '1' HOUR)) GROUP BY window_start, window_end;
SELECT device, COUNT(*) AS n FROM TABLE(HOP(TABLE sensors, DESCRIPTOR(ts), INTERVAL '30' MINUTE, INTERVAL '45' MINUTE))
  GROUP BY device, window_start, window_end HAVING COUNT(*) > 0 ORDER BY device, n;
-- sessions, lists and distinct values are dealt out by their keys only
SELECT device, SESSION_START(ts, INTERVAL '50' MINUTE) AS s, COUNT(*) AS n FROM
  (SELECT device, ts FROM sensors UNION ALL SELECT device, ts FROM shut)
  GROUP BY device, SESSION(ts, INTERVAL '50' MINUTE) ORDER BY device, s;
SELECT device, LISTAGG(room, '+') AS rooms FROM sensors GROUP BY device ORDER BY device;
SELECT device, COUNT(DISTINCT total) AS t, MAX(temp) AS top FROM sensors GROUP BY device ORDER BY device;
SELECT room, AVG(temp) AS a, SUM(temp) AS s FROM sensors GROUP BY room ORDER BY room;
-- results of windows grouped by their windows again
SELECT window_end, MAX(n) AS most, SUM(s) AS s FROM (
  SELECT device, window_start, window_end, COUNT(*) AS n, SUM(v) AS s FROM TABLE(TUMBLE(
    (SELECT device, total AS v, ts FROM sensors UNION ALL SELECT device, since, ts FROM shut), DESCRIPTOR(ts), INTERVAL '1' HOUR))
  GROUP BY device, window_start, window_end) GROUP BY window_start, window_end ORDER BY window_end;
SELECT COUNT(*) AS n, MIN(total) AS lo, SUM("count") AS s FROM sensors;
