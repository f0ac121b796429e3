package galois.itest.differential;

import galois.batch.FieldType;
import galois.itest.engine.Table;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/** Makes a failing case smaller as long as it goes on to fail: fewer rows, then simpler terms. */
final class Shrinker {
    /** Each attempt compiles and runs a query. */
    private static final int ATTEMPTS_MAX = 300;

    private final BiPredicate<RandomQuery, Table> fails;
    private RandomQuery query;
    private Table table;
    private int attempts;

    Shrinker(RandomQuery query, Table table, BiPredicate<RandomQuery, Table> fails) {
        this.query = query;
        this.table = table;
        this.fails = fails;
    }

    RandomQuery query() {
        return query;
    }

    Table table() {
        return table;
    }

    void shrink() {
        boolean smaller = true;
        while (smaller && attempts < ATTEMPTS_MAX) {
            smaller = dropRows() | simplify();
        }
    }

    private boolean attempt(RandomQuery otherQuery, Table otherTable) {
        if (++attempts > ATTEMPTS_MAX || !fails.test(otherQuery, otherTable)) {
            return false;
        }
        query = otherQuery;
        table = otherTable;
        return true;
    }

    private boolean dropRows() {
        boolean any = false;
        for (int step = Math.max(1, table.rows().size() / 2); step > 0; step /= 2) {
            int from = 0;
            while (from < table.rows().size()) {
                List<List<Object>> rows = new ArrayList<>(table.rows());
                rows.subList(from, Math.min(rows.size(), from + step)).clear();
                if (attempt(query, table.with(rows))) {
                    any = true;
                } else {
                    from += step;
                }
            }
        }
        return any;
    }

    private boolean simplify() {
        for (RandomQuery candidate : candidates(query)) {
            if (attempt(candidate, table)) {
                return true;
            }
        }
        return false;
    }

    private static List<RandomQuery> candidates(RandomQuery q) {
        List<RandomQuery> found = new ArrayList<>();
        if (q.where() != null) {
            found.add(new RandomQuery(q.select(), null, q.windowHours(), q.aggregates()));
            for (Term where : simpler(q.where())) {
                found.add(new RandomQuery(q.select(), where, q.windowHours(), q.aggregates()));
            }
        }
        for (int i = 0; i < q.select().size(); i++) {
            List<Term> fewer = new ArrayList<>(q.select());
            fewer.remove(i);
            if (q.isGrouped() || !fewer.isEmpty()) {
                found.add(new RandomQuery(fewer, q.where(), q.windowHours(), q.aggregates()));
            }
            for (Term term : simpler(q.select().get(i))) {
                List<Term> select = new ArrayList<>(q.select());
                select.set(i, term);
                if (!q.isGrouped() || !term.isLiteral()) {
                    found.add(new RandomQuery(select, q.where(), q.windowHours(), q.aggregates()));
                }
            }
        }
        for (int i = 0; i < q.aggregates().size(); i++) {
            List<Aggregate> fewer = new ArrayList<>(q.aggregates());
            Aggregate aggregate = fewer.remove(i);
            if (!fewer.isEmpty()) {
                found.add(new RandomQuery(q.select(), q.where(), q.windowHours(), fewer));
            }
            if (aggregate.argument() != null) {
                for (Term term : simpler(aggregate.argument())) {
                    List<Aggregate> others = new ArrayList<>(q.aggregates());
                    others.set(i, new Aggregate(aggregate.function(), term));
                    found.add(new RandomQuery(q.select(), q.where(), q.windowHours(), others));
                }
            }
        }
        return found;
    }

    /** Terms of the same type with fewer operators. */
    private static List<Term> simpler(Term term) {
        List<Term> found = new ArrayList<>();
        for (Term child : term.children()) {
            if (child.type() == term.type()) {
                found.add(child);
            }
        }
        if (!term.children().isEmpty()) {
            found.add(Term.literal(constant(term.type()), term.type()));
        }
        for (int i = 0; i < term.children().size(); i++) {
            for (Term child : simpler(term.children().get(i))) {
                List<Term> children = new ArrayList<>(term.children());
                children.set(i, child);
                found.add(term.with(children));
            }
        }
        return found;
    }

    private static String constant(FieldType type) {
        return switch (type.kind()) {
            case BOOLEAN -> "TRUE";
            case INTEGER -> "1";
            case BIGINT -> "3000000000";
            case DOUBLE -> "0.5";
            case VARCHAR -> "a";
            case TIMESTAMP -> "1970-01-01 00:00:00";
            default -> throw new IllegalArgumentException(type.toString());
        };
    }
}
