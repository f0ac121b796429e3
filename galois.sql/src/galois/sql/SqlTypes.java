package galois.sql;

import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeFactoryImpl;
import org.apache.calcite.sql.type.SqlTypeName;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Our types as Calcite sees them, and back. */
final class SqlTypes {
    /** Digits of an interval's first unit. */
    private static final int INTERVAL_DIGITS = 10;

    /** Thread safe: interns types. */
    static final RelDataTypeFactory FACTORY = new Utf8Factory();

    private SqlTypes() {}

    private static final class Utf8Factory extends SqlTypeFactoryImpl {
        Utf8Factory() {
            super(new Rules());
        }

        @Override
        public Charset getDefaultCharset() {
            return StandardCharsets.UTF_8;
        }
    }

    /** SUM of integers is BIGINT, AVG is DOUBLE, no blank padding, microseconds. */
    private static final class Rules extends RelDataTypeSystemImpl {
        @Override
        public RelDataType deriveSumType(RelDataTypeFactory types, RelDataType argument) {
            SqlTypeName name = argument.getSqlTypeName();
            return name == SqlTypeName.INTEGER
                    ? types.createTypeWithNullability(
                            types.createSqlType(SqlTypeName.BIGINT), argument.isNullable())
                    : argument;
        }

        @Override
        public RelDataType deriveAvgAggType(RelDataTypeFactory types, RelDataType argument) {
            return types.createTypeWithNullability(
                    types.createSqlType(SqlTypeName.DOUBLE), argument.isNullable());
        }

        @Override
        public boolean shouldConvertRaggedUnionTypesToVarying() {
            return true;
        }

        @Override
        public int getMaxPrecision(SqlTypeName name) {
            return name == SqlTypeName.TIMESTAMP
                    ? TypeNames.TIMESTAMP_PRECISION_MAX
                    : super.getMaxPrecision(name);
        }

        @Override
        public int getDefaultPrecision(SqlTypeName name) {
            if (name == SqlTypeName.TIMESTAMP) {
                return TypeNames.TIMESTAMP_PRECISION_MAX;
            }
            return SqlTypeName.INTERVAL_TYPES.contains(name)
                    ? INTERVAL_DIGITS
                    : super.getDefaultPrecision(name);
        }
    }

    static RelDataType of(FieldType type, boolean isNullable) {
        RelDataType sqlType = FACTORY.createSqlType(nameOf(type));
        return FACTORY.createTypeWithNullability(sqlType, isNullable);
    }

    static SqlTypeName nameOf(FieldType type) {
        return switch (type.kind()) {
            case BOOLEAN -> SqlTypeName.BOOLEAN;
            case TINYINT -> SqlTypeName.TINYINT;
            case SMALLINT -> SqlTypeName.SMALLINT;
            case INTEGER -> SqlTypeName.INTEGER;
            case BIGINT -> SqlTypeName.BIGINT;
            case DECIMAL -> SqlTypeName.DECIMAL;
            case REAL -> SqlTypeName.REAL;
            case DOUBLE -> SqlTypeName.DOUBLE;
            case VARCHAR -> SqlTypeName.VARCHAR;
            case VARBINARY -> SqlTypeName.VARBINARY;
            case DATE -> SqlTypeName.DATE;
            case TIME -> SqlTypeName.TIME;
            case TIMESTAMP -> SqlTypeName.TIMESTAMP;
            case INTERVAL_MONTH -> SqlTypeName.INTERVAL_YEAR_MONTH;
            case INTERVAL_DAY -> SqlTypeName.INTERVAL_DAY_SECOND;
        };
    }

    /** The field type of a Calcite type; null for a type that GALOIS does not have. */
    static FieldType from(RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case BOOLEAN -> FieldType.BOOLEAN;
            case TINYINT, SMALLINT, INTEGER -> FieldType.INTEGER;
            case BIGINT -> FieldType.BIGINT;
            case FLOAT, REAL, DOUBLE -> FieldType.DOUBLE;
            case CHAR, VARCHAR -> FieldType.VARCHAR;
            case TIMESTAMP -> FieldType.TIMESTAMP;
            default -> null;
        };
    }

    static RelDataType rowType(Schema schema) {
        RelDataTypeFactory.Builder row = FACTORY.builder();
        for (Field field : schema.fields()) {
            row.add(field.name(), of(field.type(), true));
        }
        return row.build();
    }
}
