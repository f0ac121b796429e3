package galois.sql;

import galois.api.ErrorCode;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSyntax;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Names of SQL constructs that are refused, and what to write instead. */
final class Unsupported {
    static final String FUNCTIONS =
            "COALESCE, NULLIF, MOD, CAST, CASE; COUNT, SUM, AVG, MIN, MAX, VAR_POP, STDDEV, EVERY, FIRST, LAST, ARG_MAX, LISTAGG,"
                    + " APPROX_COUNT_DISTINCT, APPROX_QUANTILE; LAG, LEAD; TUMBLE, HOP, SESSION";

    private static final Map<SqlKind, String[]> REMEDIES = remedies();

    private Unsupported() {}

    private static Map<SqlKind, String[]> remedies() {
        Map<SqlKind, String[]> map = new EnumMap<>(SqlKind.class);
        map.put(SqlKind.JOIN, new String[] {"a join", "select from one stream"});
        map.put(
                SqlKind.OVER,
                new String[] {"a window function (OVER)", "group by TUMBLE(ts, INTERVAL ...)"});
        map.put(SqlKind.LIKE, new String[] {"LIKE", "compare with ="});
        map.put(SqlKind.SIMILAR, new String[] {"SIMILAR TO", "compare with ="});
        map.put(SqlKind.RLIKE, new String[] {"RLIKE", "compare with ="});
        map.put(
                SqlKind.SELECT,
                new String[] {"a select inside an expression", "use a nested select in FROM"});
        map.put(SqlKind.ROW, new String[] {"a row value", "compare the columns one by one"});
        map.put(
                SqlKind.MATCH_RECOGNIZE,
                new String[] {"MATCH_RECOGNIZE", "use filters and windows"});
        map.put(SqlKind.UNNEST, new String[] {"UNNEST", "select from a stream"});
        map.put(SqlKind.LATERAL, new String[] {"LATERAL", "select from a stream"});
        map.put(SqlKind.PIVOT, new String[] {"PIVOT", "aggregate CASE expressions"});
        map.put(SqlKind.TABLESAMPLE, new String[] {"TABLESAMPLE", "filter with WHERE"});
        map.put(
                SqlKind.DYNAMIC_PARAM,
                new String[] {
                    "a parameter (?)", "write the value: constants become parameters by themselves"
                });
        map.put(
                SqlKind.INTERVAL,
                new String[] {"arithmetic with intervals", "use INTERVAL in TUMBLE"});
        map.put(
                SqlKind.IS_DISTINCT_FROM,
                new String[] {"IS DISTINCT FROM", "compare with <> and IS NULL"});
        map.put(
                SqlKind.IS_NOT_DISTINCT_FROM,
                new String[] {"IS NOT DISTINCT FROM", "compare with = and IS NULL"});
        return map;
    }

    static RuntimeException error(QueryPlaces places, SqlNode node) {
        String[] known = REMEDIES.get(node.getKind());
        if (known != null) {
            return places.unsupported(node, known[0], known[1]);
        }
        String name = nameOf(node);
        boolean isFunction =
                node instanceof SqlCall call
                        && call.getOperator().getSyntax() == SqlSyntax.FUNCTION;
        if (isFunction && OverOperators.named(name) != null) {
            return places.error(
                    ErrorCode.SYNTAX,
                    node,
                    name
                            + " needs OVER: write "
                            + name
                            + "(...) OVER (PARTITION BY ... ORDER BY ts)");
        }
        if (isFunction) {
            return places.error(
                    ErrorCode.UNSUPPORTED,
                    node,
                    "there is no function \""
                            + Messages.shorten(name)
                            + '"'
                            + Messages.known("functions", name, FunctionTable.names())
                                    .replaceFirst(
                                            "known functions .*", "SHOW FUNCTIONS lists them"));
        }
        return places.unsupported(
                node, "'" + Messages.shorten(name) + "'", "GALOIS has " + FUNCTIONS);
    }

    private static String nameOf(SqlNode node) {
        if (node instanceof SqlCall call && !call.getOperator().getName().isBlank()) {
            return call.getOperator().getName().toUpperCase(Locale.ROOT);
        }
        return node.getKind().sql.toUpperCase(Locale.ROOT);
    }
}
