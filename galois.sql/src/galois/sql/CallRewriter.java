package galois.sql;

import galois.api.ErrorCode;
import galois.api.plan.AggregateFunction;
import galois.batch.FieldType;

import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

import java.util.ArrayList;
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
        if (call.getKind() == SqlKind.CAST) {
            return cast(call);
        }
        if (call.getKind() == SqlKind.FILTER) {
            return aggregates.filter(call);
        }
        AggregateFunction aggregate = AggregateOperators.named(name);
        if (aggregate != null) {
            return aggregates.rewrite(call, name, aggregate);
        }
        if (WINDOW_STARTS.containsKey(name)) {
            return WINDOW_STARTS.get(name).createCall(at, call.getOperandList());
        }
        SqlOperator start = WindowCalls.startOf(name);
        if (start != null) {
            return WindowCalls.END.createCall(at, start.createCall(at, call.getOperandList()));
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
                return call.operandCount() == 1
                        ? expressions.rewrite(call.operand(0))
                        : SqlStdOperatorTable.COALESCE.createCall(at, operands(call));
            case "MOD":
                check(call, 2, 2);
                return SqlStdOperatorTable.MOD.createCall(at, operands(call));
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
        SqlOperator operator =
                call.getKind() == SqlKind.MOD ? SqlStdOperatorTable.MOD : call.getOperator();
        return new SqlBasicCall(operator, operands(call), at);
    }

    private List<SqlNode> operands(SqlCall call) {
        List<SqlNode> rewritten = new ArrayList<>();
        for (SqlNode operand : call.getOperandList()) {
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
        if (!(call.operand(1) instanceof SqlDataTypeSpec spec) || call.operandCount() > 2) {
            throw Unsupported.error(places, call);
        }
        FieldType type = TypeNames.inCast(spec.getTypeName().toString());
        boolean hasLength =
                spec.getTypeNameSpec() instanceof SqlBasicTypeNameSpec basic
                        && basic.getPrecision() >= 0
                        && type == FieldType.VARCHAR;
        if (type == null || hasLength) {
            throw places.unsupported(
                    spec,
                    "CAST to " + Messages.shorten(spec.toString()),
                    "types are BOOLEAN, INTEGER, BIGINT, DOUBLE, VARCHAR, TIMESTAMP");
        }
        SqlParserPos at = call.getParserPosition();
        SqlDataTypeSpec target =
                new SqlDataTypeSpec(new SqlBasicTypeNameSpec(SqlTypes.nameOf(type), at), at);
        return SqlStdOperatorTable.CAST.createCall(
                at, expressions.rewrite(call.operand(0)), target);
    }
}
