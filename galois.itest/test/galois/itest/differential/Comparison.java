package galois.itest.differential;

import galois.batch.FieldType;
import galois.itest.engine.Outcome;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says how the rows of two engines differ. */
final class Comparison {
    /** GALOIS adds doubles, H2 decimals: the difference, relative to the sum without signs. */
    private static final double TOLERANCE = 1e-12;

    private Comparison() {}

    /** The first difference in words; null when there is none. */
    static String difference(RandomQuery query, H2Reference.Result expected, Outcome actual) {
        boolean rowMayLive = query.isGrouped() && isLazy(query) && expected.failed() > 0;
        if (rowMayLive || !expected.isComparable(query)) {
            return null;
        }
        boolean inexact =
                query.isGrouped()
                        && query.aggregates().stream()
                                .anyMatch(a -> a.adds() && a.type() == FieldType.DOUBLE);
        return inexact ? groups(query, expected, actual.rows()) : rows(query, expected, actual);
    }

    private static String rows(RandomQuery query, H2Reference.Result expected, Outcome actual) {
        Map<List<Object>, Integer> left = Outcome.multiset(expected.rows());
        Map<List<Object>, Integer> right = actual.multiset();
        int surplus = 0;
        String first = null;
        Set<List<Object>> all = new HashSet<>(left.keySet());
        all.addAll(right.keySet());
        for (List<Object> row : all) {
            int wanted = left.getOrDefault(row, 0);
            int found = right.getOrDefault(row, 0);
            if (found < wanted) {
                return row + ": H2 " + wanted + " times, GALOIS " + found;
            }
            if (found > wanted) {
                surplus += found - wanted;
                first = row + ": H2 " + wanted + " times, GALOIS " + found;
            }
        }
        // GALOIS need not evaluate what cannot change the outcome (NULL AND x in a WHERE), and
        // then a row lives that H2 could not compute.
        boolean lazy = isLazy(query) && surplus <= expected.failed();
        if (surplus > 0 && !lazy) {
            return first;
        }
        int filtered = expected.failed() - surplus;
        boolean errorsAgree =
                isLazy(query) ? actual.errorCount() <= filtered : actual.errorCount() == filtered;
        return errorsAgree
                ? null
                : "failed rows: H2 " + expected.failed() + ", GALOIS " + actual.errors();
    }

    /** True when a condition decides whether something that can fail is evaluated. */
    static boolean isLazy(RandomQuery query) {
        List<Term> terms = new ArrayList<>(query.terms());
        if (query.where() != null) {
            terms.add(query.where());
        }
        return terms.stream().anyMatch(Comparison::isLazy);
    }

    private static boolean isLazy(Term term) {
        boolean decides = term.type() == FieldType.BOOLEAN && !term.children().isEmpty();
        return decides && term.canFail() || term.children().stream().anyMatch(Comparison::isLazy);
    }

    /** By key, because doubles are only nearly equal. */
    private static String groups(
            RandomQuery query, H2Reference.Result expected, List<List<Object>> actual) {
        int keys = query.select().size() + (query.isWindowed() ? 1 : 0);
        Map<List<Object>, List<Object>> found = new HashMap<>();
        for (List<Object> row : actual) {
            if (found.put(key(row, keys), row) != null) {
                return "GALOIS gives two rows for " + key(row, keys);
            }
        }
        for (List<Object> row : expected.rows()) {
            List<Object> other = found.remove(key(row, keys));
            if (other == null) {
                return row + " is missing";
            }
            for (int i = keys; i < row.size(); i++) {
                if (!isNear(row.get(i), other.get(i), expected.sums().get(i - keys))) {
                    return "H2 " + row + ", GALOIS " + other;
                }
            }
        }
        return found.isEmpty() ? null : found.values().iterator().next() + " is too much";
    }

    private static List<Object> key(List<Object> row, int keys) {
        return Outcome.multiset(List.of(row.subList(0, keys))).keySet().iterator().next();
    }

    private static boolean isNear(Object a, Object b, double sum) {
        if (a instanceof Double x && b instanceof Double y) {
            return x.equals(y) || x == 0 && y == 0 || Math.abs(x - y) <= TOLERANCE * sum;
        }
        return a == null ? b == null : a.equals(b);
    }
}
