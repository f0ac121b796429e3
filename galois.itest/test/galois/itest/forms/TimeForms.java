package galois.itest.forms;

import static galois.batch.FieldType.BIGINT;
import static galois.batch.FieldType.DATE;
import static galois.batch.FieldType.INTEGER;
import static galois.batch.FieldType.INTERVAL_DAY;
import static galois.batch.FieldType.INTERVAL_MONTH;
import static galois.batch.FieldType.TIME;
import static galois.batch.FieldType.TIMESTAMP;
import static galois.batch.FieldType.TINYINT;
import static galois.batch.FieldType.VARCHAR;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Functions of dates, times and intervals. */
final class TimeForms {
    private static final String EPOCH = "TIMESTAMP '1970-01-01 00:00:00'";

    private TimeForms() {}

    /** Microseconds since 1970 of a TIMESTAMP. */
    static String micros(Dialect dialect, String time) {
        return dialect == Dialect.H2
                ? "DATEDIFF(MICROSECOND, " + EPOCH + ", " + time + ")"
                : "EPOCH_US(" + time + ")";
    }

    static List<Form> all() {
        List<Form> forms = new ArrayList<>();
        fields(forms);
        units(forms);
        epochs(forms);
        arithmetic(forms);
        casts(forms);
        return forms;
    }

