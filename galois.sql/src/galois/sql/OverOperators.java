package galois.sql;

import galois.api.plan.AggregateFunction;
import galois.api.plan.OverFunction;

import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.util.Optionality;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The functions that stand ahead of OVER, among Calcite's operators. */
final class OverOperators {
    /** Calcite takes its own SUM apart into COUNT and a sum that is 0. */
    private static final SqlAggFunction SUM =
            new Ours(
                    "$SUM_OVER",
                    null,
                    ReturnTypes.AGG_SUM.andThen(SqlTypeTransforms.FORCE_NULLABLE),
                    OperandTypes.NUMERIC);

    private static final Map<OverFunction, SqlAggFunction> OPERATORS = operators();

    private static final Map<String, OverFunction> NAMES = names();

    private OverOperators() {}

    private static final class Ours extends SqlAggFunction {
        private final OverFunction function;

        Ours(
                String name,
                OverFunction function,
                SqlReturnTypeInference type,
                SqlOperandTypeChecker operands) {
            super(
                    name,
                    null,
                    SqlKind.OTHER_FUNCTION,
                    type,
                    null,
                    operands,
                    SqlFunctionCategory.USER_DEFINED_FUNCTION,
                    false,
                    true,
                    Optionality.FORBIDDEN);
            this.function = function;
        }

        @Override
        public boolean allowsFraming() {
            return function == null || function.isOfFrame();
        }
    }

    private static Map<OverFunction, SqlAggFunction> operators() {
        Map<OverFunction, SqlAggFunction> map = new EnumMap<>(OverFunction.class);
        map.put(OverFunction.ROW_NUMBER, SqlStdOperatorTable.ROW_NUMBER);
        map.put(OverFunction.RANK, SqlStdOperatorTable.RANK);
        map.put(OverFunction.DENSE_RANK, SqlStdOperatorTable.DENSE_RANK);
        SqlReturnTypeInference same = ReturnTypes.ARG0.andThen(SqlTypeTransforms.FORCE_NULLABLE);
        for (OverFunction function :
                new OverFunction[] {OverFunction.FIRST_VALUE, OverFunction.LAST_VALUE}) {
            map.put(function, new Ours("$" + function, function, same, OperandTypes.ANY));
        }
        map.put(
                OverFunction.NTH_VALUE,
                new Ours("$NTH_VALUE", OverFunction.NTH_VALUE, same, OperandTypes.ANY_ANY));
        SqlOperandTypeChecker moved = OperandTypes.variadic(SqlOperandCountRanges.between(1, 3));
        for (OverFunction function : new OverFunction[] {OverFunction.LAG, OverFunction.LEAD}) {
            map.put(function, new Ours("$" + function, function, same, moved));
        }
        return map;
    }

    private static Map<String, OverFunction> names() {
        Map<String, OverFunction> map = new HashMap<>();
        for (OverFunction function : OverFunction.values()) {
            if (function != OverFunction.AGGREGATE) {
                map.put(function.name(), function);
            }
        }
        return map;
    }

    static Collection<SqlAggFunction> all() {
        List<SqlAggFunction> all = new ArrayList<>(OPERATORS.values());
        all.add(SUM);
        return all;
    }

    /** The function of a name in upper case; null if there is none. */
    static OverFunction named(String name) {
        return NAMES.get(name);
    }

    static List<String> words() {
        return NAMES.keySet().stream().sorted().toList();
    }

    static SqlAggFunction of(OverFunction function) {
        return OPERATORS.get(function);
    }

    /** The operator that is an aggregate over a frame. */
    static SqlAggFunction of(AggregateFunction function) {
        return function == AggregateFunction.SUM ? SUM : AggregateOperators.of(function);
    }

    /** Our function for an operator; AGGREGATE for any other. */
    static OverFunction function(SqlOperator operator) {
        if (operator instanceof Ours ours) {
            return ours.function == null ? OverFunction.AGGREGATE : ours.function;
        }
        return switch (operator.getKind()) {
            case ROW_NUMBER -> OverFunction.ROW_NUMBER;
            case RANK -> OverFunction.RANK;
            case DENSE_RANK -> OverFunction.DENSE_RANK;
            default -> OverFunction.AGGREGATE;
        };
    }

    /** The aggregate of an operator that is {@link OverFunction#AGGREGATE}. */
    static AggregateFunction aggregate(SqlOperator operator) {
        return operator == SUM ? AggregateFunction.SUM : AggregateOperators.function(operator);
    }
}
