package galois.sql;

import galois.api.plan.AggregateFunction;

import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.util.Optionality;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** The aggregate functions as Calcite sees them, by all their names. */
final class AggregateOperators {
    /**
     * Calcite's own are used where its rules and types help; ours have one name each that nobody
     * can write.
     */
    private static final Map<AggregateFunction, SqlAggFunction> OPERATORS = operators();

    private static final Map<String, AggregateFunction> NAMES = names();

    private AggregateOperators() {}

    /** An aggregate function that Calcite has not, or not like this. */
    private static final class Ours extends SqlAggFunction {
        private final AggregateFunction function;

        Ours(
                AggregateFunction function,
                SqlReturnTypeInference type,
                SqlOperandTypeChecker operands) {
            super(
                    "$" + function,
                    null,
                    SqlKind.OTHER_FUNCTION,
                    type,
                    null,
                    operands,
                    SqlFunctionCategory.USER_DEFINED_FUNCTION,
                    false,
                    false,
                    Optionality.FORBIDDEN);
            this.function = function;
        }
    }

    private static Map<AggregateFunction, SqlAggFunction> operators() {
        Map<AggregateFunction, SqlAggFunction> map = new EnumMap<>(AggregateFunction.class);
        map.put(AggregateFunction.COUNT, SqlStdOperatorTable.COUNT);
        map.put(AggregateFunction.SUM, SqlStdOperatorTable.SUM);
        map.put(AggregateFunction.AVG, SqlStdOperatorTable.AVG);
        map.put(AggregateFunction.MIN, SqlStdOperatorTable.MIN);
        map.put(AggregateFunction.MAX, SqlStdOperatorTable.MAX);
        SqlReturnTypeInference real =
                ReturnTypes.explicit(SqlTypeName.DOUBLE).andThen(SqlTypeTransforms.FORCE_NULLABLE);
        SqlReturnTypeInference same = ReturnTypes.ARG0.andThen(SqlTypeTransforms.FORCE_NULLABLE);
        for (AggregateFunction function :
                new AggregateFunction[] {
                    AggregateFunction.VAR_POP,
                    AggregateFunction.VAR_SAMP,
                    AggregateFunction.STDDEV_POP,
                    AggregateFunction.STDDEV_SAMP
                }) {
            map.put(function, new Ours(function, real, OperandTypes.NUMERIC));
        }
        for (AggregateFunction function :
                new AggregateFunction[] {AggregateFunction.EVERY, AggregateFunction.ANY}) {
            map.put(function, new Ours(function, same, OperandTypes.BOOLEAN));
        }
        for (AggregateFunction function :
                new AggregateFunction[] {
                    AggregateFunction.BIT_AND, AggregateFunction.BIT_OR, AggregateFunction.BIT_XOR
                }) {
            map.put(function, new Ours(function, same, OperandTypes.INTEGER));
        }
        for (AggregateFunction function :
                new AggregateFunction[] {AggregateFunction.FIRST, AggregateFunction.LAST}) {
            map.put(function, new Ours(function, same, OperandTypes.ANY));
        }
        for (AggregateFunction function :
                new AggregateFunction[] {AggregateFunction.ARG_MIN, AggregateFunction.ARG_MAX}) {
            map.put(function, new Ours(function, same, OperandTypes.ANY_ANY));
        }
        map.put(
                AggregateFunction.LISTAGG,
                new Ours(AggregateFunction.LISTAGG, same, OperandTypes.STRING_STRING));
        map.put(
                AggregateFunction.APPROX_COUNT_DISTINCT,
                new Ours(
                        AggregateFunction.APPROX_COUNT_DISTINCT,
                        ReturnTypes.BIGINT,
                        OperandTypes.ANY));
        map.put(
                AggregateFunction.APPROX_QUANTILE,
                new Ours(
                        AggregateFunction.APPROX_QUANTILE,
                        real,
                        OperandTypes.family(SqlTypeFamily.NUMERIC, SqlTypeFamily.NUMERIC)));
        return map;
    }

    private static Map<String, AggregateFunction> names() {
        Map<String, AggregateFunction> map = new HashMap<>();
        for (AggregateFunction function : AggregateFunction.values()) {
            map.put(function.name(), function);
        }
        map.put("VARIANCE", AggregateFunction.VAR_SAMP);
        map.put("VAR", AggregateFunction.VAR_SAMP);
        map.put("STDDEV", AggregateFunction.STDDEV_SAMP);
        map.put("BOOL_AND", AggregateFunction.EVERY);
        map.put("LOGICAL_AND", AggregateFunction.EVERY);
        map.put("SOME", AggregateFunction.ANY);
        map.put("BOOL_OR", AggregateFunction.ANY);
        map.put("LOGICAL_OR", AggregateFunction.ANY);
        map.put("FIRST_VALUE", AggregateFunction.FIRST);
        map.put("ANY_VALUE", AggregateFunction.FIRST);
        map.put("LAST_VALUE", AggregateFunction.LAST);
        map.put("MIN_BY", AggregateFunction.ARG_MIN);
        map.put("ARGMIN", AggregateFunction.ARG_MIN);
        map.put("MAX_BY", AggregateFunction.ARG_MAX);
        map.put("ARGMAX", AggregateFunction.ARG_MAX);
        map.put("STRING_AGG", AggregateFunction.LISTAGG);
        map.put("GROUP_CONCAT", AggregateFunction.LISTAGG);
        map.put("APPROX_PERCENTILE", AggregateFunction.APPROX_QUANTILE);
        map.put("APPROX_PERCENTILE_CONT", AggregateFunction.APPROX_QUANTILE);
        map.put("APPROX_DISTINCT", AggregateFunction.APPROX_COUNT_DISTINCT);
        map.put("MEDIAN", AggregateFunction.APPROX_QUANTILE);
        map.put("APPROX_MEDIAN", AggregateFunction.APPROX_QUANTILE);
        return map;
    }

    /** The function of a name in upper case; null if there is none. */
    static AggregateFunction named(String name) {
        return NAMES.get(name);
    }

    static SqlAggFunction of(AggregateFunction function) {
        return OPERATORS.get(function);
    }

    static Collection<SqlAggFunction> all() {
        return OPERATORS.values();
    }

    /** Our function for an operator; null if there is none. */
    static AggregateFunction function(SqlOperator operator) {
        if (operator instanceof Ours ours) {
            return ours.function;
        }
        return switch (operator.getKind()) {
            case COUNT -> AggregateFunction.COUNT;
            case SUM -> AggregateFunction.SUM;
            case AVG -> AggregateFunction.AVG;
            case MIN -> AggregateFunction.MIN;
            case MAX -> AggregateFunction.MAX;
            default -> null;
        };
    }
}
