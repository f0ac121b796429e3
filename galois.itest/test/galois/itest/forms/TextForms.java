package galois.itest.forms;

import static galois.batch.FieldType.BIGINT;
import static galois.batch.FieldType.BOOLEAN;
import static galois.batch.FieldType.INTEGER;
import static galois.batch.FieldType.VARBINARY;
import static galois.batch.FieldType.VARCHAR;

import java.util.ArrayList;
import java.util.List;

/** Functions of texts and bytes. */
final class TextForms {
    private TextForms() {}

    static List<Form> all() {
        List<Form> forms = new ArrayList<>();
        parts(forms);
        search(forms);
        made(forms);
        patterns(forms);
        return forms;
    }

    private static Form text(String ours, String h2, String duck) {
        return Form.of(VARCHAR, ours, h2, duck, VARCHAR);
    }

    private static Form text(String same) {
        return text(same, same, same);
    }

    private static void parts(List<Form> forms) {
        forms.add(text("TRIM({0})"));
        forms.add(
                text(
                        "TRIM(LEADING 'a' FROM {0})",
                        "TRIM(LEADING 'a' FROM {0})", "LTRIM({0}, 'a')"));
        forms.add(text("TRIM(BOTH 'b' FROM {0})", "TRIM(BOTH 'b' FROM {0})", "TRIM({0}, 'b')"));
        forms.add(text("LTRIM({0})"));
        forms.add(text("RTRIM({0})"));
        forms.add(text("LTRIM({0}, ' a')", null, "LTRIM({0}, ' a')"));
        forms.add(text("RTRIM({0}, 'b ')", null, "RTRIM({0}, 'b ')"));
        forms.add(text("SUBSTRING({0} FROM 2)", "SUBSTRING({0} FROM 2)", "SUBSTRING({0}, 2)"));
        forms.add(text("SUBSTRING({0}, 2, 3)"));
        forms.add(text("SUBSTRING({0}, 0, 3)", null, "SUBSTRING({0}, 0, 3)"));
        forms.add(text("LEFT({0}, 2)"));
        forms.add(text("RIGHT({0}, 2)"));
        forms.add(text("SPLIT_PART({0}, 'b', 2)", null, "SPLIT_PART({0}, 'b', 2)"));
        forms.add(text("SPLIT_PART({0}, ' ', 1)", null, "SPLIT_PART({0}, ' ', 1)"));
    }

    private static void search(List<Form> forms) {
        forms.add(
                Form.of(
                        INTEGER,
                        "POSITION({1} IN {0})",
                        "LOCATE({1}, {0})",
                        "CAST(POSITION({1} IN {0}) AS INTEGER)",
                        VARCHAR,
                        VARCHAR));
        forms.add(
                Form.of(
                        BOOLEAN,
                        "STARTS_WITH({0}, {1})",
                        "(LEFT({0}, CHAR_LENGTH({1})) = {1})",
                        "STARTS_WITH({0}, {1})",
                        VARCHAR,
                        VARCHAR));
        forms.add(
                Form.of(
                        BOOLEAN,
                        "ENDS_WITH({0}, {1})",
                        "(RIGHT({0}, CHAR_LENGTH({1})) = {1})",
                        "ENDS_WITH({0}, {1})",
                        VARCHAR,
                        VARCHAR));
        forms.add(
                Form.of(
                        BOOLEAN,
                        "CONTAINS({0}, {1})",
                        "(LOCATE({1}, {0}) > 0)",
                        "CONTAINS({0}, {1})",
                        VARCHAR,
                        VARCHAR));
        forms.add(
                Form.of(
                        INTEGER,
                        "CHAR_LENGTH({0})",
                        "CHAR_LENGTH({0})",
                        "CAST(LENGTH({0}) AS INTEGER)",
                        VARCHAR));
        forms.add(
                Form.of(
                        INTEGER,
                        "OCTET_LENGTH({0})",
                        "OCTET_LENGTH({0})",
                        "CAST(STRLEN({0}) AS INTEGER)",
                        VARCHAR));
        forms.add(
                Form.of(
                        INTEGER,
                        "OCTET_LENGTH({0})",
                        "OCTET_LENGTH({0})",
                        "CAST(OCTET_LENGTH({0}) AS INTEGER)",
                        VARBINARY));
        forms.add(
                Form.of(
                        INTEGER,
                        "ASCII({0})",
                        "COALESCE(ASCII({0}), CASE WHEN {0} IS NULL THEN NULL ELSE 0 END)",
                        "CASE WHEN {0} = '' THEN 0 ELSE ASCII({0}) END",
                        VARCHAR));
    }

