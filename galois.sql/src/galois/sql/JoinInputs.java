package galois.sql;

import galois.api.plan.Expr;
import galois.api.plan.JoinKind;
import galois.api.plan.LogicalOp;
import galois.batch.Schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What neighbouring inner joins join: their inputs from left to right, and all conditions, over the
 * fields of all inputs one after the other. Projections that only pick columns between the joins
 * are dissolved.
 */
final class JoinInputs {
    private final List<LogicalOp> inputs = new ArrayList<>();
    private final List<Integer> firsts = new ArrayList<>();
    private final List<Expr> conditions = new ArrayList<>();
    private final UnaryOperator<LogicalOp> below;
    private List<Expr> output;
    private Schema schema;
    private int fields;

    private JoinInputs(UnaryOperator<LogicalOp> below) {
        this.below = below;
    }

    /**
     * @param below applied to each input
     */
    static JoinInputs of(LogicalOp.Join join, UnaryOperator<LogicalOp> below) {
        JoinInputs joined = new JoinInputs(below);
        joined.output = joined.add(join);
        joined.schema = join.schema();
        return joined;
    }

    /** Its columns, as expressions over all fields. */
    private List<Expr> add(LogicalOp op) {
        if (JoinOrder.isInner(op)) {
            LogicalOp.Join join = (LogicalOp.Join) op;
            List<Expr> columns = new ArrayList<>(add(join.left()));
            columns.addAll(add(join.right()));
            for (Expr conjunct : RangeSimplification.conjuncts(join.condition())) {
                conditions.add(replace(conjunct, columns));
            }
            return columns;
        }
        if (op instanceof LogicalOp.Project project
                && isInnerBelow(project)
                && project.expressions().stream().allMatch(e -> e instanceof Expr.Column)) {
            List<Expr> columns = add(project.input());
            return project.expressions().stream().map(e -> replace(e, columns)).toList();
        }
        if (op instanceof LogicalOp.Filter filter && isInnerBelow(filter)) {
            List<Expr> columns = add(filter.input());
            for (Expr conjunct : RangeSimplification.conjuncts(filter.condition())) {
                conditions.add(replace(conjunct, columns));
            }
            return columns;
        }
        inputs.add(below.apply(op));
        firsts.add(fields);
        List<Expr> columns = new ArrayList<>();
        for (int i = 0; i < op.schema().size(); i++) {
            columns.add(new Expr.Column(fields++, op.schema().type(i)));
        }
        return columns;
    }

    private static boolean isInnerBelow(LogicalOp op) {
        LogicalOp below = op.inputs().get(0);
        boolean isThrough = below instanceof LogicalOp.Project || below instanceof LogicalOp.Filter;
        return JoinOrder.isInner(below) || isThrough && isInnerBelow(below);
    }

    private static Expr replace(Expr expr, List<Expr> columns) {
        if (expr instanceof Expr.Column column) {
            return columns.get(column.index());
        }
        return expr instanceof Expr.Call call
                ? new Expr.Call(
                        call.function(),
                        call.operands().stream().map(o -> replace(o, columns)).toList(),
                        call.type())
                : expr;
    }

    int size() {
        return inputs.size();
    }

    LogicalOp input(int number) {
        return inputs.get(number);
    }

    List<Expr> conditions() {
        return conditions;
    }

    /** The inputs that a condition reads, as a set of bits. */
    int used(int condition) {
        return used(conditions.get(condition));
    }

    int used(Expr expr) {
        BitSet columns = new BitSet();
        collect(expr, columns);
        return columns.stream().map(column -> 1 << inputOf(column)).reduce(0, (a, b) -> a | b);
    }

    private int inputOf(int column) {
        int input = firsts.size() - 1;
        while (firsts.get(input) > column) {
            input--;
        }
        return input;
    }

    private static void collect(Expr expr, BitSet columns) {
        if (expr instanceof Expr.Column column) {
            columns.set(column.index());
        } else if (expr instanceof Expr.Call call) {
            call.operands().forEach(operand -> collect(operand, columns));
        }
    }

    /** The joins in that order of the inputs, and the columns as they were. */
    LogicalOp inOrder(List<Integer> order) {
        Expr[] places = new Expr[fields];
        boolean[] isDone = new boolean[conditions.size()];
        LogicalOp joined = null;
        int set = 0;
        for (int number : order) {
            LogicalOp input = inputs.get(number);
            int first = joined == null ? 0 : joined.schema().size();
            for (int i = 0; i < input.schema().size(); i++) {
                places[firsts.get(number) + i] = new Expr.Column(first + i, input.schema().type(i));
            }
            set |= 1 << number;
            if (joined == null) {
                joined = input;
                continue;
            }
            List<Expr> now = new ArrayList<>();
            for (int c = 0; c < conditions.size(); c++) {
                if (!isDone[c] && (used(c) & ~set) == 0) {
                    isDone[c] = true;
                    now.add(replace(conditions.get(c), Arrays.asList(places)));
                }
            }
            Expr condition = RangeSimplification.conjunction(now);
            joined = LogicalOp.Join.of(joined, input, JoinKind.INNER, condition);
        }
        List<Expr> columns = output.stream().map(e -> replace(e, Arrays.asList(places))).toList();
        return Projections.project(joined, columns, schema);
    }
}
