package galois.sql;

import galois.api.ErrorCode;
import galois.api.plan.StreamDefinition;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows that are written in a query: a select without FROM reads a stream of one row, {@code VALUES}
 * is the union of one such select for each row.
 */
final class WrittenRows {
    /** Each row is a part of the plan. */
    static final int ROWS_MAX = 32;

    private final QueryPlaces places;

    WrittenRows(QueryPlaces places) {
        this.places = places;
    }

    /** Gives a select without FROM the row it makes its own from. */
    void setFrom(SqlSelect select) {
        for (SqlNode item : select.getSelectList()) {
            if (item instanceof SqlIdentifier name && name.isStar()) {
                throw places.error(
                        ErrorCode.SYNTAX, item, "* needs FROM: name the stream it stands for");
            }
        }
        select.setFrom(
                new SqlIdentifier(StreamDefinition.ONE_ROW.name(), select.getParserPosition()));
    }

    /** The selects that {@code VALUES (...), (...)} stands for. */
    SqlNode of(SqlCall values) {
        List<SqlNode> rows = values.getOperandList();
        if (rows.size() > ROWS_MAX) {
            throw places.error(
                    ErrorCode.QUERY_LIMIT,
                    values,
                    "VALUES in a query has at most "
                            + ROWS_MAX
                            + " rows, found "
                            + rows.size()
                            + ": write CREATE STREAM s (...) AS VALUES ..., it has no such limit");
        }
        int columns = ((SqlCall) rows.get(0)).operandCount();
        SqlNode all = null;
        for (SqlNode row : rows) {
            if (((SqlCall) row).operandCount() != columns) {
                throw places.error(
                        ErrorCode.TYPE_MISMATCH,
                        row,
                        "this row has another number of values than the first, "
                                + columns
                                + ": write NULL for a value that is not there");
            }
            SqlNode select = select((SqlCall) row, rows);
            all =
                    all == null
                            ? select
                            : SqlStdOperatorTable.UNION_ALL.createCall(
                                    row.getParserPosition(), all, select);
        }
        return all;
    }

    private static SqlNode select(SqlCall row, List<SqlNode> rows) {
        SqlParserPos at = row.getParserPosition();
        List<SqlNode> values = new ArrayList<>();
        for (int i = 0; i < row.operandCount(); i++) {
            values.add(isNull(row.operand(i)) ? typedNull(i, rows, at) : row.operand(i));
        }
        SqlNodeList list = new SqlNodeList(values, at);
        return new SqlSelect(
                at, null, list, null, null, null, null, null, null, null, null, null, null);
    }

    private static boolean isNull(SqlNode node) {
        return SqlUtil.isNullLiteral(node, false);
    }

    /** NULL of the type that another row has there, which is never computed. */
    private static SqlNode typedNull(int index, List<SqlNode> rows, SqlParserPos at) {
        for (SqlNode row : rows) {
            SqlCall other = (SqlCall) row;
            if (index < other.operandCount() && !isNull(other.operand(index))) {
                return new SqlCase(
                        at,
                        null,
                        SqlNodeList.of(SqlLiteral.createBoolean(false, at)),
                        SqlNodeList.of(other.operand(index)),
                        SqlLiteral.createNull(at));
            }
        }
        return SqlLiteral.createNull(at);
    }
}
