package galois.sql;

import galois.api.ErrorCode;
import galois.api.plan.AggregateCall;
import galois.api.plan.AggregateFunction;
import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.LogicalOp;
import galois.api.plan.Window;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.sql.SqlKind;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * INTERSECT and EXCEPT: the rows of both sides are grouped, and a group stays by whether each side
 * has it. NULLs are equal here, as in GROUP BY.
 */
final class SetOperations {
    private SetOperations() {}

    /** Each row once. */
    static LogicalOp distinct(LogicalOp op) {
        return LogicalOp.WindowAggregate.of(
                op, Window.NONE, fields(op.schema()), List.of(), List.of());
    }

    /**
     * @param inputs with equal types
     */
    static LogicalOp plan(SetOp set, List<LogicalOp> inputs, QueryPlaces places) {
        if (set.all) {
            throw places.errorAtWord(
                    ErrorCode.UNSUPPORTED,
                    List.of("INTERSECT", "EXCEPT"),
                    set.kind + " ALL is not supported: without ALL each row comes once");
        }
        LogicalOp result = inputs.get(0);
        for (LogicalOp right : inputs.subList(1, inputs.size())) {
            result = plan(result, right, set.kind == SqlKind.INTERSECT);
        }
        return result;
    }

    private static LogicalOp plan(LogicalOp left, LogicalOp right, boolean isInBoth) {
        int size = left.schema().size();
        LogicalOp tagged = tagged(left, true);
        LogicalOp union =
                new LogicalOp.Union(List.of(tagged, tagged(right, false)), tagged.schema());
        AggregateCall isLeft = new AggregateCall(AggregateFunction.ANY, size, FieldType.BOOLEAN);
        AggregateCall isLeftOnly =
                new AggregateCall(AggregateFunction.EVERY, size, FieldType.BOOLEAN);
        LogicalOp groups =
                LogicalOp.WindowAggregate.of(
                        union,
                        Window.NONE,
                        fields(left.schema()),
                        List.of(isLeft, isLeftOnly),
                        List.of("$left", "$only"));
        Expr only = new Expr.Column(size + 1, FieldType.BOOLEAN);
        Expr stays =
                Exprs.all(
                        List.of(
                                new Expr.Column(size, FieldType.BOOLEAN),
                                isInBoth ? TextCalls.call(Function.NOT, List.of(only)) : only));
        List<Expr> columns = new ArrayList<>();
        for (int field : fields(left.schema())) {
            columns.add(new Expr.Column(field, left.schema().type(field)));
        }
        return Projections.project(new LogicalOp.Filter(groups, stays), columns, left.schema());
    }

    /** The rows with a field more that says from where they come. */
    private static LogicalOp tagged(LogicalOp op, boolean isLeft) {
        List<Expr> columns = new ArrayList<>();
        List<Field> fields = new ArrayList<>(op.schema().fields());
        for (int field : fields(op.schema())) {
            columns.add(new Expr.Column(field, op.schema().type(field)));
        }
        columns.add(new Expr.Literal(FieldType.BOOLEAN, Boolean.toString(isLeft)));
        fields.add(new Field("$left", FieldType.BOOLEAN));
        return new LogicalOp.Project(op, columns, new Schema(fields));
    }

    private static List<Integer> fields(Schema schema) {
        return IntStream.range(0, schema.size()).boxed().toList();
    }
}
