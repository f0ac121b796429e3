package galois.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.plan.AggregateCall;
import galois.api.plan.AggregateFunction;
import galois.api.plan.Expr;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.Window;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import org.junit.jupiter.api.Test;

import java.util.Collections;
import java.util.List;

/** Plans that cannot become a kernel are refused with a number. */
class RefusalTest {
    private static final LogicalOp SOURCE =
            new LogicalOp.Source(
                    "in",
                    Schema.of(
                            new Field("s", FieldType.VARCHAR),
                            new Field("ts", FieldType.TIMESTAMP)),
                    1);

    private static ErrorCode refusal(LogicalOp root, List<Expr.Literal> parameters) {
        LogicalPlan plan = new LogicalPlan(root, parameters);
        return assertThrows(GaloisException.class, () -> new WasmKernelCompiler().compile(plan))
                .code();
    }

    private static LogicalOp aggregate(LogicalOp input, AggregateCall call, Window window) {
        return LogicalOp.WindowAggregate.of(input, window, List.of(), List.of(call), List.of("a"));
    }

    @Test
    void sumOfText() {
        AggregateCall sum = new AggregateCall(AggregateFunction.SUM, 0, FieldType.VARCHAR);
        assertEquals(
                ErrorCode.UNSUPPORTED, refusal(aggregate(SOURCE, sum, Window.NONE), List.of()));
    }

    @Test
    void twoAggregates() {
        AggregateCall count = new AggregateCall(AggregateFunction.COUNT, -1, FieldType.BIGINT);
        LogicalOp one = aggregate(SOURCE, count, Window.NONE);
        assertEquals(ErrorCode.UNSUPPORTED, refusal(aggregate(one, count, Window.NONE), List.of()));
    }

    @Test
    void windowOfMillennia() {
        AggregateCall count = new AggregateCall(AggregateFunction.COUNT, -1, FieldType.BIGINT);
        Window window = Window.tumble(1, Long.MAX_VALUE / 2, 0);
        assertEquals(ErrorCode.UNSUPPORTED, refusal(aggregate(SOURCE, count, window), List.of()));
    }

    @Test
    void tooManyConstants() {
        Expr.Literal one = Exprs.literal(FieldType.INTEGER, "1");
        assertEquals(
                ErrorCode.QUERY_LIMIT,
                refusal(SOURCE, Collections.nCopies(Schema.FIELDS_MAX + 1, one)));
    }
}
