package galois.itest.forms;

import static galois.batch.FieldType.BIGINT;
import static galois.batch.FieldType.BOOLEAN;
import static galois.batch.FieldType.DOUBLE;
import static galois.batch.FieldType.INTEGER;
import static galois.batch.FieldType.REAL;
import static galois.batch.FieldType.SMALLINT;
import static galois.batch.FieldType.TINYINT;
import static galois.batch.FieldType.VARCHAR;
import static galois.itest.forms.Values.AMOUNT;
import static galois.itest.forms.Values.PRICE;

import galois.batch.FieldType;

import java.util.ArrayList;
import java.util.List;

/** Functions of numbers, with arguments for which no row fails. */
final class NumberForms {
    private static final String RADIUS_TWICE = "12742017.6";

    private NumberForms() {}

    static List<Form> all() {
        List<Form> forms = new ArrayList<>();
        List<FieldType> integers = List.of(TINYINT, SMALLINT, INTEGER, BIGINT);
        for (int i = 0; i < integers.size(); i++) {
            integers(forms, integers.get(i));
            for (int j = 0; j < i; j++) {
                FieldType wide = integers.get(i);
                forms.add(peers(wide, "({0} + {1})", wide, integers.get(j)));
                forms.add(peers(wide, "({0} - {1})", integers.get(j), wide));
                forms.add(peers(wide, "CAST({0} AS " + wide + ")", integers.get(j)));
            }
        }
        doubles(forms);
        inexact(forms);
        decimals(forms);
        casts(forms);
        return forms;
    }

    /** The other engines may compute in a wider type, and then convert. */
    private static Form peers(FieldType type, String text, FieldType... operands) {
        return Form.of(
                type,
                text,
                "CAST(" + text + " AS " + Dialect.H2.type(type) + ")",
                "CAST(" + text + " AS " + Dialect.DUCKDB.type(type) + ")",
                operands);
    }

    private static Form peers(FieldType type, String ours, String theirs, FieldType... operands) {
        return Form.of(
                type,
                ours,
                "CAST(" + theirs + " AS " + Dialect.H2.type(type) + ")",
                "CAST(" + theirs + " AS " + Dialect.DUCKDB.type(type) + ")",
                operands);
    }

    private static void integers(List<Form> forms, FieldType type) {
        forms.add(peers(type, "({0} + {1})", type, type));
        forms.add(peers(type, "({0} - {1})", type, type));
        forms.add(peers(type, "({0} * {1})", "CAST({0} AS BIGINT) * {1}", type, type));
        String quotient = "({0} / NULLIF({1}, 0))";
        String duck = "CAST(({0} // NULLIF({1}, 0)) AS " + type + ")";
        forms.add(
                Form.of(
                        type,
                        quotient,
                        "CAST(" + quotient + " AS " + type + ")",
                        duck,
                        type,
                        type));
        forms.add(peers(type, "({0} % NULLIF({1}, 0))", type, type));
        forms.add(peers(type, "MOD({0}, 3)", type));
        forms.add(peers(type, "(- {0})", type));
        forms.add(peers(type, "ABS({0})", type));
        forms.add(peers(type, "ROUND({0}, -1)", "ROUND({0}, -1)", type));
        forms.add(
                Form.of(
                        type,
                        "TRUNCATE({0}, -1)",
                        "CAST(TRUNCATE({0}, -1) AS " + type + ")",
                        "CAST({0} // 10 * 10 AS " + type + ")",
                        type));
        forms.add(peers(type, "FLOOR({0})", "{0}", type));
        forms.add(peers(INTEGER, "SIGN({0})", type));
    }

