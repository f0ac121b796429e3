package galois.sql;

import com.google.common.collect.ImmutableSet;

import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlValidatorImpl;

import java.util.Map;

/** Calcite's validator, which leaves it to our own types what may be cast to what. */
final class Validator extends SqlValidatorImpl {
    private static final SqlTypeMappingRule ALL =
            new SqlTypeMappingRule() {
                @Override
                public Map<SqlTypeName, ImmutableSet<SqlTypeName>> getTypeMapping() {
                    return Map.of();
                }

                @Override
                public boolean canApplyFrom(SqlTypeName to, SqlTypeName from) {
                    return true; // Convertlets asks ResultTypes
                }
            };

    Validator(CalciteCatalogReader reader, Config config) {
        super(Operators.TABLE, reader, SqlTypes.FACTORY, config);
    }

    @Override
    public SqlTypeMappingRule getTypeMappingRule() {
        return ALL;
    }
}
