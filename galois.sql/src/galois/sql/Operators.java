package galois.sql;

import galois.api.plan.Function;
import galois.batch.FieldType;

import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The operators of Calcite that mean ours; a query can use no others. */
final class Operators {
    private static final int COMPARISON_PRECEDENCE = 30;

    private static final SqlFunction TRY =
            new SqlFunction(
                    "TRY",
                    SqlKind.OTHER_FUNCTION,
                    ReturnTypes.ARG0_FORCE_NULLABLE,
                    null,
                    OperandTypes.ANY,
                    SqlFunctionCategory.SYSTEM);

    private static final Map<Function, SqlOperator> FUNCTIONS = functions();

    /** Types whose literals Calcite keeps as they are. */
    private static final Set<FieldType> LITERALS =
            Set.of(FieldType.BOOLEAN, FieldType.INTEGER, FieldType.BIGINT);

    /**
     * Constants of types whose literals Calcite would round, pad or fold: a call with the text of
     * the value, opaque to every rule.
     */
    private static final Map<FieldType, SqlFunction> CONSTANTS = constants();

    /** What the validator knows. */
    static final SqlOperatorTable TABLE = table();

    private Operators() {}

    private static Map<Function, SqlOperator> functions() {
        Map<Function, SqlOperator> map = new EnumMap<>(Function.class);
        map.put(Function.PLUS, ArithmeticOperators.PLUS);
        map.put(Function.MINUS, ArithmeticOperators.MINUS);
        map.put(Function.TIMES, ArithmeticOperators.TIMES);
        map.put(Function.DIVIDE, ArithmeticOperators.DIVIDE);
        map.put(Function.MOD, ArithmeticOperators.MOD);
        map.put(Function.NEGATE, SqlStdOperatorTable.UNARY_MINUS);
        map.put(Function.EQUAL, comparison(SqlStdOperatorTable.EQUALS));
        map.put(Function.NOT_EQUAL, comparison(SqlStdOperatorTable.NOT_EQUALS));
        map.put(Function.LESS, comparison(SqlStdOperatorTable.LESS_THAN));
        map.put(Function.LESS_OR_EQUAL, comparison(SqlStdOperatorTable.LESS_THAN_OR_EQUAL));
        map.put(Function.GREATER, comparison(SqlStdOperatorTable.GREATER_THAN));
        map.put(Function.GREATER_OR_EQUAL, comparison(SqlStdOperatorTable.GREATER_THAN_OR_EQUAL));
        map.put(Function.AND, SqlStdOperatorTable.AND);
        map.put(Function.OR, SqlStdOperatorTable.OR);
        map.put(Function.NOT, SqlStdOperatorTable.NOT);
        map.put(Function.IS_NULL, SqlStdOperatorTable.IS_NULL);
        map.put(Function.IS_NOT_NULL, SqlStdOperatorTable.IS_NOT_NULL);
        map.put(Function.IS_TRUE, SqlStdOperatorTable.IS_TRUE);
        map.put(Function.IS_FALSE, SqlStdOperatorTable.IS_FALSE);
        map.put(Function.IS_NOT_TRUE, SqlStdOperatorTable.IS_NOT_TRUE);
        map.put(Function.IS_NOT_FALSE, SqlStdOperatorTable.IS_NOT_FALSE);
        map.put(Function.CASE, SqlStdOperatorTable.CASE);
        map.put(Function.COALESCE, SqlStdOperatorTable.COALESCE);
        map.put(Function.CAST, SqlStdOperatorTable.CAST);
        map.put(Function.TRY, TRY);
        map.put(Function.TRY_CAST, SqlLibraryOperators.SAFE_CAST);
        return map;
    }

    /** Takes any operands: which types compare is checked where constants are seen too. */
    private static SqlOperator comparison(SqlBinaryOperator standard) {
        return new SqlBinaryOperator(
                standard.getName(),
                standard.getKind(),
                COMPARISON_PRECEDENCE,
                true,
                ReturnTypes.BOOLEAN_NULLABLE,
                InferTypes.FIRST_KNOWN,
                OperandTypes.ANY_ANY);
    }

    private static Map<FieldType, SqlFunction> constants() {
        Map<FieldType, SqlFunction> map = new LinkedHashMap<>();
        for (FieldType type : FieldType.plain()) {
            if (!LITERALS.contains(type)) {
                map.put(type, new Constant(type, "CONSTANT_" + type.kind()));
            }
        }
        for (int precision = 1; precision <= FieldType.DECIMAL_PRECISION_MAX; precision++) {
            for (int scale = 0; scale <= precision; scale++) {
                FieldType type = FieldType.decimal(precision, scale);
                map.put(type, new Constant(type, "CONSTANT_DECIMAL_" + precision + "_" + scale));
            }
        }
        return map;
    }

    private static final class Constant extends SqlFunction {
        private static final long serialVersionUID = 1;

        private final transient FieldType type;

