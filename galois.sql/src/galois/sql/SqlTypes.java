package galois.sql;

import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeFactoryImpl;
import org.apache.calcite.sql.type.SqlTypeName;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Our types as Calcite sees them, and back. */
final class SqlTypes {
    /** Digits of an interval's first unit. */
    private static final int INTERVAL_DIGITS = 10;

    private static final SqlIntervalQualifier MONTHS =
            new SqlIntervalQualifier(TimeUnit.YEAR, TimeUnit.MONTH, SqlParserPos.ZERO);

    private static final SqlIntervalQualifier DAYS =
            new SqlIntervalQualifier(TimeUnit.DAY, TimeUnit.SECOND, SqlParserPos.ZERO);

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
            return SqlTypeName.INT_TYPES.contains(argument.getSqlTypeName())
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
            return switch (name) {
                case TIMESTAMP, TIME -> TypeNames.TIME_PRECISION_MAX;
                default -> super.getMaxPrecision(name);
            };
        }

        @Override
        public int getMinPrecision(SqlTypeName name) {
            return name == SqlTypeName.TIMESTAMP || name == SqlTypeName.TIME
                    ? 0
                    : super.getMinPrecision(name);
        }

        @Override
        public int getMaxScale(SqlTypeName name) {
            return name == SqlTypeName.DECIMAL
                    ? FieldType.DECIMAL_PRECISION_MAX
                    : super.getMaxScale(name);
        }

        @Override
        public int getDefaultPrecision(SqlTypeName name) {
            if (name == SqlTypeName.TIMESTAMP || name == SqlTypeName.TIME) {
                return TypeNames.TIME_PRECISION_MAX;
            }
            if (name == SqlTypeName.DECIMAL) {
                return FieldType.DECIMAL_PRECISION_MAX;
            }
            return SqlTypeName.INTERVAL_TYPES.contains(name)
                    ? INTERVAL_DIGITS
                    : super.getDefaultPrecision(name);
        }
    }

    static RelDataType of(FieldType type, boolean isNullable) {
        RelDataType sqlType =
                switch (type.kind()) {
                    case DECIMAL ->
                            FACTORY.createSqlType(
                                    SqlTypeName.DECIMAL, type.precision(), type.scale());
                    case INTERVAL_MONTH -> FACTORY.createSqlIntervalType(MONTHS);
                    case INTERVAL_DAY -> FACTORY.createSqlIntervalType(DAYS);
                    default -> FACTORY.createSqlType(nameOf(type));
                };
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
            case TINYINT -> FieldType.TINYINT;
            case SMALLINT -> FieldType.SMALLINT;
            case INTEGER -> FieldType.INTEGER;
            case BIGINT -> FieldType.BIGINT;
            case DECIMAL -> decimal(type.getPrecision(), type.getScale());
            case REAL -> FieldType.REAL;
            case FLOAT, DOUBLE -> FieldType.DOUBLE;
            case CHAR, VARCHAR -> FieldType.VARCHAR;
            case BINARY, VARBINARY -> FieldType.VARBINARY;
            case DATE -> FieldType.DATE;
            case TIME -> FieldType.TIME;
            case TIMESTAMP -> FieldType.TIMESTAMP;
            default -> {
                if (SqlTypeName.YEAR_INTERVAL_TYPES.contains(type.getSqlTypeName())) {
                    yield FieldType.INTERVAL_MONTH;
                }
                yield SqlTypeName.DAY_INTERVAL_TYPES.contains(type.getSqlTypeName())
                        ? FieldType.INTERVAL_DAY
                        : null;
            }
        };
    }

    private static FieldType decimal(int precision, int scale) {
        boolean isOurs = scale >= 0 && precision <= FieldType.DECIMAL_PRECISION_MAX;
        return isOurs ? FieldType.decimal(precision, Math.min(scale, precision)) : null;
    }

    static RelDataType rowType(Schema schema) {
        RelDataTypeFactory.Builder row = FACTORY.builder();
        for (Field field : schema.fields()) {
            row.add(field.name(), of(field.type(), true));
        }
        return row.build();
    }
}
