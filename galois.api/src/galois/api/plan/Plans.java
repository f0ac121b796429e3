package galois.api.plan;

import java.util.ArrayList;
import java.util.List;

/** Walks over plans that every tier needs. */
public final class Plans {
    private Plans() {}

    /** The sources of a plan, from left to right: the order of its ports. */
    public static List<LogicalOp.Source> sources(LogicalOp root) {
        return operators(root).stream()
                .filter(LogicalOp.Source.class::isInstance)
                .map(LogicalOp.Source.class::cast)
                .toList();
    }

    /** Every operator in the order of the data: inputs, from left to right, before who reads. */
    public static List<LogicalOp> operators(LogicalOp root) {
        List<LogicalOp> operators = new ArrayList<>();
        collect(root, operators);
        return operators;
    }

    private static void collect(LogicalOp op, List<LogicalOp> operators) {
        op.inputs().forEach(input -> collect(input, operators));
        operators.add(op);
    }

    /** The operators of a chain from its source upwards; a plan that branches is refused. */
    public static List<LogicalOp> chain(LogicalOp root) {
        List<LogicalOp> chain = new ArrayList<>();
        LogicalOp op = root;
        while (true) {
            chain.add(0, op);
            if (op.inputs().isEmpty()) {
                return chain;
            }
            if (op.inputs().size() > 1) {
                throw new IllegalArgumentException("the plan is not a chain");
            }
            op = op.inputs().get(0);
        }
    }

    /** The same operator over other inputs (of equal schemas). */
    public static LogicalOp withInputs(LogicalOp op, List<LogicalOp> inputs) {
        if (op instanceof LogicalOp.Union union) {
            return new LogicalOp.Union(inputs, union.schema());
        }
        if (op instanceof LogicalOp.Join join) {
            return join.over(inputs, join.condition());
        }
        return inputs.isEmpty() ? op : withInput(op, inputs.get(0));
    }

    /** The same operator over another input (of equal schema). */
    public static LogicalOp withInput(LogicalOp op, LogicalOp input) {
        if (op instanceof LogicalOp.Filter filter) {
            return new LogicalOp.Filter(input, filter.condition());
        }
        if (op instanceof LogicalOp.Project project) {
            return new LogicalOp.Project(input, project.expressions(), project.schema());
        }
        if (op instanceof LogicalOp.WindowAggregate aggregate) {
            return new LogicalOp.WindowAggregate(
                    input,
                    aggregate.window(),
                    aggregate.keys(),
                    aggregate.aggregates(),
                    aggregate.schema());
        }
        if (op instanceof LogicalOp.PartialAggregate part) {
            return new LogicalOp.PartialAggregate(
                    input, part.window(), part.keys(), part.aggregates(), part.schema());
        }
        if (op instanceof LogicalOp.FinalAggregate whole) {
            return new LogicalOp.FinalAggregate(
                    input,
                    whole.window(),
                    whole.keys(),
                    whole.aggregates(),
                    whole.rows(),
                    whole.schema());
        }
        if (op instanceof LogicalOp.Exchange exchange) {
            return new LogicalOp.Exchange(input, exchange.keys(), exchange.instances());
        }
        if (op instanceof LogicalOp.Sort sort) {
            return sort.over(input);
        }
        if (op instanceof Over over) {
            return over.over(input);
        }
        if (op instanceof LogicalOp.Repeat repeat) {
            return LogicalOp.Repeat.of(input, repeat.times());
        }
        throw new IllegalArgumentException(op.getClass().getSimpleName() + " has no input");
    }

    /** What must be true for a condition to be: the operands of its ANDs, from left to right. */
    public static List<Expr> conjuncts(Expr condition) {
        return condition instanceof Expr.Call call && call.function() == Function.AND
                ? call.operands().stream().flatMap(o -> conjuncts(o).stream()).toList()
                : List.of(condition);
    }

    /** True when some rows of the operator update or delete others that it gave. */
    public static boolean isUpdating(LogicalOp op) {
        if (op instanceof LogicalOp.Source source) {
            return source.updating();
        }
        if (op instanceof LogicalOp.WindowAggregate aggregate
                && (aggregate.window().kind() == Window.Kind.UPDATING
                        || aggregate.window().allowUs() > 0)) {
            return !aggregate.aggregates().isEmpty();
        }
        if (op instanceof LogicalOp.Project project && tellsChange(project)) {
            return false;
        }
        return op.inputs().stream().anyMatch(Plans::isUpdating);
    }

    /** True when a field says what the row does: with it each row is an insert. */
    public static boolean tellsChange(LogicalOp.Project project) {
        return project.expressions().stream()
                .anyMatch(e -> e instanceof Expr.Call call && call.function() == Function.CHANGE);
    }

    /** True when an operator remembers rows: a kernel holds at most one of these. */
    public static boolean isStateful(LogicalOp op) {
        return grouping(op) != null
                || op instanceof LogicalOp.Sort
                || op instanceof Over
                || op instanceof LogicalOp.Repeat
                || op instanceof LogicalOp.Join;
    }

    /**
     * True when every operator with state lets go of rows whose time has passed: who reads the
     * result from some moment on gets, but for the beginning, what he would get of an operator that
     * began then.
     */
    public static boolean isForgetting(LogicalOp root) {
        return forgets(root) && root.inputs().stream().allMatch(Plans::isForgetting);
    }

    private static boolean forgets(LogicalOp op) {
        LogicalOp.WindowAggregate grouping = grouping(op);
        if (grouping != null) {
            Window.Kind kind = grouping.window().kind();
            return kind != Window.Kind.NONE
                    && kind != Window.Kind.UPDATING
                    && grouping.window().allowUs() == 0;
        }
        if (op instanceof LogicalOp.Sort sort) {
            return sort.timeField() >= 0;
        }
        if (op instanceof LogicalOp.Join join) {
            return join.time() != null;
        }
        return op instanceof LogicalOp.Repeat || !isStateful(op);
    }

    /** True when the operator drops rows that come after their time, as error rows LATE. */
    public static boolean findsLateRows(LogicalOp op) {
        LogicalOp.WindowAggregate aggregate = grouping(op);
        return aggregate != null && aggregate.window().isInTime() && !aggregate.window().byClock()
                || op instanceof LogicalOp.Sort sort && sort.timeField() >= 0
                || op instanceof Over over && over.timeField() >= 0
                || op instanceof LogicalOp.Join join && join.time() != null;
    }

    /** How an aggregate, or a half of one, forms its groups; null for any other operator. */
    public static LogicalOp.WindowAggregate grouping(LogicalOp op) {
        if (op instanceof LogicalOp.PartialAggregate part) {
            return part.grouping();
        }
        if (op instanceof LogicalOp.FinalAggregate whole) {
            return whole.grouping();
        }
        return op instanceof LogicalOp.WindowAggregate aggregate ? aggregate : null;
    }
}
