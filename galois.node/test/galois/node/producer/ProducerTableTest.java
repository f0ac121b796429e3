package galois.node.producer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.control.Assignment;
import galois.api.control.QueryState;
import galois.api.node.EdgeInput;
import galois.api.plan.StreamDefinition;
import galois.batch.BatchCursor;
import galois.batch.RowLayout;
import galois.node.role.LineFormat;
import galois.node.role.MemorySource;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Tables: whole versions, one after the other. */
class ProducerTableTest extends ProducerFixture {
    private static final Map<String, String> HOURLY = Map.of("refresh", "1 h");

    private final AtomicReference<List<String>> content = new AtomicReference<>(List.of());
    private final MemorySource source = new MemorySource(true, () -> content.get().iterator());
    private final Semaphore available = new Semaphore(0);
    private long version = RowLayout.WATERMARK_NONE;

    private void start(Map<String, String> options, List<String> key, String... lines) {
        content.set(List.of(lines));
        roles.add("memory", source);
        node.roles().role("galois.node.producer", roles);
        Map<String, String> all = new HashMap<>(options);
        all.put("transport", "memory");
        all.put("format", "line");
        StreamDefinition table =
                new StreamDefinition("t", LineFormat.SCHEMA, Map.of(), -1, 0, all, key);
        node.assign(new Assignment.Producer("p", "q", 1, "node-1", table, List.of(edge("e1"))));
        input("e1").onAvailable(available::release);
    }

    /** The rows of the next version; all have its number, which the last batch says is complete. */
    private List<Long> next() throws InterruptedException {
        EdgeInput input = input("e1");
        List<Long> rows = new ArrayList<>();
        List<Long> times = new ArrayList<>();
        long reachedUs = version;
        while (reachedUs == version) {
            BatchCursor cursor = wrap(next(input, available));
            for (int i = 0; i < cursor.rows(); i++) {
                rows.add(cursor.row(i).getLong(0));
                times.add(cursor.row(i).eventTimeUs());
            }
            reachedUs = cursor.watermarkUs();
            input.release();
        }
        assertTrue(reachedUs > version, "versions count upwards");
        for (long time : times) {
            assertTrue(time == reachedUs || reachedUs == RowLayout.WATERMARK_END, "one version");
        }
        version = reachedUs;
        return rows;
    }

    /** Lets hours pass until the role has noticed. */
    private void hours(java.util.function.BooleanSupplier noticed) throws InterruptedException {
        while (!noticed.getAsBoolean()) {
            node.advanceMs(TimeUnit.HOURS.toMillis(1));
            roles.add("other", source(true)); // wakes the role
            available.tryAcquire(5, TimeUnit.MILLISECONDS);
        }
    }

    private boolean hasNext() {
        return input("e1").peek() != null;
    }

    @Test
    void aTableThatIsNotRefreshedEndsWithItsOnlyVersion() throws Exception {
        start(Map.of(), List.of(), "1,,a", "2,,b");
        assertEquals(List.of(1L, 2L), next());
        assertEquals(RowLayout.WATERMARK_END, version);
    }

    @Test
    void eachRefreshIsAVersionOfItsOwn() throws Exception {
        start(HOURLY, List.of(), "1,,a", "2,,b");
        assertEquals(List.of(1L, 2L), next());
        content.set(List.of());
        hours(this::hasNext);
        assertEquals(List.of(), next());
        content.set(List.of("3,,c"));
        hours(this::hasNext);
        assertEquals(List.of(3L), next());
    }

    @Test
    void whatHasNotChangedIsNotReadAgain() throws Exception {
        source.fingerprint("a");
        start(HOURLY, List.of(), "1,,a", "2,,b");
        next();
        int asked = source.asked();
        hours(() -> source.asked() > asked + 1);
        assertEquals(2, source.given());
        source.fingerprint("b");
        hours(this::hasNext);
        assertEquals(List.of(1L, 2L), next());
    }

    @Test
    void aFailedRefreshIsCountedAndTheVersionBeforeStays() throws Exception {
        start(HOURLY, List.of(), "1,,a");
        next();
        source.refuse(new GaloisException(ErrorCode.SOURCE_OPEN, "it is not there"));
        hours(() -> node.report("p").problems().containsKey(Refresh.FAILED));
        source.refuse(null);
        content.set(List.of("2,,b"));
        hours(this::hasNext);
        assertEquals(List.of(2L), next());
    }

    @Test
    void aTableThatCannotBeReadAtFirstFails() {
        source.refuse(new GaloisException(ErrorCode.SOURCE_OPEN, "it is not there"));
        start(HOURLY, List.of());
        assertEquals("it is not there", node.await("p", QueryState.FAILED).failure().message());
    }

    @Test
    void keysThatAreThereTwiceOrNullAreLeftOutAndCounted() throws Exception {
        start(HOURLY, List.of("ts", "text"), "1,7,a", "2,7,b", "3,7,a", "4,,a", "5,8,a");
        assertEquals(List.of(1L, 2L, 5L), next());
        Map<String, Long> problems = node.report("p").problems();
        assertEquals(1, problems.get("duplicate"));
        assertEquals(1, problems.get("missing field"));
        content.set(List.of("6,7,a"));
        hours(this::hasNext);
        assertEquals(List.of(6L), next());
    }
}
