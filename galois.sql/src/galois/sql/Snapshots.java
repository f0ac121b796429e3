package galois.sql;

import galois.api.ErrorCode;
import galois.api.plan.StreamDefinition;
import galois.api.query.Catalog;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSnapshot;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

import java.util.Locale;
import java.util.Set;

/**
 * {@code table FOR SYSTEM_TIME AS OF time}: every table is looked up as it is when a row comes, so
 * the clause says nothing more; it is checked and taken out. A time that is a column goes through
 * the validator as a part of the join's condition that is always true.
 */
final class Snapshots {
    /** Calls without a column. */
    private static final Set<String> NOW =
            Set.of(
                    "PROCTIME",
                    "NOW",
                    "CURRENT_TIMESTAMP",
                    "LOCALTIMESTAMP",
                    "CURRENT_ROW_TIMESTAMP");

    private final QueryPlaces places;
    private final Catalog catalog;

    Snapshots(QueryPlaces places, Catalog catalog) {
        this.places = places;
        this.catalog = catalog;
    }

    /** The table itself. */
    SqlNode table(SqlSnapshot snapshot) {
        SqlNode table = snapshot.getTableRef();
        if (!(table instanceof SqlIdentifier name)) {
            throw places.unsupported(
                    table, "FOR SYSTEM_TIME AS OF here", "write it behind the name of a table");
        }
        StreamDefinition stream = catalog.stream(name.toString()).orElse(null);
        if (stream != null && !stream.isTable()) {
            throw places.error(
                    ErrorCode.UNSUPPORTED,
                    table,
                    "FOR SYSTEM_TIME AS OF needs a table, \""
                            + stream.name()
                            + "\" is a stream: declare it with CREATE TABLE, or bound the join in"
                            + " time");
        }
        SqlNode period = snapshot.getPeriod();
        boolean isTime = period instanceof SqlIdentifier || isNow(period);
        if (!isTime) {
            throw places.unsupported(
                    period,
                    "this time in FOR SYSTEM_TIME AS OF",
                    "use the time column of the stream, or PROCTIME()");
        }
        return table;
    }

    private static boolean isNow(SqlNode period) {
        return period instanceof SqlCall call
                && call.operandCount() == 0
                && NOW.contains(call.getOperator().getName().toUpperCase(Locale.ROOT));
    }

    /** Lets the validator see the times of the snapshots that the join reads. */
    static void check(SqlJoin join) {
        for (SqlNode side : new SqlNode[] {join.getLeft(), join.getRight()}) {
            SqlNode named = side.getKind() == SqlKind.AS ? ((SqlCall) side).operand(0) : side;
            boolean isColumn =
                    named instanceof SqlSnapshot snapshot
                            && snapshot.getPeriod() instanceof SqlIdentifier column
                            && !NOW.contains(column.toString().toUpperCase(Locale.ROOT));
            if (isColumn && join.getConditionType() == JoinConditionType.ON) {
                SqlNode period = ((SqlSnapshot) named).getPeriod();
                SqlParserPos at = period.getParserPosition();
                SqlNode known = SqlStdOperatorTable.IS_NOT_NULL.createCall(at, period);
                SqlNode always = SqlLiteral.createBoolean(true, at);
                SqlNode either = SqlStdOperatorTable.OR.createCall(at, known, always);
                join.setOperand(
                        5, SqlStdOperatorTable.AND.createCall(at, join.getCondition(), either));
            }
        }
    }

    /** True for what {@link #check} has added; the time must be one. */
    boolean isAlways(RexNode condition) {
        boolean isAlways =
                condition instanceof RexCall call
                        && call.getKind() == SqlKind.OR
                        && call.getOperands().get(1).isAlwaysTrue();
        if (isAlways && ((RexCall) condition).getOperands().get(0) instanceof RexCall known) {
            RelDataType type = known.getOperands().get(0).getType();
            if (known.getKind() == SqlKind.IS_NOT_NULL
                    && type.getSqlTypeName() != SqlTypeName.TIMESTAMP) {
                throw places.errorAtWord(
                        ErrorCode.TYPE_MISMATCH,
                        java.util.List.of("SYSTEM_TIME"),
                        "FOR SYSTEM_TIME AS OF needs a TIMESTAMP, not " + SqlTypes.from(type));
            }
        }
        return isAlways;
    }
}
