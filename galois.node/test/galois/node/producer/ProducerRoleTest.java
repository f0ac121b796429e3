package galois.node.producer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.control.Assignment;
import galois.api.control.Edge;
import galois.api.control.Message;
import galois.api.control.QueryState;
import galois.api.io.MalformedRow;
import galois.api.node.EdgeInput;
import galois.api.node.NodeReport.RoleReport;
import galois.api.plan.StreamDefinition;
import galois.batch.BatchCursor;
import galois.node.role.LineFormat;
import galois.node.role.MemorySource;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

class ProducerRoleTest extends ProducerFixture {
    @Test
    void anEndMarkerEndsAnUnboundedSource() throws Exception {
        MemorySource source = source(false, "1,1,a", "end");
        start(source, Map.of(), 0);
        assertEquals(List.of(1L), readToEnd("e1"));
        node.await("p", QueryState.FINISHED);
        assertEquals(0, source.openSessions());
    }

    @Test
    void duplicatesAreDroppedAndGapsAreCounted() throws Exception {
        MemorySource source =
                source(true, "1,1,a", "2,2,a", "2,2,a", "6,3,a", "4,4,a", "1,1,a", "7,5,a");
        start(source, Map.of("sequence", "n"), 0);
        assertEquals(List.of(1L, 2L, 6L, 4L, 7L), readToEnd("e1"));
        node.await("p", QueryState.FINISHED);
        RoleReport report = node.report("p");
        assertEquals(2, report.problems().get("duplicate"));
        assertEquals(2, report.problems().get("gap"));
        assertEquals(5, report.rowsIn());
        assertTrue(
                report.samples().contains("3 rows missing before 6"), report.samples()::toString);
        assertEquals(7, source.taken()); // five rows and two that will never come
    }

    @Test
    void badRowsAreCountedByCauseWithTheirLineAndTheStreamGoesOn() throws Exception {
        start(source(true, "1,1,a", "x,1,b", "2,,c", "3,3,d"), Map.of(), 0);
        assertEquals(List.of(1L, 3L), readToEnd("e1"));
        node.await("p", QueryState.FINISHED);
        RoleReport report = node.report("p");
        assertEquals(1, report.problems().get("wrong type"));
        assertEquals(1, report.problems().get("missing field"));
        assertTrue(report.samples().contains("line 3: not a number: x,1,b"));
        assertTrue(report.samples().contains("event time ts is NULL"));
    }

    @Test
    void rowsThatAreAllBadAreTakenToo() throws Exception {
        MemorySource source = source(false, "x,1,a", "y,1,b", "z,1,c");
        start(source, Map.of(), 0);
        awaitThreeTaken(source);
        assertEquals(0, node.report("p").rowsIn());
    }

    @Test
    void aReplacedConnectorHearsWhatWasTakenBefore() throws Exception {
        MemorySource source = source(false, "1,1,a", "2,2,b", "3,3,c");
        start(source, Map.of(), 0);
        awaitThreeTaken(source);
        roles.remove("memory");
        MemorySource successor = source(false);
        roles.add("memory", successor);
        awaitThreeTaken(successor); // the last news of the first may not have arrived
    }

    private static void awaitThreeTaken(MemorySource source) throws InterruptedException {
        while (source.taken() < 3) {
            new Semaphore(0).tryAcquire(5, TimeUnit.MILLISECONDS);
        }
    }

    @Test
    void aRowThatDoesNotFitTheBatchGoesToTheNextAndOneThatFitsNoneIsRejected() throws Exception {
        String half = "x".repeat(40_000);
        String huge = "x".repeat(Intake.BATCH_BYTES);
        start(source(true, "1,1," + half, "2,2," + half, "3,3," + huge, "4,4,d"), Map.of(), 0);
        assertEquals(List.of(1L, 2L, 4L), readToEnd("e1"));
        node.await("p", QueryState.FINISHED);
        assertEquals(1, node.report("p").problems().get("too large"));
    }

