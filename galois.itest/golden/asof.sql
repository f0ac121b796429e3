-- The nearest row of the other side: in event time, and over columns without a watermark. Of equal times the one that came last.
CREATE STREAM t (sym VARCHAR, ts TIMESTAMP, qty INTEGER, n INTEGER, WATERMARK FOR ts AS ts - INTERVAL '5' SECOND) WITH (transport='file', path='data/trades.csv', format='csv', header='true');
CREATE STREAM q (sym VARCHAR, ts TIMESTAMP, price DOUBLE, n INTEGER, WATERMARK FOR ts AS ts - INTERVAL '5' SECOND) WITH (transport='file', path='data/quotes.csv', format='csv', header='true');
SELECT t.sym, t.ts, t.qty, q.ts AS qts, q.price FROM t ASOF JOIN q MATCH_CONDITION q.ts <= t.ts ON t.sym = q.sym;
SELECT t.sym, t.ts, t.qty, q.ts AS qts, q.price FROM t LEFT ASOF JOIN q MATCH_CONDITION (t.ts > q.ts) ON t.sym = q.sym;
SELECT t.qty, q.price FROM t LEFT ASOF JOIN q MATCH_CONDITION t.ts <= q.ts ON t.sym = q.sym;
SELECT t.qty, q.price FROM t ASOF JOIN q ON t.ts < q.ts AND t.sym = q.sym;
SELECT t.qty, q.n FROM t LEFT ASOF JOIN q ON t.n >= q.n;
SELECT t.qty, q.price FROM t ASOF LEFT JOIN q ON t.sym = q.sym AND t.ts >= q.ts WHERE q.price > 3 OR q.price IS NULL;
SELECT t.qty, q.price FROM t ASOF LEFT JOIN (SELECT * FROM q WHERE price < 4) AS q ON t.sym = q.sym AND t.ts >= q.ts WHERE t.sym = 'A';
SELECT t.qty, q.price FROM t LEFT JOIN q FOR SYSTEM_TIME AS OF t.ts ON t.sym = q.sym;
SELECT t.qty, w.window_end, w.high FROM t ASOF JOIN (SELECT window_start, window_end, sym, MAX(price) AS high FROM TABLE(TUMBLE(TABLE q, DESCRIPTOR(ts), INTERVAL '4' SECOND)) GROUP BY window_start, window_end, sym) AS w ON t.sym = w.sym AND t.ts >= w.window_end;
SELECT TUMBLE_START(t.ts, INTERVAL '10' SECOND) AS s, COUNT(*) AS n, SUM(q.price) AS p FROM t ASOF JOIN q ON t.sym = q.sym AND t.ts >= q.ts GROUP BY TUMBLE(t.ts, INTERVAL '10' SECOND);
