package galois.sql;

import galois.api.ErrorCode;
import galois.api.plan.AggregateCall;
import galois.api.plan.Expr;
import galois.api.plan.LogicalOp;
import galois.api.plan.Over;
import galois.api.plan.OverCall;
import galois.api.plan.OverFrame;
import galois.api.plan.OverFunction;
import galois.api.plan.SortKey;
import galois.api.query.Catalog;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A window of so many rows of each key, in the order of their event time: it gives its result with
 * its last row. What a window needs is what {@link Over} keeps: the rows ahead of the last one.
 *
 * @param size rows of a window
 * @param slide rows from the end of one to the end of the next
 * @param time column of the event time; -1: there is none, the order of the input counts
 */
record CountWindow(long size, long slide, int time) {
    private static final Set<String> NAMES = Set.of("COUNT_WINDOW", "COUNTWINDOW");

    /** In GROUP BY. */
    static final SqlFunction OPERATOR =
            new SqlFunction(
                    "COUNT_WINDOW",
                    SqlKind.OTHER_FUNCTION,
                    ReturnTypes.TIMESTAMP,
                    null,
                    OperandTypes.variadic(SqlOperandCountRanges.between(1, 2)),
                    SqlFunctionCategory.SYSTEM);

    static boolean isNamed(SqlNode node) {
        return node instanceof SqlCall call
                && NAMES.contains(call.getOperator().getName().toUpperCase(Locale.ROOT));
    }

    /** The call as the validator knows it: its numbers are part of the code. */
    static SqlNode checked(SqlCall call, QueryPlaces places) {
        boolean isGood = call.operandCount() == 1 || call.operandCount() == 2;
        for (SqlNode operand : call.getOperandList()) {
            isGood &=
                    operand instanceof SqlNumericLiteral literal
                            && literal.isInteger()
                            && literal.bigDecimalValue().signum() > 0
                            && literal.bigDecimalValue()
                                            .compareTo(BigDecimal.valueOf(OverFrame.ROWS_MAX))
                                    <= 0;
        }
        if (!isGood) {
            throw places.error(
                    ErrorCode.SYNTAX,
                    call,
                    "COUNT_WINDOW takes how many rows a window has, and perhaps after how many the"
                            + " next one comes, from 1 to "
                            + OverFrame.ROWS_MAX
                            + ": COUNT_WINDOW(10, 5)");
        }
        return OPERATOR.createCall(call.getParserPosition(), call.getOperandList());
    }

    static boolean isCall(RexNode node) {
        return node instanceof RexCall call && call.getOperator() == OPERATOR;
    }

    static CountWindow of(RexCall call, LogicalOp input, Catalog catalog) {
        long size = number(call, 0);
        int time = -1;
        for (int column = input.schema().size() - 1; column >= 0; column--) {
            boolean isTime =
                    input.schema().type(column) == FieldType.TIMESTAMP
                            && WindowCalls.isEventTime(input, column, catalog);
            time = isTime ? column : time;
        }
        return new CountWindow(size, call.getOperands().size() == 1 ? size : number(call, 1), time);
    }

    private static long number(RexCall call, int operand) {
        return RexLiteral.bigDecimalValue(call.getOperands().get(operand)).longValue();
    }

    /** The same over another column. */
    CountWindow at(int column) {
        return new CountWindow(size, slide, column);
    }

    /**
     * The aggregates of the windows, as {@link LogicalOp.WindowAggregate} has them: keys, first and
     * last time, aggregates.
     */
    LogicalOp aggregate(
            LogicalOp input,
            List<Integer> keys,
            List<AggregateCall> aggregates,
            List<String> names,
            QueryPlaces places) {
        if (aggregates.stream().anyMatch(AggregateCall::distinct)) {
            throw places.errorAtWord(
                    ErrorCode.UNSUPPORTED,
                    List.of("DISTINCT"),
                    "DISTINCT is not supported in windows that count rows: use a TUMBLE window, or"
                            + " APPROX_COUNT_DISTINCT");
        }
        OverFrame frame = OverFrame.rows(size - 1);
        List<OverCall> calls = new ArrayList<>();
        List<String> callNames = new ArrayList<>();
        if (time >= 0) {
            for (OverFunction bound : List.of(OverFunction.FIRST_VALUE, OverFunction.LAST_VALUE)) {
                calls.add(new OverCall(bound, time, 0, frame, null, FieldType.TIMESTAMP));
                callNames.add(bound == OverFunction.FIRST_VALUE ? "window_start" : "window_end");
            }
        }
        for (int i = 0; i < aggregates.size(); i++) {
            calls.add(OverCall.of(aggregates.get(i), frame));
            callNames.add(names.get(i));
        }
        List<SortKey> order = time < 0 ? List.of() : List.of(SortKey.ascending(time));
        Over over = Over.of(input, keys, order, calls, callNames).each(size, slide);
        List<Expr> expressions = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (int key : keys) {
            expressions.add(new Expr.Column(key, input.schema().type(key)));
            fields.add(input.schema().field(key));
        }
        if (time < 0) {
            for (String bound : List.of("window_start", "window_end")) {
                expressions.add(new Expr.Literal(FieldType.TIMESTAMP, null));
                fields.add(new Field(bound, FieldType.TIMESTAMP));
            }
        }
        for (int i = input.schema().size(); i < over.schema().size(); i++) {
            expressions.add(new Expr.Column(i, over.schema().type(i)));
            fields.add(over.schema().field(i));
        }
        return new LogicalOp.Project(Overs.inWindows(over), expressions, new Schema(fields));
    }
}
