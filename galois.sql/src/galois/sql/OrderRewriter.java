package galois.sql;

import galois.api.ErrorCode;
import galois.api.plan.AggregateFunction;
import galois.api.plan.OverFrame;
import galois.api.plan.OverFunction;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** ORDER BY, LIMIT and OVER before validation. */
final class OrderRewriter {
    private static final Set<SqlKind> DIRECTIONS =
            Set.of(SqlKind.DESCENDING, SqlKind.NULLS_FIRST, SqlKind.NULLS_LAST);

    private static final Set<String> NUMBERS = Set.of("ROW_NUMBER", "RANK", "DENSE_RANK");

    private final QueryPlaces places;
    private final ExpressionRewriter expressions;

    OrderRewriter(QueryPlaces places, ExpressionRewriter expressions) {
        this.places = places;
        this.expressions = expressions;
    }

    /** The members of ORDER BY; a number stays: it is the place of a column. */
    SqlNodeList keys(SqlNodeList list) {
        List<SqlNode> keys = new ArrayList<>();
        for (SqlNode key : list) {
            keys.add(key(key));
        }
        return new SqlNodeList(keys, list.getParserPosition());
    }

    private SqlNode key(SqlNode key) {
        if (DIRECTIONS.contains(key.getKind())) {
            SqlCall call = (SqlCall) key;
            return call.getOperator().createCall(call.getParserPosition(), key(call.operand(0)));
        }
        return key instanceof SqlNumericLiteral ? key : expressions.rewrite(key);
    }

    /** LIMIT and OFFSET are part of the code: only a number is possible. */
    void checkCount(SqlNode count, String word) {
        boolean isCount =
                count == null
                        || count instanceof SqlNumericLiteral literal
                                && literal.isInteger()
                                && isLong(literal.bigDecimalValue());
        if (!isCount) {
            throw places.error(ErrorCode.SYNTAX, count, word + " needs a whole number such as 10");
        }
    }

    private static boolean isLong(BigDecimal number) {
        return number.signum() >= 0 && number.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
    }

    /** {@code function OVER (PARTITION BY ... ORDER BY ... ROWS ...)}. */
    SqlNode over(SqlCall over) {
        SqlNode function = function(over.operand(0));
        SqlNode window = over.operand(1);
        if (window instanceof SqlWindow inline) {
            window(inline);
        }
        return SqlStdOperatorTable.OVER.createCall(over.getParserPosition(), function, window);
    }

    private SqlNode function(SqlCall call) {
        if (call.getKind() == SqlKind.FILTER) {
            return filtered(call.operand(0), call.operand(1));
        }
        boolean ignores = call.getKind() == SqlKind.IGNORE_NULLS;
        if (ignores || call.getKind() == SqlKind.RESPECT_NULLS) {
            return nulls(call.operand(0), ignores);
        }
        String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
        if (call.getFunctionQuantifier() != null
                && call.getFunctionQuantifier().getValue() == SqlSelectKeyword.DISTINCT) {
            throw places.unsupported(
                    call, "DISTINCT with OVER", "count distinct values in windows with GROUP BY");
        }
        OverFunction function = OverOperators.named(name);
        if (function != null) {
            return call(call, name, function);
        }
        AggregateFunction aggregate = AggregateOperators.named(name);
        if (aggregate == null) {
            throw places.unsupported(
                    call,
                    Messages.shorten(name) + " OVER",
                    "GALOIS has all aggregate functions and "
                            + String.join(", ", OverOperators.words())
                            + " with OVER (...)");
        }
        SqlCall rewritten = (SqlCall) expressions.rewrite(call);
        return OverOperators.of(aggregate)
                .createCall(call.getParserPosition(), rewritten.getOperandList());
    }

    /** The condition goes into the argument, which is NULL where it is not true. */
    private SqlNode filtered(SqlCall call, SqlNode condition) {
        SqlParserPos at = call.getParserPosition();
        boolean isStar =
                call.operandCount() > 0
                        && call.operand(0) instanceof SqlIdentifier name
                        && name.isStar();
        SqlNode argument =
                isStar
                        ? SqlLiteral.createExactNumeric("1", at)
                        : call.operandCount() == 0 ? null : call.operand(0);
        String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
        if (argument == null || AggregateOperators.named(name) == null) {
            throw places.unsupported(call, name + " with FILTER", "filter with WHERE");
        }
        List<SqlNode> operands = new ArrayList<>(call.getOperandList());
        operands.set(
                0,
                new SqlCase(
                        at,
                        null,
                        SqlNodeList.of(condition),
                        SqlNodeList.of(argument),
                        SqlLiteral.createNull(at)));
        if (OverOperators.named(name) != null) {
            throw places.unsupported(call, name + " with FILTER", "use LAST_VALUE IGNORE NULLS");
        }
        return function(call.getOperator().createCall(at, operands));
    }

