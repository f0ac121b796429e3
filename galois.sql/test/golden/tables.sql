CREATE STREAM s (device VARCHAR, ts TIMESTAMP, temp DOUBLE) WITH (transport = 'file', format = 'csv');
--> Create s (device VARCHAR, ts TIMESTAMP, temp DOUBLE)
-->   metadata {}
-->   time field -1, delay 0 us
-->   options {format=csv, transport=file}
CREATE TABLE devices (id VARCHAR PRIMARY KEY NOT ENFORCED, site STRING, max DOUBLE) WITH (source = 'file', path = 'd.csv', format = 'csv', refresh = '60s');
--> Create devices (id VARCHAR, site VARCHAR, max DOUBLE)
-->   metadata {}
-->   time field -1, delay 0 us
-->   options {format=csv, path=d.csv, refresh=60s, transport=file}
-->   a table by [id]
CREATE TABLE IF NOT EXISTS pairs (a INT, b INT, PRIMARY KEY (A, b)) AS VALUES (1, 2);
--> Create if not there pairs (a INTEGER, b INTEGER)
-->   metadata {}
-->   time field -1, delay 0 us
-->   options {format=csv, header=false, rows=1,2
--> , transport=inline}
-->   a table by [a, b]
CREATE OR REPLACE TABLE pairs (a INT, b INT) WITH ('connector' = 'file', format = 'json');
--> Create pairs (a INTEGER, b INTEGER)
-->   metadata {}
-->   time field -1, delay 0 us
-->   options {format=json, transport=file}
-->   a table by []
CREATE TABLE pairs (a INT) AS VALUES (1);
--> GLS-2006 line 1, column 14: the table "pairs" exists: drop it first, or write IF NOT EXISTS
CREATE STREAM pairs (a INT) AS VALUES (1);
--> GLS-2006 line 1, column 15: the table "pairs" exists: drop it first, or write IF NOT EXISTS
CREATE TABLE t (a INT) WITH (format = 'csv');
--> GLS-2007 line 1, column 14: the table "t" needs the option source: write WITH (source = 'file', path = '...', format = 'csv') or AS VALUES (...)
CREATE TABLE t (a INT) WITH (source = 'file');
--> GLS-2007 line 1, column 14: the table "t" needs the option format: write WITH (source = 'file', path = '...', format = 'csv') or AS VALUES (...)
CREATE TABLE t (a INT) WITH (source = 'file', transport = 'file', format = 'csv');
--> GLS-2007 line 1, column 14: the option source says what transport says: leave one out
CREATE TABLE t (a INT);
--> GLS-2001 line 1, column 23: expected WITH (source = 'file', path = '...', format = 'csv') or AS VALUES (...), found the end of the statement
CREATE TABLE t (a INT PRIMARY KEY, b INT PRIMARY KEY) AS VALUES (1, 2);
--> GLS-2001 line 1, column 42: a table has one PRIMARY KEY: for several columns write PRIMARY KEY (a, b) behind them
CREATE TABLE t (a INT PRIMARY KEY, PRIMARY KEY (a)) AS VALUES (1);
--> GLS-2001 line 1, column 36: a table has one PRIMARY KEY: for several columns write PRIMARY KEY (a, b) behind them
CREATE TABLE t (a INT, PRIMARY KEY (a, A)) AS VALUES (1);
--> GLS-2006 line 1, column 40: the column "a" is in the key twice
CREATE TABLE t (a INT, PRIMARY KEY (b)) AS VALUES (1);
--> GLS-2003 line 1, column 37: unknown column "b": did you mean "a"? known columns are "a"
CREATE TABLE t (a INT NOT NULL) AS VALUES (1);
--> Create t (a INTEGER)
-->   metadata {}
-->   time field -1, delay 0 us
-->   options {format=csv, header=false, not_null=a, rows=1
--> , transport=inline}
-->   a table by []
CREATE TABLE t (a VARCHAR METADATA FROM 'topic') AS VALUES ('1');
--> GLS-2006 line 1, column 14: the table "t" exists: drop it first, or write IF NOT EXISTS
CREATE TABLE t (ts TIMESTAMP, WATERMARK FOR ts AS ts) AS VALUES (NULL);
--> GLS-2006 line 1, column 14: the table "t" exists: drop it first, or write IF NOT EXISTS
CREATE TABLE t (a INT) WITH (source = 'file', format = 'csv', refresh = 'soon');
--> GLS-2006 line 1, column 14: the table "t" exists: drop it first, or write IF NOT EXISTS

