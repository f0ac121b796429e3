package galois.itest.forms;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Compares the rows of two engines. */
final class Rows {
    private static final double TOLERANCE = 1e-9;

    private Rows() {}

    /** The first difference; null when there is none. */
    static String difference(Composed query, List<List<Object>> theirs, List<List<Object>> ours) {
        List<List<Object>> left = new ArrayList<>(theirs);
        List<List<Object>> right = new ArrayList<>(ours);
        if (!query.isOrdered()) {
            Comparator<List<Object>> order = Comparator.comparing(row -> key(query, row));
            left.sort(order);
            right.sort(order);
        }
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            if (!isAlike(query, left.get(i), right.get(i))) {
                return "theirs " + left.get(i) + ", ours " + right.get(i);
            }
        }
        if (left.size() == right.size()) {
            return null;
        }
        List<List<Object>> longer = left.size() > right.size() ? left : right;
        return left.size()
                + " rows, ours "
                + right.size()
                + ", one more: "
                + longer.get(longer.size() - 1);
    }

    /** Exact columns first, of the others a few digits. */
    private static String key(Composed query, List<Object> row) {
        StringBuilder key = new StringBuilder();
        StringBuilder rest = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            Object value = row.get(i);
            if (query.exact().get(i)) {
                key.append(canonical(value)).append('|');
            } else {
                String digits =
                        value == null ? "null" : String.format("%.3e", (Double) value + 0.0);
                rest.append(digits).append('|');
            }
        }
        return key.append(rest).toString();
    }

    private static Object canonical(Object value) {
        return value instanceof Double d && d == 0 ? (Object) 0.0 : value;
    }

    private static boolean isAlike(Composed query, List<Object> theirs, List<Object> ours) {
        for (int i = 0; i < theirs.size(); i++) {
            Object a = canonical(theirs.get(i));
            Object b = canonical(ours.get(i));
            boolean equal = a == null ? b == null : a.equals(b);
            if (!equal && (query.exact().get(i) || !isNear(a, b))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNear(Object a, Object b) {
        return a instanceof Double x
                && b instanceof Double y
                && Math.abs(x - y) <= TOLERANCE * Math.max(1, Math.abs(x) + Math.abs(y));
    }
}
