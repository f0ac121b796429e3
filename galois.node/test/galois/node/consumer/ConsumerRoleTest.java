package galois.node.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.ErrorCode;
import galois.api.control.Assignment;
import galois.api.control.Edge;
import galois.api.control.Message;
import galois.api.control.QueryState;
import galois.api.node.EdgeInput;
import galois.api.node.EdgeInput.ReceivedBatch;
import galois.api.node.EdgeOutput;
import galois.batch.BatchCursor;
import galois.batch.RowLayout;
import galois.node.core.TestNode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

@Timeout(60)
class ConsumerRoleTest {
    private static final Edge IN = new Edge("in", "node-1", "node-1", "", StepKernel.SCHEMA);
    private static final Edge OUT = new Edge("out", "node-1", "node-1", "", StepKernel.SCHEMA);

    private final ConsumerRoles roles = new ConsumerRoles(StepKernel.runtime());
    private final TestNode node = new TestNode("node-1", null);
    private final Semaphore available = new Semaphore(0);
    private EdgeOutput input;
    private EdgeInput output;

    @AfterEach
    void closeNode() {
        node.close();
    }

    @Test
    void aWatermarkWithoutRowsIsPassedOn() throws Exception {
        start();
        offer(5);
        assertEquals(5, watermark());
        offer(6);
        offer(7);
        long last = watermark();
        while (last < 7) {
            last = watermark();
        }
        assertEquals(7, last);
    }

    @Test
    void aRowBehindTimeFollowsTheWatermarkThatNoRowHasCarried() throws Exception {
        start();
        offer(5);
        offer(50);
        offer(60, 7);
        long reachedUs = RowLayout.WATERMARK_NONE;
        while (wrap(next()).rows() == 0) {
            reachedUs = wrap(next()).watermarkUs();
            output.release();
        }
        assertEquals(50, reachedUs);
    }

    @Test
    void aSilentInputMakesASilentOutput() throws Exception {
        start();
        byte[] silent = KernelRun.watermarkOnly(StepKernel.SCHEMA, 5, true);
        assertTrue(input.offer(silent, silent.length, 0));
        assertTrue(wrap(next()).isIdle());
        output.release();
        offer(5);
        assertEquals(false, wrap(next()).isIdle());
    }

    @Test
    void theEndIsPassedOnAndTheRoleFinishes() throws Exception {
        start();
        offer(RowLayout.WATERMARK_END);
        assertEquals(RowLayout.WATERMARK_END, watermark());
        assertEquals(QueryState.FINISHED, node.await("c", QueryState.FINISHED).state());
    }

    @Test
    void aTrapFailsTheAssignmentWithTheKernelsWords() {
        start();
        offer(5, 1, 13);
        Message.AssignmentChanged failed = node.await("c", QueryState.FAILED);
        assertEquals(ErrorCode.KERNEL_FAILED.number(), failed.failure().number());
        assertEquals("trap: unlucky", failed.failure().message());
    }

    @Test
    void codeThatTheManagerDoesNotHaveFailsTheAssignment() {
        node.roles().role("galois.node.consumer", roles);
        node.assign(assignment("0000"));
        Message.AssignmentChanged failed = node.await("c", QueryState.FAILED);
        assertEquals(ErrorCode.UNKNOWN_CODE.number(), failed.failure().number());
    }

    @Test
    void aFullOutputKeepsTheBatchInItsEdge() throws Exception {
        start();
        long[] rows = new long[200];
        Arrays.fill(rows, 1);
        offer(0, rows);
        assertTrue(available.tryAcquire(30, TimeUnit.SECONDS));
        int offered = 0;
        byte[] more = KernelRunTest.batch(0, 1).bytes();
        while (input.offer(more, more.length, 0)) {
            offered++;
        }
        assertTrue(offered <= 16);
        int taken = 0;
        while (taken < 200 + offered) {
            ReceivedBatch batch = next();
            taken += wrap(batch).rows();
            output.release();
        }
        assertEquals(200 + offered, node.report("c").rowsIn());
    }