SHOW TABLES;
--> ShowTables[]
DESCRIBE TABLE devices;
--> Describe devices (id VARCHAR, site VARCHAR, max DOUBLE)
-->   metadata {}
-->   time field -1, delay 0 us
-->   options {format=csv, path=d.csv, refresh=60s, transport=file}
-->   a table by [id]
DROP TABLE s;
--> GLS-2004 line 1, column 12: "s" is a stream, not a table: write STREAM
DROP STREAM devices;
--> GLS-2004 line 1, column 13: "devices" is a table, not a stream: write TABLE
DROP TABLE IF EXISTS nothing;
--> DropStream[name=nothing, ifExists=true]
DROP TABLE IF EXISTS s;
--> GLS-2004 line 1, column 22: "s" is a stream, not a table: write STREAM
DROP TABLE nothing;
--> GLS-2002 line 1, column 12: unknown stream "nothing": known streams are "s", "devices", "pairs", "t"
ALTER TABLE devices ADD a INT;
--> GLS-2005 line 1, column 7: ALTER TABLE is not supported: write CREATE OR REPLACE TABLE
ALTER STREAM devices ADD a INT;
--> GLS-2004 line 1, column 14: "devices" is a table, not a stream: write TABLE
INSERT INTO devices SELECT device, device, temp FROM s;
--> GLS-2005 line 1, column 13: the table "devices" is only read: insert into a stream (CREATE STREAM)

SELECT s.temp, d.site FROM s JOIN devices FOR SYSTEM_TIME AS OF s.ts AS d ON s.device = d.id;
--> Project temp, site
-->   Join inner device = id
-->     Source s
-->     Source devices
--> optimised:
--> Project temp, site
-->   Join inner device = id
-->     Project device, temp
-->       Source s
-->     Project id, site
-->       Source devices
SELECT s.temp, d.site FROM s LEFT JOIN devices FOR SYSTEM_TIME AS OF PROCTIME() d ON s.device = d.id AND d.max > 5;
--> Project temp, site
-->   Join left (device = id) AND (max > :0=5.0)
-->     Source s
-->     Source devices
--> optimised:
--> Project temp, site
-->   Join left device = id
-->     Project device, temp
-->       Source s
-->     Project id, site
-->       Filter max > :0=5.0
-->         Source devices
SELECT s.temp, p.b FROM s JOIN devices FOR SYSTEM_TIME AS OF s.ts AS d ON s.device = d.id JOIN pairs FOR SYSTEM_TIME AS OF s.ts AS p ON p.a = d.max;
--> Project temp, b
-->   Join inner CAST(a AS DOUBLE) = max
-->     Join inner device = id
-->       Source s
-->       Source devices
-->     Source pairs
--> optimised:
--> Project temp, b
-->   Join inner CAST(a AS DOUBLE) = max
-->     Project temp, max
-->       Join inner device = id
-->         Project device, temp
-->           Source s
-->         Project id, max
-->           Source devices
-->     Source pairs
SELECT s.temp FROM s JOIN devices FOR SYSTEM_TIME AS OF s.nope AS d ON s.device = d.id;
--> GLS-2003 line 1, column 59: unknown column "nope": known columns are "device", "ts", "temp", "id", "site", "max"
SELECT s.temp FROM s JOIN devices FOR SYSTEM_TIME AS OF s.temp AS d ON s.device = d.id;
--> GLS-2004 line 1, column 39: FOR SYSTEM_TIME AS OF needs a TIMESTAMP, not DOUBLE
SELECT s.temp FROM s JOIN devices FOR SYSTEM_TIME AS OF s.ts + INTERVAL '1' DAY AS d ON s.device = d.id;
--> GLS-2005 line 1, column 57: this time in FOR SYSTEM_TIME AS OF is not supported: use the time column of the stream, or PROCTIME()
SELECT s.temp FROM s JOIN s FOR SYSTEM_TIME AS OF s.ts AS d ON s.device = d.device;
--> GLS-2005 line 1, column 27: FOR SYSTEM_TIME AS OF needs a table or a stream with a WATERMARK, "s" is a stream without: declare WATERMARK FOR ts AS ts in CREATE STREAM, or declare it with CREATE TABLE
