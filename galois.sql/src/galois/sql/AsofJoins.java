package galois.sql;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.plan.AsofMatch;
import galois.api.plan.JoinMode;
import galois.api.plan.LogicalOp;
import galois.api.plan.StreamDefinition;
import galois.api.query.Catalog;
import galois.batch.FieldType;

import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlAsofJoin;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSnapshot;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * ASOF joins, in all their spellings, on the way through Calcite: there they are plain joins, the
 * comparison of the times marked in the condition.
 */
final class AsofJoins {
    /** Marks the comparison of the times; its value is the operand's. */
    static final SqlFunction MATCH =
            new SqlFunction(
                    "ASOF_MATCH",
                    SqlKind.OTHER_FUNCTION,
                    ReturnTypes.ARG0,
                    null,
                    OperandTypes.ANY,
                    SqlFunctionCategory.SYSTEM);

    private static final Set<SqlKind> COMPARISONS =
            Set.of(
                    SqlKind.LESS_THAN,
                    SqlKind.LESS_THAN_OR_EQUAL,
                    SqlKind.GREATER_THAN,
                    SqlKind.GREATER_THAN_OR_EQUAL);

    /** How to write an ASOF join. */
    static final String REMEDY =
            "write ASOF JOIN b ON a.k = b.k AND a.ts >= b.ts: equations between the sides and one"
                    + " comparison by <, <=, > or >= of a column of each side; everything else"
                    + " goes into WHERE";

    private final QueryPlaces places;
    private final Catalog catalog;

    AsofJoins(QueryPlaces places, Catalog catalog) {
        this.places = places;
        this.catalog = catalog;
    }

    /**
     * An ASOF join.
     *
     * @param join a plain join on the equations
     * @param match comparison of the times
     */
    record Nearest(SqlJoin join, SqlNode match) {
        /** The condition of the join, rewritten, with the match, rewritten. */
        static SqlNode marked(SqlNode condition, SqlNode match) {
            SqlNode marked = MATCH.createCall(match.getParserPosition(), match);
            return SqlStdOperatorTable.AND.createCall(match.getParserPosition(), condition, marked);
        }
    }

    /** The join as it is meant; null for any other join. */
    Nearest of(SqlJoin join) {
        return join instanceof SqlAsofJoin asof ? nearest(asof) : newestVersion(join);
    }

    private Nearest nearest(SqlAsofJoin asof) {
        List<SqlNode> equations = new ArrayList<>();
        conjuncts(asof.getCondition(), equations);
        SqlNode match = asof.getMatchCondition();
        if (match == null || isTrue(match)) {
            List<SqlNode> matches =
                    equations.stream().filter(c -> COMPARISONS.contains(c.getKind())).toList();
            if (matches.size() != 1) {
                throw shape(asof.getRight());
            }
            match = matches.get(0);
            equations.remove(match);
        }
        if (!COMPARISONS.contains(match.getKind())) {
            throw shape(match);
        }
        for (SqlNode equation : equations) {
            if (equation.getKind() != SqlKind.EQUALS) {
                throw shape(equation);
            }
        }
        JoinType type = asof.getJoinType() == JoinType.LEFT_ASOF ? JoinType.LEFT : JoinType.INNER;
        return new Nearest(plain(asof, type, asof.getRight(), equations), match);
    }

