package galois.itest.forms;

import galois.batch.FieldType;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Aggregates over columns. */
final class RandomMeasures {
    private static final List<FieldType> NUMBERS =
            List.of(
                    FieldType.TINYINT,
                    FieldType.SMALLINT,
                    FieldType.INTEGER,
                    FieldType.BIGINT,
                    FieldType.REAL,
                    FieldType.DOUBLE,
                    Values.PRICE);

    private final Random random;
    private final RandomNodes nodes;
    private final Dialect peer;

    /** The first row of a group is known. */
    private final boolean isArrival;

    RandomMeasures(Random random, RandomNodes nodes, Dialect peer, boolean isArrival) {
        this.random = random;
        this.nodes = nodes;
        this.peer = peer;
        this.isArrival = isArrival;
    }

    /**
     * @param mayBeDistinct DISTINCT stands alone, or beside what goes with it
     */
    List<Measure> some(boolean mayBeDistinct) {
        if (mayBeDistinct && random.nextInt(6) == 0) {
            return distinct();
        }
        List<Measure> measures = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            Measure one = one();
            Node filter =
                    random.nextInt(3) == 0
                            ? nodes.exact(FieldType.BOOLEAN, random.nextInt(3))
                            : null;
            measures.add(one.with(one.operands(), filter));
        }
        return measures;
    }

    private List<Measure> distinct() {
        List<Measure> measures = new ArrayList<>();
        measures.add(
                random.nextBoolean()
                        ? of("COUNT(DISTINCT {0})", nodes.exact(nodes.type(), depth()), true)
                        : of("SUM(DISTINCT {0})", nodes.exact(FieldType.INTEGER, depth()), true));
        if (random.nextBoolean()) {
            measures.add(new Measure("COUNT(*)", "COUNT(*)", List.of(), null, true, ""));
        }
        if (random.nextBoolean()) {
            measures.add(of("MAX({0})", nodes.exact(ordered(), depth()), true));
        }
        return measures;
    }

    private Measure one() {
        switch (random.nextInt(isArrival ? 11 : 8)) {
            case 0:
                return new Measure("COUNT(*)", "COUNT(*)", List.of(), null, true, "");
            case 1:
                return of("COUNT({0})", nodes.exact(nodes.type(), depth()), true);
            case 2:
                return sum();
            case 3:
                return average();
            case 4, 5:
                return of(pick("MIN({0})", "MAX({0})"), nodes.exact(ordered(), depth()), true);
            case 6:
                return spread();
            case 7:
                return truth();
            case 8:
                return text();
            case 9:
                return picked("FIRST_VALUE({0})", "m_, id_", nodes.exact(nodes.type(), depth()));
            default:
                return random.nextBoolean()
                        ? picked(
                                "LAST_VALUE({0})",
                                "m_ DESC, id_ DESC", nodes.exact(nodes.type(), depth()))
                        : by();
        }
    }

    private int depth() {
        return random.nextInt(3);
    }

    private String pick(String... texts) {
        return texts[random.nextInt(texts.length)];
    }

    private FieldType ordered() {
        FieldType type = nodes.type();
        return type == FieldType.BOOLEAN ? FieldType.INTEGER : type;
    }

    private static Measure of(String text, Node operand, boolean exact) {
        return new Measure(text, text, List.of(operand), null, exact, "");
    }

    private FieldType number() {
        return NUMBERS.get(random.nextInt(NUMBERS.size()));
    }

    /** Sums of columns are exact: quarters. */
    private Measure sum() {
        FieldType type = number();
        boolean isExact = !type.isFloating();
        return new Measure(
                "SUM({0})",
                isExact ? "SUM({0})" : "SUM(CAST({0} AS " + peer.type(FieldType.DOUBLE) + "))",
                List.of(nodes.exact(type, depth())),
                null,
                isExact,
                "");
    }

    private Measure average() {
        String text = "AVG(CAST({0} AS " + peer.type(FieldType.DOUBLE) + "))";
        return new Measure(
                "AVG({0})", text, List.of(nodes.exact(number(), depth())), null, false, "");
    }

    private Measure spread() {
        String name = pick("VAR_POP", "VAR_SAMP", "STDDEV_POP", "STDDEV_SAMP");
        String text = name + "(CAST({0} AS " + peer.type(FieldType.DOUBLE) + "))";
        return new Measure(
                name + "({0})", text, List.of(nodes.exact(number(), 1)), null, false, "");
    }

    private Measure truth() {
        boolean every = random.nextBoolean();
        Node condition = nodes.exact(FieldType.BOOLEAN, depth());
        String theirs =
                switch (peer) {
                    case DUCKDB -> every ? "BOOL_AND({0})" : "BOOL_OR({0})";
                    default -> every ? "EVERY({0})" : "ANY({0})";
                };
        String ours = every ? "EVERY({0})" : "BOOL_OR({0})";
        return new Measure(ours, theirs, List.of(condition), null, true, "");
    }

    private Measure text() {
        String theirs =
                peer == Dialect.DUCKDB
                        ? "STRING_AGG({0}, '+' ORDER BY id_)"
                        : "LISTAGG({0}, '+') WITHIN GROUP (ORDER BY id_)";
        Node text = nodes.exact(FieldType.VARCHAR, depth());
        return new Measure("LISTAGG({0}, '+')", theirs, List.of(text), null, true, "0");
    }

    private Measure picked(String ours, String order, Node value) {
        return new Measure(ours, first(order), List.of(value), null, true, "0");
    }

    private Measure by() {
        boolean least = random.nextBoolean();
        Node value = nodes.exact(nodes.type(), depth());
        Node by = nodes.exact(ordered(), depth());
        return new Measure(
                least ? "ARG_MIN({0}, {1})" : "ARG_MAX({0}, {1})",
                first("{1}" + (least ? "" : " DESC") + ", id_"),
                List.of(value, by),
                null,
                true,
                "01");
    }

    private String first(String order) {
        return peer == Dialect.DUCKDB
                ? "FIRST({0} ORDER BY " + order + ")FILTER"
                : "ARRAY_AGG({0} ORDER BY " + order + ")FILTER[1]";
    }
}
