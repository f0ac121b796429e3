package galois.itest.forms;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import galois.api.GaloisException;
import galois.api.plan.LogicalPlan;
import galois.api.plan.StreamDefinition;
import galois.api.query.Statement;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.itest.engine.Input;
import galois.itest.engine.Outcome;
import galois.itest.engine.SqlEngine;
import galois.itest.engine.Table;
import galois.itest.engine.Variant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Random queries over all types, functions, aggregates, windows and joins give what independent
 * engines give. {@code -Dgalois.seed=N} runs one case; {@code ./galois test --long} many more, from
 * a new seed that is printed, and beside DuckDB.
 */
class FormsDifferentialTest {
    private static final int CASES = 120;
    private static final int LONG_CASES = Integer.getInteger("galois.cases", 12_000);

    /** So many of a hundred queries may be beyond the other engine. */
    private static final int SKIPPED_MAX = 10;

    private static final int ATTEMPTS_MAX = 400;

    /** Every so many cases are run by compiled code, as on a node. */
    private static final int COMPILED_IN = 8;

    /** Queries of one engine: a runtime keeps the code of all, and at most so much. */
    private static final int ENGINE_CASES = 500;

    private final Map<String, Integer> skipped = new TreeMap<>();

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void agreesWithH2() throws SQLException {
        Long seed = Long.getLong("galois.seed");
        try (Peer peer = Peer.h2()) {
            check(peer, seed == null ? 0 : seed, seed == null ? CASES : 1);
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "galois.long", matches = "true")
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    void agreesWithH2OnManyMore() throws SQLException {
        try (Peer peer = Peer.h2()) {
            check(peer, longSeed(), LONG_CASES);
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "galois.duckdb", matches = ".+")
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    void agreesWithDuckDb() throws SQLException, IOException {
        try (Peer peer = Peer.duckDb(System.getProperty("galois.duckdb"))) {
            Long seed = Long.getLong("galois.seed");
            check(peer, seed == null ? longSeed() : seed, seed == null ? LONG_CASES : 1);
        }
    }

    /** Another one each time. */
    private static long longSeed() {
        long seed = Long.getLong("galois.first", new Random().nextInt(1 << 30) * 1000L);
        System.out.println("first seed " + seed);
        return seed;
    }

    private void check(Peer peer, long first, int cases) throws SQLException {
        int compared = 0;
        int withRows = 0;
        List<String> problems = new ArrayList<>();
        SqlEngine compiled = null;
        SqlEngine interpreted = null;
        for (long seed = first; seed < first + cases; seed++) {
            if ((seed - first) % ENGINE_CASES == 0) {
                compiled = new SqlEngine();
                interpreted = SqlEngine.interpreting();
            }
            Case one = new Case(peer, seed, seed % COMPILED_IN == 0 ? compiled : interpreted);
            one.fill();
            String problem = one.problem();
            if (one.skipped != null) {
                skipped.merge(one.skipped, 1, Integer::sum);
                continue;
            }
            compared++;
            withRows += one.hasRows ? 1 : 0;
            if (problem != null) {
                one.shrink();
                String text = "seed " + seed + ", " + peer.dialect() + ", " + one.report();
                System.out.println(text);
                problems.add(text);
                if (problems.size() >= Integer.getInteger("galois.problems", 1)) {
                    break;
                }
            }
        }
        System.out.println(
                peer.dialect()
                        + ": "
                        + compared
                        + " compared, with rows "
                        + withRows
                        + ", skipped "
                        + skipped);
        if (!problems.isEmpty()) {
            fail(String.join("\n\n", problems));
        }
        assertTrue(
                cases < 100 || (cases - compared) * 100 <= SKIPPED_MAX * cases,
                "skipped " + skipped);
    }

    /** A query and its rows. */
    private static final class Case {
        private final Peer peer;
        private final SqlEngine engine;
        private final List<Variant> variants;
        private final boolean looksUp;
        private Composed query;
        private Table t;
        private Table u;
        private String skipped;
        private boolean hasRows;

        Case(Peer peer, long seed, SqlEngine engine) {
            this.peer = peer;
            this.engine = engine;
            Random random = new Random(seed);
            t = Values.table(random, 0);
            u = Values.table(random, 1000);
            query = new RandomComposed(random, peer.dialect()).query();
            variants =
                    List.of(
                            Variant.PLAIN,
                            new Variant(
                                    random.nextInt(3) == 0 ? "cost" : "heuristic",
                                    random.nextBoolean(),
                                    1 + random.nextInt(6),
                                    random.nextBoolean(),
                                    random.nextBoolean()),
                            new Variant(
                                    "heuristic",
                                    random.nextBoolean(),
                                    1 + random.nextInt(6),
                                    false,
                                    random.nextBoolean(),
                                    2 + random.nextInt(2)));
            looksUp =
                    query.from().text(Dialect.GALOIS).contains(" JOIN u AS r ON l.")
                            && query.from().time() == null
                            && random.nextInt(3) == 0;
        }

        void fill() throws SQLException {
            peer.create("t", t);
            peer.create("u", u);
        }

        private List<Input> inputs() {
            List<Input> inputs = new ArrayList<>();
            int time = Values.SCHEMA.indexOf(Values.TIME);
            for (String name : List.of("t", "u")) {
                StreamDefinition stream = SqlEngine.stream(name, Values.SCHEMA, time);
                if (looksUp && name.equals("u")) {
                    stream = table(stream);
                }
                inputs.add(new Input(stream, name.equals("t") ? t : u));
            }
            return inputs;
        }

        /** Joins look its rows up. */
        private static StreamDefinition table(StreamDefinition stream) {
            return new StreamDefinition(
                    stream.name(),
                    stream.schema(),
                    stream.metadata(),
                    -1,
                    0,
                    stream.options(),
                    List.of());
        }

        private LogicalPlan plan() {
            List<StreamDefinition> streams = inputs().stream().map(Input::stream).toList();
            var language = engine.language();
            var statement =
                    language.parse(language.split(query.ours()).get(0), SqlEngine.catalog(streams));
            return ((Statement.Select) statement).plan();
        }

        /** Null when the other engine fails, with the reason in {@link #skipped}. */
        List<List<Object>> expected() {
            LogicalPlan plan = plan();
            List<FieldType> types =
                    plan.root().schema().fields().stream().map(Field::type).toList();
            try {
                return peer.select(query.theirs(peer.dialect()), types);
            } catch (SQLException | ArithmeticException e) {
                String message = String.valueOf(e.getMessage());
                skipped = message.lines().findFirst().orElse("").replaceAll("[0-9]+", "0");
                skipped = skipped.substring(0, Math.min(60, skipped.length()));
                if (Boolean.getBoolean("galois.skipped")) {
                    System.out.println(message + "\n" + query.theirs(peer.dialect()));
                }
                return null;
            }
        }

        /** What is wrong; null: nothing. */
        String problem() {
            try {
                skipped = null;
                List<List<Object>> expected = expected();
                if (expected == null) {
                    return null;
                }
                hasRows = !expected.isEmpty();
                for (Variant variant : variants) {
                    Outcome outcome = engine.run(plan(), inputs(), variant);
                    if (outcome.errorCount() > 0) {
                        return variant + ": failed rows " + outcome.errors();
                    }
                    String difference = Rows.difference(query, expected, outcome.rows());
                    if (difference != null) {
                        return variant + ": " + difference;
                    }
                }
                return null;
            } catch (GaloisException e) {
                return e.toString();
            } catch (RuntimeException | AssertionError e) {
                StackTraceElement[] trace = e.getStackTrace();
                return e
                        + (e.getCause() == null ? "" : " " + e.getCause())
                        + (trace.length == 0 ? "" : " at " + trace[0]);
            }
        }

        void shrink() throws SQLException {
            int attempts = 0;
            boolean smaller = true;
            while (smaller && attempts < ATTEMPTS_MAX) {
                smaller = false;
                for (Composed other : query.smaller()) {
                    Composed before = query;
                    query = other;
                    attempts++;
                    if (problem() != null) {
                        smaller = true;
                        break;
                    }
                    query = before;
                }
                smaller |= dropRows();
            }
            fill();
        }

        private boolean dropRows() throws SQLException {
            boolean any = false;
            for (boolean left : new boolean[] {true, false}) {
                int i = 0;
                while (i < (left ? t : u).rows().size()) {
                    Table before = left ? t : u;
                    List<List<Object>> rows = new ArrayList<>(before.rows());
                    rows.remove(i);
                    set(left, before.with(rows));
                    if (problem() == null) {
                        set(left, before);
                        i++;
                    } else {
                        any = true;
                    }
                }
            }
            return any;
        }

        private void set(boolean left, Table table) throws SQLException {
            if (left) {
                t = table;
                peer.create("t", table);
            } else {
                u = table;
                peer.create("u", table);
            }
        }

        String report() {
            return problem()
                    + (looksUp ? "\nu is a table" : "")
                    + "\n"
                    + query.ours()
                    + "\n"
                    + query.theirs(peer.dialect())
                    + "\nt "
                    + t.rows()
                    + "\nu "
                    + u.rows();
        }
    }
}
