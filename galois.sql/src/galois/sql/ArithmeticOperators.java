package galois.sql;

import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.batch.FieldType;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlTypeName;

/** Arithmetic in Calcite with our types ({@link ResultTypes}): Calcite's own types are others. */
final class ArithmeticOperators {
    private static final int SUM_PRECEDENCE = 40;
    private static final int PRODUCT_PRECEDENCE = 60;

    static final SqlOperator PLUS = binary("+", SqlKind.PLUS, Function.PLUS, SUM_PRECEDENCE);
    static final SqlOperator MINUS = binary("-", SqlKind.MINUS, Function.MINUS, SUM_PRECEDENCE);
    static final SqlOperator TIMES = binary("*", SqlKind.TIMES, Function.TIMES, PRODUCT_PRECEDENCE);

    static final SqlOperator DIVIDE =
            binary("/", SqlKind.DIVIDE, Function.DIVIDE, PRODUCT_PRECEDENCE);

    static final SqlFunction MOD =
            new SqlFunction(
                    "MOD",
                    SqlKind.MOD,
                    binding -> type(Function.MOD, binding),
                    null,
                    new Operands(Function.MOD),
                    SqlFunctionCategory.NUMERIC);

    private ArithmeticOperators() {}

    private static SqlOperator binary(String sign, SqlKind kind, Function function, int rank) {
        return new SqlBinaryOperator(
                sign,
                kind,
                rank,
                true,
                binding -> type(function, binding),
                null,
                new Operands(function));
    }

    /** Null when there is no such operation. */
    private static RelDataType type(Function function, SqlOperatorBinding binding) {
        RelDataType left = binding.getOperandType(0);
        RelDataType right = binding.getOperandType(1);
        boolean isNullable = left.isNullable() || right.isNullable();
        FieldType a = from(left, right);
        FieldType b = from(right, left);
        FieldType type = a == null || b == null ? null : ResultTypes.arithmetic(function, a, b);
        boolean isMovedDate =
                type == FieldType.TIMESTAMP && (a == FieldType.DATE || b == FieldType.DATE);
        if (isMovedDate && binding instanceof SqlCallBinding call && isByWholeDays(call)) {
            type = FieldType.DATE;
        }
        return type == null ? null : SqlTypes.of(type, isNullable);
    }

    /** As in {@link Exprs}: a date moved by constant whole days stays a date. */
    private static boolean isByWholeDays(SqlCallBinding binding) {
        for (SqlNode operand : binding.operands()) {
            if (operand instanceof SqlCall call
                    && call.getOperator() == Operators.constant(FieldType.INTERVAL_DAY)) {
                String text = ((SqlLiteral) call.operand(0)).getValueAs(String.class);
                return Exprs.isWholeDays(new Expr.Literal(FieldType.INTERVAL_DAY, text));
            }
        }
        return false;
    }

    /** A NULL without a type is taken for a number, as its neighbour is one. */
    private static FieldType from(RelDataType type, RelDataType beside) {
        if (type.getSqlTypeName() != SqlTypeName.NULL) {
            return SqlTypes.from(type);
        }
        return beside.getSqlTypeName() == SqlTypeName.NULL ? null : SqlTypes.from(beside);
    }

    private record Operands(Function function) implements SqlOperandTypeChecker {
        @Override
        public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
            boolean isDefined = type(function, binding) != null;
            if (!isDefined && throwOnFailure) {
                throw binding.newValidationSignatureError();
            }
            return isDefined;
        }

        @Override
        public SqlOperandCountRange getOperandCountRange() {
            return SqlOperandCountRanges.of(2);
        }

        @Override
        public String getAllowedSignatures(SqlOperator operator, String name) {
            return "numbers; a date or time and an interval";
        }
    }
}
