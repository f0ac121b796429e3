package galois.compiler;

import galois.api.plan.Expr;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
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
            } else if (state != null) {
                long us = ((Harness.Step.Time) step).us();
                state.time(us).forEach(row -> give(row, results));
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
                List<Object> values = new ArrayList<>();
                for (Expr expr : ((LogicalOp.Project) op).expressions()) {
                    values.add(Reference.widened(reference.value(expr), expr.type()));
                }
                current = new TestRow(0, 0, current.time(), values);
            }
        }
        return current;
    }
}
