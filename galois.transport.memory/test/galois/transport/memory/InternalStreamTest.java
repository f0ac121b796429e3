package galois.transport.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.io.Encoder;
import galois.api.io.SinkConnector;
import galois.api.plan.StreamDefinition;
import galois.batch.BatchBuilder;
import galois.batch.BatchCursor;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.RowKind;
import galois.batch.RowLayout;
import galois.batch.Schema;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;

class InternalStreamTest {
    private static final Schema SCHEMA =
            Schema.of(
                    new Field("n", FieldType.BIGINT),
                    new Field("x", FieldType.DOUBLE),
                    new Field("s", FieldType.VARCHAR));

    private final RowLogs logs = new RowLogs();
    private final InternalSink sink = new InternalSink(logs, () -> 42);
    private final InternalSource source = new InternalSource(logs);

    /** Options as pairs. */
    private static StreamDefinition stream(String... options) {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            all.put(options[i], options[i + 1]);
        }
        return new StreamDefinition("s", SCHEMA, Map.of(), -1, 0, all);
    }

    private SinkConnector.Session write(StreamDefinition stream) {
        Encoder encoder = new RowFormat().encoder(stream, true);
        return sink.open(stream, encoder);
    }

    private static BatchCursor rows(int kind, long from, long to) {
        BatchBuilder builder = new BatchBuilder(SCHEMA, RowLayout.ROW_BYTES_MAX);
        for (long n = from; n < to; n++) {
            builder.beginRow();
            builder.setLong(0, n);
            if (n % 2 == 0) {
                builder.setDouble(1, n / 4.0);
                builder.setString(2, "täxt " + n);
            }
            builder.commitRow(0, kind, n);
        }
        int length = builder.finish(0);
        return new BatchCursor().wrap(builder.array(), 0, length, SCHEMA);
    }

    private String read(StreamDefinition stream) throws InterruptedException {
        try (ReadRows reader = ReadRows.of(source, stream)) {
            reader.awaitEnd();
            return decoded(reader);
        }
    }

    private static String decoded(ReadRows reader) {
        CollectedRows rows = new CollectedRows(SCHEMA);
        byte[] bytes = reader.bytes();
        new RowCode.Reader(SCHEMA).feed(bytes, 0, bytes.length, null, rows);
        return rows.text();
    }

    private static String expected(long from, long to) {
        CollectedRows rows = new CollectedRows(SCHEMA);
        rows.add(rows(RowKind.INSERT, from, to));
        return rows.text();
    }

    @Test
    void whatEndsKeepsItsRowsForEveryReader() throws Exception {
        try (var first = write(stream("keeps", "true"))) {
            first.write(rows(RowKind.INSERT, 0, 300));
            first.end();
        }
        try (var second = write(stream("keeps", "true"))) {
            second.write(rows(RowKind.INSERT, 300, 400));
            second.end();
        }
        StreamDefinition read = stream("writers", "2");
        assertTrue(source.isBounded(read));
        assertEquals(expected(0, 400), read(read));
        assertEquals(expected(0, 400), read(read));
    }

    @Test
    void aReaderWaitsForTheLastWriter() throws Exception {
        StreamDefinition read = stream("writers", "1");
        try (ReadRows reader = ReadRows.of(source, read)) {
            try (var writer = write(stream("keeps", "true"))) {
                writer.write(rows(RowKind.INSERT, 0, 10));
                reader.await(1);
                writer.write(rows(RowKind.INSERT, 10, 20));
                writer.end();
            }
            reader.awaitEnd();
            assertEquals(expected(0, 20), decoded(reader));
        }
    }

    @Test
    void whatDoesNotEndWaitsForItsFirstReaderOnly() throws Exception {
        StreamDefinition live = stream();
        assertFalse(source.isBounded(live));
        try (var writer = write(live)) {
            writer.write(rows(RowKind.INSERT, 0, 10));
            try (ReadRows first = ReadRows.of(source, live)) {
                first.await(1);
                writer.write(rows(RowKind.INSERT, 10, 11));
                first.await(length(0, 11));
                assertEquals(expected(0, 11), decoded(first));
            }
            try (ReadRows second = ReadRows.of(source, live)) {
                writer.write(rows(RowKind.INSERT, 20, 21));
                second.await(length(20, 21));
                assertTrue(decoded(second).endsWith(expected(20, 21)), decoded(second));
                assertFalse(decoded(second).startsWith(expected(0, 1)), decoded(second));
            }
        }
    }

    private static int length(long from, long to) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BatchCursor rows = rows(RowKind.INSERT, from, to);
        RowCode.Writer writer = new RowCode.Writer(SCHEMA);
        for (int i = 0; i < rows.rows(); i++) {
            writer.row(rows.row(i), out);
        }
        return out.size();
    }

    @Test
    void withoutReaderTheNewestRowsStayAndWhatEndsRefusesMoreThanItsLimit() throws Exception {
        StreamDefinition live = stream("retain_mb", "1", "log", "live");
        long rows = 200_000;
        try (var writer = write(live)) {
            for (long n = 0; n < rows; n += 500) {
                writer.write(rows(RowKind.INSERT, n, n + 500));
            }
            try (ReadRows reader = ReadRows.of(source, live)) {
                reader.await(1 << 19);
                assertFalse(decoded(reader).startsWith(expected(0, 1)));
            }
            assertTrue(logs.of(live).bytes() <= 1 << 20);
        }
        try (var writer = write(stream("retain_mb", "1", "keeps", "true", "log", "whole"))) {
            GaloisException full =
                    assertThrows(
                            GaloisException.class,
                            () -> {
                                for (long n = 0; n < rows; n += 500) {
                                    writer.write(rows(RowKind.INSERT, n, n + 500));
                                }
                            });
            assertEquals(ErrorCode.SINK_FAILED, full.code());
            assertTrue(full.getMessage().contains("retain_mb"), full.getMessage());
        }
    }

    @Test
    void rowsThatChangeEarlierOnesAreRefused() {
        try (var writer = write(stream())) {
            GaloisException refused =
                    assertThrows(
                            GaloisException.class,
                            () -> writer.write(rows(RowKind.UPDATE_AFTER, 0, 1)));
            assertTrue(refused.getMessage().contains("group by a window"), refused.getMessage());
        }
    }
}
