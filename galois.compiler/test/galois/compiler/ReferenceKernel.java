package galois.compiler;

import galois.api.kernel.TimeDomain;
import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.Over;
import galois.api.plan.Plans;
import galois.api.plan.Window;
import galois.batch.RowKind;

import java.util.ArrayList;
import java.util.List;

/** A whole kernel in plain Java, operator by operator. */
final class ReferenceKernel {
    private final Fragment fragment;
    private final List<Expr.Literal> parameters;
    private final ReferenceState state;

    ReferenceKernel(LogicalPlan plan) {
        fragment = Fragment.of(plan);
        parameters = plan.parameters();
        state = fragment.stateful() == null ? null : state(fragment.stateful());
    }

    private ReferenceState state(LogicalOp op) {
        if (op instanceof LogicalOp.Join join) {
            return new ReferenceJoin(join, parameters);
        }
        if (op instanceof LogicalOp.Repeat repeat) {
            return new ReferenceRepeat(repeat);
        }
        if (op instanceof Over over) {
            return new ReferenceOver(over);
        }
        boolean isUpdating =
                op instanceof LogicalOp.WindowAggregate aggregate
                        && aggregate.window().kind() == Window.Kind.UPDATING;
        if (isUpdating) {
            return new ReferenceUpdates((LogicalOp.WindowAggregate) op, this::outcome);
        }
        if (op instanceof LogicalOp.WindowAggregate aggregate && aggregate.window().allowUs() > 0) {
            return new ReferenceUpdatedWindows(aggregate, this::outcome);
        }
        return op instanceof LogicalOp.WindowAggregate aggregate
                ? new ReferenceAggregate(aggregate)
                : new ReferenceSort((LogicalOp.Sort) op);
    }

    List<TestRow> run(List<Harness.Step> steps) {
        List<TestRow> results = new ArrayList<>();
        for (Harness.Step step : steps) {
            if (step instanceof Harness.Step.Rows rows) {
                for (TestRow row : rows.rows()) {
                    take(fragment.ports().get(rows.port()), row, results);
                }
            } else if (step instanceof Harness.Step.Clock clock) {
                state.clock(clock.us()).forEach(row -> give(row, results));
            } else if (state != null) {
                Harness.Step.Time time = (Harness.Step.Time) step;
                if (time.domain() == TimeDomain.TABLE) {
                    ((ReferenceJoin) state).version(time.us());
                } else {
                    state.time(time.us()).forEach(row -> give(row, results));
                }
            }
        }
        return results;
    }

    private void take(Fragment.Port port, TestRow row, List<TestRow> results) {
        try {
            TestRow passed = pass(row, port.before());
            if (passed != null && state != null) {
                state.add(port.side(), passed).forEach(given -> give(given, results));
            } else if (passed != null) {
                results.add(passed);
            }
        } catch (Reference.Failure failure) {
            results.add(TestRow.error(row.time(), failure.code));
        }
    }

    /** What is behind the state makes of a row: a row, an error row or nothing. */
    private TestRow outcome(TestRow row) {
        List<TestRow> results = new ArrayList<>();
        give(row, results);
        return results.isEmpty() ? null : results.get(0);
    }

    /** A row of the operator with state. */
    private void give(TestRow row, List<TestRow> results) {
        try {
            boolean isError = row.kind() == RowKind.ERROR;
            TestRow passed = isError ? row : pass(row, fragment.after());
            if (passed != null) {
                results.add(passed);
            }
        } catch (Reference.Failure failure) {
            results.add(TestRow.error(row.time(), failure.code));
        }
    }

    /** The row behind filters and projections; null: it is not wanted. */
    private TestRow pass(TestRow row, List<LogicalOp> operators) {
        TestRow current = row;
        for (LogicalOp op : operators) {
            Reference reference = new Reference(current.values(), parameters);
            if (op instanceof LogicalOp.Filter filter) {
                if (!reference.passes(List.of(filter.condition()))) {
                    return null;
                }
            } else {
                LogicalOp.Project project = (LogicalOp.Project) op;
                List<Object> values = new ArrayList<>();
                for (Expr expr : project.expressions()) {
                    boolean isChange =
                            expr instanceof Expr.Call call && call.function() == Function.CHANGE;
                    values.add(
                            isChange
                                    ? List.of("+I", "-U", "+U", "-D").get(current.kind())
                                    : Reference.widened(reference.value(expr), expr.type()));
                }
                int kind = Plans.tellsChange(project) ? 0 : current.kind();
                current = new TestRow(kind, 0, current.time(), values);
            }
        }
        return current;
    }
}
