package galois.sql;

import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.validate.SqlNameMatcher;

import java.util.List;

/** A short list of operators, found by name and kind of syntax. */
record OperatorTable(List<SqlOperator> operators) implements SqlOperatorTable {
    OperatorTable {
        operators = List.copyOf(operators);
    }

    @Override
    public void lookupOperatorOverloads(
            SqlIdentifier name,
            SqlFunctionCategory category,
            SqlSyntax syntax,
            List<SqlOperator> found,
            SqlNameMatcher matcher) {
        for (SqlOperator operator : operators) {
            boolean matches =
                    name.isSimple()
                            && operator.getName().equalsIgnoreCase(name.getSimple())
                            && family(operator.getSyntax()) == family(syntax);
            if (matches) {
                found.add(operator);
            }
        }
    }

    /** COUNT is written with a star and without. */
    private static SqlSyntax family(SqlSyntax syntax) {
        return syntax == SqlSyntax.FUNCTION_STAR ? SqlSyntax.FUNCTION : syntax.family;
    }

    @Override
    public List<SqlOperator> getOperatorList() {
        return operators;
    }
}
