package galois.compiler;

import static galois.compiler.Exprs.call;
import static galois.compiler.Exprs.column;
import static galois.compiler.Exprs.literal;
import static galois.compiler.Exprs.parameter;
import static galois.compiler.Exprs.test;

import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.LogicalOp;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Expressions and rows from a seed, with NULL, NaN, -0.0 and extremes among the values. */
final class RandomPlans {
    static final List<FieldType> TYPES =
            List.of(
                    FieldType.BOOLEAN,
                    FieldType.INTEGER,
                    FieldType.BIGINT,
                    FieldType.DOUBLE,
                    FieldType.VARCHAR,
                    FieldType.TIMESTAMP);

    static final Schema SCHEMA =
            Schema.of(
                    new Field("b", FieldType.BOOLEAN),
                    new Field("i", FieldType.INTEGER),
                    new Field("j", FieldType.INTEGER),
                    new Field("l", FieldType.BIGINT),
                    new Field("m", FieldType.BIGINT),
                    new Field("x", FieldType.DOUBLE),
                    new Field("y", FieldType.DOUBLE),
                    new Field("s", FieldType.VARCHAR),
                    new Field("t", FieldType.VARCHAR),
                    new Field("ts", FieldType.TIMESTAMP));

    private static final double[] DOUBLES = {
        0.0,
        -0.0,
        1,
        -1,
        0.5,
        2,
        1e9,
        -2147483648.0,
        2147483647.5,
        1e300,
        -1e300,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MIN_VALUE,
        0x1p63
    };

    private static final long[] LONGS = {
        0, 1, -1, 2, 3, 7, 100, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE
    };

    private static final String[] TEXTS = {
        "",
        "a",
        "b",
        "ab",
        "abcdefgh",
        "abcdefgi",
        "\u00e4\u00f6",
        "\uD83D\uDE00",
        "long text of many bytes"
    };

    private final Random random;
    private final List<Expr.Literal> parameters = new ArrayList<>();

    RandomPlans(long seed) {
        random = new Random(seed);
    }

    List<Expr.Literal> parameters() {
        return parameters;
    }

    int pick(int bound) {
        return random.nextInt(bound);
    }

