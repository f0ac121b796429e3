package galois.global;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.TextPosition;
import galois.api.control.Message;
import galois.api.control.Message.Deploy;
import galois.api.control.Message.Execute;
import galois.api.control.Message.Executed;
import galois.api.control.Message.Failure;
import galois.api.control.Message.MemberChanged;
import galois.api.control.Message.QueryChanged;
import galois.api.control.Message.Refused;
import galois.api.control.Message.RegionHello;
import galois.api.control.Message.RowProblems;
import galois.api.control.Message.SourceBinding;
import galois.api.control.Message.StopQuery;
import galois.api.control.Message.Withdraw;
import galois.api.control.QueryState;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.StreamDefinition;
import galois.api.query.SourceText;
import galois.api.query.Statement;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class GlobalManagerTest {
    private static final Schema SCHEMA =
            Schema.of(new Field("x", FieldType.DOUBLE), new Field("ts", FieldType.TIMESTAMP));
    private static final String REGION = "region/r1";
    private static final String CLIENT = "client/1";

    private final GlobalManager manager = new GlobalManager(7);
    private final Map<String, List<Message>> sent = new HashMap<>();
    private GlobalEffect.Plan planning;
    private long nowNs = 1;
    private long requestId;

    @Test
    void keepsTheCatalogue() {
        run(new Statement.CreateStream(stream("Elec"), false));
        assertEquals(2006, refusal(new Statement.CreateStream(stream("ELEC"), false)));
        run(new Statement.CreateStream(stream("elec"), true));
        run(new Statement.CreateStream(stream("t"), false));
        run(new Statement.ShowStreams());
        assertEquals(
                "Elec (x DOUBLE, ts TIMESTAMP) file\nt (x DOUBLE, ts TIMESTAMP) file\n",
                ((Executed) last(CLIENT)).text());
        run(new Statement.DropStream("eLEC", false));
        assertEquals(2002, refusal(new Statement.DropStream("Elec", false)));
        run(new Statement.DropStream("Elec", true));
        assertTrue(last(CLIENT) instanceof Executed);
    }

    @Test
    void remembersWhereAScriptLies() {
        execute(new Statement.CreateStream(stream("s"), false), Map.of("script_directory", "/x"));
        run(new Statement.Describe(lastCatalog("s")));
        assertEquals(
                "x  DOUBLE\nts TIMESTAMP\ntransport = 'file'\n", ((Executed) last(CLIENT)).text());
        assertEquals("/x", lastCatalog("s").option("base", ""));
    }

    @Test
    void givesSettingsBackAndRefusesUnknownOnes() {
        run(new Statement.Set("placement", "spread"));
        assertEquals(Map.of("placement", "spread"), ((Executed) last(CLIENT)).setting());
        assertEquals(1002, refusal(new Statement.Set("colour", "red")));
    }

    @Test
    void namesThePlaceOfTheStatementInEveryRefusal() {
        run(new Statement.DropStream("nothing", false));
        assertEquals(
                "GLS-2002 line 4, column 2: unknown stream \"nothing\": there are no streams",
                ((Refused) last(CLIENT)).failure().userText());
    }

    @Test
    void plansOneStatementAtATimeAndInOrder() {
        receive(CLIENT, execute(Map.of()));
        GlobalEffect.Plan first = planning;
        receive(CLIENT, execute(Map.of()));
        assertEquals(first, planning);
        answer(new Statement.ShowStreams(), null);
        assertTrue(planning.ticket() > first.ticket());
    }

    @Test
    void refusesMoreStatementsThanMayWait() {
        for (int i = 0; i <= Statements.WAITING_MAX; i++) {
            receive(CLIENT, execute(Map.of()));
        }
        assertEquals(null, sent.get(CLIENT));
        receive(CLIENT, execute(Map.of()));
        assertEquals(2008, number(last(CLIENT)));
    }

    @Test
    void startsAQueryOnceItsRegionIsThere() {
        select(stream("s"), true);
        Executed executed = (Executed) last(CLIENT);
        assertEquals("q-1", executed.queryId());
        assertTrue(executed.bounded());
        receive(REGION, new RegionHello("r1"));
        Deploy deploy = (Deploy) last(REGION);
        assertEquals(7, deploy.subquery().epoch());
        assertEquals("fused", deploy.subquery().placement());
        assertEquals(
                Map.of("transport", "result", "query", "q-1"),
                deploy.subquery().sink().stream().options());
        receive(REGION, new QueryChanged("q-1", QueryState.RUNNING, null, Map.of("a", "n1")));
        assertEquals(QueryState.RUNNING, ((QueryChanged) last(CLIENT)).state());
        receive(REGION, new RowProblems("q-1", "s", Map.of("bad", 1L), List.of()));
        assertTrue(last(CLIENT) instanceof RowProblems);
    }

    @Test
    void failsAQueryWhoseRegionDoesNotCome() {
        select(stream("s"), true);
        nowNs += Queries.REGION_WAIT_NS;
        step(new GlobalEvent.Tick());
        assertEquals(
                "GLS-5003 no region manager is there: start galois.region",
                ((QueryChanged) last(CLIENT)).failure().userText());
    }

    @Test
    void asksForTheRegionWhenThereAreSeveral() {
        receive(REGION, new RegionHello("r1"));
        receive("region/r2", new RegionHello("r2"));
        select(stream("s"), true);
        assertEquals(
                "GLS-2007 line 4, column 2: stream \"s\" does not say where it is: add region ="
                        + " 'r1' or 'r2' to its WITH clause",
                ((Refused) last(CLIENT)).failure().userText());
        select(stream("s", "region", "r2"), true);
        assertTrue(last("region/r2") instanceof Deploy);
    }

    @Test
    void stopsAQueryAndDoesNotWaitForEver() {
        receive(REGION, new RegionHello("r1"));
        select(stream("s"), true);
        receive(CLIENT, new StopQuery("q-1"));
        assertEquals(new Withdraw("q-1"), last(REGION));
        nowNs += Queries.STOP_WAIT_NS;
        step(new GlobalEvent.Tick());
        assertEquals(QueryState.STOPPED, ((QueryChanged) last(CLIENT)).state());
    }

    @Test
    void stopsSelectsOfAClientThatLeftAndKeepsItsInserts() {
        receive(REGION, new RegionHello("r1"));
        run(new Statement.CreateStream(stream("t"), false));
        select(stream("s"), false);
        LogicalPlan plan = plan(stream("s"));
        execute(new Statement.Insert("t", plan), query(plan, stream("s"), false), Map.of());
        receive(CLIENT, new MemberChanged(CLIENT, false));
        assertEquals(
                List.of(new Withdraw("q-1")),
                sent.get(REGION).stream().filter(Withdraw.class::isInstance).toList());
    }

    @Test
    void withdrawsQueriesThatNobodyKnows() {
        receive(REGION, new QueryChanged("q-9", QueryState.RUNNING, null, Map.of()));
        assertEquals(new Withdraw("q-9"), last(REGION));
        receive(REGION, new QueryChanged("q-8", QueryState.FINISHED, null, Map.of()));
        assertEquals(new Withdraw("q-9"), last(REGION));
    }

    @Test
    void refusesTheQueryAfterTheLast() {
        for (int i = 0; i < Queries.QUERIES_MAX; i++) {
            select(stream("s"), true);
        }
        select(stream("s"), true);
        assertEquals(2008, number(last(CLIENT)));
    }

    @Test
    void givesAnExplanationUpAfterAWhile() {
        explain();
        assertTrue(last(REGION) instanceof Message.ExplainPlacement);
        nowNs += Explanations.ANSWER_WAIT_NS;
        step(new GlobalEvent.Tick());
        assertEquals(5003, number(last(CLIENT)));
    }

    @Test
    void asksARegionAgainThatEndedBeforeItsAnswer() {
        explain();
        Message question = last(REGION);
        int before = sent.get(REGION).size();
        receive(REGION, new RegionHello("r1")); // it is still the same
        assertEquals(before, sent.get(REGION).size());
        receive(REGION, new MemberChanged(REGION, false));
        receive(REGION, new RegionHello("r1"));
        assertEquals(before + 1, sent.get(REGION).size());
        assertEquals(question, last(REGION));
    }

    @Test
    void aNamedQueryOutlivesItsClientAndIsPausedAndDroppedByName() {
        receive(REGION, new RegionHello("r1"));
        createQuery("hot", stream("s"), false);
        StreamDefinition written = ((Deploy) last(REGION)).subquery().sink().stream();
        assertEquals("internal", written.option("transport", ""));
        assertEquals(null, written.option("keeps", null));
        assertEquals(SCHEMA, lastCatalog("HOT").schema());
        receive(CLIENT, new MemberChanged(CLIENT, false));
        run(new Statement.PauseQuery("Hot", true));
        assertTrue(((Deploy) last(REGION)).subquery().paused());
        run(new Statement.ShowQueries());
        assertEquals("hot  paused  a statement\n", ((Executed) last(CLIENT)).text());
        run(new Statement.PauseQuery("q-1", false));
        assertEquals(false, ((Deploy) last(REGION)).subquery().paused());
        assertEquals(2006, refused("hot", stream("s")));
        assertEquals(2002, refusal(new Statement.PauseQuery("cold", true)));
        run(new Statement.DropQuery("HOT", false));
        assertEquals(new Withdraw("q-1"), last(REGION));
        assertEquals(2002, refusal(new Statement.DropQuery("hot", false)));
        run(new Statement.DropQuery("hot", true));
        assertTrue(last(CLIENT) instanceof Executed);
    }

    @Test
    void theResultOfAQueryStaysWhileAnotherReadsIt() {
        receive(REGION, new RegionHello("r1"));
        createQuery("a", stream("s"), true);
        StreamDefinition a = lastCatalog("a");
        assertEquals("1", a.option("writers", ""));
        createQuery("b", a, true);
        assertEquals(2009, refusal(new Statement.DropQuery("a", false)));
        assertEquals(2009, refusal(new Statement.AlterStream("a", a)));
        receive(REGION, new QueryChanged("q-2", QueryState.FINISHED, null, Map.of()));
        run(new Statement.ShowQueries());
        assertEquals(
                "a  starting  a statement\nb  finished  a statement\n",
                ((Executed) last(CLIENT)).text());
        run(new Statement.DropQuery("a", false));
        assertTrue(last(CLIENT) instanceof Executed);
    }

    @Test
    void aQueryTakesThePlaceOfAnotherUnlessItsResultIsRead() {
        receive(REGION, new RegionHello("r1"));
        replaceQuery("a", stream("s"));
        StreamDefinition a = lastCatalog("a");
        replaceQuery("A", stream("s"));
        assertTrue(
                sent.get(REGION).contains(new Withdraw("q-1")), () -> sent.get(REGION).toString());
        run(new Statement.ShowQueries());
        assertEquals("A  starting  a statement\n", ((Executed) last(CLIENT)).text());
        replaceQuery("a", a);
        assertEquals(2009, number(last(CLIENT)));
        createQuery("b", lastCatalog("a"), true);
        replaceQuery("a", stream("s"));
        assertEquals(2009, number(last(CLIENT)));
    }

    @Test
    void rowsMustNotComeBackToTheirQuery() {
        receive(REGION, new RegionHello("r1"));
        run(new Statement.CreateStream(stream("x", "transport", "internal"), false));
        run(new Statement.CreateStream(stream("y", "transport", "internal"), false));
        insert("y", lastCatalog("x"));
        assertTrue(last(REGION) instanceof Deploy);
        insert("x", lastCatalog("y"));
        assertEquals(2005, number(last(CLIENT)));
        run(new Statement.CreateStream(stream("x", "transport", "internal"), false, true));
        assertEquals(2009, number(last(CLIENT)));
    }

    @Test
    void aStreamThatIsCreatedAnewBeginsEmpty() {
        StreamDefinition internal = stream("x", "transport", "INTERNAL");
        run(new Statement.CreateStream(internal, false));
        String log = lastCatalog("x").option("log", "");
        run(new Statement.CreateStream(internal, false, true));
        StreamDefinition again = lastCatalog("x");
        assertTrue(!log.isEmpty() && !log.equals(again.option("log", "")), again::toString);
        run(new Statement.AlterStream("x", again));
        assertEquals(again, lastCatalog("x"));
    }

    @Test
    void validatesWithoutStarting() {
        LogicalPlan plan = plan(stream("s"));
        receive(REGION, new RegionHello("r1"));
        execute(
                new Statement.Validate(new Statement.Select(plan)),
                query(plan, stream("s"), true),
                Map.of());
        Message.ExplainPlacement question = (Message.ExplainPlacement) last(REGION);
        receive(REGION, new Message.PlacementExplained(question.requestId(), "kernels", null));
        assertEquals("valid\n", ((Executed) last(CLIENT)).text());
        run(new Statement.Validate(new Statement.ShowStreams()));
        assertEquals("valid\n", ((Executed) last(CLIENT)).text());
    }

    private void replaceQuery(String name, StreamDefinition source) {
        createQuery(name, source, true, true);
    }

    private void createQuery(String name, StreamDefinition source, boolean bounded) {
        createQuery(name, source, bounded, false);
    }

    private void createQuery(
            String name, StreamDefinition source, boolean bounded, boolean orReplace) {
        LogicalPlan plan = plan(source);
        execute(
                new Statement.CreateQuery(name, new Statement.Select(plan), false, orReplace),
                query(plan, source, bounded),
                Map.of());
    }

    private int refused(String name, StreamDefinition source) {
        createQuery(name, source, true);
        return number(last(CLIENT));
    }

    private void insert(String target, StreamDefinition source) {
        LogicalPlan plan = plan(source);
        execute(new Statement.Insert(target, plan), query(plan, source, false), Map.of());
    }

    // ---- the other side

    private static StreamDefinition stream(String name, String... options) {
        Map<String, String> all = new HashMap<>(Map.of("transport", "file"));
        for (int i = 0; i < options.length; i += 2) {
            all.put(options[i], options[i + 1]);
        }
        return new StreamDefinition(name, SCHEMA, Map.of(), -1, 0, all);
    }

    /** A client asks for an explanation and a region is there. */
    private void explain() {
        receive(REGION, new RegionHello("r1"));
        LogicalPlan plan = plan(stream("s"));
        execute(
                new Statement.Explain(new Statement.Select(plan)),
                query(plan, stream("s"), true),
                Map.of());
    }

    private static LogicalPlan plan(StreamDefinition stream) {
        return new LogicalPlan(new LogicalOp.Source(stream.name(), SCHEMA, -1), List.of());
    }

    private static PlannedStatement.Query query(
            LogicalPlan plan, StreamDefinition source, boolean bounded) {
        return new PlannedStatement.Query(plan, plan, List.of(new SourceBinding(source, bounded)));
    }

    private void select(StreamDefinition source, boolean bounded) {
        LogicalPlan plan = plan(source);
        execute(new Statement.Select(plan), query(plan, source, bounded), Map.of());
    }

    private void run(Statement statement) {
        execute(statement, Map.of());
    }

    private void execute(Statement statement, Map<String, String> settings) {
        execute(statement, null, settings);
    }

    private void execute(
            Statement statement, PlannedStatement.Query query, Map<String, String> settings) {
        receive(CLIENT, execute(settings));
        answer(statement, query);
    }

    private Execute execute(Map<String, String> settings) {
        SourceText text = new SourceText("a statement", new TextPosition(4, 2));
        return new Execute(++requestId, text, settings);
    }

    private void answer(Statement statement, PlannedStatement.Query query) {
        step(new GlobalEvent.Planned(planning.ticket(), new PlannedStatement(statement, query)));
    }

    private StreamDefinition lastCatalog(String name) {
        receive(CLIENT, execute(Map.of()));
        StreamDefinition found = planning.catalog().stream(name).orElseThrow();
        step(
                new GlobalEvent.NotPlanned(
                        planning.ticket(), new GaloisException(ErrorCode.SYNTAX, "never mind")));
        return found;
    }

    private void receive(String from, Message message) {
        step(new GlobalEvent.Received(from, message));
    }

    private void step(GlobalEvent event) {
        for (GlobalEffect effect : manager.onEvent(event, nowNs)) {
            if (effect instanceof GlobalEffect.Send send) {
                sent.computeIfAbsent(send.to(), to -> new ArrayList<>()).add(send.message());
            } else if (effect instanceof GlobalEffect.Plan plan) {
                planning = plan;
            }
        }
    }

    private Message last(String to) {
        List<Message> all = sent.get(to);
        return all.get(all.size() - 1);
    }

    private int refusal(Statement statement) {
        run(statement);
        return number(last(CLIENT));
    }

    private static int number(Message message) {
        Failure failure = ((Refused) message).failure();
        return failure.number();
    }
}
