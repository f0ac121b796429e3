package galois.sql;

import galois.api.ErrorCode;
import galois.api.plan.AggregateFunction;
import galois.batch.FieldType;

import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Calls of aggregate functions in all their spellings. */
final class AggregateRewriter {
    private static final Set<String> MEDIANS = Set.of("MEDIAN", "APPROX_MEDIAN");

    private static final Set<String> PERCENTILES = Set.of("PERCENTILE_CONT", "PERCENTILE_DISC");

    /** Columns of {@code COUNT(DISTINCT a, b, ...)}. */
    private static final int DISTINCT_COLUMNS_MAX = 8;

    private final QueryPlaces places;
    private final ExpressionRewriter expressions;

    AggregateRewriter(QueryPlaces places, ExpressionRewriter expressions) {
        this.places = places;
        this.expressions = expressions;
    }

    /**
     * @param name of the operator in upper case
     */
    SqlNode rewrite(SqlCall written, String name, AggregateFunction function) {
        SqlParserPos at = written.getParserPosition();
        SqlCall call = function == AggregateFunction.COUNT ? distinctPair(written) : written;
        checkArguments(call, name, function);
        List<SqlNode> operands = new ArrayList<>();
        boolean isStar = isStar(call.operand(0));
        if (isStar && function != AggregateFunction.COUNT) {
            throw places.error(ErrorCode.TYPE_MISMATCH, call, name + " takes a column, not *");
        }
        operands.add(isStar ? call.operand(0) : expressions.rewrite(call.operand(0)));
        for (int i = 1; i < operandCount(call, name); i++) {
            operands.add(expressions.rewrite(call.operand(i)));
        }
        if (function == AggregateFunction.LISTAGG) {
            SqlDataTypeSpec text =
                    new SqlDataTypeSpec(
                            new SqlBasicTypeNameSpec(SqlTypes.nameOf(FieldType.VARCHAR), at), at);
            operands.set(0, SqlStdOperatorTable.CAST.createCall(at, operands.get(0), text));
            if (operands.size() == 1) {
                String usual = name.equals("LISTAGG") ? "" : ",";
                operands.add(ExpressionRewriter.constant(FieldType.VARCHAR, usual, at));
            }
        }
        if (MEDIANS.contains(name)) {
            operands.add(ExpressionRewriter.constant(FieldType.DOUBLE, "0.5", at));
        }
        SqlLiteral quantifier = isDistinct(call, isStar) ? call.getFunctionQuantifier() : null;
        return AggregateOperators.of(function)
                .createCall(quantifier, at, operands.toArray(SqlNode[]::new));
    }

    /** Two columns stand for the columns, or the row value, of which different ones are counted. */
    private SqlCall distinctPair(SqlCall call) {
        if (call.operandCount() == 0 || !isDistinct(call, false)) {
            return call;
        }
        List<SqlNode> columns = call.getOperandList();
        if (columns.size() == 1 && columns.get(0).getKind() == SqlKind.ROW) {
            columns = ((SqlCall) columns.get(0)).getOperandList();
        }
        if (columns.size() > DISTINCT_COLUMNS_MAX) {
            throw places.error(
                    ErrorCode.QUERY_LIMIT,
                    call,
                    "COUNT(DISTINCT ...) has "
                            + columns.size()
                            + " columns, the limit is "
                            + DISTINCT_COLUMNS_MAX);
        }
        List<SqlNode> pair = columns;
        if (columns.size() > 2) {
            pair = List.of(columns.get(0), text(columns.subList(1, columns.size())));
        }
        return call.getOperator()
                .createCall(call.getFunctionQuantifier(), call.getParserPosition(), pair);
    }

    /** One text for each combination of values: each with its length ahead. NULL if one is. */
    private static SqlNode text(List<SqlNode> columns) {
        SqlParserPos at = columns.get(0).getParserPosition();
        List<SqlNode> parts = new ArrayList<>();
        for (SqlNode column : columns) {
            SqlNode empty = SqlLiteral.createCharString("", at);
            parts.add(named("CHAR_LENGTH", named("CONCAT", column, empty)));
            parts.add(SqlLiteral.createCharString(":", at));
            parts.add(column);
        }
        return named("CONCAT", parts.toArray(SqlNode[]::new));
    }

