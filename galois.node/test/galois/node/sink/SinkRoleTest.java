package galois.node.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.control.Assignment;
import galois.api.control.Edge;
import galois.api.control.Message;
import galois.api.control.QueryState;
import galois.api.io.Encoder;
import galois.api.io.SinkConnector;
import galois.api.node.EdgeOutput;
import galois.api.plan.StreamDefinition;
import galois.batch.BatchBuilder;
import galois.batch.BatchCursor;
import galois.batch.RowKind;
import galois.batch.RowLayout;
import galois.node.core.TestNode;
import galois.node.role.LineFormat;
import galois.node.role.MemorySink;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

@Timeout(60)
class SinkRoleTest {
    private static final Edge EDGE = new Edge("e", "node-1", "node-1", "", LineFormat.SCHEMA);

    private final TestNode node = new TestNode("node-1", null);
    private final MemorySink target = new MemorySink();
    private final EdgeOutput edge = node.edges().output(EDGE, 1);

    @AfterEach
    void closeNode() {
        node.close();
    }

    @Test
    void rowsAreWrittenAndFlushedWhenTheInputPauses() throws Exception {
        start(target, "memory");
        offer(0, 1, 2);
        assertEquals(List.of(1L, 2L), target.await(2));
        offer(0, 3);
        assertEquals(List.of(1L, 2L, 3L), target.await(3));
        assertEquals(3, node.report("z").rowsOut());
    }

    @Test
    void theEndFlushesClosesAndFinishes() {
        start(target, "memory");
        offer(RowLayout.WATERMARK_END, 1);
        node.await("z", QueryState.FINISHED);
        assertTrue(target.isEnded());
        assertEquals(List.of(1L), target.rows());
    }

    @Test
    void latencyIsMeasuredFromTheOriginOfTheBatch() throws Exception {
        start(target, "memory");
        offer(0, 1);
        target.await(1);
        assertTrue(node.report("z").p99Us() > 0);
    }

    @Test
    void aTargetThatIsLostFailsTheAssignmentWithItsWords() {
        start(new Broken(), "memory");
        offer(0, 1);
        Message.AssignmentChanged failed = node.await("z", QueryState.FAILED);
        assertEquals(ErrorCode.SINK_FAILED.number(), failed.failure().number());
        assertEquals("disk full: make room", failed.failure().message());
    }

    @Test
    void anUnknownTransportFailsAfterTheLimitAndNamesTheKnownOnes() {
        SinkRoles roles = start(target, "pigeon");
        node.roles().settle();
        node.advanceMs(SinkRole.SERVICE_TIMEOUT_MS);
        roles.wake();
        Message.AssignmentChanged failed = node.await("z", QueryState.FAILED);
        assertEquals(
                "unknown transport \"pigeon\": installed are \"memory\"",
                failed.failure().message());
    }

    @Test
    void aByteStreamIsNotBegunAgainByTheNextBundle() {
        Broken file = new Broken();
        start(file, "memory");
        node.await("z", QueryState.RUNNING);
        node.roles().restart("galois.node.sink", "z");
        Message.AssignmentChanged failed = node.await("z", QueryState.FAILED);
        assertEquals(QueryState.RUNNING, node.await("z", QueryState.RUNNING).state());
        assertEquals(ErrorCode.SINK_FAILED.number(), failed.failure().number());
        assertTrue(failed.failure().message().contains("start the query again"));
    }

    @Test
    void aByteStreamThatCanBeWrittenOnGoesOnWithTheNextBundle() throws Exception {
        Ledger ledger = new Ledger(target);
        SinkRoles roles = start(ledger, "memory");
        offer(0, 1);
        target.await(1);
        node.roles().restart("galois.node.sink", "z");
        offer(0, 2);
        target.await(2);
        roles.replace(new Ledger(target)); // the connector's bundle, too
        offer(RowLayout.WATERMARK_END, 3);
        assertEquals(null, node.await("z", QueryState.FINISHED).failure());
        assertEquals(List.of(1L, 2L, 3L), target.rows());
        assertEquals(1, ledger.opened);
    }

    @Test
    void aBatchThatWasCutShortIsNotWrittenTwiceIntoAByteStream() {
        CountDownLatch writing = new CountDownLatch(1);
        start(
                new Ledger(target) {
                    @Override
                    public Session open(StreamDefinition stream, Encoder encoder) {
                        return new Stuck(writing);
                    }
                },
                "memory");
        offer(0, 1);
        await(writing);
        node.roles().restart("galois.node.sink", "z");
        Message.AssignmentChanged failed = node.await("z", QueryState.FAILED);
        assertEquals(ErrorCode.SINK_FAILED.number(), failed.failure().number());
        assertTrue(failed.failure().message().contains("twice: start the query again"));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(30, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private SinkRoles start(SinkConnector connector, String transport) {
        SinkRoles roles = new SinkRoles(connector, new LineFormat());
        node.roles().role("galois.node.sink", roles);
        StreamDefinition stream =
                new StreamDefinition(
                        "t",
                        LineFormat.SCHEMA,
                        Map.of(),
                        -1,
                        0,
                        Map.of("transport", transport, "format", "line"));
        node.assign(new Assignment.Sink("z", "q", 1, "node-1", EDGE, stream));
        return roles;
    }

    private void offer(long watermarkUs, long... rows) {
        BatchBuilder builder = new BatchBuilder(LineFormat.SCHEMA, 4_096);
        for (long n : rows) {
            builder.beginRow();
            builder.setLong(0, n);
            builder.commitRow(0, RowKind.INSERT, n);
        }
        assertTrue(edge.offer(builder.array(), builder.finish(watermarkUs), 1));
    }

    /** A byte stream whose first write fails. */
    private static final class Broken implements SinkConnector {
        @Override
        public boolean isFramed() {
            return false;
        }

        @Override
        public Session open(StreamDefinition stream, Encoder encoder) {
            return new Session() {
                @Override
                public void write(BatchCursor batch) {
                    throw new GaloisException(ErrorCode.SINK_FAILED, "disk full: make room");
                }

                @Override
                public void flush() {}

                @Override
                public void end() {}

                @Override
                public void close() {}
            };
        }
    }

    /** A byte stream that can be written on. */
    private static class Ledger implements SinkConnector {
        private final MemorySink rows;
        private int opened;

        Ledger(MemorySink rows) {
            this.rows = rows;
        }

        @Override
        public boolean isFramed() {
            return false;
        }

        @Override
        public Session open(StreamDefinition stream, Encoder encoder) {
            opened++;
            return rows.open(stream, encoder);
        }

        @Override
        public Session reopen(StreamDefinition stream, Encoder encoder) {
            return rows.open(stream, encoder);
        }
    }

    /** A write that ends only when it is interrupted. */
    private record Stuck(CountDownLatch writing) implements SinkConnector.Session {
        @Override
        public void write(BatchCursor batch) {
            writing.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new GaloisException(ErrorCode.SINK_FAILED, "interrupted", e);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void end() {}

        @Override
        public void close() {}
    }
}