    private static void doubles(List<Form> forms) {
        for (FieldType type : List.of(REAL, DOUBLE)) {
            for (String sign : List.of("+", "-", "*")) {
                forms.add(peers(type, "({0} " + sign + " {1})", type, type));
            }
            for (String name : List.of("FLOOR", "CEIL", "ABS", "SIGN", "ROUND")) {
                forms.add(peers(type, name + "({0})", type));
            }
            forms.add(peers(type, "(- {0})", type));
            forms.add(
                    Form.of(
                            type,
                            "TRUNCATE({0})",
                            "CAST(TRUNCATE({0}) AS " + Dialect.H2.type(type) + ")",
                            "TRUNC({0})",
                            type));
        }
        forms.add(Form.same(DOUBLE, "({0} / NULLIF({1}, 0))", DOUBLE, DOUBLE));
        forms.add(Form.same(DOUBLE, "SQRT(ABS({0}))", DOUBLE));
        forms.add(peers(DOUBLE, "({0} + {1})", DOUBLE, INTEGER));
        forms.add(peers(DOUBLE, "({0} * {1})", REAL, DOUBLE));
        // The other engines compute it as decimals, and round another time.
        forms.add(peers(DOUBLE, "({0} - {1})", PRICE, DOUBLE).inexact());
        forms.add(peers(DOUBLE, "ROUND({0}, 1)", DOUBLE));
    }

    private static void inexact(List<Form> forms) {
        for (String name : List.of("SIN", "COS", "TAN", "ATAN", "DEGREES", "RADIANS")) {
            forms.add(Form.same(DOUBLE, name + "({0})", DOUBLE).inexact());
        }
        for (String name : List.of("SINH", "COSH", "TANH", "EXP")) {
            forms.add(Form.same(DOUBLE, name + "({0} / 8)", DOUBLE).inexact());
        }
        for (String name : List.of("ASIN", "ACOS")) {
            forms.add(Form.same(DOUBLE, name + "({0} / (ABS({0}) + 1))", DOUBLE).inexact());
        }
        for (String name : List.of("LN", "LOG10", "COT")) {
            forms.add(Form.same(DOUBLE, name + "(ABS({0}) + 1)", DOUBLE).inexact());
        }
        forms.add(log("LOG2(ABS({0}) + 1)", "LOG(2, ABS({0}) + 1)", "LOG2(ABS({0}) + 1)"));
        forms.add(log("LOG(3, ABS({0}) + 1)", "LOG(3, ABS({0}) + 1)", "LOG(3, ABS({0}) + 1)"));
        forms.add(log("CBRT({0})", null, "CBRT({0})"));
        forms.add(Form.same(DOUBLE, "ATAN2({0}, {1})", DOUBLE, DOUBLE).inexact());
        forms.add(Form.same(DOUBLE, "POWER({0}, 3)", DOUBLE).inexact());
        forms.add(Form.same(DOUBLE, "POWER(ABS({0}) + 1, {1} / 4)", DOUBLE, DOUBLE).inexact());
        forms.add(Form.same(DOUBLE, "(PI() * {0})", DOUBLE).inexact());
        String half = "POWER(SIN(RADIANS({%d} - {%d}) / 2), 2)";
        String distance =
                "("
                        + RADIUS_TWICE
                        + " * ASIN(SQRT("
                        + String.format(half, 2, 0)
                        + " + COS(RADIANS({0})) * COS(RADIANS({2})) * "
                        + String.format(half, 3, 1)
                        + ")))";
        forms.add(
                Form.of(
                                DOUBLE,
                                "HAVERSINE({0}, {1}, {2}, {3})",
                                distance,
                                distance,
                                DOUBLE,
                                DOUBLE,
                                DOUBLE,
                                DOUBLE)
                        .inexact());
    }

    private static Form log(String ours, String h2, String duck) {
        return Form.of(DOUBLE, ours, h2, duck, DOUBLE).inexact();
    }

