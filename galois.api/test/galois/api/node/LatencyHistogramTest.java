package galois.api.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Random;

class LatencyHistogramTest {
    private final LatencyHistogram histogram = new LatencyHistogram();

    @Test
    void anEmptyOneSaysZero() {
        assertEquals(0, histogram.count());
        assertEquals(0, histogram.quantileUs(0.5));
        assertEquals(0, histogram.quantileUs(1));
    }

    @Test
    void smallLatenciesAreExact() {
        for (int us = 0; us < 16; us++) {
            histogram.record(us, 1);
        }
        assertEquals(0, histogram.quantileUs(0));
        assertEquals(7, histogram.quantileUs(0.5));
        assertEquals(15, histogram.quantileUs(1));
    }

    @Test
    void weightsCountAsThatManyRows() {
        histogram.record(10, 99);
        histogram.record(1_000_000, 1);
        assertEquals(100, histogram.count());
        assertEquals(10, histogram.quantileUs(0.99));
        assertTrue(histogram.quantileUs(1) >= 1_000_000);
    }

    @Test
    void aClockThatStepsBackCountsAsZeroAndAnEternityAsTheLimit() {
        histogram.record(-5, 1);
        assertEquals(0, histogram.quantileUs(1));
        histogram.record(Long.MAX_VALUE, 1);
        assertTrue(histogram.quantileUs(1) >= Integer.MAX_VALUE);
    }

    @Test
    void quantilesAreAtMostSixPercentAboveTheTruth() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        long[] values = new long[20_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = (long) Math.exp(random.nextDouble() * 20);
            histogram.record(values[i], 1);
        }
        Arrays.sort(values);
        for (double quantile : new double[] {0.01, 0.1, 0.5, 0.9, 0.99, 0.999}) {
            long exact = values[(int) Math.ceil(quantile * values.length) - 1];
            long said = histogram.quantileUs(quantile);
            String where = "seed " + seed + ", quantile " + quantile + ": " + said + " of " + exact;
            assertTrue(said >= exact && said <= exact * 1.0625 + 1, where);
        }
    }
}
