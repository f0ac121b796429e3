package galois.node.edge;

/** How long to wait before the next attempt: 50 ms, then twice as long each time, up to 2 s. */
final class Backoff {
    static final long FIRST_MS = 50;
    static final long LAST_MS = 2_000;

    private long nextMs = FIRST_MS;

    long nextMs() {
        long delayMs = nextMs;
        nextMs = Math.min(LAST_MS, 2 * delayMs);
        return delayMs;
    }

    void reset() {
        nextMs = FIRST_MS;
    }
}
