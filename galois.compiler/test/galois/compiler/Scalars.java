package galois.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Runs one scalar function over rows in every manner and compares it with plain Java. */
record Scalars(
        Function function, FieldType result, List<FieldType> types, List<Expr.Literal> fixed) {
    /** The function in plain Java; the arguments are not NULL. An error is {@code "error n"}. */
    interface Reference {
        Object of(List<Object> arguments);
    }

    static Scalars of(Function function, FieldType result, FieldType... types) {
        return new Scalars(function, result, List.of(types), List.of());
    }

    /** With constants of the code behind, or for a unit of time ahead of, the operands. */
    Scalars with(String... constants) {
        List<Expr.Literal> literals = new ArrayList<>();
        for (String constant : constants) {
            literals.add(new Expr.Literal(FieldType.VARCHAR, constant));
        }
        return new Scalars(function, result, types, literals);
    }

    void check(Reference reference, List<List<Object>> rows) {
        List<String> expected = new ArrayList<>();
        for (List<Object> row : rows) {
            boolean isNull = row.stream().anyMatch(Objects::isNull);
            expected.add(isNull ? "null" : String.valueOf(reference.of(row)));
        }
        for (Harness.Manner manner : Harness.Manner.values()) {
            List<String> actual = run(rows, manner);
            for (int i = 0; i < rows.size(); i++) {
                assertEquals(
                        expected.get(i),
                        actual.get(i),
                        function + " " + fixed + " of " + rows.get(i) + " " + manner);
            }
        }
    }

    List<String> run(List<List<Object>> rows, Harness.Manner manner) {
        List<Field> fields = new ArrayList<>();
        List<Expr> operands = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < types.size() + fixed.size(); i++) {
            if (function.isStructural(i)) {
                operands.add(fixed.get(operands.size() - next));
            } else {
                operands.add(Exprs.column(next, types.get(next)));
                fields.add(new Field("c" + next, types.get(next)));
                next++;
            }
        }
        LogicalOp plan = new LogicalOp.Source("in", new Schema(fields), -1);
        Expr call = new Expr.Call(function, operands, result);
        plan = new LogicalOp.Project(plan, List.of(call), Schema.of(new Field("r", result)));
        List<TestRow> input = new ArrayList<>();
        rows.forEach(row -> input.add(TestRow.of(0, row.toArray())));
        List<Harness.Step> steps = List.of(new Harness.Step.Rows(input));
        return Harness.run(new LogicalPlan(plan, List.of()), steps, manner).stream()
                .map(row -> row.kind() == 4 ? "error " + row.code() : "" + row.values().get(0))
                .toList();
    }
}
