package galois.sql;

import galois.api.ErrorCode;
import galois.api.plan.AggregateFunction;
import galois.api.plan.Function;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Operators and functions: known ones get their operands rewritten, others are refused. */
final class CallRewriter {
    private static final Map<String, SqlOperator> WINDOW_STARTS =
            Map.of(
                    "TUMBLE_START", SqlStdOperatorTable.TUMBLE_START,
                    "HOP_START", SqlStdOperatorTable.HOP_START,
                    "SESSION_START", SqlStdOperatorTable.SESSION_START);

    private static final Set<String> WINDOWS =
            Set.of("TUMBLE", "$TUMBLE", "HOP", "$HOP", "SESSION", "$SESSION");

    private static final Set<SqlKind> ARITHMETIC =
            EnumSet.of(SqlKind.PLUS, SqlKind.MINUS, SqlKind.TIMES, SqlKind.DIVIDE, SqlKind.MOD);

    private final QueryPlaces places;
    private final ExpressionRewriter expressions;
    private final FunctionRewriter functions;
    private final AggregateRewriter aggregates;

    CallRewriter(QueryPlaces places, ExpressionRewriter expressions) {
        this.places = places;
        this.expressions = expressions;
        this.functions = new FunctionRewriter(places, expressions);
        this.aggregates = new AggregateRewriter(places, expressions);
    }

    FunctionRewriter functions() {
        return functions;
    }

    SqlNode rewrite(SqlCall call) {
        String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
        SqlParserPos at = call.getParserPosition();
        if (call.getKind() == SqlKind.AS) {
            return SqlStdOperatorTable.AS.createCall(
                    at, expressions.rewrite(call.operand(0)), call.operand(1));
        }
        if (call.getKind() == SqlKind.CAST || call.getKind() == SqlKind.SAFE_CAST) {
            return cast(call);
        }
        if (call.getOperator() == SqlStdOperatorTable.MINUS_DATE) {
            return difference(call);
        }
        if (call.getKind() == SqlKind.FILTER) {
            return aggregates.filter(call);
        }
        if (call.getKind() == SqlKind.WITHIN_GROUP) {
            return aggregates.withinGroup(call);
        }
        AggregateFunction aggregate = AggregateOperators.named(name);
        if (aggregate != null) {
            return aggregates.rewrite(call, name, aggregate);
        }
        if (name.equals("GROUPING") || name.equals("GROUPING_ID")) {
            return SqlStdOperatorTable.GROUPING.createCall(at, operands(call));
        }
        if (WINDOW_STARTS.containsKey(name)) {
            return WINDOW_STARTS.get(name).createCall(at, ArrivalTime.operands(call));
        }
        SqlOperator start = WindowCalls.startOf(name);
        if (start != null) {
            SqlOperator bound = name.endsWith("_END") ? WindowCalls.END : WindowCalls.TIME;
            return bound.createCall(at, start.createCall(at, ArrivalTime.operands(call)));
        }
        if (WINDOWS.contains(name)) {
            throw places.error(
                    ErrorCode.SYNTAX,
                    call,
                    name.replace("$", "")
                            + " belongs into GROUP BY or FROM TABLE(...): select "
                            + name.replace("$", "")
                            + "_START(...)");
        }
        return scalar(call, name);
    }

    private SqlNode scalar(SqlCall call, String name) {
        SqlParserPos at = call.getParserPosition();
        switch (name) {
            case "NULLIF":
                check(call, 2, 2);
                return nullIf(call);
            case "COALESCE", "IFNULL", "NVL":
                check(call, name.equals("COALESCE") ? 1 : 2, name.equals("COALESCE") ? 1000 : 2);
                return coalesce(at, call.getOperandList());
            case "MOD":
                check(call, 2, 2);
                return Operators.of(Function.MOD).createCall(at, operands(call));
            default:
                break;
        }
        SqlNode library = functions.rewrite(call, name);
        if (library != null) {
            return library;
        }
        boolean isOurs =
                Operators.function(call.getOperator()) != null
                        && call.getOperator().getSyntax()
                                != org.apache.calcite.sql.SqlSyntax.FUNCTION;
        if (!isOurs) {
            throw Unsupported.error(places, call);
        }
        boolean isArithmetic = ARITHMETIC.contains(call.getKind());
        SqlOperator operator =
                isArithmetic
                        ? Operators.of(Operators.function(call.getOperator()))
                        : call.getOperator();
        return operator.createCall(at, operands(call));
    }

