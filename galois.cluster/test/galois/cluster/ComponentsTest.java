package galois.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.ErrorCode;
import galois.api.TextPosition;
import galois.api.control.Assignment;
import galois.api.control.Bus;
import galois.api.control.Message;
import galois.api.control.Message.Executed;
import galois.api.control.Message.QueryChanged;
import galois.api.control.Message.Refused;
import galois.api.control.QueryState;
import galois.api.query.Catalog;
import galois.api.query.QueryLanguage;
import galois.api.query.SourceText;
import galois.api.query.Statement;
import galois.global.GlobalComponent;
import galois.group.LocalBus;
import galois.placement.FusedPlacement;
import galois.placement.SpreadPlacement;
import galois.region.RegionComponent;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The three managers with their threads on the encoding bus, services coming after them. */
@Timeout(60)
class ComponentsTest {
    private final LocalBus bus = new LocalBus();
    private final GlobalComponent global = new GlobalComponent(bus, 1, 20_000);
    private final RegionComponent region = new RegionComponent(bus, "r1");
    private final BlockingQueue<Message> answers = new LinkedBlockingQueue<>();
    private final BusNode n1 = new BusNode(bus, "n1");
    private final BusNode n2 = new BusNode(bus, "n2");
    private ClusterComponent cluster = cluster();
    private Bus.Member client;
    private long requestId;

    private ClusterComponent cluster() {
        ClusterComponent component = new ClusterComponent(bus, "c1", "r1", 2);
        component.bindStrategy(new FusedPlacement(), Map.of("name", "fused"));
        component.bindStrategy(new SpreadPlacement(), Map.of("name", "spread"));
        component.bindCompiler(new TextCompiler());
        component.bindRuntime(new CodeRegistry());
        return component;
    }

    @BeforeEach
    void joinAsClient() {
        client =
                bus.join(
                        "client/1",
                        (from, message) -> {
                            if (!(message instanceof Message.MemberChanged)) {
                                answers.add(message);
                            }
                        });
    }

    @AfterEach
    void closeAll() {
        client.close();
        global.close();
        region.close();
        cluster.close();
        n1.close();
        n2.close();
    }

    @Test
    void runsAQueryOverTwoNodesAndReplacesTheClusterManagerUnderIt() throws Exception {
        execute("create s live", Map.of());
        bindServices(); // the statement waits for its language
        assertTrue(next() instanceof Executed);
        execute("select s", Map.of("placement", "spread"));
        assertEquals("q-1", ((Executed) next()).queryId());
        QueryChanged running = untilState(QueryState.RUNNING);
        assertEquals("{source=n1, filter=n1, project=n2, sink=n2}", running.placement().toString());
        List<Assignment> before = n1.running();

        cluster.close();
        cluster = cluster();
        execute("select s", Map.of());
        assertEquals("q-2", ((Executed) next()).queryId());
        untilState(QueryState.RUNNING);
        assertEquals(before.get(0), n1.running().get(0)); // the kernel of q-1: untouched
        assertEquals(0, n1.endedCount() + n2.endedCount());

        client.send("global", new Message.StopQuery("q-1"));
        assertEquals("q-1", untilState(QueryState.STOPPED).queryId());
        client.send("global", new Message.StopQuery("q-2"));
        untilState(QueryState.STOPPED);
        assertEquals(List.of(), n1.running());
        assertEquals(List.of(), n2.running());
    }

    @Test
    void takesAnOptimizerThatCameLateByItsName() throws Exception {
        bindServices();
        execute("create s live", Map.of());
        assertTrue(next() instanceof Executed);
        execute("explain s", Map.of("optimizer", "dropped-in"));
        global.bindOptimizer(plan -> plan, Map.of("name", "dropped-in"));
        assertTrue(((Executed) next()).text().contains("Optimized plan (dropped-in)"));
    }

    @Test
    void sendsTheCodeOfAKernelByItsId() throws Exception {
        bindServices();
        execute("create s live", Map.of());
        execute("select s", Map.of());
        untilState(QueryState.RUNNING);
        Assignment.Consumer kernel =
                n1.running().stream()
                        .filter(Assignment.Consumer.class::isInstance)
                        .map(Assignment.Consumer.class::cast)
                        .findFirst()
                        .orElseThrow();
        client.send("cluster/c1", new Message.CodeRequest("n1", kernel.codeId()));
        assertTrue(((Message.CodeReply) next()).wasm().length > 0);
        client.send("cluster/c1", new Message.CodeRequest("n1", "unknown"));
        assertEquals(null, ((Message.CodeReply) next()).wasm());
    }

