package galois.demo.producer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PaceTest {
    @Test
    void rowsAreDueAtASteadyRate() {
        Pace pace = new Pace(125, 1_000);
        assertEquals(0, pace.waitNs(0, 1_000));
        assertEquals(8_000_000, pace.waitNs(1, 1_000));
        assertEquals(1_000_000_000L, pace.waitNs(125, 1_000));
        assertEquals(-1_000_000_000L, pace.waitNs(125, 2_000_001_000L));
    }

    @Test
    void withoutARateEveryRowIsDue() {
        assertEquals(0, new Pace(0, 1_000).waitNs(1_000_000, 0));
    }
}
