package galois.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.query.PlanText;

import org.junit.jupiter.api.Test;

import java.util.concurrent.atomic.AtomicLong;

class CompileRunTest {
    private final AtomicLong nowNs = new AtomicLong();
    private final CompileRun run = new CompileRun(() -> nowNs.addAndGet(3_000_000));

    @Test
    void compilesAQueryOfAsManyOperatorsAsItSays() {
        assertEquals(
                CompileRun.OPERATORS,
                CompileRun.operators(run.plan(0).root()),
                PlanText.of(run.plan(0)));
    }

    @Test
    void takesBothHalvesOfEachQuery() {
        CompileRun.Taken taken = run.run(1);
        assertEquals(3.0, taken.textToWasmMs());
        assertEquals(3.0, taken.wasmToCodeMs());
        assertTrue(taken.wasmBytes() > 1_000, taken.toString());
    }
}
