package galois.sql;

import galois.api.plan.AggregateFunction;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What SHOW FUNCTIONS prints: every scalar function with its arguments, result and meaning. */
final class FunctionList {
    /** One function. */
    record Entry(String name, String form, String result, String description) {}

    /** Forms that are no library function: they become conditions, CASE or others of them. */
    private static final List<Entry> FORMS =
            List.of(
                    new Entry("CASE", "CASE WHEN condition THEN value ... END", "value", "choice"),
                    new Entry(
                            "CAST", "CAST(value AS type)", "type", "conversion; also value::type"),
                    new Entry("COALESCE", "COALESCE(value, ...)", "value", "the first not NULL"),
                    new Entry("IFNULL", "IFNULL(value, value)", "value", "COALESCE of two; NVL"),
                    new Entry("NVL2", "NVL2(value, some, none)", "some", "by being NULL or not"),
                    new Entry("NULLIF", "NULLIF(value, other)", "value", "NULL when equal"),
                    new Entry("TRY", "TRY(value)", "value", "NULL where it is an error"),
                    new Entry("IF", "IF(condition, then, else)", "then", "choice; also IIF"),
                    new Entry("MOD", "MOD(number, number)", "number", "remainder; also %"),
                    new Entry("PI", "PI()", "DOUBLE", "3.141592653589793"),
                    new Entry("STRPOS", "STRPOS(text, part)", "INTEGER", "POSITION; also INSTR"),
                    new Entry("LOCATE", "LOCATE(part, text [, first])", "INTEGER", "POSITION"),
                    new Entry(
                            "CONCAT_WS",
                            "CONCAT_WS(separator, text, ...)",
                            "VARCHAR",
                            "texts that are not NULL with a separator between"),
                    new Entry(
                            "SPLIT_INDEX",
                            "SPLIT_INDEX(text, delimiter, n)",
                            "VARCHAR",
                            "the n-th part, from 0; NULL: there is none"),
                    new Entry(
                            "DATE_FORMAT",
                            "DATE_FORMAT(time, 'yyyy-MM-dd HH:mm:ss')",
                            "VARCHAR",
                            "a time as text, by Java's letters"),
                    new Entry(
                            "TO_CHAR",
                            "TO_CHAR(time, 'YYYY-MM-DD HH24:MI:SS')",
                            "VARCHAR",
                            "a time as text, by PostgreSQL's words"),
                    new Entry("YEAR", "YEAR(time)", "BIGINT", "EXTRACT(YEAR FROM time)"),
                    new Entry("QUARTER", "QUARTER(time)", "BIGINT", "EXTRACT(QUARTER FROM time)"),
                    new Entry("MONTH", "MONTH(time)", "BIGINT", "EXTRACT(MONTH FROM time)"),
                    new Entry("WEEK", "WEEK(time)", "BIGINT", "EXTRACT(WEEK FROM time)"),
                    new Entry("DAY", "DAY(time)", "BIGINT", "EXTRACT(DAY FROM time)"),
                    new Entry("DAYOFWEEK", "DAYOFWEEK(time)", "BIGINT", "EXTRACT(DOW FROM time)"),
                    new Entry("DAYOFYEAR", "DAYOFYEAR(time)", "BIGINT", "EXTRACT(DOY FROM time)"),
                    new Entry("HOUR", "HOUR(time)", "BIGINT", "EXTRACT(HOUR FROM time)"),
                    new Entry("MINUTE", "MINUTE(time)", "BIGINT", "EXTRACT(MINUTE FROM time)"),
                    new Entry("SECOND", "SECOND(time)", "BIGINT", "EXTRACT(SECOND FROM time)"));

    private FunctionList() {}

    /** By name. */
    static List<Entry> entries() {
        TreeMap<String, Entry> byName = new TreeMap<>();
        for (LibraryFunction function : FunctionTable.all()) {
            Signature first = function.signatures().get(0);
            List<String> forms = new ArrayList<>();
            function.signatures().forEach(s -> forms.add(function.getName() + s.described()));
            String form =
                    switch (function.function()) {
                        case EVENT_TIME -> "CURRENT_TIMESTAMP";
                        case ARRIVAL_TIME -> "PROCTIME()";
                        default -> String.join(", ", forms);
                    };
            byName.put(
                    function.getName(),
                    new Entry(
                            function.getName(), form, first.resultWord(), function.description()));
        }
        FORMS.forEach(entry -> byName.put(entry.name(), entry));
        return List.copyOf(byName.values());
    }

    /** One line for each function, the scalar ones first. */
    static String text() {
        StringBuilder text = new StringBuilder();
        for (Entry entry : entries()) {
            text.append(entry.form()).append(" -> ").append(entry.result());
            text.append(": ").append(entry.description()).append('\n');
        }
        for (AggregateFunction aggregate : AggregateFunction.values()) {
            text.append(aggregate).append(": aggregate\n");
        }
        return text.toString();
    }
}
