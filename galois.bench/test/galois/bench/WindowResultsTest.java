package galois.bench;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WindowResultsTest {
    private final WindowResults results = new WindowResults();
    private final WindowResults others = new WindowResults();

    @Test
    void orderAndLastDigitsDoNotCount() {
        results.add(7, 1_000, 2, 0.3, 0.2);
        results.add(5, 2_000, 1, 8, 8);
        others.add(5, 2_000, 1, 8, 8);
        others.add(7, 1_000, 2, 0.1 + 0.2, 0.2);
        assertTrue(results.isAlike(others));
        assertFalse(results.digest() == others.digest());
    }

    @Test
    void everyValueCounts() {
        results.add(7, 1_000, 2, 0.3, 0.2);
        assertFalse(results.isAlike(others));
        others.add(7, 1_000, 2, 0.3000001, 0.2);
        assertFalse(results.isAlike(others));
        WindowResults peak = new WindowResults();
        peak.add(7, 1_000, 2, 0.3, 0.25);
        assertFalse(results.isAlike(peak));
    }
}