    @Test
    void aDamagedBatchFailsTheAssignment() {
        start();
        byte[] damaged = KernelRunTest.batch(0, 1).bytes();
        damaged[RowLayout.LAYOUT]++;
        input.offer(damaged, damaged.length, 0);
        Message.AssignmentChanged failed = node.await("c", QueryState.FAILED);
        assertEquals(ErrorCode.PROTOCOL.number(), failed.failure().number());
    }

    @Test
    void stateMovesToTheNextRuntimeAndTheOldOneIsLeftAtOnce() throws Exception {
        start();
        offer(0, 3, 6);
        node.await("c", QueryState.RUNNING);
        for (int i = 0; i < 5; i++) {
            node.forget();
            roles.replace(StepKernel.runtime());
            node.await("c", QueryState.RUNNING);
        }
        offer(10);
        int rows = 0;
        while (rows < 2) {
            rows += wrap(next()).rows();
            output.release();
        }
        assertEquals(2, node.report("c").rowsOut());
        assertNull(output.peek());
    }

    /** The second output is full when the kernel moves to another runtime. */
    @Test
    void everyOutputGetsEveryRowOnce() throws Exception {
        node.roles().role("galois.node.consumer", roles);
        input = node.edges().output(IN, 1);
        output = node.edges().input(OUT);
        output.onAvailable(available::release);
        Edge other = new Edge("other", "node-1", "node-1", "", StepKernel.SCHEMA);
        EdgeInput second = node.edges().input(other);
        node.assign(
                new Assignment.Consumer(
                        "c",
                        "q",
                        1,
                        "node-1",
                        node.code(new byte[] {1}),
                        List.of("step"),
                        List.of(),
                        List.of(Assignment.Port.of(IN)),
                        false,
                        List.of(Assignment.Output.of(OUT), Assignment.Output.of(other))));
        int offered = 0;
        byte[] one = KernelRunTest.batch(0, 1).bytes();
        while (input.offer(one, one.length, 0)) {
            offered++;
        }
        node.await("c", QueryState.RUNNING);
        while (second.peek() == null) {
            Thread.onSpinWait();
        }
        node.forget();
        roles.replace(StepKernel.runtime());
        node.await("c", QueryState.RUNNING);
        byte[] end = KernelRunTest.batch(RowLayout.WATERMARK_END).bytes();
        boolean ended = false;
        int taken = 0;
        int others = 0;
        int ends = 0;
        while (ends < 2) {
            ended = ended || input.offer(end, end.length, 0);
            if (output.peek() != null) {
                taken += wrap(output.peek()).rows();
                ends += wrap(output.peek()).watermarkUs() == RowLayout.WATERMARK_END ? 1 : 0;
                output.release();
            }
            if (second.peek() != null) {
                others += wrap(second.peek()).rows();
                ends += wrap(second.peek()).watermarkUs() == RowLayout.WATERMARK_END ? 1 : 0;
                second.release();
            }
        }
        // Each row comes as it is, and once more when its time has come.
        offered *= 2;
        assertEquals(List.of(offered, offered), List.of(taken, others));
    }

    @Test
    void anOutputThatComesLaterHearsOfTheTimeAndOfTheEnd() throws Exception {
        EdgeInput second = startShared();
        offer(5, 7);
        await(output, 5);
        node.assign(shared(List.of(OUT, OTHER), List.of()));
        await(second, 5);
        offer(9, 8);
        assertEquals(4, await(output, 9)); // 8 twice, then 7 and 8 as their time has come
        assertEquals(4, await(second, 9));
        node.assign(shared(List.of(OTHER), List.of()));
        offer(RowLayout.WATERMARK_END);
        await(second, RowLayout.WATERMARK_END);
        node.await("c", QueryState.FINISHED);
        Edge third = new Edge("third", "node-1", "node-1", "", StepKernel.SCHEMA);
        EdgeInput last = node.edges().input(third);
        last.onAvailable(available::release);
        node.assign(shared(List.of(OTHER, third), List.of()));
        assertEquals(0, await(last, RowLayout.WATERMARK_END));
        assertNull(second.peek());
    }