    /** {@code stream FOR SYSTEM_TIME AS OF time}: the newest row of the stream by that time. */
    private Nearest newestVersion(SqlJoin join) {
        SqlNode right = join.getRight();
        SqlNode versioned = right.getKind() == SqlKind.AS ? ((SqlCall) right).operand(0) : right;
        if (!(versioned instanceof SqlSnapshot snapshot)
                || !(snapshot.getTableRef() instanceof SqlIdentifier name)) {
            return null;
        }
        StreamDefinition stream = catalog.stream(name.toString()).orElse(null);
        if (stream == null || stream.isTable()) {
            return null;
        }
        if (stream.timeField() < 0) {
            throw places.error(
                    ErrorCode.UNSUPPORTED,
                    name,
                    "FOR SYSTEM_TIME AS OF needs a table or a stream with a WATERMARK, \""
                            + stream.name()
                            + "\" is a stream without: declare WATERMARK FOR ts AS ts in CREATE"
                            + " STREAM, or declare it with CREATE TABLE");
        }
        boolean isKept = join.getJoinType() == JoinType.LEFT;
        if (!isKept && join.getJoinType() != JoinType.INNER
                || join.getConditionType() != JoinConditionType.ON) {
            throw places.unsupported(
                    name,
                    "FOR SYSTEM_TIME AS OF of a stream in this join",
                    "use JOIN or LEFT JOIN with ON");
        }
        if (!(snapshot.getPeriod() instanceof SqlIdentifier time)) {
            throw places.unsupported(
                    snapshot.getPeriod(),
                    "this time in FOR SYSTEM_TIME AS OF a stream",
                    "use the time column of the other stream");
        }
        List<SqlNode> equations = new ArrayList<>();
        conjuncts(join.getCondition(), equations);
        for (SqlNode equation : equations) {
            if (equation.getKind() != SqlKind.EQUALS) {
                throw shape(equation);
            }
        }
        String alias =
                right.getKind() == SqlKind.AS
                        ? ((SqlCall) right).operand(1).toString()
                        : name.getComponent(name.names.size() - 1).toString();
        String column = stream.schema().field(stream.timeField()).name();
        SqlParserPos at = snapshot.getPeriod().getParserPosition();
        SqlNode match =
                SqlStdOperatorTable.GREATER_THAN_OR_EQUAL.createCall(
                        at, time, new SqlIdentifier(List.of(alias, column), at));
        SqlNode table = name;
        if (right.getKind() == SqlKind.AS) {
            ((SqlCall) right).setOperand(0, name);
            table = right;
        }
        return new Nearest(plain(join, join.getJoinType(), table, equations), match);
    }

    private static SqlJoin plain(
            SqlJoin join, JoinType type, SqlNode right, List<SqlNode> equations) {
        SqlParserPos at = join.getParserPosition();
        SqlNode condition = SqlLiteral.createBoolean(true, at);
        for (int i = 0; i < equations.size(); i++) {
            SqlNode next = equations.get(i);
            condition = i == 0 ? next : SqlStdOperatorTable.AND.createCall(at, condition, next);
        }
        return new SqlJoin(
                at,
                join.getLeft(),
                SqlLiteral.createBoolean(false, at),
                type.symbol(at),
                right,
                JoinConditionType.ON.symbol(at),
                condition);
    }

    private static void conjuncts(SqlNode condition, List<SqlNode> found) {
        if (condition == null || isTrue(condition)) {
            return;
        }
        if (condition.getKind() == SqlKind.AND) {
            ((SqlCall) condition).getOperandList().forEach(operand -> conjuncts(operand, found));
        } else {
            found.add(condition);
        }
    }

    private static boolean isTrue(SqlNode node) {
        return node instanceof SqlLiteral literal && Boolean.TRUE.equals(literal.getValue());
    }

    private GaloisException shape(SqlNode at) {
        return places.unsupported(at, "this condition of an ASOF join", REMEDY);
    }

    /** The conjuncts without the mark; true when there was one. */
    static boolean unmark(List<RexNode> conjuncts) {
        for (int i = 0; i < conjuncts.size(); i++) {
            if (conjuncts.get(i) instanceof RexCall call && call.getOperator() == MATCH) {
                conjuncts.set(i, call.getOperands().get(0));
                return true;
            }
        }
        return false;
    }

    /** The join of the nearest rows. */
    LogicalOp.Join checked(LogicalOp.Join plain) {
        LogicalOp.Join join = plain.in(JoinMode.ASOF);
        AsofMatch match = AsofMatch.of(join);
        List<String> words = List.of("ASOF", "SYSTEM_TIME");
        if (match == null || RowErrors.isPossible(join.condition())) {
            throw places.errorAtWord(
                    ErrorCode.UNSUPPORTED,
                    words,
                    "this condition of an ASOF join is not supported: " + REMEDY);
        }
        FieldType left = join.left().schema().type(match.left());
        FieldType right = join.right().schema().type(match.right());
        if (!left.equals(right) || left.cell() != FieldType.Cell.I64) {
            throw places.errorAtWord(
                    ErrorCode.TYPE_MISMATCH,
                    words,
                    "an ASOF join compares two times, or two whole numbers, of one type, not "
                            + left
                            + " and "
                            + right
                            + ": convert one in a select of its own");
        }
        return join;
    }
}