    @Test
    void refusesWhatTheLanguageRefuses() throws Exception {
        bindServices();
        execute("nonsense", Map.of());
        assertEquals(
                "GLS-2001 line 2, column 5: unknown word \"nonsense\"",
                ((Refused) next()).failure().userText());
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                NoClassDefFoundError.class,
                StackOverflowError.class,
                AssertionError.class,
                IllegalStateException.class
            })
    void answersAtOnceWhenALanguageFailsWhateverItThrows(Class<? extends Throwable> kind)
            throws Exception {
        bindServices();
        QueryLanguage tiny = new TinyLanguage();
        QueryLanguage broken = new BrokenLanguage(tiny, kind);
        global.bindLanguage(broken, Map.of("name", "sql"));
        execute("create s live", Map.of());
        assertBug(((Refused) next()).failure(), kind.getSimpleName());
        global.unbindLanguage(broken, Map.of("name", "sql"));
        global.bindLanguage(tiny, Map.of("name", "sql"));
        execute("create s live", Map.of());
        assertTrue(next() instanceof Executed);
    }

    @Test
    void answersAtOnceWhenAPlanCannotBeCarriedOut() throws Exception {
        bindServices();
        execute("describe-nothing", Map.of());
        assertBug(((Refused) next()).failure(), "NullPointerException");
        execute("show", Map.of());
        assertTrue(next() instanceof Executed);
    }

    @Test
    void endsAQueryWhoseCompilerFailsWithAnError() throws Exception {
        bindServices();
        cluster.bindCompiler(
                fragment -> {
                    throw new NoClassDefFoundError("on purpose");
                });
        execute("create s live", Map.of());
        assertTrue(next() instanceof Executed);
        execute("select s", Map.of());
        assertTrue(next() instanceof Executed);
        QueryChanged news = (QueryChanged) next();
        while (!news.state().isFinal()) {
            news = (QueryChanged) next();
        }
        assertBug(news.failure(), "NoClassDefFoundError");
    }

    private static void assertBug(Message.Failure failure, String cause) {
        assertEquals(ErrorCode.BUG.number(), failure.number(), failure::userText);
        assertTrue(failure.userText().contains(cause), failure::userText);
    }

    /** Refuses nothing and understands nothing. */
    private record BrokenLanguage(QueryLanguage splitting, Class<? extends Throwable> kind)
            implements QueryLanguage {
        @Override
        public List<SourceText> split(String script) {
            return splitting.split(script);
        }

        @Override
        public Statement parse(SourceText text, Catalog catalog) {
            try {
                Throwable thrown = kind.getConstructor().newInstance();
                if (thrown instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) thrown;
            } catch (ReflectiveOperationException e) {
                throw new IllegalArgumentException(e);
            }
        }
    }

    private void bindServices() {
        global.bindLanguage(new TinyLanguage(), Map.of("name", "sql"));
        global.bindOptimizer(plan -> plan, Map.of("name", "heuristic"));
        global.bindConnector(new TestConnector(false), Map.of("name", "live"));
    }

    private void execute(String statement, Map<String, String> settings) {
        SourceText text = new SourceText(statement, new TextPosition(2, 5));
        client.send("global", new Message.Execute(++requestId, text, settings));
    }

    private Message next() throws InterruptedException {
        Message message = answers.poll(30, TimeUnit.SECONDS);
        assertTrue(message != null, "no answer");
        return message;
    }

    private QueryChanged untilState(QueryState state) throws InterruptedException {
        while (true) {
            if (next() instanceof QueryChanged news) {
                assertEquals(null, news.failure());
                if (news.state() == state) {
                    return news;
                }
            }
        }
    }

    /** A node that carries out assignments at once. */
    private static final class BusNode {
        private final CompletableFuture<Bus.Member> member = new CompletableFuture<>();
        private final String id;
        private final Map<String, Assignment> running = new ConcurrentSkipListMap<>();
        private volatile int ended;

        BusNode(Bus bus, String id) {
            this.id = id;
            member.complete(bus.join("node/" + id, this::onMessage));
        }

        List<Assignment> running() {
            return List.copyOf(running.values());
        }

        int endedCount() {
            return ended;
        }

        private void onMessage(String from, Message message) {
            if (message instanceof Message.MemberChanged change
                    && change.up()
                    && change.address().equals("cluster/c1")) {
                send(new Message.NodeHello(id, id + ":1", running()));
                running.values().forEach(a -> tell(a, QueryState.RUNNING));
            } else if (message instanceof Message.Assign assign) {
                running.put(assign.assignment().id(), assign.assignment());
                tell(assign.assignment(), QueryState.RUNNING);
            } else if (message instanceof Message.Unassign unassign) {
                Assignment gone = running.remove(unassign.assignmentId());
                ended++;
                tell(gone, QueryState.STOPPED);
            }
        }

        private void tell(Assignment assignment, QueryState state) {
            send(
                    new Message.AssignmentChanged(
                            id, assignment.id(), assignment.queryId(), state, null));
        }

        private void send(Message message) {
            member.join().send("cluster/c1", message);
        }

        void close() {
            member.join().close();
        }
    }
}
