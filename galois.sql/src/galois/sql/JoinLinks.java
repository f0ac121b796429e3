package galois.sql;

import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.batch.FieldType;

/** Which inputs of joins a condition joins, so that one can be added to others. */
final class JoinLinks {
    private final int[] links;
    private final boolean hasStream;
    private final boolean areTimed;

    private JoinLinks(int[] links, boolean hasStream, boolean areTimed) {
        this.links = links;
        this.hasStream = hasStream;
        this.areTimed = areTimed;
    }

    /**
     * @return null when some inputs are bounded in time and others are not: then the order is more
     *     than a matter of speed
     */
    static JoinLinks of(JoinInputs joined, boolean[] isTable) {
        int n = joined.size();
        int[] equal = new int[n];
        int[] later = new int[n]; // i is bounded from below by the time of these
        int[] together = new int[n];
        for (Expr condition : joined.conditions()) {
            int used = joined.used(condition);
            if (Integer.bitCount(used) != 2 || !(condition instanceof Expr.Call call)) {
                continue;
            }
            int a = Integer.numberOfTrailingZeros(used);
            int b = Integer.numberOfTrailingZeros(used & used - 1);
            boolean isEqual = call.function() == Function.EQUAL;
            if (isEqual) {
                link(equal, a, b);
            }
            if (isOfTimes(call) && isEqual) {
                link(together, a, b);
            } else if (isOfTimes(call)) {
                bound(joined, call, later);
            }
        }
        boolean hasStream = false;
        for (int i = 0; i < n; i++) {
            hasStream |= !isTable[i];
            for (int j = 0; j < n; j++) {
                if ((later[i] >> j & 1) != 0 && (later[j] >> i & 1) != 0) {
                    link(together, i, j);
                }
            }
        }
        boolean anyTimed = false;
        boolean allTimed = true;
        for (int i = 0; i < n; i++) {
            anyTimed |= together[i] != 0;
            allTimed &= together[i] != 0 || isTable[i];
        }
        if (anyTimed && !allTimed) {
            return null;
        }
        for (int i = 0; anyTimed && i < n; i++) {
            for (int j = 0; j < n; j++) {
                boolean isLookup = isTable[i] || isTable[j];
                if (!isLookup && (together[i] >> j & 1) == 0) {
                    equal[i] &= ~(1 << j);
                }
            }
            equal[i] |= together[i];
        }
        return new JoinLinks(equal, hasStream, anyTimed);
    }

    private static void link(int[] links, int a, int b) {
        links[a] |= 1 << b;
        links[b] |= 1 << a;
    }

    /** True for a comparison of times, to which an interval may have been added. */
    static boolean isOfTimes(Expr condition) {
        return condition instanceof Expr.Call call
                && call.operands().size() == 2
                && call.operands().stream().allMatch(JoinLinks::isTime);
    }

    private static boolean isTime(Expr expr) {
        if (expr.type() != FieldType.TIMESTAMP) {
            return expr.type() == FieldType.INTERVAL_DAY && !(expr instanceof Expr.Call);
        }
        return !(expr instanceof Expr.Call sum)
                || (sum.function() == Function.PLUS || sum.function() == Function.MINUS)
                        && sum.operands().stream().allMatch(JoinLinks::isTime);
    }

    private static void bound(JoinInputs joined, Expr.Call call, int[] later) {
        int left = Integer.numberOfTrailingZeros(joined.used(call.operands().get(0)));
        int right = Integer.numberOfTrailingZeros(joined.used(call.operands().get(1)));
        switch (call.function()) {
            case LESS, LESS_OR_EQUAL -> later[right] |= 1 << left;
            case GREATER, GREATER_OR_EQUAL -> later[left] |= 1 << right;
            default -> {}
        }
    }

    /** True when conditions bound the time between all streams. */
    boolean areTimed() {
        return areTimed;
    }

    /** True when the input may be the first: a stream, if there is one. */
    boolean mayBegin(int input, boolean isTable) {
        return !isTable || !hasStream;
    }

    /** True when a condition joins the input to one of the set. */
    boolean joins(int set, int input) {
        return (links[input] & set) != 0;
    }
}
