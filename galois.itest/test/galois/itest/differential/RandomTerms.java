package galois.itest.differential;

import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;
import galois.itest.differential.Term.Kind;
import galois.itest.engine.Table;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Expressions over the columns of a table. */
final class RandomTerms {
    private static final List<FieldType> NUMBERS =
            List.of(FieldType.INTEGER, FieldType.BIGINT, FieldType.DOUBLE);

    private static final List<String> COMPARISONS = List.of("=", "<>", "<", "<=", ">", ">=");

    private static final List<String> TESTS =
            List.of("IS TRUE", "IS FALSE", "IS NOT TRUE", "IS NOT FALSE");

    private final Schema schema;
    private final Random random;

    /** False: no expression can make a row fail. */
    private final boolean mayFail;

    RandomTerms(Schema schema, Random random, boolean mayFail) {
        this.schema = schema;
        this.random = random;
        this.mayFail = mayFail;
    }

    FieldType type() {
        return Table.TYPES.get(random.nextInt(Table.TYPES.size()));
    }

    Term condition(int depth) {
        return term(FieldType.BOOLEAN, depth);
    }

    /** A term of the type, at most so many operators deep. */
    Term term(FieldType type, int depth) {
        if (depth == 0 || random.nextInt(6) == 0) {
            return leaf(type);
        }
        if (type != FieldType.BOOLEAN || random.nextInt(4) == 0) {
            switch (random.nextInt(type.isNumeric() ? 6 : 4)) {
                case 0:
                    return choice(type, depth);
                case 1:
                    return Term.of(
                            Kind.COALESCE,
                            type,
                            "",
                            term(narrower(type), depth - 1),
                            term(type, depth - 1));
                case 2:
                    return nullIf(type, depth);
                case 3:
                    return cast(type, depth);
                default:
                    return arithmetic(type, depth);
            }
        }
        return logic(depth);
    }

    private Term logic(int depth) {
        FieldType bool = FieldType.BOOLEAN;
        switch (random.nextInt(9)) {
            case 0, 1:
                Term[] operands = new Term[2 + random.nextInt(2)];
                for (int i = 0; i < operands.length; i++) {
                    operands[i] = condition(depth - 1);
                }
                return Term.of(random.nextBoolean() ? Kind.AND : Kind.OR, bool, "", operands);
            case 2:
                return Term.of(Kind.NOT, bool, "", condition(depth - 1));
            case 3:
                String test = TESTS.get(random.nextInt(TESTS.size()));
                return Term.of(Kind.IS, bool, test, condition(depth - 1));
            case 4:
                String isNull = random.nextBoolean() ? "IS NULL" : "IS NOT NULL";
                return Term.of(Kind.IS, bool, isNull, term(type(), depth - 1));
            case 5:
                return between(depth);
            default:
                FieldType left = type();
                return Term.of(
                        Kind.COMPARE,
                        bool,
                        COMPARISONS.get(random.nextInt(COMPARISONS.size())),
                        term(left, depth - 1),
                        term(comparable(left), depth - 1));
        }
    }

    private Term between(int depth) {
        FieldType type = type();
        Term value = term(type, depth - 1);
        if (random.nextBoolean()) {
            return Term.of(
                    Kind.BETWEEN,
                    FieldType.BOOLEAN,
                    "",
                    value,
                    term(comparable(type), 0),
                    term(comparable(type), 0));
        }
        return Term.of(
                Kind.IN,
                FieldType.BOOLEAN,
                "",
                value,
                literal(comparable(type)),
                literal(comparable(type)),
                term(comparable(type), 0));
    }

    private FieldType comparable(FieldType type) {
        return type.isNumeric() ? NUMBERS.get(random.nextInt(3)) : type;
    }

    private FieldType narrower(FieldType type) {
        return type.isNumeric() ? NUMBERS.get(random.nextInt(NUMBERS.indexOf(type) + 1)) : type;
    }

