package galois.compiler;

import galois.api.plan.Expr;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.Plans;

import java.util.ArrayList;
import java.util.List;

/** A whole chain in plain Java, operator by operator. */
final class ReferenceKernel {
    private final List<LogicalOp> operators;
    private final List<Expr.Literal> parameters;
    private final ReferenceState state;
    private final int stateAt;

    ReferenceKernel(LogicalPlan plan) {
        List<LogicalOp> chain = Plans.chain(plan.root());
        operators = chain.subList(1, chain.size());
        parameters = plan.parameters();
        int at = -1;
        for (int i = 0; i < operators.size(); i++) {
            at = Plans.isStateful(operators.get(i)) ? i : at;
        }
        stateAt = at;
        state = at < 0 ? null : state(operators.get(at));
    }

    private static ReferenceState state(LogicalOp op) {
        return op instanceof LogicalOp.WindowAggregate aggregate
                ? new ReferenceAggregate(aggregate)
                : new ReferenceSort((LogicalOp.Sort) op);
    }

    List<TestRow> run(List<Harness.Step> steps) {
        List<TestRow> results = new ArrayList<>();
        for (Harness.Step step : steps) {
            if (step instanceof Harness.Step.Rows rows) {
                for (TestRow row : rows.rows()) {
                    pass(row, 0, results);
                }
            } else if (state != null) {
                long us = ((Harness.Step.Time) step).us();
                for (TestRow row : state.time(us)) {
                    pass(row, stateAt + 1, results);
                }
            }
        }
        return results;
    }

    private void pass(TestRow row, int from, List<TestRow> results) {
        if (row.kind() == galois.batch.RowKind.ERROR) {
            results.add(row);
            return;
        }
        TestRow current = row;
        try {
            for (int i = from; i < operators.size(); i++) {
                LogicalOp op = operators.get(i);
                Reference reference = new Reference(current.values(), parameters);
                if (op instanceof LogicalOp.Filter filter) {
                    if (!reference.passes(List.of(filter.condition()))) {
                        return;
                    }
                } else if (op instanceof LogicalOp.Project project) {
                    List<Object> values = new ArrayList<>();
                    for (Expr expr : project.expressions()) {
                        values.add(Reference.widened(reference.value(expr), expr.type()));
                    }
                    current = new TestRow(0, 0, current.time(), values);
                } else {
                    int next = i + 1;
                    state.add(current).forEach(passed -> pass(passed, next, results));
                    return;
                }
            }
            results.add(current);
        } catch (Reference.Failure failure) {
            results.add(TestRow.error(row.time(), failure.code));
        }
    }
}
