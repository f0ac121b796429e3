package galois.launcher;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LateBundlesTest {
    @Test
    void matchesNamesAndBeginnings() {
        LateBundles late = LateBundles.of("a.b, c.*");
        assertTrue(late.contains("a.b"));
        assertFalse(late.contains("a.b.c"));
        assertTrue(late.contains("c.d"));
        assertFalse(late.contains(null));
        assertFalse(LateBundles.of(null).contains("a.b"));
    }
}