    @Test
    void anUnknownTransportFailsAfterTheLimitAndNamesTheKnownOnes() {
        roles.add("other", source(true));
        node.roles().role("galois.node.producer", roles);
        node.assign(assignment(Map.of("transport", "memory"), 0, "e1"));
        node.roles().settle();
        node.advanceMs(ProducerRole.SERVICE_TIMEOUT_MS);
        roles.add("other", source(true)); // wakes the role
        Message.AssignmentChanged failed = node.await("p", QueryState.FAILED);
        assertEquals(ErrorCode.UNKNOWN_SERVICE.number(), failed.failure().number());
        assertEquals(
                "unknown transport \"memory\": installed are \"other\"",
                failed.failure().message());
    }

    @Test
    void aSourceThatCannotBeOpenedFailsWithItsOwnError() {
        MemorySource source = source(true);
        source.refuse(new GaloisException(ErrorCode.SOURCE_OPEN, "no such file: give another"));
        start(source, Map.of(), 0);
        Message.AssignmentChanged failed = node.await("p", QueryState.FAILED);
        assertEquals(ErrorCode.SOURCE_OPEN.number(), failed.failure().number());
        assertEquals("no such file: give another", failed.failure().message());
    }

    @Test
    void aSequenceOptionThatNamesNoColumnFails() {
        start(source(true), Map.of("sequence", "nn"), 0);
        Message.AssignmentChanged failed = node.await("p", QueryState.FAILED);
        assertEquals(ErrorCode.STREAM_OPTION.number(), failed.failure().number());
    }

    @Test
    void anOutputThatComesLaterGetsWhatFollowsAndALeavingOneHoldsNobodyUp() throws Exception {
        Semaphore gate = new Semaphore(0);
        MemorySource source = new MemorySource(false, () -> new Gated(gate));
        start(source, Map.of(), 0);
        EdgeInput first = input("e1");
        Semaphore available = new Semaphore(0);
        first.onAvailable(available::release);
        gate.release(1);
        take(first, available);
        node.assign(assignment(Map.of("transport", "memory"), 0, "e1", "e2"));
        node.assign(assignment(Map.of("transport", "memory"), 0, "e2"));
        gate.release(5_000);
        EdgeInput second = input("e2");
        Semaphore availableToo = new Semaphore(0);
        second.onAvailable(availableToo::release);
        List<Long> rows = new ArrayList<>();
        while (rows.isEmpty() || rows.get(rows.size() - 1) < 5_000) {
            rows.addAll(take(second, availableToo));
        }
        assertEquals(5_001 - rows.get(0), rows.size());
    }

    @Test
    void aPausedOutputOfABoundedSourceMissesNothing() throws Exception {
        roles.add("memory", source(true, "1,1,a", "2,2,b", "3,3,c"));
        node.roles().role("galois.node.producer", roles);
        Assignment.Producer running = assignment(Map.of("transport", "memory"), 0, "e1");
        node.assign(paused(running, "e1"));
        node.await("p", QueryState.RUNNING);
        assertNull(input("e1").peek());
        node.assign(running);
        assertEquals(List.of(1L, 2L, 3L), readToEnd("e1"));
        node.await("p", QueryState.FINISHED);
        assertEquals(Map.of(), node.report("p").problems());
    }

    @Test
    void aPausedOutputOfAnUnboundedSourceMissesRowsThatAreCounted() throws Exception {
        Semaphore gate = new Semaphore(0);
        roles.add("memory", new MemorySource(false, () -> new Gated(gate)));
        node.roles().role("galois.node.producer", roles);
        Assignment.Producer running = assignment(Map.of("transport", "memory"), 0, "e1", "e2");
        node.assign(paused(running, "e2"));
        EdgeInput first = input("e1");
        Semaphore available = new Semaphore(0);
        first.onAvailable(available::release);
        gate.release(1);
        assertEquals(List.of(0L), take(first, available));
        node.assign(running);
        EdgeInput second = input("e2");
        Semaphore availableToo = new Semaphore(0);
        second.onAvailable(availableToo::release);
        long newest = 0;
        while (second.peek() == null) { // until then the role has not heard of it
            gate.release(1);
            newest++;
            new Semaphore(0).tryAcquire(5, TimeUnit.MILLISECONDS);
        }
        List<Long> rows = new ArrayList<>();
        while (rows.isEmpty() || rows.get(rows.size() - 1) < newest) {
            rows.addAll(take(second, availableToo));
        }
        assertEquals(newest + 1 - rows.get(0), rows.size());
        assertEquals(rows.get(0), node.report("p").problems().get("missed by e2"));
    }