    private Term choice(FieldType type, int depth) {
        List<Term> parts = new ArrayList<>();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            parts.add(condition(depth - 1));
            parts.add(term(narrower(type), depth - 1));
        }
        parts.add(random.nextInt(4) == 0 ? nothing(type) : term(type, depth - 1));
        FieldType common = type;
        for (int i = 1; i < parts.size(); i += 2) {
            common = Term.common(common, parts.get(i).type());
        }
        return new Term(Kind.CASE, common, "", parts);
    }

    private Term nullIf(FieldType type, int depth) {
        Term value = term(type, depth - 1);
        return Term.of(Kind.NULLIF, value.type(), "", value, term(comparable(type), 0));
    }

    private Term arithmetic(FieldType type, int depth) {
        if (!mayFail && type != FieldType.DOUBLE) {
            return leaf(type);
        }
        if (random.nextInt(6) == 0) {
            return Term.of(Kind.NEGATE, type, "", term(type, depth - 1));
        }
        boolean swap = random.nextBoolean();
        Term a = term(swap ? type : narrower(type), depth - 1);
        Term b = term(swap ? narrower(type) : type, depth - 1);
        // The remainder of doubles is refused.
        int signs = type == FieldType.DOUBLE ? 4 : 5;
        String sign = "+-*/%".substring(random.nextInt(signs)).substring(0, 1);
        if (type == FieldType.DOUBLE && sign.equals("/")) {
            // H2 has no infinities out of a division by zero, and no zero with a sign.
            b = Term.of(Kind.NULLIF, b.type(), "", b, Term.literal("0", FieldType.INTEGER));
        }
        return Term.of(Kind.ARITHMETIC, type, sign, a, b);
    }

    private Term cast(FieldType to, int depth) {
        FieldType from;
        switch (to.kind()) {
            case BOOLEAN -> from = NUMBERS.get(random.nextInt(2));
            case INTEGER, BIGINT -> {
                if (!mayFail) {
                    return leaf(to);
                }
                from = random.nextInt(4) == 0 ? FieldType.VARCHAR : NUMBERS.get(random.nextInt(3));
            }
            case DOUBLE ->
                    from =
                            mayFail && random.nextInt(4) == 0
                                    ? FieldType.VARCHAR
                                    : NUMBERS.get(random.nextInt(2));
            // The text of a DOUBLE or a TIMESTAMP is another one in H2.
            case VARCHAR -> from = Table.TYPES.get(random.nextInt(3));
            default -> {
                return leaf(to);
            }
        }
        return Term.of(Kind.CAST, to, "", term(from, depth - 1));
    }

    private Term leaf(FieldType type) {
        List<Term> columns = new ArrayList<>();
        for (Field field : schema.fields()) {
            if (field.type() == type) {
                columns.add(Term.column(field.name(), type));
            }
        }
        return columns.isEmpty() || random.nextInt(4) == 0
                ? literal(type)
                : columns.get(random.nextInt(columns.size()));
    }

    private static Term nothing(FieldType type) {
        return Term.literal("NULL", type);
    }

    private Term literal(FieldType type) {
        if (random.nextInt(20) == 0) {
            return nothing(type);
        }
        String text =
                switch (type.kind()) {
                    case BOOLEAN -> random.nextBoolean() ? "TRUE" : "FALSE";
                    case INTEGER -> integer();
                    // A whole number is a BIGINT when it is too large for INTEGER.
                    case BIGINT -> Long.toString(3_000_000_000L + random.nextInt(5));
                    case DOUBLE -> pick("0.5", "1.5", "-2.25", "1e3", "0.0", "1e300", "-7.0");
                    case VARCHAR -> pick("", "a", "A", "ab", "日本", "it's", "zz");
                    case TIMESTAMP ->
                            pick(
                                    "1970-01-01 00:00:00",
                                    "2026-05-11 03:30:00",
                                    "1969-12-31 23:59:59.999999");
                    default -> throw new IllegalArgumentException(type.toString());
                };
        return Term.literal(text, type);
    }

    private String integer() {
        return random.nextInt(10) == 0
                ? pick("2147483647", "-2147483648", "65536")
                : Integer.toString(random.nextInt(11) - 5);
    }

    private String pick(String... texts) {
        return texts[random.nextInt(texts.length)];
    }
}
