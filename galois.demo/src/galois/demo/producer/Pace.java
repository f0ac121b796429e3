package galois.demo.producer;

/** When each row is due at a steady rate. Pure: the time comes by argument. */
final class Pace {
    private static final long NS = 1_000_000_000L;

    private final long rate;
    private final long startNs;

    /**
     * @param rate rows per second; 0: as fast as possible
     */
    Pace(long rate, long startNs) {
        this.rate = rate;
        this.startNs = startNs;
    }

    /** Nanoseconds until row {@code n} (from 0) is due; zero or less when it is. */
    long waitNs(long n, long nowNs) {
        if (rate == 0) {
            return 0;
        }
        long dueNs = startNs + n / rate * NS + n % rate * NS / rate;
        return dueNs - nowNs;
    }
}
