package galois.sql;

import galois.api.ErrorCode;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

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

    /** {@code ROW_NUMBER() OVER (PARTITION BY ... ORDER BY ...)}. */
    SqlNode over(SqlCall over) {
        SqlCall function = over.operand(0);
        String name = function.getOperator().getName().toUpperCase(Locale.ROOT);
        if (!NUMBERS.contains(name)) {
            throw places.unsupported(
                    function,
                    Messages.shorten(name) + " OVER",
                    "GALOIS has ROW_NUMBER, RANK and DENSE_RANK OVER (...)");
        }
        if (function.operandCount() > 0) {
            throw places.error(
                    ErrorCode.TYPE_MISMATCH,
                    function,
                    name + " takes no argument: write " + name + "()");
        }
        SqlOperator operator =
                switch (name) {
                    case "RANK" -> SqlStdOperatorTable.RANK;
                    case "DENSE_RANK" -> SqlStdOperatorTable.DENSE_RANK;
                    default -> SqlStdOperatorTable.ROW_NUMBER;
                };
        SqlNode ranking = operator.createCall(function.getParserPosition());
        SqlNode window = over.operand(1);
        if (window instanceof SqlWindow inline) {
            window(inline);
        }
        return SqlStdOperatorTable.OVER.createCall(over.getParserPosition(), ranking, window);
    }

    /** The partition and order of a window, in place. */
    void window(SqlWindow window) {
        if (window.getLowerBound() != null || window.getUpperBound() != null) {
            throw places.unsupported(window, "a frame (ROWS, RANGE) here", "leave it out");
        }
        List<SqlNode> partition = new ArrayList<>();
        for (SqlNode key : window.getPartitionList()) {
            partition.add(expressions.rewrite(key));
        }
        window.setOperand(
                2, new SqlNodeList(partition, window.getPartitionList().getParserPosition()));
        window.setOperand(3, keys(window.getOrderList()));
    }
}
