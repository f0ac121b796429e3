package galois.sql;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlHopTableFunction;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlSessionTableFunction;
import org.apache.calcite.sql.SqlTumbleTableFunction;
import org.apache.calcite.sql.SqlWindowTableFunction;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;

import java.util.List;

/** Calcite's table functions of windows with one more column, {@code window_time}. */
final class WindowTables {
    static final SqlOperator TUMBLE =
            new SqlTumbleTableFunction() {
                @Override
                public SqlReturnTypeInference getRowTypeInference() {
                    return WindowTables::rowType;
                }
            };

    static final SqlOperator HOP =
            new SqlHopTableFunction() {
                @Override
                public SqlReturnTypeInference getRowTypeInference() {
                    return WindowTables::rowType;
                }
            };

    static final SqlOperator SESSION =
            new SqlSessionTableFunction() {
                @Override
                public SqlReturnTypeInference getRowTypeInference() {
                    return WindowTables::rowType;
                }
            };

    /** Windows of one start that grow: TABLE, DESCRIPTOR(ts), step, size [, offset]. */
    static final SqlOperator CUMULATE =
            new SqlWindowTableFunction(
                    "CUMULATE", new SqlHopTableFunction().getOperandTypeChecker()) {
                @Override
                public SqlReturnTypeInference getRowTypeInference() {
                    return WindowTables::rowType;
                }
            };

    /** Names of the columns that a window adds, in their order. */
    static final List<String> COLUMNS = List.of("window_start", "window_end", "window_time");

    private WindowTables() {}

    private static RelDataType rowType(SqlOperatorBinding binding) {
        var builder = binding.getTypeFactory().builder();
        builder.addAll(binding.getOperandType(0).getFieldList());
        COLUMNS.forEach(name -> builder.add(name, SqlTypeName.TIMESTAMP, 3));
        return builder.build();
    }
}
