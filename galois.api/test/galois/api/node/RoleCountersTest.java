package galois.api.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class RoleCountersTest {
    private final RoleCounters counters = new RoleCounters();

    @Test
    void problemsAreCountedByCauseInOrderOfTheirNames() {
        counters.problem("wrong type", 2, null);
        counters.problem("gap", 5, "5 rows missing");
        counters.problem("gap", -1, null);
        assertEquals(Map.of("gap", 4L, "wrong type", 2L), counters.problems());
        assertEquals(List.of("gap", "wrong type"), List.copyOf(counters.problems().keySet()));
    }

    @Test
    void onlyTheNewestSamplesAreKept() {
        for (int i = 0; i < RoleCounters.SAMPLES_MAX + 3; i++) {
            counters.problem("malformed", 1, "line " + i);
        }
        assertEquals(RoleCounters.SAMPLES_MAX, counters.samples().size());
        assertEquals("line 3", counters.samples().get(0));
        assertEquals(13, counters.problems().get("malformed"));
    }

    @Test
    void rowsAddUp() {
        counters.addRowsIn(3);
        counters.addRowsIn(4);
        counters.addRowsOut(5);
        assertEquals(7, counters.rowsIn());
        assertEquals(5, counters.rowsOut());
    }
}