    /** {@code (a - b) DAY TO SECOND}: the unit says nothing that the types do not. */
    private SqlNode difference(SqlCall call) {
        if (((SqlIntervalQualifier) call.operand(2)).isYearMonth()) {
            throw places.unsupported(call, "a difference in months", "write (a - b) DAY TO SECOND");
        }
        return Operators.of(Function.MINUS)
                .createCall(
                        call.getParserPosition(),
                        expressions.rewrite(call.operand(0)),
                        expressions.rewrite(call.operand(1)));
    }

    /** A NULL that somebody wrote is never the first that is not. */
    private SqlNode coalesce(SqlParserPos at, List<SqlNode> operands) {
        List<SqlNode> others =
                operands.stream().filter(o -> !SqlUtil.isNullLiteral(o, false)).toList();
        List<SqlNode> rewritten = operands(others.isEmpty() ? operands : others);
        return rewritten.size() == 1
                ? rewritten.get(0)
                : SqlStdOperatorTable.COALESCE.createCall(at, rewritten);
    }

    private List<SqlNode> operands(SqlCall call) {
        return operands(call.getOperandList());
    }

    private List<SqlNode> operands(List<SqlNode> operands) {
        List<SqlNode> rewritten = new ArrayList<>();
        for (SqlNode operand : operands) {
            rewritten.add(expressions.rewrite(operand));
        }
        return rewritten;
    }

    private void check(SqlCall call, int min, int max) {
        if (call.operandCount() < min || call.operandCount() > max) {
            throw places.error(
                    ErrorCode.TYPE_MISMATCH,
                    call,
                    call.getOperator().getName().toUpperCase(Locale.ROOT)
                            + " takes "
                            + (min == max ? min : "at least " + min)
                            + (min == 1 ? " argument" : " arguments")
                            + ", found "
                            + call.operandCount());
        }
        if (call.getFunctionQuantifier() != null) {
            throw places.unsupported(call, "DISTINCT here", "leave it out");
        }
    }

    /** The standard's definition; the first operand is evaluated twice, which nobody can tell. */
    private SqlNode nullIf(SqlCall call) {
        SqlParserPos at = call.getParserPosition();
        SqlNode isEqual =
                SqlStdOperatorTable.EQUALS.createCall(
                        at,
                        expressions.rewrite(call.operand(0)),
                        expressions.rewrite(call.operand(1)));
        return new SqlCase(
                at,
                null,
                new SqlNodeList(List.of(isEqual), at),
                new SqlNodeList(List.of(SqlLiteral.createNull(at)), at),
                expressions.rewrite(call.operand(0)));
    }

    private SqlNode cast(SqlCall call) {
        SqlParserPos at = call.getParserPosition();
        SqlNode target =
                call.operandCount() == 2 ? TypeNames.ofCast(call.operand(1), places) : null;
        if (target == null) {
            throw Unsupported.error(places, call);
        }
        SqlOperator operator =
                call.getKind() == SqlKind.CAST
                        ? SqlStdOperatorTable.CAST
                        : SqlLibraryOperators.SAFE_CAST;
        SqlNode cast = operator.createCall(at, expressions.rewrite(call.operand(0)), target);
        int length = TypeNames.lengthOfCast(call.operand(1));
        return length < 0
                ? cast
                : FunctionTable.of(Function.LEFT)
                        .createCall(
                                at,
                                cast,
                                SqlLiteral.createExactNumeric(Integer.toString(length), at));
    }
}
