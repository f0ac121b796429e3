package galois.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import galois.api.plan.LogicalPlan;
import galois.batch.Field;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/** Sensors name their columns without asking the SQL committee. */
class ReservedWordsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "order", "select", "from", "group", "case", "end", "null", "table", "where", "by",
                "with"
            })
    void everyWordNamesAColumnInQuotes(String word) {
        check('"' + word + '"', word);
        check('`' + word + '`', word);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "period",
                "date",
                "day",
                "time",
                "timestamp",
                "value",
                "user",
                "hour",
                "minute",
                "second",
                "month",
                "year",
                "count",
                "sum",
                "min",
                "max",
                "avg",
                "level",
                "position",
                "row",
                "rows",
                "range",
                "start",
                "key",
                "type",
                "name",
                "result",
                "status",
                "temp",
                "left",
                "right",
                "current",
                "interval_ms",
                "mod",
                "tumble",
                "window",
                "stream",
                "method",
                "language",
                "source",
                "offset",
                "limit",
                "values",
                "boolean",
                "double",
                "order",
                "window_start",
                "op",
                "sensor",
                "power",
                "percent",
                "at",
                "of",
                "to",
                "set"
            })
    void thisWordNamesAColumnWithoutQuotes(String word) {
        check(word, word);
        check(word.toUpperCase(java.util.Locale.ROOT), word);
    }

    @ParameterizedTest
    @ValueSource(strings = {"date", "value", "order", "user", "timestamp", "count", "end"})
    void aliasMayBeAnyWord(String word) {
        Streams streams = Streams.of("CREATE STREAM s (x DOUBLE)" + Streams.WITH);
        LogicalPlan plan = streams.plan("SELECT x AS " + word + " FROM s WHERE x > 1");
        assertEquals(word, plan.root().schema().field(0).name());
    }

    private static void check(String written, String word) {
        Streams streams =
                Streams.of("CREATE STREAM s (\"" + word + "\" DOUBLE, x DOUBLE)" + Streams.WITH);
        LogicalPlan plan =
                streams.plan(
                        "SELECT "
                                + written
                                + ", x + "
                                + written
                                + " AS y FROM s WHERE "
                                + written
                                + " > 1 AND NOT ("
                                + written
                                + " = 3)");
        assertEquals(2, plan.parameters().size());
        List<String> names = plan.root().schema().fields().stream().map(Field::name).toList();
        assertEquals(2, names.size());
        assertEquals(word, names.get(0).toLowerCase(java.util.Locale.ROOT));
        LogicalPlan grouped =
                streams.plan(
                        "SELECT "
                                + written
                                + ", COUNT(*) AS n, MAX(s."
                                + written
                                + ") AS m FROM s GROUP BY "
                                + written);
        assertEquals(3, grouped.root().schema().size());
    }
}
