package galois.node.producer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

class SequenceCheckTest {
    private final SequenceCheck check = new SequenceCheck();

    @Test
    void theFirstNumberIsNoGap() {
        assertTrue(check.accept(1_000));
        assertEquals(0, check.missing());
    }

    @Test
    void missingNumbersAreCountedUntilTheyCome() {
        check.accept(1);
        assertTrue(check.accept(5));
        assertEquals(3, check.missing());
        assertTrue(check.accept(3));
        assertEquals(2, check.missing());
        assertFalse(check.accept(3));
        assertFalse(check.accept(5));
        assertFalse(check.accept(1));
        assertEquals(2, check.missing());
    }

    @Test
    void whatLiesBeforeTheWindowCountsAsSeen() {
        check.accept(0);
        check.accept(SequenceCheck.WINDOW + 10);
        assertFalse(check.accept(5));
        assertTrue(check.accept(11));
    }

    @Test
    void aLeapBeyondTheWindowForgetsAllMarks() {
        for (int n = 0; n < 100; n++) {
            check.accept(n);
        }
        assertTrue(check.accept(10L * SequenceCheck.WINDOW));
        assertTrue(check.accept(10L * SequenceCheck.WINDOW - 50));
    }

    @Test
    void negativeNumbersAndExtremesDoNotConfuseIt() {
        assertTrue(check.accept(-5));
        assertTrue(check.accept(-3));
        assertEquals(1, check.missing());
        assertTrue(check.accept(-4));
        assertFalse(check.accept(Long.MIN_VALUE));
        assertTrue(check.accept(Long.MAX_VALUE));
        assertFalse(check.accept(Long.MAX_VALUE));
    }

    @Test
    void agreesWithASetHoweverTheNumbersAreShuffledAndRepeated() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<Long> numbers = new ArrayList<>();
        for (long n = 0; n < 5_000; n++) {
            for (int copies = random.nextInt(3); copies > 0; copies--) {
                numbers.add(n);
            }
        }
        for (int from = 0; from + 50 < numbers.size(); from += 50) {
            Collections.shuffle(numbers.subList(from, from + 50), random);
        }
        Set<Long> seen = new HashSet<>();
        long lowest = numbers.get(0);
        for (long n : numbers) {
            assertEquals(seen.add(n), check.accept(n), "seed " + seed + ", number " + n);
            lowest = Math.min(lowest, n);
        }
        assertTrue(check.missing() >= 0, "seed " + seed);
    }
}