    private static Assignment.Producer paused(Assignment.Producer running, String edge) {
        return new Assignment.Producer(
                running.id(),
                running.queryId(),
                running.epoch(),
                running.nodeId(),
                running.stream(),
                running.outputs(),
                List.of(edge));
    }

    @Test
    void onlyWhatAnOutputReadsIsDecodedAndALaterOutputMissesNothingOfItsRows() throws Exception {
        Semaphore gate = new Semaphore(0);
        Edge numbers = new Edge("e1", "node-1", "node-1", "", LineFormat.SCHEMA, List.of(0));
        Edge texts = new Edge("e2", "node-1", "node-1", "", LineFormat.SCHEMA, List.of(2));
        start(new MemorySource(false, () -> new Gated(gate)), Map.of(), List.of(numbers));
        EdgeInput first = input("e1");
        Semaphore available = new Semaphore(0);
        first.onAvailable(available::release);
        gate.release(1);
        BatchCursor cursor = wrap(next(first, available));
        assertEquals(0, cursor.row(0).getLong(0));
        assertEquals(0, cursor.row(0).eventTimeUs());
        assertTrue(cursor.row(0).isNull(2));
        first.release();
        gate.release(2_000);
        node.assign(assignment(Map.of("transport", "memory"), 0, List.of(numbers, texts)));
        node.assign(assignment(Map.of("transport", "memory"), 0, List.of(texts)));
        gate.release(3_000);
        EdgeInput second = input("e2");
        Semaphore availableToo = new Semaphore(0);
        second.onAvailable(availableToo::release);
        long newestUs = 0;
        while (newestUs < 5_000) {
            cursor = wrap(next(second, availableToo));
            for (int i = 0; i < cursor.rows(); i++) {
                newestUs = cursor.row(i).eventTimeUs();
                assertEquals("text", cursor.row(i).getString(2), "at " + newestUs);
            }
            second.release();
        }
    }

    @Test
    void columnsThatAnOptionNamesAreDecodedForTheProducerItself() throws Exception {
        Edge texts = new Edge("e1", "node-1", "node-1", "", LineFormat.SCHEMA, List.of(2));
        Edge nothing = new Edge("e2", "node-1", "node-1", "", LineFormat.SCHEMA, List.of());
        StreamDefinition stream =
                new StreamDefinition(
                        "s", LineFormat.SCHEMA, Map.of(), 1, 0, Map.of("sequence", "N"));
        assertEquals("{0, 1, 2}", ReadFields.of(stream, List.of(texts, nothing)).toString());
        assertEquals("{0, 1}", ReadFields.of(stream, List.of(nothing)).toString());
    }

    @Test
    void whatTheConnectorSeesItselfIsCountedToo() throws Exception {
        MemorySource source = new MemorySource(false, () -> new Gated(new Semaphore(0)));
        start(source, Map.of(), 0);
        node.await("p", QueryState.RUNNING);
        source.handler().onConnection(true, "broker");
        source.handler().onConnection(false, "broker gone");
        source.handler().onConnection(true, "broker back");
        source.handler()
                .onProblem(
                        new MalformedRow(
                                MalformedRow.Cause.UNKNOWN_TOPIC, 0, "topic a/b is not asked for"));
        RoleReport report = node.report("p");
        assertEquals(1, report.problems().get("connection lost"));
        assertEquals(1, report.problems().get("unknown topic"));
        assertEquals(
                List.of(
                        "connection lost: broker gone",
                        "connected again: broker back",
                        "topic a/b is not asked for"),
                report.samples());
    }

    /** Counts from 0, one number for each permit; ends when it is interrupted. */
    private static final class Gated implements Iterator<String> {
        private final Semaphore gate;
        private long n;

        Gated(Semaphore gate) {
            this.gate = gate;
        }

        @Override
        public boolean hasNext() {
            try {
                gate.acquire();
                return true;
            } catch (InterruptedException e) {
                return false;
            }
        }

        @Override
        public String next() {
            return n + "," + n++ + ",text";
        }
    }
}
