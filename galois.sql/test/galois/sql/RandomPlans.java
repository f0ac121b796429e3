package galois.sql;

import galois.api.plan.AggregateCall;
import galois.api.plan.AggregateFunction;
import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.Window;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Plans and rows from a seed. Arithmetic stays small, so that no row fails. */
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
                    new Field("l", FieldType.BIGINT),
                    new Field("d", FieldType.DOUBLE),
                    new Field("e", FieldType.DOUBLE),
                    new Field("s", FieldType.VARCHAR),
                    new Field("ts", FieldType.TIMESTAMP));

    private static final Function[] COMPARISONS = {
        Function.EQUAL,
        Function.NOT_EQUAL,
        Function.LESS,
        Function.LESS_OR_EQUAL,
        Function.GREATER,
        Function.GREATER_OR_EQUAL
    };

    private static final Function[] TESTS = {
        Function.NOT,
        Function.IS_NULL,
        Function.IS_NOT_NULL,
        Function.IS_TRUE,
        Function.IS_FALSE,
        Function.IS_NOT_TRUE,
        Function.IS_NOT_FALSE
    };

    private final Random random;
    private final List<Expr.Literal> parameters = new ArrayList<>();

    RandomPlans(long seed) {
        random = new Random(seed);
    }

    LogicalPlan plan() {
        LogicalOp op = new LogicalOp.Source("s", SCHEMA, 6);
        int operators = 1 + random.nextInt(5);
        boolean canWindow = true;
        for (int i = 0; i < operators; i++) {
            switch (random.nextInt(canWindow ? 5 : 4)) {
                case 0, 1 -> op = new LogicalOp.Filter(op, bool(op.schema(), 3));
                case 2, 3 -> {
                    op = project(op);
                    canWindow = false;
                }
                default -> {
                    op = aggregate(op);
                    canWindow = false;
                }
            }
        }
        return new LogicalPlan(op, parameters);
    }

    /** The values of the parameters made so far. */
    List<Expr.Literal> parameters() {
        return List.copyOf(parameters);
    }

    private LogicalOp project(LogicalOp input) {
        List<Expr> expressions = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            Expr expr = expr(TYPES.get(random.nextInt(6)), input.schema(), 3);
            expressions.add(expr);
            fields.add(new Field("c" + i, expr.type()));
        }
        return new LogicalOp.Project(input, expressions, new Schema(fields));
    }

    private LogicalOp aggregate(LogicalOp input) {
        List<Integer> keys = new ArrayList<>();
        for (int i = 0; i < input.schema().size(); i++) {
            if (random.nextInt(4) == 0) {
                keys.add(i);
            }
        }
        List<AggregateCall> calls = new ArrayList<>();
        List<String> names = new ArrayList<>();
        int count = random.nextInt(3) + (keys.isEmpty() ? 1 : 0);
        for (int i = 0; i < count; i++) {
            calls.add(call(input.schema()));
            names.add("a" + i);
        }
        Window window =
                switch (random.nextInt(5)) {
                    case 0, 1 -> Window.NONE;
                    case 2 -> Window.tumble(6, 10, 3);
                    case 3 -> Window.attached(6, 5);
                    default -> Window.hop(6, 10, 4, 3);
                };
        return LogicalOp.WindowAggregate.of(input, window, keys, calls, names);
    }

    private AggregateCall call(Schema schema) {
        int argument = random.nextInt(schema.size());
        FieldType type = schema.type(argument);
        return switch (random.nextInt(4)) {
            case 0 -> new AggregateCall(AggregateFunction.COUNT, -1, FieldType.BIGINT);
            case 1 -> new AggregateCall(AggregateFunction.COUNT, argument, FieldType.BIGINT);
            case 2 -> new AggregateCall(AggregateFunction.MAX, argument, type);
            default ->
                    type.isNumeric() && type != FieldType.DOUBLE
                            ? new AggregateCall(AggregateFunction.SUM, argument, FieldType.BIGINT)
                            : new AggregateCall(AggregateFunction.MIN, argument, type);
        };
    }

    Expr bool(Schema schema, int depth) {
        if (depth == 0 || random.nextInt(8) == 0) {
            return leaf(FieldType.BOOLEAN, schema);
        }
        switch (random.nextInt(5)) {
            case 0:
                List<Expr> operands = new ArrayList<>();
                for (int i = 2 + random.nextInt(2); i > 0; i--) {
                    operands.add(bool(schema, depth - 1));
                }
                return Exprs.call(random.nextBoolean() ? Function.AND : Function.OR, operands);
            case 1:
                return Exprs.call(
                        TESTS[random.nextInt(TESTS.length)], List.of(bool(schema, depth - 1)));
            case 2:
                return choice(FieldType.BOOLEAN, schema, depth);
            default:
                FieldType type = TYPES.get(random.nextInt(6));
                return Exprs.call(
                        COMPARISONS[random.nextInt(COMPARISONS.length)],
                        List.of(expr(type, schema, depth - 1), expr(type, schema, depth - 1)));
        }
    }

    private Expr expr(FieldType type, Schema schema, int depth) {
        if (type == FieldType.BOOLEAN) {
            return bool(schema, depth);
        }
        if (depth == 0 || random.nextInt(4) == 0) {
            return leaf(type, schema);
        }
        int kind = random.nextInt(type.isNumeric() ? 6 : 2);
        if (kind < 2) {
            return choice(type, schema, depth);
        }
        if (kind == 2 && type != FieldType.INTEGER) {
            FieldType narrow = type == FieldType.BIGINT ? FieldType.INTEGER : FieldType.BIGINT;
            return Exprs.cast(expr(narrow, schema, depth - 1), type);
        }
        if (kind == 3) {
            return Exprs.call(Function.NEGATE, List.of(expr(type, schema, depth - 1)));
        }
        Function[] signs = {Function.PLUS, Function.MINUS, Function.TIMES};
        return Exprs.call(
                signs[random.nextInt(3)],
                List.of(expr(type, schema, depth - 1), expr(type, schema, depth - 1)));
    }

    private Expr choice(FieldType type, Schema schema, int depth) {
        Expr a = expr(type, schema, depth - 1);
        Expr b = expr(type, schema, depth - 1);
        return random.nextBoolean()
                ? Exprs.call(Function.COALESCE, List.of(a, b))
                : Exprs.call(Function.CASE, List.of(bool(schema, depth - 1), a, b));
    }

    private Expr leaf(FieldType type, Schema schema) {
        List<Integer> columns = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            if (schema.type(i) == type) {
                columns.add(i);
            }
        }
        int kind = random.nextInt(6);
        if (kind < 3 && !columns.isEmpty()) {
            return new Expr.Column(columns.get(random.nextInt(columns.size())), type);
        }
        if (kind == 3) {
            return new Expr.Literal(type, null);
        }
        Expr.Literal literal = new Expr.Literal(type, text(type));
        if (kind == 4 && type != FieldType.BOOLEAN) {
            parameters.add(literal);
            return new Expr.Parameter(parameters.size() - 1, type);
        }
        return literal;
    }

    private String text(FieldType type) {
        int small = random.nextInt(5) - 2;
        return switch (type.kind()) {
            case BOOLEAN -> String.valueOf(random.nextBoolean());
            case DOUBLE -> random.nextInt(6) == 0 ? "NaN" : String.valueOf(small * 0.5);
            case VARCHAR -> new String[] {"", "a", "b'", "ü"}[random.nextInt(4)];
            default -> String.valueOf(small);
        };
    }

    /** Rows with every kind of value, NULL and NaN included. */
    List<Object[]> rows(int count) {
        List<Object[]> rows = new ArrayList<>();
        for (int r = 0; r < count; r++) {
            Object[] row = new Object[SCHEMA.size()];
            for (int i = 0; i < row.length; i++) {
                String text = text(SCHEMA.type(i));
                Expr.Literal literal = new Expr.Literal(SCHEMA.type(i), text);
                boolean isNull = i != 6 && random.nextInt(5) == 0;
                row[i] = isNull ? null : new Values(List.of(), row).of(literal);
            }
            rows.add(row);
        }
        return rows;
    }
}
