package galois.sql;

import galois.api.ErrorCode;
import galois.api.plan.AggregateFunction;
import galois.batch.FieldType;

import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Calls of aggregate functions in all their spellings. */
final class AggregateRewriter {
    private static final Set<String> MEDIANS = Set.of("MEDIAN", "APPROX_MEDIAN");

    private final QueryPlaces places;
    private final ExpressionRewriter expressions;

    AggregateRewriter(QueryPlaces places, ExpressionRewriter expressions) {
        this.places = places;
        this.expressions = expressions;
    }

    /**
     * @param name of the operator in upper case
     */
    SqlNode rewrite(SqlCall call, String name, AggregateFunction function) {
        SqlParserPos at = call.getParserPosition();
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
            most = 2;
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

    /** {@code aggregate FILTER (WHERE condition)}. */
    SqlNode filter(SqlCall call) {
        return SqlStdOperatorTable.FILTER.createCall(
                call.getParserPosition(),
                expressions.rewrite(call.operand(0)),
                expressions.rewrite(call.operand(1)));
    }
}
