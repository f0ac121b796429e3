package galois.api.node;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Latencies in microseconds, in buckets of 1/16 of a power of two: relative error at most 6 %, from
 * 1 us to 70 minutes (longer counts as that). Recording allocates nothing; one writer, any readers.
 */
public final class LatencyHistogram {
    private static final int SUB_BITS = 4;
    private static final int BUCKETS = (32 - SUB_BITS + 1) << SUB_BITS;

    private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);

    /** Counts {@code times} latencies of {@code us}; a negative one (clock step) counts as 0. */
    public void record(long us, long times) {
        int bucket = bucket(Math.max(0, Math.min(us, Integer.MAX_VALUE)));
        counts.lazySet(bucket, counts.get(bucket) + times);
    }

    public long count() {
        long sum = 0;
        for (int i = 0; i < BUCKETS; i++) {
            sum += counts.get(i);
        }
        return sum;
    }

    /**
     * The upper bound of the bucket in which the quantile lies, microseconds; 0 when empty.
     *
     * @param quantile in [0, 1]
     */
    public long quantileUs(double quantile) {
        long rank = (long) Math.ceil(quantile * count());
        long seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += counts.get(i);
            if (seen >= rank && seen > 0) {
                return upperBound(i);
            }
        }
        return 0;
    }

    private static int bucket(long us) {
        if (us < 1 << SUB_BITS) {
            return (int) us;
        }
        int shift = 63 - Long.numberOfLeadingZeros(us) - SUB_BITS;
        return ((shift + 1) << SUB_BITS) + (int) (us >>> shift) - (1 << SUB_BITS);
    }

    private static long upperBound(int bucket) {
        if (bucket < 1 << SUB_BITS) {
            return bucket;
        }
        int shift = (bucket >>> SUB_BITS) - 1;
        long low = (long) ((1 << SUB_BITS) + (bucket & (1 << SUB_BITS) - 1)) << shift;
        return low + (1L << shift) - 1;
    }
}