    private static SqlNode named(String function, SqlNode... operands) {
        SqlParserPos at = operands[0].getParserPosition();
        return new SqlUnresolvedFunction(
                        new SqlIdentifier(function, at),
                        null,
                        null,
                        null,
                        null,
                        SqlFunctionCategory.USER_DEFINED_FUNCTION)
                .createCall(at, operands);
    }

    private static boolean isStar(SqlNode node) {
        return node instanceof SqlIdentifier name && name.isStar();
    }

    private boolean isDistinct(SqlCall call, boolean isStar) {
        SqlLiteral quantifier = call.getFunctionQuantifier();
        boolean isDistinct =
                quantifier != null && quantifier.getValue() == SqlSelectKeyword.DISTINCT;
        if (isDistinct && isStar) {
            throw places.unsupported(call, "COUNT(DISTINCT *)", "name a column");
        }
        return isDistinct;
    }

    private void checkArguments(SqlCall call, String name, AggregateFunction function) {
        int least = 1;
        int most = 1;
        if (function.isBy() || function == AggregateFunction.APPROX_QUANTILE) {
            least = MEDIANS.contains(name) ? 1 : 2;
            most = least;
        } else if (function == AggregateFunction.LISTAGG) {
            most = 2;
        } else if (function == AggregateFunction.COUNT && isDistinct(call, false)) {
            most = 2; // more of them are one by now
        }
        int count = operandCount(call, name);
        if (count < least || count > most) {
            throw places.error(
                    ErrorCode.TYPE_MISMATCH,
                    call,
                    name.toUpperCase(Locale.ROOT)
                            + " takes "
                            + (least == most ? "" : least + " or ")
                            + most
                            + (most == 1 ? " argument" : " arguments")
                            + ", found "
                            + count);
        }
    }

    /** The parser takes FIRST and LAST for those of MATCH_RECOGNIZE and adds an offset. */
    private static int operandCount(SqlCall call, String name) {
        boolean hasOffset = name.equals("FIRST") || name.equals("LAST");
        return hasOffset ? 1 : call.operandCount();
    }

    /**
     * {@code PERCENTILE_CONT(fraction) WITHIN GROUP (ORDER BY x)}: about that, as APPROX_QUANTILE
     * is.
     */
    SqlNode withinGroup(SqlCall call) {
        SqlCall function = call.operand(0);
        String name = function.getOperator().getName().toUpperCase(Locale.ROOT);
        if (!PERCENTILES.contains(name)) {
            throw places.unsupported(
                    call,
                    Messages.shorten(name) + " WITHIN GROUP",
                    "GALOIS has PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY x), and LISTAGG(x, ',') in"
                            + " the order of arrival");
        }
        SqlNodeList order = call.operand(1);
        boolean isNumber =
                function.operandCount() == 1
                        && function.operand(0) instanceof SqlNumericLiteral literal
                        && literal.bigDecimalValue().signum() >= 0
                        && literal.bigDecimalValue().compareTo(BigDecimal.ONE) <= 0;
        if (!isNumber || order.size() != 1) {
            throw places.error(
                    ErrorCode.TYPE_MISMATCH,
                    function,
                    name
                            + " takes a fraction from 0 to 1 and one column: "
                            + name
                            + "(0.5) WITHIN GROUP (ORDER BY x)");
        }
        SqlNode key = order.get(0);
        BigDecimal fraction = ((SqlNumericLiteral) function.operand(0)).bigDecimalValue();
        if (key.getKind() == SqlKind.DESCENDING) {
            key = ((SqlCall) key).operand(0);
            fraction = BigDecimal.ONE.subtract(fraction);
        }
        SqlParserPos at = call.getParserPosition();
        return AggregateOperators.of(AggregateFunction.APPROX_QUANTILE)
                .createCall(
                        at,
                        expressions.rewrite(key),
                        ExpressionRewriter.constant(
                                FieldType.DOUBLE, fraction.toPlainString(), at));
    }

    /** {@code aggregate FILTER (WHERE condition)}. */
    SqlNode filter(SqlCall call) {
        return SqlStdOperatorTable.FILTER.createCall(
                call.getParserPosition(),
                expressions.rewrite(call.operand(0)),
                expressions.rewrite(call.operand(1)));
    }
}
