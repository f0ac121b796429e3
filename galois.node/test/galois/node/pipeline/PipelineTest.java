package galois.node.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.ErrorCode;
import galois.api.control.Assignment;
import galois.api.control.Edge;
import galois.api.control.Message;
import galois.api.control.QueryState;
import galois.api.plan.StreamDefinition;
import galois.node.consumer.ConsumerRoles;
import galois.node.core.TestNode;
import galois.node.role.LineFormat;
import galois.node.role.MemorySink;
import galois.node.role.MemorySource;
import galois.node.sink.SinkRoles;
import galois.transport.tcp.TcpTransport;
import galois.wasm.ChicoryKernelRuntime;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

@Timeout(120)
class PipelineTest {
    private static final int ROWS = 60_000;

    /** What one edge may hold. */
    private static final long WINDOW_BYTES = 1 << 20;

    /**
     * Two edges; 256 payloads of a little more than 1 KB that wait to be decoded; and what is in
     * the hands of producer, kernel (input and output) and sink, a batch of 64 KB each.
     */
    private static final long HELD_BYTES_MAX = 2 * WINDOW_BYTES + (257 << 10) + 4 * (64 << 10);

    private static final Map<String, String> OPTIONS =
            Map.of("transport", "memory", "format", "line");

    @Test
    void aBoundedSourceIsFilteredWrittenAndFinished() throws Exception {
        try (Pipeline pipeline = new Pipeline(bounded(ROWS))) {
            pipeline.assign(OPTIONS);
            finished(pipeline);
            assertEquals(expected(ROWS), pipeline.target.rows());
            assertTrue(pipeline.target.isEnded());
            assertEquals(ROWS, pipeline.first.report("q.source").rowsOut());
            assertEquals(ROWS, pipeline.second.report("q.k0").rowsIn());
            assertEquals(ROWS / 2, pipeline.second.report("q.k0").rowsOut());
            assertEquals(ROWS / 2, pipeline.second.report("q.sink").rowsOut());
        }
    }

    @Test
    void countsStayExactWhenTheTransportIsStoppedAndStartedInMidStream() throws Exception {
        try (Pipeline pipeline = new Pipeline(bounded(ROWS))) {
            pipeline.assign(OPTIONS);
            for (int i = 0; i < 3; i++) {
                pipeline.target.await(1 + i * ROWS / 20);
                pipeline.restartTransport();
            }
            finished(pipeline);
            assertEquals(expected(ROWS), pipeline.target.rows());
        }
    }

    @Test
    void countsStayExactWhenTheKernelRuntimeIsReplacedInMidStream() throws Exception {
        try (Pipeline pipeline = new Pipeline(bounded(ROWS))) {
            pipeline.assign(OPTIONS);
            for (int i = 0; i < 3; i++) {
                pipeline.target.await(1 + i * ROWS / 20);
                pipeline.consumers.replace(new ChicoryKernelRuntime());
            }
            finished(pipeline);
            assertEquals(expected(ROWS), pipeline.target.rows());
            assertEquals(ROWS, pipeline.second.report("q.k0").rowsIn());
        }
    }

    @Test
    void countsStayExactWhenTheConsumersBundleIsReplacedInMidStream() throws Exception {
        try (Pipeline pipeline = new Pipeline(bounded(ROWS))) {
            pipeline.assign(OPTIONS);
            pipeline.target.await(1);
            pipeline.second.roles().restart("galois.node.consumer", "q.k0");
            finished(pipeline);
            assertEquals(expected(ROWS), pipeline.target.rows());
        }
    }

    @Test
    void countsStayExactWhenTheProducersBundleIsReplacedInMidStream() throws Exception {
        try (Pipeline pipeline = new Pipeline(bounded(ROWS))) {
            pipeline.assign(OPTIONS);
            for (int i = 0; i < 3; i++) {
                pipeline.target.await(1 + i * ROWS / 20);
                pipeline.first.roles().restart("galois.node.producer", "q.source");
            }
            finished(pipeline);
            assertEquals(expected(ROWS), pipeline.target.rows());
            assertEquals(ROWS, pipeline.first.report("q.source").rowsOut());
        }
    }