    /** One source, or now and then several whose rows come as one. */
    LogicalOp input(int timeField) {
        LogicalOp source = new LogicalOp.Source("in", SCHEMA, timeField);
        if (random.nextInt(4) > 0) {
            return source;
        }
        List<LogicalOp> inputs = new ArrayList<>(List.of(source));
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            LogicalOp other = new LogicalOp.Source("in" + i, SCHEMA, timeField);
            inputs.add(i == 2 ? new LogicalOp.Filter(other, condition(1)) : other);
        }
        return new LogicalOp.Union(inputs, SCHEMA);
    }

    /** The same steps, the rows at one port or another. */
    List<Harness.Step> spread(List<Harness.Step> steps, int ports) {
        List<Harness.Step> others = new ArrayList<>();
        for (Harness.Step step : steps) {
            others.add(
                    step instanceof Harness.Step.Rows rows
                            ? new Harness.Step.Rows(random.nextInt(ports), rows.rows())
                            : step);
        }
        return others;
    }

    FieldType type() {
        return TYPES.get(random.nextInt(TYPES.size()));
    }

    Object value(FieldType type) {
        if (random.nextInt(5) == 0) {
            return null;
        }
        return switch (type.kind()) {
            case BOOLEAN -> (Object) (long) random.nextInt(2);
            case INTEGER -> (Object) (long) (int) LONGS[random.nextInt(9)];
            case BIGINT, TIMESTAMP -> LONGS[random.nextInt(LONGS.length)];
            case DOUBLE -> DOUBLES[random.nextInt(DOUBLES.length)];
            case VARCHAR -> TEXTS[random.nextInt(TEXTS.length)];
            default -> throw new IllegalArgumentException(type.toString());
        };
    }

    List<TestRow> rows(int count) {
        List<TestRow> rows = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            Object[] values = new Object[SCHEMA.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = value(SCHEMA.type(i));
            }
            rows.add(TestRow.of(n, values));
        }
        return rows;
    }

    private Expr leaf(FieldType type) {
        int choice = random.nextInt(4);
        if (choice >= 2) {
            Object value = value(type);
            String text = value == null ? null : text(type, value);
            Expr.Literal literal = literal(type, text);
            if (choice == 2) {
                return literal;
            }
            parameters.add(literal);
            return parameter(parameters.size() - 1, type);
        }
        List<Integer> fitting = new ArrayList<>();
        for (int i = 0; i < SCHEMA.size(); i++) {
            if (SCHEMA.type(i) == type) {
                fitting.add(i);
            }
        }
        return column(fitting.get(random.nextInt(fitting.size())), type);
    }

    private static String text(FieldType type, Object value) {
        return type == FieldType.BOOLEAN ? String.valueOf((Long) value != 0) : value.toString();
    }

    Expr expression(FieldType type, int depth) {
        if (depth == 0 || random.nextInt(6) == 0) {
            return leaf(type);
        }
        int choice = random.nextInt(10);
        if (choice == 0) {
            return call(
                    Function.CASE,
                    type,
                    expression(FieldType.BOOLEAN, depth - 1),
                    expression(type, depth - 1),
                    expression(FieldType.BOOLEAN, depth - 1),
                    expression(type, depth - 1),
                    expression(type, depth - 1));
        }
        if (choice == 1) {
            return call(
                    Function.COALESCE,
                    type,
                    expression(type, depth - 1),
                    expression(type, depth - 1));
        }
        if (type == FieldType.BOOLEAN) {
            return condition(depth);
        }
        if (choice == 2) {
            return cast(type, depth);
        }
        if (!type.isNumeric()) {
            return leaf(type);
        }
        if (choice == 3) {
            return call(Function.NEGATE, type, expression(type, depth - 1));
        }
        Function[] functions = {
            Function.PLUS, Function.MINUS, Function.TIMES, Function.DIVIDE, Function.MOD
        };
        Function function = functions[random.nextInt(functions.length)];
        return call(function, type, expression(type, depth - 1), expression(type, depth - 1));
    }

    private Expr cast(FieldType type, int depth) {
        FieldType from = type();
        while (from == FieldType.VARCHAR || type == FieldType.VARCHAR && from != type) {
            if (type == FieldType.VARCHAR) {
                return leaf(type);
            }
            from = type();
        }
        return call(Function.CAST, type, expression(from, depth - 1));
    }

    Expr condition(int depth) {
        if (depth == 0) {
            return leaf(FieldType.BOOLEAN);
        }
        FieldType type = type();
        Expr a = expression(type, depth - 1);
        Expr b = expression(type, depth - 1);
        Expr p = expression(FieldType.BOOLEAN, depth - 1);
        Expr q = expression(FieldType.BOOLEAN, depth - 1);
        return switch (random.nextInt(16)) {
            case 0, 1 -> test(Function.AND, p, q);
            case 2, 3 -> test(Function.OR, p, q, condition(depth - 1));
            case 4 -> test(Function.NOT, p);
            case 5 -> test(Function.IS_NULL, a);
            case 6 -> test(Function.IS_NOT_NULL, a);
            case 7 -> test(Function.IS_TRUE, p);
            case 8 -> test(Function.IS_FALSE, p);
            case 9 -> test(Function.IS_NOT_TRUE, p);
            case 10 -> test(Function.IS_NOT_FALSE, p);
            case 11 -> test(Function.EQUAL, a, b);
            case 12 -> test(Function.NOT_EQUAL, a, b);
            case 13 -> test(Function.LESS, a, b);
            case 14 -> test(Function.GREATER_OR_EQUAL, a, b);
            default -> test(Function.LESS_OR_EQUAL, a, b);
        };
    }
}
