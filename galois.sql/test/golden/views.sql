-- WITH and views become the selects they name; intervals with their unit in the text.

CREATE STREAM temps (device VARCHAR, temp DOUBLE, "end" INTEGER, ts TIMESTAMP, WATERMARK FOR ts)
  WITH (transport = 'file', format = 'csv');
--> Create temps (device VARCHAR, temp DOUBLE, end INTEGER, ts TIMESTAMP)
-->   metadata {}
-->   time field 3, delay 0 us
-->   options {format=csv, transport=file}
WITH a AS (SELECT device, temp FROM temps WHERE temp > 1) SELECT a.device FROM a WHERE temp < 5;
--> Project device
-->   Filter temp < :1=5.0
-->     Project device, temp
-->       Filter temp > :0=1.0
-->         Source temps
--> optimised:
--> Project device
-->   Filter (temp > :0=1.0) AND (temp < :1=5.0)
-->     Source temps
WITH a AS (SELECT device AS value FROM temps), b AS (SELECT value || 'x' AS end FROM a) SELECT b.end FROM b;
--> Project CONCAT(value, :0='x') AS end
-->   Project device AS value
-->     Source temps
--> optimised:
--> Project CONCAT(device, :0='x') AS end
-->   Source temps
WITH a(d, n) AS (SELECT device, COUNT(*) FROM temps GROUP BY device) SELECT x.d, y.n FROM a x JOIN a AS y ON x.d = y.d;
--> Project d, n0 AS n
-->   Join inner d = d0
-->     Project device AS d, EXPR$1 AS n
-->       Aggregate by device: COUNT(*)
-->         Project device
-->           Source temps
-->     Project device AS d, EXPR$1 AS n
-->       Aggregate by device: COUNT(*)
-->         Project device
-->           Source temps
--> optimised:
--> Project device AS d, EXPR$1 AS n
-->   Join inner device = device0
-->     Aggregate by device:
-->       Project device
-->         Source temps
-->     Aggregate by device: COUNT(*)
-->       Project device
-->         Source temps
WITH a AS (SELECT device FROM temps) SELECT device FROM temps WHERE device IN (SELECT device FROM a) ORDER BY device;
--> Sort by device
-->   Project device
-->     Join semi device = device0
-->       Source temps
-->       Project device
-->         Source temps
--> optimised:
--> Sort by device
-->   Project device
-->     Join semi device = device0
-->       Project device
-->         Source temps
-->       Project device
-->         Source temps
WITH a AS (SELECT 1 AS n FROM temps) SELECT n FROM (WITH a AS (SELECT 2 AS n FROM temps) SELECT n FROM a) AS b;
--> Project 2 AS n
-->   Source temps
CREATE VIEW hot AS SELECT device, temp, ts FROM temps WHERE temp > 30;
--> CreateTemplate[template=QueryTemplate[name=hot, parameters=[], body=SourceText[text=SELECT device, temp, ts FROM temps WHERE temp > 30, start=line 1, column 20]], ifNotExists=false, orReplace=false]
CREATE VIEW IF NOT EXISTS hot AS SELECT device FROM temps;
--> CreateTemplate[template=QueryTemplate[name=hot, parameters=[], body=SourceText[text=SELECT device FROM temps, start=line 1, column 34]], ifNotExists=true, orReplace=false]
CREATE VIEW hot AS SELECT device FROM temps;
--> GLS-2006 line 1, column 13: the view "hot" exists: drop it first, or write CREATE OR REPLACE VIEW
CREATE OR REPLACE VIEW hottest (d, t) AS SELECT device, MAX(temp) FROM hot GROUP BY device;
--> CreateTemplate[template=QueryTemplate[name=hottest, parameters=[], body=SourceText[text=WITH v("d", "t") AS (SELECT device, MAX(temp) FROM hot GROUP BY device
--> ) SELECT * FROM v, start=line 1, column 42]], ifNotExists=false, orReplace=true]
SELECT t FROM hottest WHERE d = 'a';
--> Project t
-->   Filter d = :1='a'
-->     Project device AS d, EXPR$1 AS t
-->       Aggregate by device: MAX(temp)
-->         Project device, temp
-->           Filter temp > :0=30.0
-->             Source temps
--> optimised:
--> Project EXPR$1 AS t
-->   Aggregate by device: MAX(temp)
-->     Project device, temp
-->       Filter (temp > :0=30.0) AND (device = :1='a')
-->         Source temps
SELECT window_start, COUNT(*) FROM TUMBLE(TABLE hot, DESCRIPTOR(ts), INTERVAL '1 hour') GROUP BY window_start;
--> Project window_start, EXPR$1
-->   Aggregate tumble(ts, 3600000000 us): COUNT(*)
-->     Project ts
-->       Filter temp > :0=30.0
-->         Source temps
SELECT window_start, COUNT(*) FROM hop(hot, ts, interval '30 minutes', interval '1 hour') GROUP BY window_start;
--> Project window_start, EXPR$1
-->   Aggregate hop(ts, 3600000000 us every 1800000000 us): COUNT(*)
-->     Project ts
-->       Filter temp > :0=30.0
-->         Source temps
WITH hot AS (SELECT device FROM temps) SELECT * FROM hot;
--> Project device
-->   Source temps
SHOW VIEWS;
--> Answer[text=hot
--> hottest
--> ]
DESCRIBE VIEW hot;
--> Answer[text=SELECT device, temp, ts FROM temps WHERE temp > 30
--> ]
SELECT ts + INTERVAL '1 day 2 hours' AS a, ts - INTERVAL '1500' MILLISECOND AS b, ts + INTERVAL '2 years' AS c FROM temps;
--> Project ts + :0=93600000000 AS a, ts - :1=1500000 AS b, ts + :2=24 AS c
-->   Source temps
SELECT ts FROM TUMBLE(temps, 5, INTERVAL '1' HOUR);
--> GLS-2004 line 1, column 16: cannot apply TUMBLE to INTEGER and INTERVAL HOUR: use CAST to bring the operands to one type
DROP VIEW hottest;
--> DropTemplate[name=hottest, ifExists=false]
SELECT * FROM hottest;
--> GLS-2002 line 1, column 15: unknown stream "hottest": known streams are "temps"
DROP VIEW hottest;
--> GLS-2002 line 1, column 11: unknown view or template "hottest": known views and templates are "hot"
