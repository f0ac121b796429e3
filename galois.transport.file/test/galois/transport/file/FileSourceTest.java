package galois.transport.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.GaloisException;
import galois.api.io.Decoder.Origin;
import galois.api.io.MalformedRow;
import galois.api.io.SourceConnector.Handler;
import galois.api.io.SourceConnector.Session;
import galois.api.plan.StreamDefinition;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

class FileSourceTest {
    @TempDir Path directory;

    private final FileSource source = new FileSource(() -> 42);

    private static StreamDefinition stream(String path, String base) {
        Map<String, String> options = new HashMap<>();
        options.put("path", path);
        options.put("base", base);
        Schema schema = Schema.of(new Field("a", FieldType.INTEGER));
        return new StreamDefinition("s", schema, Map.of(), -1, 0, options);
    }

    /** Collects what is read; blocks in the first payload if asked to. */
    private static final class Reader implements Handler {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final CountDownLatch first = new CountDownLatch(1);
        final CountDownLatch over = new CountDownLatch(1);
        final boolean blocks;
        volatile boolean inCall;
        GaloisException failure;

        Reader(boolean blocks) {
            this.blocks = blocks;
        }

        @Override
        public void onPayload(byte[] b, int offset, int length, Origin origin) {
            inCall = true;
            assertEquals(new Origin(null, 42), origin);
            bytes.write(b, offset, length);
            first.countDown();
            try {
                if (blocks) {
                    over.await();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            inCall = false;
        }

        @Override
        public void onEnd() {
            over.countDown();
        }

        @Override
        public void onProblem(MalformedRow problem) {
            throw new AssertionError(problem);
        }

        @Override
        public void onConnection(boolean up, String detail) {
            throw new AssertionError(detail);
        }

        @Override
        public void onFailure(GaloisException e) {
            failure = e;
            over.countDown();
        }
    }

    private Path file(int size) throws IOException {
        byte[] content = new byte[size];
        new Random(1).nextBytes(content);
        return Files.write(directory.resolve("in.csv"), content);
    }

    @Test
    void readsTheWholeFileInPieces() throws Exception {
        Path file = file(3 * FileReading.PIECE_BYTES + 17);
        Reader reader = new Reader(false);
        try (Session session = source.open(stream(file.toString(), ""), reader)) {
            assertTrue(reader.over.await(20, TimeUnit.SECONDS));
            session.taken(1);
        }
        assertArrayEquals(Files.readAllBytes(file), reader.bytes.toByteArray());
        assertEquals(null, reader.failure);
    }

    @Test
    void closeEndsABlockedReader() throws Exception {
        Reader reader = new Reader(true);
        Path file = file(3 * FileReading.PIECE_BYTES);
        Session session = source.open(stream(file.toString(), ""), reader);
        assertTrue(reader.first.await(20, TimeUnit.SECONDS));
        session.close();
        assertFalse(reader.inCall);
        assertEquals(FileReading.PIECE_BYTES, reader.bytes.size());
        assertEquals(1, reader.over.getCount(), "a closed source does not report its end");
    }

    @Test
    void findsRelativePathsInTheDirectoryOfTheScript() throws Exception {
        file(10);
        Reader reader = new Reader(false);
        Session session = source.open(stream("in.csv", directory.toString()), reader);
        assertTrue(reader.over.await(20, TimeUnit.SECONDS));
        session.close();
        assertEquals(10, reader.bytes.size());
    }

    @Test
    void refusesWhatIsNoFile() {
        for (String path : new String[] {"no/such/file.csv", directory.toString()}) {
            GaloisException e =
                    assertThrows(
                            GaloisException.class,
                            () -> source.open(stream(path, ""), new Reader(false)));
            assertTrue(e.userText().startsWith("GLS-4001 "), e::userText);
            assertTrue(e.userText().contains("\"" + path + "\""), e::userText);
        }
        GaloisException e =
                assertThrows(
                        GaloisException.class,
                        () -> source.open(stream("", ""), new Reader(false)));
        assertEquals("GLS-2007 stream \"s\": option 'path' is missing", e.userText());
    }
}
