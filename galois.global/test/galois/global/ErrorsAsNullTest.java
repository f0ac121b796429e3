package galois.global;

import static org.junit.jupiter.api.Assertions.assertEquals;

import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.query.PlanText;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import org.junit.jupiter.api.Test;

import java.util.List;

class ErrorsAsNullTest {
    private static final Schema SCHEMA =
            new Schema(
                    List.of(new Field("n", FieldType.INTEGER), new Field("x", FieldType.DOUBLE)));

    private static final Expr N = new Expr.Column(0, FieldType.INTEGER);
    private static final Expr X = new Expr.Column(1, FieldType.DOUBLE);

    @Test
    void whatMayFailIsTriedWhereItStands() {
        Expr quotient = call(Function.DIVIDE, FieldType.INTEGER, N, N);
        Expr or = call(Function.COALESCE, FieldType.INTEGER, quotient, N);
        Expr real = call(Function.DIVIDE, FieldType.DOUBLE, X, X);
        Expr tried = call(Function.TRY, FieldType.INTEGER, quotient);
        LogicalOp source = new LogicalOp.Source("s", SCHEMA, -1);
        LogicalOp filter =
                new LogicalOp.Filter(
                        source, call(Function.GREATER, FieldType.BOOLEAN, quotient, N));
        LogicalOp project =
                new LogicalOp.Project(
                        filter,
                        List.of(or, real, tried),
                        new Schema(
                                List.of(
                                        new Field("a", FieldType.INTEGER),
                                        new Field("b", FieldType.DOUBLE),
                                        new Field("c", FieldType.INTEGER))));
        assertEquals(
                "Project COALESCE(TRY(n / n), n) AS a, x / x AS b, TRY(n / n) AS c\n"
                        + "  Filter TRY(n / n) > n\n"
                        + "    Source s (n INTEGER, x DOUBLE)\n",
                PlanText.of(ErrorsAsNull.of(new LogicalPlan(project, List.of()))));
    }

    private static Expr call(Function function, FieldType type, Expr... operands) {
        return new Expr.Call(function, List.of(operands), type);
    }
}
