package galois.itest.differential;

import galois.api.plan.AggregateFunction;
import galois.batch.FieldType;
import galois.batch.Schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A query over {@code t}.
 *
 * @param select keys of a grouped query
 * @param where null: every row
 * @param windowHours null: not grouped; 0: grouped without windows
 * @param aggregates of a grouped query
 */
record RandomQuery(List<Term> select, Term where, Integer windowHours, List<Aggregate> aggregates) {
    RandomQuery {
        select = List.copyOf(select);
        aggregates = List.copyOf(aggregates);
    }

    /** The families of queries. */
    enum Family {
        ROWS,
        /** Nothing can fail: every difference counts. */
        TOTAL_ROWS,
        GROUPS,
        WINDOWS
    }

    static RandomQuery of(Family family, Schema schema, Random random) {
        boolean mayFail = family != Family.TOTAL_ROWS && random.nextInt(3) > 0;
        RandomTerms terms = new RandomTerms(schema, random, mayFail);
        boolean grouped = family == Family.GROUPS || family == Family.WINDOWS;
        Term where = random.nextInt(4) == 0 ? null : terms.condition(1 + random.nextInt(4));
        List<Term> select = new ArrayList<>();
        List<Aggregate> aggregates = new ArrayList<>();
        if (!grouped) {
            for (int i = random.nextInt(4); i >= 0; i--) {
                select.add(terms.term(terms.type(), random.nextInt(4)));
            }
            return new RandomQuery(select, where, null, aggregates);
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            // A number in GROUP BY is a position.
            Term key = terms.term(terms.type(), random.nextInt(2));
            boolean isNegative =
                    key.kind() == Term.Kind.NEGATE && key.children().get(0).isLiteral();
            if (!key.isLiteral() && !isNegative) {
                select.add(key);
            }
        }
        for (int i = random.nextInt(4); i >= 0; i--) {
            aggregates.add(aggregate(terms, schema, random));
        }
        int hours = family == Family.WINDOWS ? 1 + random.nextInt(30) : 0;
        return new RandomQuery(select, where, hours, aggregates);
    }

    private static Aggregate aggregate(RandomTerms terms, Schema schema, Random random) {
        AggregateFunction function =
                AggregateFunction.values()[random.nextInt(AggregateFunction.MAX.ordinal() + 1)];
        FieldType type = terms.type();
        boolean adds = function == AggregateFunction.SUM || function == AggregateFunction.AVG;
        if (adds && !type.isNumeric()) {
            type = random.nextBoolean() ? FieldType.INTEGER : FieldType.DOUBLE;
        }
        if (type == FieldType.BOOLEAN && function != AggregateFunction.COUNT) {
            type = FieldType.VARCHAR;
        }
        boolean counts = function == AggregateFunction.COUNT;
        if (counts && random.nextBoolean()) {
            return new Aggregate(function, null);
        }
        // What is counted and never NULL need not be evaluated, so it must not fail.
        RandomTerms arguments = counts ? new RandomTerms(schema, random, false) : terms;
        return new Aggregate(function, arguments.term(type, random.nextInt(3)));
    }

    boolean isGrouped() {
        return windowHours != null;
    }

    boolean isWindowed() {
        return isGrouped() && windowHours > 0;
    }

    long windowUs() {
        return windowHours * 3_600_000_000L;
    }

    /** The types of the result. */
    List<FieldType> types() {
        List<FieldType> types = new ArrayList<>();
        if (isWindowed()) {
            types.add(FieldType.TIMESTAMP);
        }
        select.forEach(term -> types.add(term.type()));
        aggregates.forEach(aggregate -> types.add(aggregate.type()));
        return types;
    }

    /** The terms that are computed for each row. */
    List<Term> terms() {
        Stream<Term> arguments =
                aggregates.stream().map(Aggregate::argument).filter(term -> term != null);
        return Stream.concat(select.stream(), arguments).toList();
    }

    /** The text for GALOIS. */
    String sql() {
        String window = "(" + RandomTable.TIME + ", INTERVAL '" + windowHours + "' HOUR)";
        List<String> items = new ArrayList<>();
        List<String> groups = new ArrayList<>();
        if (isWindowed()) {
            items.add("TUMBLE_START" + window);
            groups.add("TUMBLE" + window);
        }
        for (Term term : select) {
            items.add(GaloisText.of(term));
            groups.add(GaloisText.of(term));
        }
        aggregates.forEach(aggregate -> items.add(aggregate.galois()));
        StringBuilder text = new StringBuilder("SELECT ");
        for (int i = 0; i < items.size(); i++) {
            text.append(i == 0 ? "" : ", ").append(items.get(i)).append(" AS x").append(i);
        }
        text.append(" FROM t");
        if (where != null) {
            text.append(" WHERE ").append(GaloisText.of(where));
        }
        if (isGrouped() && !groups.isEmpty()) {
            text.append(groups.stream().collect(Collectors.joining(", ", " GROUP BY ", "")));
        }
        return text.toString();
    }
}
