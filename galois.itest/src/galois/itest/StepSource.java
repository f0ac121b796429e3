package galois.itest;

import galois.api.io.Decoder;
import galois.api.io.SourceConnector;
import galois.api.plan.StreamDefinition;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** An unbounded source that gives one number when the test says so. */
final class StepSource implements SourceConnector {
    private final CompletableFuture<Handler> opened = new CompletableFuture<>();

    /** Gives a row; blocks while the producer is full. */
    void give(long number, long nowUs) throws Exception {
        byte[] text = Long.toString(number).getBytes(StandardCharsets.UTF_8);
        opened.get(60, TimeUnit.SECONDS)
                .onPayload(text, 0, text.length, new Decoder.Origin("steps", nowUs));
    }

    @Override
    public boolean isBounded(StreamDefinition stream) {
        return false;
    }

    @Override
    public boolean isFramed() {
        return true;
    }

    @Override
    public Session open(StreamDefinition stream, Handler handler) {
        opened.complete(handler);
        return new Session() {
            @Override
            public void taken(long rows) {}

            @Override
            public void close() {}
        };
    }
}