    private static void made(List<Form> forms) {
        forms.add(Form.same(VARCHAR, "({0} || {1})", VARCHAR, VARCHAR));
        forms.add(
                Form.of(
                        VARCHAR,
                        "CONCAT({0}, '-', {1})",
                        "({0} || '-' || {1})",
                        "({0} || '-' || {1})",
                        VARCHAR,
                        INTEGER));
        forms.add(text("UPPER({0})"));
        forms.add(text("LOWER({0})"));
        forms.add(Form.same(VARCHAR, "REPLACE({0}, 'a', {1})", VARCHAR, VARCHAR));
        forms.add(text("REPLACE({0}, 'ab', 'b')"));
        forms.add(
                text(
                        "OVERLAY({0} PLACING 'xy' FROM 2 FOR 1)",
                        null, "(LEFT({0}, 1) || 'xy' || SUBSTRING({0}, 3))"));
        forms.add(text("TRANSLATE({0}, 'ab', 'xy')"));
        forms.add(text("LPAD({0}, 4, '*')"));
        // H2 pads with the first character alone.
        forms.add(text("RPAD({0}, 3, 'xy')", "LEFT({0} || 'xyxyxy', 3)", "RPAD({0}, 3, 'xy')"));
        forms.add(text("LPAD({0}, 2)", "LPAD({0}, 2)", "LPAD({0}, 2, ' ')"));
        forms.add(text("REPEAT({0}, 2)"));
        forms.add(text("REVERSE({0})", null, "REVERSE({0})"));
        forms.add(
                Form.of(
                        VARCHAR,
                        "CHR(70 + {0} % 20)",
                        "CHAR(70 + MOD({0}, 20))",
                        "CHR(CAST(70 + {0} % 20 AS INTEGER))",
                        INTEGER));
        forms.add(text("HEX({0})", null, "HEX({0})"));
        forms.add(Form.of(VARCHAR, "HEX(ABS({0}))", null, "PRINTF('%X', ABS({0}))", BIGINT));
        forms.add(text("MD5({0})", "LOWER(RAWTOHEX(HASH('MD5', STRINGTOUTF8({0}))))", "MD5({0})"));
        forms.add(
                text(
                        "SHA256({0})",
                        "LOWER(RAWTOHEX(HASH('SHA256', STRINGTOUTF8({0}))))", "SHA256({0})"));
        forms.add(
                Form.of(
                        VARCHAR,
                        "SHA256({0})",
                        "LOWER(RAWTOHEX(HASH('SHA256', {0})))",
                        "SHA256({0})",
                        VARBINARY));
    }

    private static Form test(String ours, String h2, String duck) {
        return Form.of(BOOLEAN, ours, h2, duck, VARCHAR);
    }

    private static void patterns(List<Form> forms) {
        for (String pattern : List.of("a%", "%b", "_", "%a%b%", "", "%", "a_b", "__%")) {
            String text = "({0} LIKE '" + pattern + "')";
            forms.add(test(text, text, text));
        }
        forms.add(test("({0} NOT LIKE 'a%')", "({0} NOT LIKE 'a%')", "({0} NOT LIKE 'a%')"));
        forms.add(
                test(
                        "({0} LIKE '%!_%' ESCAPE '!')",
                        "({0} LIKE '%!_%' ESCAPE '!')", "({0} LIKE '%!_%' ESCAPE '!')"));
        forms.add(test("({0} ILIKE 'A%')", "({0} ILIKE 'A%')", "({0} ILIKE 'A%')"));
        forms.add(similar("(a|b)%", "(a|b).*"));
        forms.add(similar("[a-z]+ ?[a-z]*", "[a-z]+ ?[a-z]*"));
        forms.add(similar("_b{1}", ".b{1}"));
        for (String pattern :
                List.of("[a-z]+", "^a", "b$", "(a|b)(.)", "[0-9]+", "a*b", "(ab)+c?", "b|ab")) {
            forms.add(
                    test(
                            "REGEXP_LIKE({0}, '" + pattern + "')",
                            "REGEXP_LIKE({0}, '" + pattern + "')",
                            "REGEXP_MATCHES({0}, '" + pattern + "')"));
            forms.add(
                    text(
                            "REGEXP_EXTRACT({0}, '" + pattern + "')",
                            "REGEXP_SUBSTR({0}, '" + pattern + "')",
                            "CASE WHEN REGEXP_MATCHES({0}, '"
                                    + pattern
                                    + "') THEN REGEXP_EXTRACT({0}, '"
                                    + pattern
                                    + "') END"));
            forms.add(
                    text(
                            "REGEXP_REPLACE({0}, '" + pattern + "', '#')",
                            "REGEXP_REPLACE({0}, '" + pattern + "', '#')",
                            "REGEXP_REPLACE({0}, '" + pattern + "', '#', 'g')"));
        }
        forms.add(
                text(
                        "REGEXP_EXTRACT({0}, '(a)(.)', 2)",
                        "REGEXP_SUBSTR({0}, '(a)(.)', 1, 1, NULL, 2)",
                        "CASE WHEN REGEXP_MATCHES({0}, '(a)(.)') THEN REGEXP_EXTRACT({0},"
                                + " '(a)(.)', 2) END"));
    }

    private static Form similar(String pattern, String regex) {
        return test(
                "({0} SIMILAR TO '" + pattern + "')",
                "REGEXP_LIKE({0}, '^(" + regex + ")$')",
                "REGEXP_FULL_MATCH({0}, '" + regex + "')");
    }
}