    @Test
    void aQueryOverANodeWhoseDataPortIsTakenFailsAndNamesThePort() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                TcpTransport transport = new TcpTransport();
                TestNode deaf = new TestNode("node-2", transport, taken.getLocalPort())) {
            SinkRoles sinks = new SinkRoles(new MemorySink(), new LineFormat());
            ConsumerRoles consumers = new ConsumerRoles(new ChicoryKernelRuntime());
            deaf.roles().role("galois.node.sink", sinks);
            deaf.roles().role("galois.node.consumer", consumers);
            StreamDefinition stream =
                    new StreamDefinition("s", LineFormat.SCHEMA, Map.of(), 1, 0, OPTIONS);
            Edge far = new Edge("q.e0", "node-1", "node-2", "", LineFormat.SCHEMA);
            Edge near = new Edge("q.e1", "node-2", "node-2", "", LineFormat.SCHEMA);
            deaf.assign(new Assignment.Sink("q.sink", "q", 1, "node-2", far, stream));
            deaf.assign(
                    new Assignment.Consumer(
                            "q.k0",
                            "q",
                            1,
                            "node-2",
                            "code",
                            List.of(),
                            List.of(),
                            List.of(Assignment.Port.of(far)),
                            false,
                            near));
            for (String role : List.of("q.sink", "q.k0")) {
                Message.Failure failure = deaf.await(role, QueryState.FAILED).failure();
                assertEquals(ErrorCode.PORT_IN_USE.number(), failure.number());
                String port = ":" + taken.getLocalPort() + " ";
                assertTrue(failure.message().contains(port), failure::message);
                assertTrue(failure.message().contains("data.port"), failure::message);
            }
        }
    }

    /** What a broker does: what it was not told to have arrived comes again. */
    @Test
    void nothingIsLostWhenTheProducersBundleIsReplacedWhileTheSinkStandsStill() throws Exception {
        AtomicLong last = new AtomicLong();
        MemorySource source =
                new MemorySource(
                        false,
                        () -> lines(LongStream.iterate(last.get(), n -> n + 1).peek(last::set)));
        Map<String, String> options = new HashMap<>(OPTIONS);
        options.put("sequence", "n");
        try (Pipeline pipeline = new Pipeline(source)) {
            pipeline.target.standStill();
            pipeline.assign(options);
            pipeline.first.await("q.source", QueryState.RUNNING);
            for (int i = 0; i < 2; i++) {
                settled(source);
                pipeline.first.roles().restart("galois.node.producer", "q.source");
                pipeline.first.roles().settle();
            }
            pipeline.target.goOn();
            int rows = (int) source.given() + ROWS;
            List<Long> written = pipeline.target.await(rows).subList(0, rows);
            assertEquals(LongStream.range(0, rows).boxed().toList(), written);
            assertEquals(null, pipeline.first.report("q.source").problems().get("gap"));
            pipeline.first.unassign("q.source");
            pipeline.first.await("q.source", QueryState.STOPPED);
        }
    }

    @Test
    void countsStayExactWhenTheConnectorIsReplacedInMidStream() throws Exception {
        try (Pipeline pipeline = new Pipeline(bounded(ROWS))) {
            pipeline.assign(OPTIONS);
            pipeline.target.await(1);
            pipeline.producers.remove("memory");
            pipeline.producers.add("memory", bounded(ROWS));
            finished(pipeline);
            assertEquals(expected(ROWS), pipeline.target.rows());
            assertEquals(ROWS, pipeline.first.report("q.source").rowsOut());
        }
    }

    @Test
    void aSinkThatStandsStillStopsTheSourceAtTheLimitAndNothingPilesUp() throws Exception {
        String kilobyte = "x".repeat(1 << 10);
        MemorySource endless =
                new MemorySource(
                        false,
                        () ->
                                LongStream.iterate(0, n -> n + 1)
                                        .mapToObj(n -> n + "," + n + "," + kilobyte)
                                        .iterator());
        try (Pipeline pipeline = new Pipeline(endless)) {
            pipeline.target.standStill();
            pipeline.assign(OPTIONS);
            pipeline.first.await("q.source", QueryState.RUNNING);
            for (int i = 1; i <= 3; i++) {
                long waiting = settled(endless) - pipeline.target.rows().size();
                assertTrue(waiting << 10 <= HELD_BYTES_MAX, waiting + " rows wait");
                assertTrue(waiting << 10 >= WINDOW_BYTES, "only " + waiting + " rows wait");
                pipeline.target.goOn();
                pipeline.target.await(10_000 * i); // many times what may wait
                pipeline.target.standStill();
            }
            List<Long> written = pipeline.target.rows();
            assertEquals(LongStream.range(0, written.size()).boxed().toList(), written);
            pipeline.target.goOn();
            pipeline.first.unassign("q.source");
            pipeline.first.await("q.source", QueryState.STOPPED);
        }
        assertEquals(0, endless.openSessions());
    }

    @Test
    void withdrawingInMidStreamStopsEveryThread() throws Exception {
        MemorySource endless =
                new MemorySource(false, () -> lines(LongStream.iterate(0, n -> n + 2)));
        try (Pipeline pipeline = new Pipeline(endless)) {
            pipeline.assign(OPTIONS);
            pipeline.target.await(1_000);
            pipeline.second.unassign("q.sink");
            pipeline.second.unassign("q.k0");
            pipeline.first.unassign("q.source");
        }
        assertEquals(0, endless.openSessions());
        assertFalse(
                Thread.getAllStackTraces().keySet().stream()
                        .anyMatch(
                                thread ->
                                        thread.getName().startsWith("galois-producer")
                                                || thread.getName().startsWith("galois-consumer")
                                                || thread.getName().startsWith("galois-sink")));
    }

    private static void finished(Pipeline pipeline) {
        for (String part : List.of("q.k0", "q.sink")) {
            assertEquals(
                    QueryState.FINISHED,
                    pipeline.second.await(part, QueryState.FINISHED).state(),
                    () -> pipeline.second.await(part, QueryState.FINISHED).toString());
        }
    }

    /** Waits until the source has given nothing for a while, which only a blocked one does. */
    private static long settled(MemorySource source) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        long before = -1;
        for (int quiet = 0; quiet < 4 || before == 0; quiet++) {
            long now = source.given();
            quiet = now == before ? quiet : 0;
            before = now;
            never.await(200, TimeUnit.MILLISECONDS);
        }
        return before;
    }

    /** Even rows are positive, odd ones negative. */
    private static MemorySource bounded(int rows) {
        Supplier<Iterator<String>> lines =
                () -> lines(LongStream.range(0, rows).map(n -> n % 2 == 0 ? n : -n));
        return new MemorySource(true, lines);
    }

    private static Iterator<String> lines(LongStream numbers) {
        return numbers.mapToObj(n -> n + "," + Math.abs(n) + ",text " + n).iterator();
    }

    private static List<Long> expected(int rows) {
        return IntStream.range(0, rows / 2).mapToObj(i -> 2L * i).toList();
    }
}
