package galois.global;

import galois.api.plan.Expr;
import galois.api.plan.JoinKind;
import galois.api.plan.JoinMode;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.Plans;
import galois.batch.Schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds out which joins look rows up in a table: those whose right side is a table, perhaps through
 * filters and projections. Where it is the left side of an inner or right join, the sides change
 * places.
 */
public final class Lookups {
    private final Predicate<String> isTable;

    private Lookups(Predicate<String> isTable) {
        this.isTable = isTable;
    }

    /**
     * The plan with its lookups marked; its sources may come in another order.
     *
     * @param isTable whether a stream of that name is a table
     */
    public static LogicalPlan find(LogicalPlan plan, Predicate<String> isTable) {
        return new LogicalPlan(new Lookups(isTable).find(plan.root()), plan.parameters());
    }

    /** The sources, by number from the left, whose versions are looked up. */
    static Set<Integer> lookedUp(LogicalOp root) {
        Set<Integer> numbers = new HashSet<>();
        collect(root, 0, numbers);
        return numbers;
    }

    private static int collect(LogicalOp op, int first, Set<Integer> numbers) {
        if (op instanceof LogicalOp.Source) {
            return first + 1;
        }
        int next = first;
        for (LogicalOp input : op.inputs()) {
            boolean isRight = next > first;
            if (isRight && op instanceof LogicalOp.Join join && join.mode() == JoinMode.LOOKUP) {
                numbers.add(next);
            }
            next = collect(input, next, numbers);
        }
        return next;
    }

    private LogicalOp find(LogicalOp op) {
        List<LogicalOp> inputs = op.inputs().stream().map(this::find).toList();
        LogicalOp found = inputs.equals(op.inputs()) ? op : Plans.withInputs(op, inputs);
        if (!(found instanceof LogicalOp.Join join) || join.mode() != JoinMode.PAIRS) {
            return found;
        }
        if (isTable(join.right())) {
            return join.kind().keepsUnmatched(1) ? join : join.lookup();
        }
        boolean swaps = join.kind() == JoinKind.INNER || join.kind() == JoinKind.RIGHT;
        return swaps && isTable(join.left()) ? swapped(join) : join;
    }

    private boolean isTable(LogicalOp op) {
        LogicalOp below = op;
        while (below instanceof LogicalOp.Filter || below instanceof LogicalOp.Project) {
            below = below.inputs().get(0);
        }
        return below instanceof LogicalOp.Source source && isTable.test(source.stream());
    }

    private static LogicalOp swapped(LogicalOp.Join join) {
        int left = join.left().schema().size();
        int right = join.right().schema().size();
        JoinKind kind = join.kind() == JoinKind.RIGHT ? JoinKind.LEFT : join.kind();
        Expr condition = shifted(join.condition(), left, right);
        LogicalOp.Join other =
                LogicalOp.Join.of(join.right(), join.left(), kind, condition).lookup();
        List<Expr> columns = new ArrayList<>();
        Schema schema = join.schema();
        for (int i = 0; i < left + right; i++) {
            int from = i < left ? right + i : i - left;
            columns.add(new Expr.Column(from, schema.type(i)));
        }
        return new LogicalOp.Project(other, columns, schema);
    }

    /** The columns of the sides in their new places. */
    private static Expr shifted(Expr expr, int left, int right) {
        if (expr instanceof Expr.Column column) {
            int index = column.index();
            return new Expr.Column(index < left ? right + index : index - left, column.type());
        }
        if (expr instanceof Expr.Call call) {
            List<Expr> operands =
                    call.operands().stream().map(o -> shifted(o, left, right)).toList();
            return new Expr.Call(call.function(), operands, call.type());
        }
        return expr;
    }
}
