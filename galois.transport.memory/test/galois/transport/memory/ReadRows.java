package galois.transport.memory;

import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.GaloisException;
import galois.api.io.Decoder.Origin;
import galois.api.io.MalformedRow;
import galois.api.io.SourceConnector;
import galois.api.io.SourceConnector.Handler;
import galois.api.plan.StreamDefinition;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a source handed over. */
final class ReadRows implements Handler, AutoCloseable {
    private static final long TIMEOUT_S = 30;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CountDownLatch over = new CountDownLatch(1);
    private long arrivalUs;
    private SourceConnector.Session session;

    /** Reads until it is closed. */
    static ReadRows of(SourceConnector source, StreamDefinition stream) {
        ReadRows reader = new ReadRows();
        reader.session = source.open(stream, reader);
        return reader;
    }

    @Override
    public void close() {
        session.close();
    }

    synchronized byte[] bytes() {
        return bytes.toByteArray();
    }

    synchronized long arrivalUs() {
        return arrivalUs;
    }

    void awaitEnd() throws InterruptedException {
        assertTrue(over.await(TIMEOUT_S, TimeUnit.SECONDS), "no end");
    }

    /** Until so many bytes have come. */
    synchronized void await(int length) throws InterruptedException {
        long deadline = TimeUnit.SECONDS.toMillis(TIMEOUT_S);
        for (long waited = 0; bytes.size() < length; waited += 10) {
            assertTrue(waited < deadline, () -> bytes.size() + " bytes of " + length);
            wait(10);
        }
    }

    @Override
    public synchronized void onPayload(byte[] b, int offset, int length, Origin origin) {
        bytes.write(b, offset, length);
        arrivalUs = origin.arrivalUs();
        notifyAll();
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
    public void onFailure(GaloisException failure) {
        throw new AssertionError(failure);
    }
}