        Constant(FieldType type, String name) {
            super(
                    name,
                    SqlKind.OTHER_FUNCTION,
                    ReturnTypes.explicit(SqlTypes.of(type, false)),
                    null,
                    OperandTypes.CHARACTER,
                    SqlFunctionCategory.SYSTEM);
            this.type = type;
        }
    }

    private static SqlOperatorTable table() {
        List<SqlOperator> all = new ArrayList<>(FUNCTIONS.values());
        all.addAll(AggregateOperators.all());
        all.addAll(OverOperators.all());
        all.add(SqlStdOperatorTable.FILTER);
        all.addAll(CONSTANTS.values());
        all.addAll(FunctionTable.all());
        all.addAll(
                List.of(
                        SqlStdOperatorTable.AS,
                        CountWindow.OPERATOR,
                        SqlStdOperatorTable.IN,
                        SqlStdOperatorTable.NOT_IN,
                        SqlStdOperatorTable.EXISTS,
                        SqlStdOperatorTable.ROW_NUMBER,
                        SqlStdOperatorTable.RANK,
                        SqlStdOperatorTable.DENSE_RANK,
                        SqlStdOperatorTable.OVER,
                        SqlStdOperatorTable.DESC,
                        SqlStdOperatorTable.NULLS_FIRST,
                        SqlStdOperatorTable.NULLS_LAST,
                        SqlStdOperatorTable.UNION,
                        SqlStdOperatorTable.UNION_ALL,
                        SqlStdOperatorTable.INTERSECT,
                        SqlStdOperatorTable.INTERSECT_ALL,
                        SqlStdOperatorTable.EXCEPT,
                        SqlStdOperatorTable.EXCEPT_ALL,
                        SqlStdOperatorTable.IS_UNKNOWN,
                        SqlStdOperatorTable.IS_NOT_UNKNOWN,
                        SqlStdOperatorTable.DESCRIPTOR,
                        SqlStdOperatorTable.GROUPING,
                        SqlStdOperatorTable.ROLLUP,
                        SqlStdOperatorTable.CUBE,
                        SqlStdOperatorTable.GROUPING_SETS,
                        SqlStdOperatorTable.ROW,
                        WindowTables.TUMBLE,
                        SqlStdOperatorTable.TUMBLE_OLD,
                        SqlStdOperatorTable.TUMBLE_START,
                        WindowTables.HOP,
                        SqlStdOperatorTable.HOP_OLD,
                        SqlStdOperatorTable.HOP_START,
                        WindowTables.SESSION,
                        SqlStdOperatorTable.SESSION_OLD,
                        SqlStdOperatorTable.SESSION_START,
                        WindowTables.CUMULATE,
                        WindowCalls.TIME,
                        WindowCalls.END,
                        AsofJoins.MATCH));
        return new OperatorTable(all);
    }

    static SqlOperator of(Function function) {
        return function.isScalar() ? FunctionTable.of(function) : FUNCTIONS.get(function);
    }

    /** The constant operator of a type; null for types that use Calcite's literals. */
    static SqlFunction constant(FieldType type) {
        return CONSTANTS.get(type);
    }

    /** The type of a constant operator; null for any other operator. */
    static FieldType constantType(SqlOperator operator) {
        return operator instanceof Constant constant ? constant.type : null;
    }

    /** Our function for an operator; null if there is none. */
    static Function function(SqlOperator operator) {
        if (operator instanceof LibraryFunction library) {
            return library.function();
        }
        if (operator == TRY) {
            return Function.TRY;
        }
        return switch (operator.getKind()) {
            case PLUS -> Function.PLUS;
            case MINUS -> Function.MINUS;
            case TIMES -> Function.TIMES;
            case DIVIDE -> Function.DIVIDE;
            case MOD -> Function.MOD;
            case MINUS_PREFIX -> Function.NEGATE;
            case EQUALS -> Function.EQUAL;
            case NOT_EQUALS -> Function.NOT_EQUAL;
            case LESS_THAN -> Function.LESS;
            case LESS_THAN_OR_EQUAL -> Function.LESS_OR_EQUAL;
            case GREATER_THAN -> Function.GREATER;
            case GREATER_THAN_OR_EQUAL -> Function.GREATER_OR_EQUAL;
            case AND -> Function.AND;
            case OR -> Function.OR;
            case NOT -> Function.NOT;
            case IS_NULL, IS_UNKNOWN -> Function.IS_NULL;
            case IS_NOT_NULL -> Function.IS_NOT_NULL;
            case IS_TRUE -> Function.IS_TRUE;
            case IS_FALSE -> Function.IS_FALSE;
            case IS_NOT_TRUE -> Function.IS_NOT_TRUE;
            case IS_NOT_FALSE -> Function.IS_NOT_FALSE;
            case CASE -> Function.CASE;
            case COALESCE -> Function.COALESCE;
            case CAST -> Function.CAST;
            case SAFE_CAST -> Function.TRY_CAST;
            default -> null;
        };
    }
}
