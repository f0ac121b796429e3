package galois.transport.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import galois.api.GaloisException;
import galois.api.io.Encoder;
import galois.api.io.SinkConnector.Session;
import galois.api.plan.StreamDefinition;
import galois.batch.BatchBuilder;
import galois.batch.BatchCursor;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

class FileSinkTest {
    private static final Schema SCHEMA = Schema.of(new Field("a", FieldType.BIGINT));

    @TempDir Path directory;

    /** One number per line under a header. */
    private static final Encoder LINES =
            new Encoder() {
                @Override
                public void header(ByteArrayOutputStream out) {
                    out.writeBytes("a\n".getBytes(UTF_8));
                }

                @Override
                public void row(BatchCursor row, ByteArrayOutputStream out) {
                    out.writeBytes((row.getLong(0) + "\n").getBytes(UTF_8));
                }
            };

    private static Session open(Path path, boolean append) {
        return new FileSink().open(stream(path, append), LINES);
    }

    private static StreamDefinition stream(Path path, boolean append) {
        Map<String, String> options =
                Map.of("path", path.toString(), "append", Boolean.toString(append));
        return new StreamDefinition("s", SCHEMA, Map.of(), -1, 0, options);
    }

    private static BatchCursor batch(int from, int to) {
        BatchBuilder builder = new BatchBuilder(SCHEMA, 1 << 20);
        for (int i = from; i < to; i++) {
            builder.beginRow();
            builder.setLong(0, i);
            builder.commitRow(0, 0, 0);
        }
        int size = builder.finish(0);
        return new BatchCursor().wrap(builder.array(), 0, size, SCHEMA);
    }

    @Test
    void showsRowsAtFlushAndEmptiesTheFileAtOpen() throws Exception {
        Path file = directory.resolve("out.csv");
        Files.writeString(file, "old");
        try (Session session = open(file, false)) {
            session.write(batch(1, 3));
            session.flush();
            assertEquals("a\n1\n2\n", Files.readString(file));
            session.write(batch(3, 4));
            session.end();
        }
        assertEquals("a\n1\n2\n3\n", Files.readString(file));
    }

    @Test
    void appendsWithoutASecondHeader() throws Exception {
        Path file = directory.resolve("out.csv");
        for (int i = 0; i < 2; i++) {
            try (Session session = open(file, true)) {
                session.write(batch(i, i + 1));
            }
        }
        assertEquals("a\n0\n1\n", Files.readString(file));
    }

    @Test
    void goesOnInTheSameFileWhenItIsOpenedAgain() throws Exception {
        Path file = directory.resolve("out.csv");
        Files.writeString(file, "old");
        FileSink sink = new FileSink();
        try (Session session = open(file, false)) {
            session.write(batch(1, 3));
        }
        try (Session session = sink.reopen(stream(file, false), LINES)) {
            session.write(batch(3, 4));
            session.end();
        }
        assertEquals("a\n1\n2\n3\n", Files.readString(file));
    }

    @Test
    void writesMoreThanItsBufferWithoutFlush() throws Exception {
        Path file = directory.resolve("out.csv");
        try (Session session = open(file, false)) {
            session.write(batch(0, 20_000));
            assertTrue(Files.size(file) >= FileWriting.BUFFER_BYTES);
        }
        assertEquals(20_001, Files.readAllLines(file).size());
    }

    @Test
    void saysWhenTheDiskIsFull() {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "no /dev/full here");
        Session session = open(full, true);
        session.write(batch(0, 2));
        GaloisException e = assertThrows(GaloisException.class, session::flush);
        assertTrue(e.userText().startsWith("GLS-4002 "), e::userText);
        assertTrue(e.userText().contains("disk full"), e::userText);
    }

    @Test
    void refusesDirectories() {
        for (Path path : new Path[] {directory, directory.resolve("no/out.csv")}) {
            GaloisException e = assertThrows(GaloisException.class, () -> open(path, false));
            assertTrue(e.userText().startsWith("GLS-4002 "), e::userText);
            assertTrue(e.userText().contains("directory"), e::userText);
        }
    }
}
