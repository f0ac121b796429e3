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
--> GLS-2005 line 1, column 15: VALUES is not supported: write rows to a file and select from it
INSERT INTO b (x) VALUES (1);
--> GLS-2005 line 1, column 19: VALUES is not supported: write rows to a file and select from it

EXPLAIN SELECT temp FROM a WHERE temp > 30;
--> GLS-2003 line 1, column 34: unknown column "temp": known columns are "x"
EXPLAIN PLAN FOR INSERT INTO b (z) SELECT temp FROM a;
--> GLS-2003 line 1, column 43: unknown column "temp": known columns are "x"
EXPLAIN DROP STREAM a;
--> GLS-2001 line 1, column 9: EXPLAIN needs SELECT or INSERT INTO, found 'DROP'
EXPLAIN;
--> GLS-2001 line 1, column 1: EXPLAIN needs SELECT or INSERT INTO, found the end of the statement

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
--> GLS-2001 line 1, column 6: expected STREAMS, found 'TABLES'
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
--> GLS-2001 line 1, column 6: expected STREAM, found 'TABLE'

CREATE TABLE t (x INT) WITH (transport = 'file', format = 'csv');
--> GLS-2005 line 1, column 8: CREATE TABLE is not supported: write CREATE STREAM
CREATE STREAM t (x INT, X DOUBLE) WITH (transport = 'file', format = 'csv');
--> GLS-2006 line 1, column 25: the column "X" is there twice: rename one
CREATE STREAM t (x NUMBER) WITH (transport = 'file', format = 'csv');
--> GLS-2004 line 1, column 20: unknown type 'NUMBER': types are BOOLEAN, INTEGER, BIGINT, DOUBLE, VARCHAR, TIMESTAMP
CREATE STREAM t (x INT NOT NULL) WITH (transport = 'file', format = 'csv');
--> GLS-2005 line 1, column 24: constraints on columns are not supported: every column may be NULL
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
--> GLS-2001 line 1, column 1: expected SELECT, INSERT INTO, CREATE STREAM, DROP STREAM, EXPLAIN, SET, SHOW STREAMS or DESCRIBE, found 'SELEC'

-- Rows in the statement, and streams that live in the runtime.
CREATE STREAM v (i INTEGER, d DOUBLE, s VARCHAR, b BOOLEAN, t TIMESTAMP) AS VALUES
  (1, -2.5, 'a, "b"', TRUE, TIMESTAMP '2026-03-01 08:00:00'), (NULL, NULL, '', NULL, NULL);
--> Create v (i INTEGER, d DOUBLE, s VARCHAR, b BOOLEAN, t TIMESTAMP)
-->   metadata {}
-->   time field -1, delay 0 us
-->   options {format=csv, header=false, rows=1,-2.5,"a, ""b""",true,"2026-03-01 08:00:00"
--> ,,"",,
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