    private static void decimals(List<Form> forms) {
        for (FieldType type : List.of(PRICE, AMOUNT)) {
            String as = " AS " + type + ")";
            for (String sign : List.of("+", "-")) {
                String text = "CAST({0} " + sign + " {1}" + as;
                forms.add(Form.same(type, text, type, type));
            }
            forms.add(Form.same(type, "CAST({0} * {1}" + as, type, TINYINT));
            forms.add(Form.same(type, "CAST({0} % NULLIF({1}, 0)" + as, type, type));
            forms.add(peers(type, "(- {0})", type));
            for (String name : List.of("ABS", "FLOOR", "CEIL")) {
                forms.add(peers(type, "CAST(" + name + "({0})" + as, type));
            }
            forms.add(peers(type, "CAST(ROUND({0}, 1)" + as, type));
            forms.add(
                    Form.of(
                            type,
                            "CAST(TRUNCATE({0}, 1)" + as,
                            "CAST(TRUNCATE({0}, 1)" + as,
                            null,
                            type));
        }
        forms.add(Form.same(AMOUNT, "CAST({0} * {1} AS " + AMOUNT + ")", PRICE, PRICE));
        forms.add(Form.same(AMOUNT, "CAST({0} AS " + AMOUNT + ")", PRICE));
        forms.add(Form.same(PRICE, "CAST({0} AS " + PRICE + ")", AMOUNT));
        forms.add(
                Form.of(
                        AMOUNT,
                        "CAST({0} / NULLIF({1}, 0) AS " + AMOUNT + ")",
                        "CAST(CAST(CAST({0} AS NUMERIC(40, 30)) / NULLIF({1}, 0) AS"
                                + " NUMERIC(40, 10)) AS "
                                + AMOUNT
                                + ")",
                        null,
                        PRICE,
                        PRICE));
    }

    private static void casts(List<Form> forms) {
        forms.add(peers(DOUBLE, "CAST({0} AS DOUBLE)", "{0}", BIGINT));
        forms.add(peers(DOUBLE, "CAST({0} AS DOUBLE)", "{0}", AMOUNT));
        forms.add(peers(DOUBLE, "CAST({0} AS DOUBLE)", "{0}", REAL));
        forms.add(peers(REAL, "CAST({0} AS REAL)", "{0}", DOUBLE));
        forms.add(peers(REAL, "CAST({0} AS REAL)", "{0}", INTEGER));
        forms.add(truncated(INTEGER, DOUBLE));
        forms.add(truncated(BIGINT, REAL));
        forms.add(truncated(INTEGER, PRICE));
        forms.add(truncated(BIGINT, AMOUNT));
        forms.add(Form.same(PRICE, "CAST({0} AS " + PRICE + ")", INTEGER));
        forms.add(Form.same(AMOUNT, "CAST({0} AS " + AMOUNT + ")", TINYINT));
        forms.add(Form.same(VARCHAR, "CAST({0} AS VARCHAR)", INTEGER));
        forms.add(Form.same(VARCHAR, "CAST({0} AS VARCHAR)", BIGINT));
        forms.add(Form.same(VARCHAR, "CAST({0} AS VARCHAR)", PRICE));
        forms.add(
                Form.of(
                        VARCHAR,
                        "CAST({0} AS VARCHAR)",
                        "LOWER(CAST({0} AS VARCHAR))",
                        "CAST({0} AS VARCHAR)",
                        BOOLEAN));
        forms.add(peers(INTEGER, "CAST(CAST({0} AS VARCHAR) AS INTEGER)", "{0}", SMALLINT));
        forms.add(
                peers(
                        TINYINT,
                        "TRY_CAST({0} AS TINYINT)",
                        "CASE WHEN {0} BETWEEN -128 AND 127 THEN {0} END",
                        BIGINT));
        forms.add(peers(BOOLEAN, "CAST({0} AS BOOLEAN)", "({0} <> 0)", INTEGER));
    }

    private static Form truncated(FieldType to, FieldType from) {
        return Form.of(
                to,
                "CAST({0} AS " + to + ")",
                "CAST(TRUNCATE({0}) AS " + to + ")",
                "CAST(TRUNC({0}) AS " + to + ")",
                from);
    }
}