    /** FIRST_VALUE and LAST_VALUE of the values that are not NULL are aggregates. */
    private SqlNode nulls(SqlCall call, boolean ignores) {
        String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
        OverFunction function = OverOperators.named(name);
        boolean isValue =
                function == OverFunction.FIRST_VALUE || function == OverFunction.LAST_VALUE;
        if (ignores && !isValue) {
            throw places.unsupported(
                    call,
                    name + " IGNORE NULLS",
                    "use FIRST_VALUE or LAST_VALUE, or filter NULL out before");
        }
        if (!ignores) {
            return function(call);
        }
        AggregateFunction aggregate =
                function == OverFunction.FIRST_VALUE
                        ? AggregateFunction.FIRST
                        : AggregateFunction.LAST;
        checkCount(call, name, 1, 1);
        return AggregateOperators.of(aggregate)
                .createCall(call.getParserPosition(), expressions.rewrite(call.operand(0)));
    }

    private SqlNode call(SqlCall call, String name, OverFunction function) {
        SqlParserPos at = call.getParserPosition();
        int least = function == OverFunction.NTH_VALUE ? 2 : 1;
        int most =
                switch (function) {
                    case LAG, LEAD -> 3;
                    case NTH_VALUE -> 2;
                    default -> 1;
                };
        boolean isNumber = NUMBERS.contains(name);
        checkCount(call, name, isNumber ? 0 : least, isNumber ? 0 : most);
        List<SqlNode> operands = new ArrayList<>();
        for (int i = 0; i < call.operandCount(); i++) {
            SqlNode operand = call.operand(i);
            if (i == 1) {
                checkRows(operand, name, least == 2 ? 1 : 0);
            }
            operands.add(i == 1 ? operand : expressions.rewrite(operand));
        }
        return OverOperators.of(function).createCall(at, operands);
    }

    private void checkCount(SqlCall call, String name, int least, int most) {
        int count = call.operandCount();
        if (most == 0 && count > 0) {
            throw places.error(
                    ErrorCode.TYPE_MISMATCH,
                    call,
                    name + " takes no argument: write " + name + "()");
        }
        if (count < least || count > most) {
            String range = least == most ? "" : least + " to ";
            throw places.error(
                    ErrorCode.TYPE_MISMATCH,
                    call,
                    name
                            + " takes "
                            + range
                            + most
                            + (most == 1 ? " argument" : " arguments")
                            + ", found "
                            + count);
        }
    }

    /** How many rows is part of the code: only a number is possible. */
    private void checkRows(SqlNode rows, String name, int least) {
        boolean isCount =
                rows instanceof SqlNumericLiteral literal
                        && literal.isInteger()
                        && literal.bigDecimalValue().compareTo(BigDecimal.valueOf(least)) >= 0
                        && literal.bigDecimalValue()
                                        .compareTo(BigDecimal.valueOf(OverFrame.ROWS_MAX))
                                <= 0;
        if (!isCount) {
            throw places.error(
                    ErrorCode.TYPE_MISMATCH,
                    rows,
                    name
                            + " needs a whole number of rows from "
                            + least
                            + " to "
                            + OverFrame.ROWS_MAX);
        }
    }

    /** The partition and order of a window, in place. */
    void window(SqlWindow window) {
        checkBound(window.getLowerBound());
        checkBound(window.getUpperBound());
        List<SqlNode> partition = new ArrayList<>();
        for (SqlNode key : window.getPartitionList()) {
            partition.add(expressions.rewrite(key));
        }
        window.setOperand(
                2, new SqlNodeList(partition, window.getPartitionList().getParserPosition()));
        window.setOperand(3, keys(window.getOrderList()));
    }

    /** How far a frame goes is part of the code: only a number or an interval is possible. */
    private void checkBound(SqlNode bound) {
        if (!(bound instanceof SqlCall call) || call.operandCount() == 0) {
            return;
        }
        SqlNode distance = call.operand(0);
        if (distance instanceof SqlIntervalLiteral) {
            return;
        }
        if (!(distance instanceof SqlNumericLiteral)) {
            throw places.error(
                    ErrorCode.SYNTAX,
                    distance,
                    "the bound of a frame is a whole number of rows, or an interval:"
                            + " ROWS 10 PRECEDING, RANGE INTERVAL '1' MINUTE PRECEDING");
        }
        checkRows(distance, "the frame", 0);
    }
}
