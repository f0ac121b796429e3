package galois.node.producer;

import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.control.Assignment;
import galois.api.control.Edge;
import galois.api.node.EdgeInput;
import galois.api.node.EdgeInput.ReceivedBatch;
import galois.api.plan.StreamDefinition;
import galois.batch.BatchCursor;
import galois.batch.RowLayout;
import galois.node.core.TestNode;
import galois.node.role.LineFormat;
import galois.node.role.MemorySource;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** One producer role on a node of its own, and what reads its outputs. */
@Timeout(60)
abstract class ProducerFixture {
    final ProducerRoles roles = new ProducerRoles(new LineFormat());
    final TestNode node = new TestNode("node-1", null);

    @AfterEach
    void closeNode() {
        node.close();
    }

    void start(MemorySource source, Map<String, String> options, List<Edge> edges) {
        roles.add("memory", source);
        node.roles().role("galois.node.producer", roles);
        Map<String, String> all = new HashMap<>(options);
        all.put("transport", "memory");
        node.assign(assignment(all, 0, edges));
    }

    void start(MemorySource source, Map<String, String> options, long delayUs) {
        roles.add("memory", source);
        node.roles().role("galois.node.producer", roles);
        Map<String, String> all = new HashMap<>(options);
        all.put("transport", "memory");
        node.assign(assignment(all, delayUs, "e1"));
    }

    static Assignment.Producer assignment(
            Map<String, String> options, long delayUs, String... edges) {
        return assignment(
                options, delayUs, Arrays.stream(edges).map(ProducerFixture::edge).toList());
    }

    static Assignment.Producer assignment(
            Map<String, String> options, long delayUs, List<Edge> outputs) {
        Map<String, String> all = new HashMap<>(options);
        all.put("format", "line");
        StreamDefinition stream =
                new StreamDefinition("s", LineFormat.SCHEMA, Map.of(), 1, delayUs, all);
        return new Assignment.Producer("p", "q", 1, "node-1", stream, outputs);
    }

    static Edge edge(String id) {
        return new Edge(id, "node-1", "node-1", "", LineFormat.SCHEMA);
    }

    EdgeInput input(String edgeId) {
        return node.edges().input(edge(edgeId));
    }

    /** Reads until time and silence are as told; returns the watermark. */
    long readUntil(String edgeId, long watermarkUs, int rows, boolean idle)
            throws InterruptedException {
        EdgeInput input = input(edgeId);
        Semaphore available = new Semaphore(0);
        input.onAvailable(available::release);
        int seen = 0;
        while (true) {
            BatchCursor cursor = wrap(next(input, available));
            seen += cursor.rows();
            long reachedUs = cursor.watermarkUs();
            boolean isIdle = cursor.isIdle();
            input.release();
            if (reachedUs >= watermarkUs && seen >= rows && isIdle == idle) {
                return reachedUs;
            }
        }
    }

    List<Long> readToEnd(String edgeId) throws InterruptedException {
        EdgeInput input = input(edgeId);
        Semaphore available = new Semaphore(0);
        input.onAvailable(available::release);
        List<Long> rows = new ArrayList<>();
        long last = RowLayout.WATERMARK_NONE;
        while (last != RowLayout.WATERMARK_END) {
            ReceivedBatch batch = next(input, available);
            BatchCursor cursor = wrap(batch);
            for (int i = 0; i < cursor.rows(); i++) {
                rows.add(cursor.row(i).getLong(0));
            }
            last = cursor.watermarkUs();
            input.release();
        }
        return rows;
    }

    static List<Long> take(EdgeInput input, Semaphore available) throws InterruptedException {
        BatchCursor cursor = wrap(next(input, available));
        List<Long> rows = new ArrayList<>();
        for (int i = 0; i < cursor.rows(); i++) {
            rows.add(cursor.row(i).getLong(0));
        }
        input.release();
        return rows;
    }

    static BatchCursor wrap(ReceivedBatch batch) {
        return new BatchCursor()
                .wrap(
                        batch.bytes(),
                        batch.offset(),
                        batch.offset() + batch.length(),
                        LineFormat.SCHEMA);
    }

    static ReceivedBatch next(EdgeInput input, Semaphore available) throws InterruptedException {
        ReceivedBatch batch = input.peek();
        while (batch == null) {
            assertTrue(available.tryAcquire(30, TimeUnit.SECONDS), "nothing came within 30 s");
            batch = input.peek();
        }
        return batch;
    }

    static MemorySource source(boolean bounded, String... lines) {
        return new MemorySource(bounded, () -> List.of(lines).iterator());
    }
}
