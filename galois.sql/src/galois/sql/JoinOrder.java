package galois.sql;

import galois.api.plan.Expr;
import galois.api.plan.JoinKind;
import galois.api.plan.JoinMode;
import galois.api.plan.LogicalOp;
import galois.api.plan.Plans;
import galois.api.query.StreamEstimates;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts neighbouring inner joins into the order that makes the fewest rows between them. All orders
 * that add one input after the other are compared, by the size of every set of inputs (Selinger et
 * al., Access Path Selection, SIGMOD 1979, section 5). An input is added only where a condition
 * joins it to those before, so that no product of streams is made; if the conditions bound the time
 * between all inputs, then by such a one, so that no join begins to need more than was asked for. A
 * table stays on the right of a stream. Without times the larger one of the first two inputs comes
 * first: what is on the right is kept.
 */
final class JoinOrder {
    /** More inputs than these stay as they were written. */
    static final int INPUTS_MAX = 10;

    /** An order must save so much to be worth another plan. */
    private static final double WORTH = 0.95;

    private final StreamEstimates estimates;

    private JoinOrder(StreamEstimates estimates) {
        this.estimates = estimates;
    }

    /** The same rows with the same columns; their order may be another. */
    static LogicalOp order(LogicalOp root, StreamEstimates estimates) {
        return new JoinOrder(estimates).order(root);
    }

    private LogicalOp order(LogicalOp op) {
        if (isInner(op)) {
            JoinInputs joined = JoinInputs.of((LogicalOp.Join) op, this::order);
            List<Integer> best = best(joined);
            if (best != null) {
                return joined.inOrder(best);
            }
        }
        List<LogicalOp> inputs = op.inputs().stream().map(this::order).toList();
        if (inputs.equals(op.inputs())) {
            return op;
        }
        return op instanceof LogicalOp.Project project
                ? Projections.project(inputs.get(0), project.expressions(), project.schema())
                : Plans.withInputs(op, inputs);
    }

    static boolean isInner(LogicalOp op) {
        return op instanceof LogicalOp.Join join
                && join.kind() == JoinKind.INNER
                && join.mode() == JoinMode.PAIRS;
    }

    /** Null: as written. */
    private List<Integer> best(JoinInputs joined) {
        int n = joined.size();
        if (n > INPUTS_MAX || joined.conditions().stream().anyMatch(JoinOrder::mayFail)) {
            return null;
        }
        boolean[] isTable = new boolean[n];
        double[] rows = new double[n];
        for (int i = 0; i < n; i++) {
            rows[i] = rows(joined.input(i));
            isTable[i] =
                    Plans.sources(joined.input(i)).stream()
                            .anyMatch(source -> estimates.isTable(source.stream()));
        }
        JoinLinks links = JoinLinks.of(joined, isTable);
        if (links == null) {
            return null;
        }
        double[] sizes = new double[1 << n];
        for (int set = 1; set < sizes.length; set++) {
            sizes[set] = size(joined, rows, set);
        }
        List<Integer> written = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            written.add(i);
        }
        List<Integer> found = cheapest(sizes, links, isTable, n);
        boolean pays = found != null && cost(found, sizes) < WORTH * cost(written, sizes);
        List<Integer> best = new ArrayList<>(pays ? found : written);
        if (!links.areTimed()) {
            largerFirst(best, rows, isTable);
        }
        return best.equals(written) ? null : best;
    }

    /** A time and an interval have no sum only at the end of time, 292,000 years from now. */
    private static boolean mayFail(Expr condition) {
        return RowErrors.isPossible(condition) && !JoinLinks.isOfTimes(condition);
    }

    private static double size(JoinInputs joined, double[] rows, int set) {
        double size = 1;
        for (int i = 0; i < rows.length; i++) {
            size *= (set >> i & 1) != 0 ? rows[i] : 1;
        }
        for (int c = 0; c < joined.conditions().size(); c++) {
            int used = joined.used(c);
            boolean isInside = (used & set) == used && Integer.bitCount(used) > 1;
            size *= isInside ? Estimate.selectivity(joined.conditions().get(c)) : 1;
        }
        return size;
    }

    /** Rows between the joins. */
    private static double cost(List<Integer> order, double[] sizes) {
        double cost = 0;
        int set = 0;
        for (int number : order) {
            set |= 1 << number;
            cost += Integer.bitCount(set) == 1 ? 0 : sizes[set];
        }
        return cost;
    }

    private static List<Integer> cheapest(
            double[] sizes, JoinLinks links, boolean[] isTable, int n) {
        double[] best = new double[sizes.length];
        int[] last = new int[sizes.length];
        for (int set = 1; set < sizes.length; set++) {
            best[set] = Double.POSITIVE_INFINITY;
            for (int i = 0; i < n; i++) {
                int before = set & ~(1 << i);
                if (before == set) {
                    continue;
                }
                double cost =
                        before == 0
                                ? links.mayBegin(i, isTable[i]) ? 0 : Double.POSITIVE_INFINITY
                                : links.joins(before, i)
                                        ? best[before] + sizes[set]
                                        : Double.POSITIVE_INFINITY;
                if (cost <= best[set]) { // of equal ones the last in the text stays last
                    best[set] = cost;
                    last[set] = i;
                }
            }
        }
        if (best[sizes.length - 1] == Double.POSITIVE_INFINITY) {
            return null;
        }
        List<Integer> order = new ArrayList<>();
        for (int set = sizes.length - 1; set != 0; set &= ~(1 << last[set])) {
            order.add(0, last[set]);
        }
        return order;
    }

    private static void largerFirst(List<Integer> order, double[] rows, boolean[] isTable) {
        int first = order.get(0);
        int second = order.get(1);
        if (WORTH * rows[second] > rows[first] && isTable[second] == isTable[first]) {
            order.set(0, second);
            order.set(1, first);
        }
    }

    /** How many rows are expected, for comparison with others. */
    private double rows(LogicalOp op) {
        if (op instanceof LogicalOp.Source source) {
            return estimates.rate(source.stream());
        }
        List<Double> inputs = op.inputs().stream().map(this::rows).toList();
        double all = inputs.stream().mapToDouble(Double::doubleValue).sum();
        if (op instanceof LogicalOp.Filter filter) {
            return all * Estimate.selectivity(filter.condition());
        }
        if (op instanceof LogicalOp.Repeat repeat) {
            return all * repeat.times();
        }
        if (op instanceof LogicalOp.Join join) {
            return inputs.get(0) * inputs.get(1) * Estimate.selectivity(join.condition());
        }
        boolean isLess = Plans.grouping(op) != null || op instanceof LogicalOp.Sort;
        return isLess ? all * Estimate.GROUPED : all;
    }
}
