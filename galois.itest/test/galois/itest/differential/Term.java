package galois.itest.differential;

import galois.batch.FieldType;

import java.util.List;

/**
 * An expression that can be written for GALOIS and for H2.
 *
 * @param text name of a column, literal as written, sign of an operator; else empty
 */
record Term(Kind kind, FieldType type, String text, List<Term> children) {
    /** What an expression is. */
    enum Kind {
        COLUMN,
        /** A NULL literal has the text {@code NULL}. */
        LITERAL,
        /** {@code + - * / %}. */
        ARITHMETIC,
        NEGATE,
        /** {@code = <> < <= > >=}. */
        COMPARE,
        AND,
        OR,
        NOT,
        /** {@code IS NULL}, {@code IS NOT TRUE}, ... */
        IS,
        /** (condition, value)..., else value. */
        CASE,
        COALESCE,
        NULLIF,
        /** Value, lower bound, upper bound. */
        BETWEEN,
        /** Value, list. */
        IN,
        CAST
    }

    Term {
        children = List.copyOf(children);
    }

    static Term column(String name, FieldType type) {
        return new Term(Kind.COLUMN, type, name, List.of());
    }

    static Term literal(String text, FieldType type) {
        return new Term(Kind.LITERAL, type, text, List.of());
    }

    static Term of(Kind kind, FieldType type, String text, Term... children) {
        return new Term(kind, type, text, List.of(children));
    }

    Term with(List<Term> others) {
        return new Term(kind, type, text, others);
    }

    boolean isLiteral() {
        return kind == Kind.LITERAL;
    }

    /** True when some row can make it fail: overflow, division by zero, a value out of range. */
    boolean canFail() {
        boolean self =
                switch (kind) {
                    case ARITHMETIC, NEGATE -> type != FieldType.DOUBLE;
                    case CAST ->
                            children.get(0).type() == FieldType.VARCHAR
                                    || type == FieldType.INTEGER
                                    || type == FieldType.BIGINT
                                    || type == FieldType.TIMESTAMP;
                    default -> false;
                };
        return self || children.stream().anyMatch(Term::canFail);
    }

    /** The wider of two types of numbers; any other type is equal to itself only. */
    static FieldType common(FieldType a, FieldType b) {
        return a.kind().compareTo(b.kind()) >= 0 ? a : b;
    }

    static FieldType common(List<Term> terms) {
        return terms.stream().map(Term::type).reduce(Term::common).orElseThrow();
    }
}
