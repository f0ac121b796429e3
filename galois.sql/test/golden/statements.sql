CREATE STREAM a (device VARCHAR METADATA FROM 'topic[2]', whole STRING METADATA FROM 'TOPIC', temp DOUBLE PRECISION,
  at TIMESTAMP(3) METADATA FROM 'arrival')
  WITH ('transport' = 'mqtt', url = 'tcp://h:1883', topic = 'plant/+/temp', "format" = 'raw', qos = 1, a.b-c = TRUE);
--> Create a (device VARCHAR, whole VARCHAR, temp DOUBLE, at TIMESTAMP)
-->   metadata {at=arrival, device=topic[2], whole=topic}
-->   time field 3, delay 0 us
-->   options {a.b-c=TRUE, format=raw, qos=1, topic=plant/+/temp, transport=mqtt, url=tcp://h:1883}
CREATE STREAM IF NOT EXISTS b (x INT, y INT64, z FLOAT, v VARCHAR(20), w BOOL, ts TIMESTAMP WITHOUT TIME ZONE,
  WATERMARK FOR TS AS ts - INTERVAL '1.5' MINUTE) WITH (transport = 'file', format = 'csv');
--> Create if not there b (x INTEGER, y BIGINT, z DOUBLE, v VARCHAR, w BOOLEAN, ts TIMESTAMP)
-->   metadata {}
-->   time field 5, delay 90000000 us
-->   options {format=csv, transport=file}
CREATE STREAM a (x INT) WITH (transport = 'file', format = 'csv');
--> GLS-2006 line 1, column 15: the stream "a" exists: drop it first, or write IF NOT EXISTS
CREATE STREAM IF NOT EXISTS a (x INT) WITH (transport = 'file', format = 'csv');
--> Create if not there a (x INTEGER)
-->   metadata {}
-->   time field -1, delay 0 us
-->   options {format=csv, transport=file}

INSERT INTO b SELECT 1, 2, 3, 'x', TRUE, ts FROM b;
--> Insert into b
--> Project 1 AS x, 2 AS y, 3 AS z, 'x' AS v, true AS w, ts
-->   Source b
INSERT INTO b (y, z) SELECT x, y FROM b WHERE x > 1;
--> Insert into b
--> Project NULL AS x, CAST(x AS BIGINT) AS y, CAST(y AS DOUBLE) AS z, NULL AS v, NULL AS w, NULL AS ts
-->   Filter CAST(x AS BIGINT) > :0=1
-->     Source b
INSERT INTO b (z) SELECT v FROM b;
--> GLS-2004 line 1, column 19: column 1 of the select ("v") is VARCHAR, "z" of "b" is DOUBLE: use CAST
INSERT INTO b (x, nope) SELECT x, y FROM b;
--> GLS-2003 line 1, column 19: unknown column "nope": known columns are "x", "y", "z", "v", "w", "ts"
INSERT INTO b (x, X) SELECT x, y FROM b;
--> GLS-2006 line 1, column 19: the column "X" is there twice
INSERT INTO b SELECT x FROM b;
--> GLS-2004 line 1, column 15: columns of the select: 1, of the target: 6
INSERT INTO c SELECT x FROM b;
--> GLS-2002 line 1, column 13: unknown stream "c": did you mean "a"? known streams are "a", "b"
INSERT INTO b VALUES (1);
--> GLS-2004 line 1, column 15: columns of the select: 1, of the target: 6
INSERT INTO b (x) VALUES (1);
--> Insert into b
--> Project 1 AS x, NULL AS y, NULL AS z, NULL AS v, NULL AS w, NULL AS ts
-->   Source $row (zero INTEGER)

EXPLAIN SELECT temp FROM a WHERE temp > 30;
--> GLS-2003 line 1, column 34: unknown column "temp": known columns are "x"
EXPLAIN PLAN FOR INSERT INTO b (z) SELECT temp FROM a;
--> GLS-2003 line 1, column 43: unknown column "temp": known columns are "x"
EXPLAIN DROP STREAM a;
--> GLS-2001 line 1, column 9: EXPLAIN needs SELECT, INSERT INTO or RUN, found 'DROP'
EXPLAIN;
--> GLS-2001 line 1, column 1: EXPLAIN needs a query behind it

SET 'placement' = 'spread';
--> Set[key=placement, value=spread]
SET optimizer = 'none';
--> Set[key=optimizer, value=none]
SET a.b = 5;
--> Set[key=a.b, value=5]
SET 'placement';
--> GLS-2001 line 1, column 16: expected '=', found the end of the statement
SHOW STREAMS;
--> ShowStreams[]
SHOW TABLES;
--> ShowTables[]
DESCRIBE b;
--> Describe b (x INTEGER, y BIGINT, z DOUBLE, v VARCHAR, w BOOLEAN, ts TIMESTAMP)
-->   metadata {}
-->   time field 5, delay 90000000 us
-->   options {format=csv, transport=file}
DESC STREAM A;
--> Describe a (x INTEGER)
-->   metadata {}
-->   time field -1, delay 0 us
-->   options {format=csv, transport=file}
DESCRIBE nothing;
--> GLS-2002 line 1, column 10: unknown stream "nothing": known streams are "a", "b"
DROP STREAM a;
--> DropStream[name=a, ifExists=false]
DROP STREAM nothing;
--> GLS-2002 line 1, column 13: unknown stream "nothing": known streams are "a", "b"
DROP STREAM IF EXISTS nothing;
--> DropStream[name=nothing, ifExists=true]
DROP TABLE a;
--> GLS-2004 line 1, column 12: "a" is a stream, not a table: write STREAM

CREATE STREAM t (x INT, X DOUBLE) WITH (transport = 'file', format = 'csv');
--> GLS-2006 line 1, column 25: the column "X" is there twice: rename one
CREATE STREAM t (x NUMBER) WITH (transport = 'file', format = 'csv');
--> GLS-2004 line 1, column 20: unknown type 'NUMBER': types are BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL(p, s), REAL, DOUBLE, VARCHAR, VARBINARY, DATE, TIME, TIMESTAMP, INTERVAL
CREATE STREAM strict (x INT NOT NULL, y INT NULL, z INT NOT NULL) WITH (transport = 'file', format = 'csv');
--> Create strict (x INTEGER, y INTEGER, z INTEGER)
-->   metadata {}
-->   time field -1, delay 0 us
-->   options {format=csv, not_null=x,z, transport=file}
CREATE STREAM t (x INT PRIMARY KEY) WITH (transport = 'file', format = 'csv');
--> GLS-2005 line 1, column 24: the only constraint on the column of a stream is NOT NULL
CREATE STREAM t (x TIMESTAMP(9)) WITH (transport = 'file', format = 'csv');
--> GLS-2004 line 1, column 30: TIMESTAMP keeps microseconds: write TIMESTAMP(6)
CREATE STREAM t (x TIMESTAMP WITH TIME ZONE) WITH (transport = 'file', format = 'csv');
--> GLS-2005 line 1, column 30: TIMESTAMP WITH TIME ZONE is not supported: write TIMESTAMP, it is UTC
CREATE STREAM t (x INT METADATA FROM 'topic') WITH (transport = 'file', format = 'csv');
--> GLS-2004 line 1, column 18: metadata 'topic' is VARCHAR, the column is INTEGER
CREATE STREAM t (x VARCHAR METADATA FROM 'offset') WITH (transport = 'file', format = 'csv');
--> GLS-2007 line 1, column 42: unknown metadata 'offset': it is 'topic', 'topic[n]' (level n, from 0) or 'arrival'
CREATE STREAM t (x INT, WATERMARK FOR x AS x) WITH (transport = 'file', format = 'csv');
--> GLS-2004 line 1, column 39: a watermark needs a TIMESTAMP, "x" is INTEGER
CREATE STREAM t (x INT, WATERMARK FOR y AS y) WITH (transport = 'file', format = 'csv');
--> GLS-2003 line 1, column 39: unknown column "y": did you mean "x"? known columns are "x"
CREATE STREAM t (x TIMESTAMP, WATERMARK FOR x AS x - INTERVAL '5' WEEK) WITH (transport = 'file', format = 'csv');
--> GLS-2001 line 1, column 67: expected SECOND, MINUTE, HOUR or DAY, found 'WEEK'
CREATE STREAM t (x TIMESTAMP, WATERMARK FOR x AS x - 5) WITH (transport = 'file', format = 'csv');
--> GLS-2001 line 1, column 54: expected INTERVAL, found '5'
CREATE STREAM t (x INT) transport;
--> GLS-2001 line 1, column 25: expected WITH (transport = '...', format = '...') or AS VALUES (...), found 'transport'
CREATE STREAM t (x INT) WITH (format = 'csv');
--> GLS-2007 line 1, column 15: the stream "t" needs the option transport: write WITH (transport = 'file', format = 'csv', ...)
CREATE STREAM t (x INT) WITH (transport = 'file', format = 'csv', Format = 'json');
--> GLS-2007 line 1, column 67: the option format is there twice
CREATE STREAM t (x INT) WITH (transport = file, format = 'csv');
--> GLS-2001 line 1, column 43: expected a value in single quotes, found 'file'
CREATE STREAM t () WITH (transport = 'file', format = 'csv');
--> GLS-2001 line 1, column 18: expected a column name, found ')'
CREATE STREAM t (x INT WITH (transport = 'file', format = 'csv');
--> GLS-2001 line 1, column 24: expected ',' or ')' after a column, found 'WITH'
UPDATE b SET x = 1;
--> GLS-2005 line 1, column 1: UPDATE is not supported: rows of a stream do not change: select from it
SELEC x FROM b;
--> GLS-2001 line 1, column 1: expected SELECT, INSERT INTO, CREATE, DROP, ALTER STREAM, PAUSE QUERY, RESUME QUERY, RUN, EXPLAIN, VALIDATE, DRY RUN, SET, SHOW or DESCRIBE, found 'SELEC'

-- Rows in the statement, and streams that live in the runtime.
CREATE STREAM v (i INTEGER, d DOUBLE, s VARCHAR, b BOOLEAN, t TIMESTAMP) AS VALUES
  (1, -2.5, 'a, "b"', TRUE, TIMESTAMP '2026-03-01 08:00:00'), (NULL, NULL, '', NULL, NULL);
--> Create v (i INTEGER, d DOUBLE, s VARCHAR, b BOOLEAN, t TIMESTAMP)
-->   metadata {}
-->   time field -1, delay 0 us
-->   options {format=csv, header=false, rows=1,-2.5,"a, ""b""",true,"2026-03-01 08:00:00"
--> ,,"",,
--> , transport=inline}
CREATE STREAM p1 (i INTEGER, j AS i + 1) WITH (transport = 'file', format = 'csv');
--> GLS-2005 line 1, column 35: a computed column is PROCTIME(); compute others in the query

CREATE STREAM p0 (i INTEGER, p AS PROCTIME()) AS VALUES (1), (2);
--> Create p0 (i INTEGER, p TIMESTAMP)
-->   metadata {p=arrival}
-->   time field 1, delay 0 us
-->   options {format=csv, header=false, rows=1
--> 2
--> , transport=inline}
CREATE STREAM v0 (i INTEGER, at TIMESTAMP METADATA FROM 'arrival') AS VALUES (1), (2);
--> Create v0 (i INTEGER, at TIMESTAMP)
-->   metadata {at=arrival}
-->   time field 1, delay 0 us
-->   options {format=csv, header=false, rows=1
--> 2
--> , transport=inline}
CREATE STREAM v1 (i INTEGER, s VARCHAR) AS VALUES (1);
--> GLS-2004 line 1, column 51: this row has fewer values than "v1" has columns, 2: write one for each, NULL if there is none
CREATE STREAM v2 (i INTEGER, s VARCHAR) AS VALUES (1, 'a'), (1, 'a', 2);
--> GLS-2004 line 1, column 70: this row has more values than "v2" has columns, 2: write one for each, NULL if there is none
CREATE STREAM v3 (i INTEGER, s VARCHAR) AS VALUES ('1', 'a');
--> GLS-2004 line 1, column 52: column "i" needs a value of type INTEGER or NULL, found ''1''
CREATE STREAM v4 (i INTEGER, s VARCHAR) AS VALUES (1, a);
--> GLS-2004 line 1, column 55: column "s" needs a value of type VARCHAR or NULL, found 'a'
CREATE STREAM v5 (i INTEGER, s VARCHAR) AS VALUES (1, -'a');
--> GLS-2004 line 1, column 55: column "s" needs a value of type VARCHAR or NULL, found '-'
CREATE STREAM v6 (i INTEGER, s VARCHAR) AS VALUES (1, 'a';
--> GLS-2001 line 1, column 58: expected ',' or ')' after a value, found the end of the statement
CREATE STREAM v7 (i INTEGER, s VARCHAR) AS SELECT 1;
--> GLS-2001 line 1, column 44: expected VALUES, found 'SELECT'
CREATE STREAM w (i INTEGER);
--> Create w (i INTEGER)
-->   metadata {}
-->   time field -1, delay 0 us
-->   options {transport=internal}
CREATE STREAM w8 (i INTEGER) WITH (transport = 'internal');
--> Create w8 (i INTEGER)
-->   metadata {}
-->   time field -1, delay 0 us
-->   options {transport=internal}

-- Queries with names.
CREATE QUERY q AS SELECT i FROM v WHERE d > 1;
--> Query q
--> Project i
-->   Filter d > :0=1.0
-->     Source v
CREATE QUERY IF NOT EXISTS q AS INSERT INTO w SELECT i FROM v;
--> Query q
--> Insert into w
--> Project i
-->   Source v
CREATE QUERY q AS DROP STREAM v;
--> GLS-2001 line 1, column 19: CREATE QUERY needs SELECT, INSERT INTO or RUN, found 'DROP'
CREATE QUERY q SELECT i FROM v;
--> GLS-2001 line 1, column 16: expected AS, found 'SELECT'
CREATE OR REPLACE QUERY q AS SELECT i FROM v;
--> Query q
--> Project i
-->   Source v
PAUSE QUERY q;
--> PauseQuery[name=q, paused=true]
RESUME QUERY "q-1";
--> PauseQuery[name=q-1, paused=false]
RESUME q;
--> GLS-2001 line 1, column 8: expected QUERY, found 'q'
DROP QUERY IF EXISTS q;
--> DropQuery[name=q, ifExists=true]
DESCRIBE QUERY q;
--> DescribeQuery[name=q]
SHOW QUERIES;
--> ShowQueries[]
SHOW TEMPLATES;
--> ShowTemplates[]
SHOW SETTINGS;
--> ShowSettings[]
SHOW EVERYTHING;
--> GLS-2001 line 1, column 6: expected STREAMS, TABLES, QUERIES, VIEWS, TEMPLATES, FUNCTIONS or SETTINGS, found 'EVERYTHING'

-- Templates.
CREATE TEMPLATE t(min DOUBLE, word VARCHAR DEFAULT 'it''s', n INTEGER DEFAULT -1) AS
  SELECT i FROM v WHERE d > :min AND s = :word AND i > :n;
--> CreateTemplate[template=QueryTemplate[name=t, parameters=[min DOUBLE, word VARCHAR DEFAULT 'it''s', n INTEGER DEFAULT -1], body=SourceText[text=SELECT i FROM v WHERE d > :min AND s = :word AND i > :n, start=line 2, column 3]], ifNotExists=false, orReplace=false]
CREATE TEMPLATE t() AS SELECT i FROM v;
--> GLS-2006 line 1, column 17: the template "t" exists: drop it first, or write CREATE OR REPLACE TEMPLATE
CREATE OR REPLACE TEMPLATE t(min DOUBLE, word VARCHAR DEFAULT 'it''s', n INTEGER DEFAULT -1) AS
  SELECT i FROM v WHERE d > :min AND s = :word AND i > :n;
--> CreateTemplate[template=QueryTemplate[name=t, parameters=[min DOUBLE, word VARCHAR DEFAULT 'it''s', n INTEGER DEFAULT -1], body=SourceText[text=SELECT i FROM v WHERE d > :min AND s = :word AND i > :n, start=line 2, column 3]], ifNotExists=false, orReplace=true]
RUN t(min => 30);
--> Project i
-->   Filter (d > :0=30.0) AND (s = :1='it''s') AND (CAST(i AS BIGINT) > :2=-1)
-->     Source v
RUN t(-2.5e1, 'x', n => 7);
--> Project i
-->   Filter (d > :0=-25.0) AND (s = :1='x') AND (CAST(i AS BIGINT) > :2=7)
-->     Source v
EXPLAIN RUN t(1);
--> Explain
--> Project i
-->   Filter (d > :0=1.0) AND (s = :1='it''s') AND (CAST(i AS BIGINT) > :2=-1)
-->     Source v
RUN t;
--> GLS-2004 line 1, column 6: the parameter "min" of template "t" is missing: write min => a value of type DOUBLE
RUN t(max => 30);
--> GLS-2003 line 1, column 7: unknown parameter "max" of template "t": known parameters are "min", "word", "n"
RUN t(min => 'a');
--> GLS-2004 line 1, column 14: the parameter "min" needs a value of type DOUBLE, found ''a''
RUN t(min => 1, min => 2);
--> GLS-2001 line 1, column 24: the parameter "min" is there twice
RUN t(1, 'a', 2, 3);
--> GLS-2004 line 1, column 18: template "t" has 3 parameters
RUN t(1, n => 2.5);
--> GLS-2004 line 1, column 15: the parameter "n" needs a value of type INTEGER, found '2.5'
RUN t(1, n => 3000000000);
--> GLS-2004 line 1, column 15: the parameter "n" needs a value of type INTEGER, found '3000000000'
RUN t(1, word => NULL);
--> Project i
-->   Filter (d > :0=1.0) AND (s = NULL) AND (CAST(i AS BIGINT) > :1=-1)
-->     Source v
--> optimised:
--> Project i
-->   Filter false
-->     Source v
RUN u(1);
--> GLS-2002 line 1, column 5: unknown view or template "u": did you mean "t"? known views and templates are "t"
DESCRIBE TEMPLATE t;
--> Answer[text=min DOUBLE
--> word VARCHAR DEFAULT 'it''s'
--> n INTEGER DEFAULT -1
--> SELECT i FROM v WHERE d > :min AND s = :word AND i > :n
--> ]
CREATE TEMPLATE b(x DOUBLE) AS SELECT i FROM v WHERE d > :y;
--> GLS-2003 line 1, column 58: unknown parameter "y" of template "b": did you mean "x"? known parameters are "x"
CREATE TEMPLATE b(x DOUBLE, X DOUBLE) AS SELECT i FROM v;
--> GLS-2006 line 1, column 29: the parameter "X" is there twice: rename one
CREATE TEMPLATE b(x DOUBLE) AS SELECT i FROM v WHERE s > :x;
--> GLS-2004 line 1, column 54: cannot compare VARCHAR with DOUBLE: use CAST to bring them to one type
CREATE TEMPLATE b(x DOUBLE) AS DROP STREAM v;
--> GLS-2001 line 1, column 32: a template needs SELECT, INSERT INTO or RUN, found 'DROP'
CREATE TEMPLATE b(x DOUBLE DEFAULT 'a') AS SELECT i FROM v;
--> GLS-2004 line 1, column 36: the parameter "x" needs a value of type DOUBLE, found ''a''
SELECT i FROM v WHERE d > :x;
--> GLS-2001 line 1, column 27: the parameter :x can stand in CREATE TEMPLATE only
CREATE TEMPLATE m(x DOUBLE, n BIGINT) AS SELECT i FROM v WHERE i > :x AND i < :n;
--> CreateTemplate[template=QueryTemplate[name=m, parameters=[x DOUBLE, n BIGINT], body=SourceText[text=SELECT i FROM v WHERE i > :x AND i < :n, start=line 1, column 42]], ifNotExists=false, orReplace=false]
RUN m(30, 1);
--> Project i
-->   Filter false
-->     Source v
RUN m(30.5, 5000000000);
--> Project i
-->   Filter (CAST(i AS BIGINT) > :0=30) AND (CAST(i AS BIGINT) < :1=5000000000)
-->     Source v
DROP TEMPLATE u;
--> GLS-2002 line 1, column 15: unknown view or template "u": did you mean "t"? known views and templates are "t", "m"
DROP TEMPLATE t;
--> DropTemplate[name=t, ifExists=false]

-- Changes of streams.
CREATE OR REPLACE STREAM w (i INTEGER, ts TIMESTAMP, at TIMESTAMP METADATA FROM 'arrival', WATERMARK FOR ts AS ts)
  WITH (transport = 'file', format = 'csv', path = 'a');
--> Create w (i INTEGER, ts TIMESTAMP, at TIMESTAMP)
-->   metadata {at=arrival}
-->   time field 1, delay 0 us
-->   options {format=csv, path=a, transport=file}
ALTER STREAM w SET (path = 'b', header = false);
--> Alter w to w (i INTEGER, ts TIMESTAMP, at TIMESTAMP)
-->   metadata {at=arrival}
-->   time field 1, delay 0 us
-->   options {format=csv, header=false, path=b, transport=file}
ALTER STREAM w RESET (path);
--> Alter w to w (i INTEGER, ts TIMESTAMP, at TIMESTAMP)
-->   metadata {at=arrival}
-->   time field 1, delay 0 us
-->   options {format=csv, transport=file}
ALTER STREAM w RESET (nothing);
--> GLS-2007 line 1, column 23: the stream "w" has no option nothing
ALTER STREAM w ADD COLUMN x DOUBLE;
--> Alter w to w (i INTEGER, ts TIMESTAMP, at TIMESTAMP, x DOUBLE)
-->   metadata {at=arrival}
-->   time field 1, delay 0 us
-->   options {format=csv, path=a, transport=file}
ALTER STREAM w ADD topic VARCHAR METADATA FROM 'topic[1]';
--> Alter w to w (i INTEGER, ts TIMESTAMP, at TIMESTAMP, topic VARCHAR)
-->   metadata {at=arrival, topic=topic[1]}
-->   time field 1, delay 0 us
-->   options {format=csv, path=a, transport=file}
ALTER STREAM w ADD i DOUBLE;
--> GLS-2006 line 1, column 20: the column "i" is there twice: rename one
ALTER STREAM w DROP COLUMN i;
--> Alter w to w (ts TIMESTAMP, at TIMESTAMP)
-->   metadata {at=arrival}
-->   time field 0, delay 0 us
-->   options {format=csv, path=a, transport=file}
ALTER STREAM w DROP COLUMN ts;
--> GLS-2005 line 1, column 28: the column "ts" has the WATERMARK: it cannot be dropped
ALTER STREAM w DROP COLUMN nothing;
--> GLS-2003 line 1, column 28: unknown column "nothing": known columns are "i", "ts", "at"
ALTER STREAM w RENAME COLUMN at TO arrived;
--> Alter w to w (i INTEGER, ts TIMESTAMP, arrived TIMESTAMP)
-->   metadata {arrived=arrival}
-->   time field 1, delay 0 us
-->   options {format=csv, path=a, transport=file}
ALTER STREAM w RENAME ts TO i;
--> GLS-2006 line 1, column 29: the column "i" is there already: choose another name
ALTER STREAM w RENAME TO w9;
--> Alter w to w9 (i INTEGER, ts TIMESTAMP, at TIMESTAMP)
-->   metadata {at=arrival}
-->   time field 1, delay 0 us
-->   options {format=csv, path=a, transport=file}
ALTER STREAM w RENAME TO v;
--> GLS-2006 line 1, column 26: the stream "v" exists: choose another name
ALTER STREAM w MODIFY i BIGINT;
--> GLS-2001 line 1, column 16: expected SET (...), RESET (...), ADD COLUMN, DROP COLUMN or RENAME, found 'MODIFY'
ALTER STREAM nothing SET (a = 'b');
--> GLS-2002 line 1, column 14: unknown stream "nothing": known streams are "a", "b", "strict", "v", "p0", "v0", "w", "w8"

-- Tries.
VALIDATE SELECT i FROM v;
--> Validate
--> Project i
-->   Source v
VALIDATE SELECT x FROM v;
--> GLS-2003 line 1, column 17: unknown column "x": did you mean "i"? known columns are "i", "d", "s", "b", "t"
VALIDATE CREATE STREAM x (i INTEGER);
--> Validate
--> Create x (i INTEGER)
-->   metadata {}
-->   time field -1, delay 0 us
-->   options {transport=internal}
DRY RUN SELECT i FROM v WHERE i > 3 WITH ROWS v ((4, 1, NULL, TRUE, NULL), (2, 1, 'a', FALSE, NULL));
--> Dry run
--> Project i
-->   Filter CAST(i AS BIGINT) > :0=3
-->     Source v
--> v (i INTEGER, d DOUBLE, s VARCHAR, b BOOLEAN, t TIMESTAMP)
-->   metadata {}
-->   time field -1, delay 0 us
-->   options {format=csv, header=false, rows=4,1,,true,
--> 2,1,"a",false,
--> , transport=inline}
DRY RUN SELECT i FROM v WITH ROWS v ((4));
--> GLS-2004 line 1, column 38: this row has fewer values than "v" has columns, 5: write one for each, NULL if there is none
DRY RUN SELECT i FROM v WITH ROWS nothing ((4));
--> GLS-2002 line 1, column 35: unknown stream "nothing": known streams are "a", "b", "strict", "v", "p0", "v0", "w", "w8"
DRY RUN SELECT i FROM v;
--> Dry run
--> Project i
-->   Source v
DRY RUN DROP STREAM v;
--> GLS-2001 line 1, column 9: DRY RUN needs SELECT, INSERT INTO or RUN, found 'DROP'
