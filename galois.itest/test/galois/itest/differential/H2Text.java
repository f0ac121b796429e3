package galois.itest.differential;

import galois.batch.FieldType;
import galois.itest.differential.Term.Kind;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Terms with the meaning they have in GALOIS, written for H2. Where the two differ, H2 adapts. */
final class H2Text {
    /**
     * A row with this expression fails, and only when it is evaluated: H2 computes constant
     * expressions while it prepares a statement.
     */
    private static final String FAILURE = "CAST(COALESCE(null_varchar, 'none') AS BIGINT)";

    private H2Text() {}

    static String type(FieldType type) {
        return switch (type.kind()) {
            case DOUBLE -> "DOUBLE PRECISION";
            case TIMESTAMP -> "TIMESTAMP(6)";
            default -> type.toString();
        };
    }

    static String of(Term term) {
        List<Term> c = term.children();
        return switch (term.kind()) {
            case COLUMN -> term.text();
            case LITERAL -> literal(term);
            case ARITHMETIC ->
                    // Integers keep their type, and a result outside of it is an error.
                    cast(
                            strict(
                                    as(c.get(0), term.type()),
                                    term.text(),
                                    as(c.get(1), term.type()),
                                    c.get(1).canFail()),
                            term.type());
            case NEGATE -> cast("(- " + of(c.get(0)) + ")", term.type());
            case COMPARE -> compare(c.get(0), term.text(), c.get(1));
            case AND, OR -> connect(term.kind(), c);
            case NOT -> "(NOT " + of(c.get(0)) + ")";
            case IS -> "(" + of(c.get(0)) + " " + term.text() + ")";
            case CASE -> choice(term);
            case COALESCE ->
                    c.stream()
                            .map(child -> as(child, term.type()))
                            .collect(Collectors.joining(", ", "COALESCE(", ")"));
            case NULLIF ->
                    "CASE WHEN "
                            + compare(c.get(0), "=", c.get(1))
                            + " THEN NULL ELSE "
                            + of(c.get(0))
                            + " END";
            case BETWEEN ->
                    connect(
                            Kind.AND,
                            List.of(
                                    Term.of(
                                            Kind.COMPARE,
                                            FieldType.BOOLEAN,
                                            ">=",
                                            c.get(0),
                                            c.get(1)),
                                    Term.of(
                                            Kind.COMPARE,
                                            FieldType.BOOLEAN,
                                            "<=",
                                            c.get(0),
                                            c.get(2))));
            case IN -> in(c);
            case CAST -> cast(c.get(0), term.type());
        };
    }

    /** Beside a column that is always NULL, so that nothing is computed ahead of the rows. */
    private static String literal(Term term) {
        String typed = "null_" + term.type();
        return term.text().equals("NULL")
                ? typed
                : "COALESCE(" + typed + ", " + cast(GaloisText.literal(term), term.type()) + ")";
    }

    private static String cast(String text, FieldType type) {
        return "CAST(" + text + " AS " + type(type) + ")";
    }

    /** A number in a wider type; any other term as it is. */
    private static String as(Term term, FieldType type) {
        return term.type() == type ? of(term) : cast(of(term), type);
    }

    /**
     * An integer is compared with a number in the text exactly, as H2 does with its NUMERIC; a
     * BIGINT and a DOUBLE column as doubles, where H2 would take decimals.
     */
    private static String compare(Term a, String sign, Term b) {
        boolean exact = isExact(a, b) || isExact(b, a);
        FieldType type = Term.common(a.type(), b.type());
        String left = exact ? plain(a) : as(a, type);
        String right = exact ? plain(b) : as(b, type);
        return strict(left, sign, right, b.canFail());
    }

    /** After a NULL on the left GALOIS does not evaluate the right side, where H2 could fail. */
    private static String strict(String left, String sign, String right, boolean canFail) {
        String text = "(" + left + " " + sign + " " + right + ")";
        return canFail ? "CASE WHEN " + left + " IS NULL THEN NULL ELSE " + text + " END" : text;
    }

    private static boolean isExact(Term integer, Term number) {
        boolean isInteger =
                integer.type() == FieldType.INTEGER || integer.type() == FieldType.BIGINT;
        return isInteger
                && number.isLiteral()
                && number.type() == FieldType.DOUBLE
                && !number.text().equals("NULL");
    }

    private static String plain(Term term) {
        return term.isLiteral() && term.type() == FieldType.DOUBLE
                ? "CAST(" + term.text() + " AS NUMERIC(700, 50))"
                : of(term);
    }

    /** H2 puts the cheaper operand first, which shows when an operand can fail. */
    private static String connect(Kind kind, List<Term> operands) {
        String sign = " " + kind.name() + " ";
        String decides = kind == Kind.AND ? "FALSE" : "TRUE";
        String text = of(operands.get(0));
        for (Term operand : operands.subList(1, operands.size())) {
            String both = "(" + text + sign + of(operand) + ")";
            text =
                    operand.canFail()
                            ? "CASE WHEN "
                                    + text
                                    + " IS "
                                    + decides
                                    + " THEN "
                                    + decides
                                    + " ELSE "
                                    + both
                                    + " END"
                            : both;
        }
        return text;
    }

    private static String choice(Term term) {
        List<String> parts = new ArrayList<>();
        int last = term.children().size() - 1;
        for (int i = 0; i <= last; i++) {
            Term child = term.children().get(i);
            boolean isCondition = i % 2 == 0 && i < last;
            parts.add(isCondition ? of(child) : as(child, term.type()));
        }
        return GaloisText.choice(parts);
    }

    private static String in(List<Term> c) {
        List<Term> comparisons = new ArrayList<>();
        for (Term value : c.subList(1, c.size())) {
            comparisons.add(Term.of(Kind.COMPARE, FieldType.BOOLEAN, "=", c.get(0), value));
        }
        return connect(Kind.OR, comparisons);
    }

    private static String cast(Term value, FieldType to) {
        FieldType from = value.type();
        String text = of(value);
        boolean isInteger = to == FieldType.INTEGER || to == FieldType.BIGINT;
        if (from == FieldType.DOUBLE && isInteger) {
            // A DOUBLE loses its fraction, where H2 rounds; NaN and what is too large are errors.
            return cast(
                    "CASE WHEN "
                            + text
                            + " IS NULL THEN NULL WHEN "
                            + text
                            + " >= CAST(-9223372036854775808 AS DOUBLE PRECISION) AND "
                            + text
                            + " < CAST(9223372036854775808 AS DOUBLE PRECISION) THEN CAST(TRUNC("
                            + text
                            + ") AS BIGINT) ELSE "
                            + FAILURE
                            + " END",
                    to);
        }
        if (from.isNumeric() && to == FieldType.BOOLEAN) {
            // NaN is different from 0.
            return "(" + text + " <> 0)";
        }
        if (from == FieldType.BOOLEAN && to == FieldType.VARCHAR) {
            return "LOWER(" + cast(text, to) + ")";
        }
        if (from == FieldType.TIMESTAMP && to == FieldType.BIGINT) {
            return "DATEDIFF(MICROSECOND, TIMESTAMP '1970-01-01 00:00:00', " + text + ")";
        }
        return cast(text, to);
    }
}