    @Test
    void aPausedOutputGetsNothingButTheEnd() throws Exception {
        EdgeInput second = startShared();
        node.assign(shared(List.of(OUT, OTHER), List.of("other")));
        offer(5, 7, 8);
        assertEquals(3, await(output, 5));
        assertNull(second.peek());
        node.assign(shared(List.of(OUT, OTHER), List.of()));
        offer(6, 1);
        await(second, 6);
        node.assign(shared(List.of(OUT, OTHER), List.of("other")));
        offer(RowLayout.WATERMARK_END);
        await(output, RowLayout.WATERMARK_END);
        await(second, RowLayout.WATERMARK_END);
        long missed = node.report("c").problems().get(Assignment.MISSED_BY + "other");
        assertTrue(missed >= 2, missed + " rows missed");
    }

    private static final Edge OTHER = new Edge("other", "node-1", "node-1", "", StepKernel.SCHEMA);

    /** One that queries share, with {@link #OUT}; the edge of another query is there to be used. */
    private EdgeInput startShared() {
        node.roles().role("galois.node.consumer", roles);
        input = node.edges().output(IN, 1);
        output = node.edges().input(OUT);
        output.onAvailable(available::release);
        EdgeInput second = node.edges().input(OTHER);
        second.onAvailable(available::release);
        node.assign(shared(List.of(OUT), List.of()));
        node.await("c", QueryState.RUNNING);
        return second;
    }

    private Assignment shared(List<Edge> outputs, List<String> paused) {
        return new Assignment.Consumer(
                "c",
                "",
                1,
                "node-1",
                node.code(new byte[] {1}),
                List.of("step"),
                List.of(),
                List.of(Assignment.Port.of(IN)),
                false,
                outputs.stream().map(Assignment.Output::of).toList(),
                paused,
                List.of());
    }

    /** Takes batches until one has that watermark; how many rows there were. */
    private int await(EdgeInput edge, long watermarkUs) throws InterruptedException {
        int rows = 0;
        for (; ; ) {
            ReceivedBatch batch = edge.peek();
            if (batch == null) {
                assertTrue(available.tryAcquire(30, TimeUnit.SECONDS), "nothing came in 30 s");
                continue;
            }
            rows += wrap(batch).rows();
            boolean isThere = wrap(batch).watermarkUs() == watermarkUs;
            edge.release();
            if (isThere) {
                return rows;
            }
        }
    }

    private void start() {
        node.roles().role("galois.node.consumer", roles);
        input = node.edges().output(IN, 1);
        output = node.edges().input(OUT);
        output.onAvailable(available::release);
        node.assign(assignment(node.code(new byte[] {1})));
    }

    private static Assignment assignment(String codeId) {
        return new Assignment.Consumer(
                "c",
                "q",
                1,
                "node-1",
                codeId,
                List.of("step"),
                List.of(),
                List.of(Assignment.Port.of(IN)),
                false,
                OUT);
    }

    private void offer(long watermarkUs, long... rows) {
        ReceivedBatch batch = KernelRunTest.batch(watermarkUs, rows);
        assertTrue(input.offer(batch.bytes(), batch.length(), 0));
    }

    private long watermark() throws InterruptedException {
        long us = wrap(next()).watermarkUs();
        output.release();
        return us;
    }

    private ReceivedBatch next() throws InterruptedException {
        ReceivedBatch batch = output.peek();
        while (batch == null) {
            assertTrue(available.tryAcquire(30, TimeUnit.SECONDS), "nothing came within 30 s");
            batch = output.peek();
        }
        return batch;
    }

    private static BatchCursor wrap(ReceivedBatch batch) {
        return new BatchCursor()
                .wrap(
                        batch.bytes(),
                        batch.offset(),
                        batch.offset() + batch.length(),
                        StepKernel.SCHEMA);
    }
}