    private static void fields(List<Form> forms) {
        Map<String, String> duck =
                Map.of(
                        "DOW", "DOW FROM {0}) + 1",
                        "MILLISECOND", "MILLISECONDS FROM {0})",
                        "MICROSECOND", "MICROSECONDS FROM {0})");
        Map<String, String> h2 =
                Map.of(
                        "DOY", "DAY_OF_YEAR",
                        "WEEK", "ISO_WEEK",
                        "ISODOW", "ISO_DAY_OF_WEEK",
                        "ISOYEAR", "ISO_WEEK_YEAR");
        for (String field :
                List.of(
                        "YEAR",
                        "QUARTER",
                        "MONTH",
                        "WEEK",
                        "DAY",
                        "DOW",
                        "ISODOW",
                        "DOY",
                        "ISOYEAR",
                        "DECADE",
                        "CENTURY",
                        "MILLENNIUM",
                        "HOUR",
                        "MINUTE",
                        "SECOND",
                        "MILLISECOND",
                        "MICROSECOND")) {
            String theirs =
                    "CAST(EXTRACT("
                            + duck.getOrDefault(field, field + " FROM {0})")
                            + " AS BIGINT)";
            boolean other =
                    List.of("DOW", "MILLISECOND", "MICROSECOND", "MILLENNIUM").contains(field);
            String own =
                    other
                            ? null
                            : "CAST(EXTRACT("
                                    + h2.getOrDefault(field, field)
                                    + " FROM {0}) AS BIGINT)";
            String text = "EXTRACT(" + field + " FROM {0})";
            forms.add(Form.of(BIGINT, text, own, theirs, TIMESTAMP));
            if (List.of("YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "DOW", "DOY").contains(field)) {
                forms.add(Form.of(BIGINT, text, own, theirs, DATE));
            }
            if (List.of("HOUR", "MINUTE", "SECOND").contains(field)) {
                forms.add(Form.of(BIGINT, text, own, theirs, TIME));
            }
        }
    }

    private static void units(List<Form> forms) {
        for (String unit :
                List.of("SECOND", "MINUTE", "HOUR", "DAY", "WEEK", "MONTH", "QUARTER", "YEAR")) {
            String truncated = "DATE_TRUNC('" + unit + "', {0})";
            String h2 =
                    unit.equals("WEEK")
                            ? "DATE_TRUNC(ISO_WEEK, {0})"
                            : "DATE_TRUNC(" + unit + ", {0})";
            forms.add(Form.of(TIMESTAMP, truncated, h2, truncated, TIMESTAMP));
            forms.add(Form.of(TIMESTAMP, "FLOOR({0} TO " + unit + ")", h2, truncated, TIMESTAMP));
            forms.add(
                    Form.of(
                            TIMESTAMP,
                            "CEIL({0} TO " + unit + ")",
                            "CASE WHEN "
                                    + h2
                                    + " = {0} THEN {0} ELSE DATEADD("
                                    + unit
                                    + ", 1, "
                                    + h2
                                    + ") END",
                            "CASE WHEN "
                                    + truncated
                                    + " = {0} THEN {0} ELSE "
                                    + truncated
                                    + " + INTERVAL 1 "
                                    + unit
                                    + " END",
                            TIMESTAMP));
            forms.add(
                    Form.of(
                            TIMESTAMP,
                            "TIMESTAMPADD(" + unit + ", {0}, {1})",
                            "DATEADD(" + unit + ", {0}, {1})",
                            unit.equals("QUARTER")
                                    ? "({1} + TO_MONTHS(3 * CAST({0} AS INTEGER)))"
                                    : "({1} + TO_" + unit + "S(CAST({0} AS INTEGER)))",
                            INTEGER,
                            TIMESTAMP));
            if (!List.of("MONTH", "QUARTER", "YEAR").contains(unit)) {
                forms.add(
                        Form.of(
                                BIGINT,
                                "TIMESTAMPDIFF(" + unit + ", {0}, {1})",
                                null,
                                "DATE_SUB('" + unit + "', {0}, {1})",
                                TIMESTAMP,
                                TIMESTAMP));
            }
        }
    }

    private static void epochs(List<Form> forms) {
        for (var unit : Map.of("SECONDS", 1_000_000, "MILLIS", 1_000, "MICROS", 1).entrySet()) {
            String name = unit.getKey();
            String of = "CAST(FLOOR(%s / %d.0) AS BIGINT)";
            forms.add(
                    Form.of(
                            BIGINT,
                            "UNIX_" + name + "({0})",
                            String.format(of, micros(Dialect.H2, "{0}"), unit.getValue()),
                            String.format(of, micros(Dialect.DUCKDB, "{0}"), unit.getValue()),
                            TIMESTAMP));
            forms.add(
                    Form.of(
                            TIMESTAMP,
                            "TIMESTAMP_" + name + "({0})",
                            "DATEADD(MICROSECOND, CAST({0} AS BIGINT) * "
                                    + unit.getValue()
                                    + ", "
                                    + EPOCH
                                    + ")",
                            "MAKE_TIMESTAMP(CAST({0} AS BIGINT) * " + unit.getValue() + ")",
                            BIGINT));
        }
        forms.add(
                Form.of(
                        BIGINT,
                        "EXTRACT(EPOCH FROM {0})",
                        "CAST(FLOOR(" + micros(Dialect.H2, "{0}") + " / 1000000.0) AS BIGINT)",
                        "CAST(FLOOR(" + micros(Dialect.DUCKDB, "{0}") + " / 1000000.0) AS BIGINT)",
                        TIMESTAMP));
    }

    private static void arithmetic(List<Form> forms) {
        for (String sign : List.of("+", "-")) {
            String h2 = sign.equals("+") ? "{1}" : "-({1})";
            forms.add(
                    Form.of(
                            TIMESTAMP,
                            "({0} " + sign + " {1})",
                            "DATEADD(MICROSECOND, " + h2 + ", {0})",
                            "MAKE_TIMESTAMP(EPOCH_US({0}) " + sign + " {1})",
                            TIMESTAMP,
                            INTERVAL_DAY));
            forms.add(
                    Form.of(
                            TIMESTAMP,
                            "({0} " + sign + " {1})",
                            "DATEADD(MONTH, " + h2 + ", {0})",
                            "({0} " + sign + " TO_MONTHS(CAST({1} AS INTEGER)))",
                            TIMESTAMP,
                            INTERVAL_MONTH));
            forms.add(
                    Form.of(
                            DATE,
                            "({0} " + sign + " {1})",
                            "DATEADD(MONTH, " + h2 + ", {0})",
                            "CAST({0} " + sign + " TO_MONTHS(CAST({1} AS INTEGER)) AS DATE)",
                            DATE,
                            INTERVAL_MONTH));
            forms.add(
                    Form.of(
                            DATE,
                            "({0} " + sign + " INTERVAL '3' DAY)",
                            "DATEADD(DAY, " + sign + "3, {0})",
                            "CAST({0} " + sign + " INTERVAL 3 DAY AS DATE)",
                            DATE));
            forms.add(
                    Form.of(
                            TIME,
                            "({0} " + sign + " {1})",
                            null,
                            "({0} " + sign + " TO_MICROSECONDS({1}))",
                            TIME,
                            INTERVAL_DAY));
            forms.add(
                    Form.same(INTERVAL_DAY, "({0} " + sign + " {1})", INTERVAL_DAY, INTERVAL_DAY));
            forms.add(
                    Form.same(
                            INTERVAL_MONTH,
                            "({0} " + sign + " {1})",
                            INTERVAL_MONTH,
                            INTERVAL_MONTH));
        }
        forms.add(
                Form.of(
                        INTERVAL_DAY,
                        "({0} - {1})",
                        "DATEDIFF(MICROSECOND, {1}, {0})",
                        "(EPOCH_US({0}) - EPOCH_US({1}))",
                        TIMESTAMP,
                        TIMESTAMP));
        forms.add(
                Form.of(
                        INTERVAL_DAY,
                        "({0} - {1})",
                        "(CAST(DATEDIFF(DAY, {1}, {0}) AS BIGINT) * 86400000000)",
                        "(CAST({0} - {1} AS BIGINT) * 86400000000)",
                        DATE,
                        DATE));
        forms.add(Form.same(INTERVAL_DAY, "({0} * {1})", INTERVAL_DAY, TINYINT));
        forms.add(Form.same(INTERVAL_MONTH, "({0} * {1})", INTERVAL_MONTH, TINYINT));
    }

    private static void casts(List<Form> forms) {
        forms.add(Form.same(DATE, "CAST({0} AS DATE)", TIMESTAMP));
        forms.add(Form.same(TIMESTAMP, "CAST({0} AS TIMESTAMP)", DATE));
        forms.add(
                Form.of(
                        TIME,
                        "CAST({0} AS TIME)",
                        "CAST({0} AS TIME(6))",
                        "CAST({0} AS TIME)",
                        TIMESTAMP));
        forms.add(Form.same(VARCHAR, "CAST({0} AS VARCHAR)", DATE));
        forms.add(Form.same(DATE, "CAST(CAST({0} AS VARCHAR) AS DATE)", DATE));
    }
}
