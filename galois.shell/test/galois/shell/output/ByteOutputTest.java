package galois.shell.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.GaloisException;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

class ByteOutputTest {
    private static final byte[] CHUNK = {1, 2, 3};

    @Test
    void drainReturnsWhenEverythingIsWritten() {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        try (ByteOutput output = new ByteOutput(target)) {
            for (int i = 0; i < 100; i++) {
                output.write(CHUNK);
            }
            output.drain();
            assertEquals(300, target.size());
        }
    }

    @Test
    void blocksTheWriterAtTheLimitUntilInterrupted() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        OutputStream nobodyReads =
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        stuck.countDown();
                        try {
                            release.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    }
                };
        try (ByteOutput output = new ByteOutput(nobodyReads)) {
            output.write(CHUNK);
            assertTrue(stuck.await(10, TimeUnit.SECONDS));
            for (int i = 0; i < ByteOutput.CHUNKS_MAX; i++) {
                output.write(CHUNK);
            }
            CompletableFuture<Void> blocked = new CompletableFuture<>();
            Thread writer =
                    new Thread(
                            () -> {
                                assertThrows(GaloisException.class, () -> output.write(CHUNK));
                                blocked.complete(null);
                            });
            writer.start();
            writer.interrupt();
            blocked.get(10, TimeUnit.SECONDS);
            release.countDown();
        }
    }

    @Test
    void discardsWhenTheReaderWentAway() throws Exception {
        OutputStream closedPipe =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("Broken pipe");
                    }
                };
        try (ByteOutput output = new ByteOutput(closedPipe)) {
            for (int i = 0; i < 10 * ByteOutput.CHUNKS_MAX; i++) {
                output.write(CHUNK);
            }
            output.drain();
            output.broken().get(10, TimeUnit.SECONDS);
        }
    }
}
