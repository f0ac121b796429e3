package galois.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.RowError;
import galois.batch.Schema;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** DECIMAL in kernels beside BigDecimal: arithmetic, comparison and CAST, from a seed. */
class DecimalTest {
    private static final long SEED = 20261121;
    private static final int ROWS = 300;

    private final Random random = new Random(SEED);

    private FieldType type() {
        int precision = 1 + random.nextInt(18);
        return FieldType.decimal(precision, random.nextInt(precision + 1));
    }

    private long value(FieldType type) {
        long most = BigInteger.TEN.pow(1 + random.nextInt(type.precision())).longValue();
        return switch (random.nextInt(8)) {
            case 0 -> most - 1;
            case 1 -> 1 - most;
            case 2 -> 0;
            case 3 -> random.nextInt(3) - 1;
            default -> random.nextLong() % most;
        };
    }

    private static BigDecimal number(long cell, FieldType type) {
        return BigDecimal.valueOf(cell, type.scale());
    }

    /** The cell, or the error, of a number as a value of the type. */
    private static String rounded(BigDecimal number, FieldType type, int error) {
        BigDecimal rounded = number.setScale(type.scale(), RoundingMode.HALF_UP);
        return rounded.precision() > type.precision()
                ? "error " + error
                : rounded.unscaledValue().toString();
    }

    private static List<String> run(Schema schema, Expr expr, List<TestRow> rows) {
        LogicalOp source = new LogicalOp.Source("in", schema, -1);
        LogicalOp plan =
                new LogicalOp.Project(
                        source, List.of(expr), Schema.of(new Field("r", expr.type())));
        List<Harness.Step> steps = List.of(new Harness.Step.Rows(rows));
        return Harness.run(new LogicalPlan(plan, List.of()), steps, Harness.Manner.COMPILED)
                .stream()
                .map(row -> row.kind() == 4 ? "error " + row.code() : "" + row.values().get(0))
                .toList();
    }

    private void check(Function function, FieldType a, FieldType b, FieldType result) {
        Schema schema = Schema.of(new Field("a", a), new Field("b", b));
        Expr expr = Exprs.call(function, result, Exprs.column(0, a), Exprs.column(1, b));
        List<TestRow> rows = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            long x = value(a);
            long y = value(b);
            rows.add(TestRow.of(0, x, y));
            expected.add(expected(function, number(x, a), number(y, b), result));
        }
        String what = "seed " + SEED + ": " + a + " " + function + " " + b + " to " + result;
        assertEquals(expected, run(schema, expr, rows), what);
    }

    private static String expected(
            Function function, BigDecimal x, BigDecimal y, FieldType result) {
        boolean divides = function == Function.DIVIDE || function == Function.MOD;
        if (divides && y.signum() == 0) {
            return "error " + RowError.DIVISION_BY_ZERO;
        }
        BigDecimal value =
                switch (function) {
                    case PLUS -> x.add(y);
                    case MINUS -> x.subtract(y);
                    case TIMES -> x.multiply(y);
                    case DIVIDE -> x.divide(y, result.scale(), RoundingMode.HALF_UP);
                    default -> x.remainder(y);
                };
        return rounded(value, result, RowError.OVERFLOW);
    }

    @Test
    void productsAreExactUntilRounded() {
        for (int i = 0; i < 12; i++) {
            FieldType a = type();
            FieldType b = type();
            int scale = Math.min(18, random.nextInt(a.scale() + b.scale() + 1));
            check(Function.TIMES, a, b, FieldType.decimal(18, scale));
        }
    }

    @Test
    void quotientsAreRoundedAtTheirLastDigit() {
        for (int i = 0; i < 12; i++) {
            FieldType a = type();
            FieldType b = type();
            int least = Math.max(0, a.scale() - b.scale());
            int scale = least + random.nextInt(19 - least);
            check(Function.DIVIDE, a, b, FieldType.decimal(18, scale));
        }
    }

    @Test
    void sumsAndRemaindersAreExact() {
        Function[] functions = {Function.PLUS, Function.MINUS, Function.MOD};
        for (int i = 0; i < 12; i++) {
            int scale = random.nextInt(6);
            FieldType a = FieldType.decimal(10, random.nextInt(scale + 1));
            FieldType b = FieldType.decimal(12, random.nextInt(scale + 1));
            check(functions[i % 3], a, b, FieldType.decimal(13 + random.nextInt(5), scale));
        }
    }

    @Test
    void comparesWhateverTheScales() {
        for (int i = 0; i < 8; i++) {
            FieldType a = i == 0 ? FieldType.BIGINT : type();
            FieldType b = type();
            Schema schema = Schema.of(new Field("a", a), new Field("b", b));
            Expr expr = Exprs.test(Function.LESS, Exprs.column(0, a), Exprs.column(1, b));
            List<TestRow> rows = new ArrayList<>();
            List<String> expected = new ArrayList<>();
            for (int n = 0; n < ROWS; n++) {
                long x = a == FieldType.BIGINT ? random.nextLong() >> n % 60 : value(a);
                long y = value(b);
                rows.add(TestRow.of(0, x, y));
                expected.add(number(x, a).compareTo(number(y, b)) < 0 ? "1" : "0");
            }
            assertEquals(expected, run(schema, expr, rows), "seed " + SEED + ": " + a + " " + b);
        }
    }

    private void cast(FieldType from, FieldType to, List<?> values, List<String> expected) {
        Expr expr = Exprs.call(Function.CAST, to, Exprs.column(0, from));
        List<TestRow> rows = new ArrayList<>();
        values.forEach(value -> rows.add(TestRow.of(0, value)));
        Schema schema = Schema.of(new Field("v", from));
        assertEquals(expected, run(schema, expr, rows), "seed " + SEED + ": " + from + " " + to);
    }

    @Test
    void castsRoundOrSayThatItDoesNotFit() {
        for (int i = 0; i < 12; i++) {
            FieldType from = type();
            FieldType to = type();
            List<Long> values = new ArrayList<>();
            List<String> expected = new ArrayList<>();
            for (int n = 0; n < ROWS; n++) {
                long value = value(from);
                values.add(value);
                expected.add(rounded(number(value, from), to, RowError.BAD_CAST));
            }
            cast(from, to, values, expected);
        }
    }

    @Test
    void textIsWrittenWithAllDigitsAndReadWithAny() {
        for (int i = 0; i < 8; i++) {
            FieldType type = type();
            List<Long> values = new ArrayList<>();
            List<String> texts = new ArrayList<>();
            List<String> others = new ArrayList<>();
            List<String> expected = new ArrayList<>();
            for (int n = 0; n < ROWS; n++) {
                long value = value(type);
                values.add(value);
                texts.add(number(value, type).toPlainString());
                BigDecimal other =
                        new BigDecimal(BigInteger.valueOf(random.nextLong()), random.nextInt(40));
                others.add(other.scaleByPowerOfTen(-random.nextInt(5)).toString());
                expected.add(rounded(new BigDecimal(others.get(n)), type, RowError.BAD_CAST));
            }
            cast(type, FieldType.VARCHAR, values, texts);
            cast(FieldType.VARCHAR, type, texts, values.stream().map(String::valueOf).toList());
            cast(FieldType.VARCHAR, type, others, expected);
        }
    }

    @Test
    void realsAreWrittenAsTheShortestTextThatReadsBack() {
        List<Double> values = new ArrayList<>();
        List<String> back = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (int n = 0; n < 1000; n++) {
            float value = Float.intBitsToFloat(random.nextInt());
            float edge = Math.scalb(1f, random.nextInt(270) - 149);
            float number = Float.isNaN(value) || n % 4 == 0 ? edge : value;
            values.add((double) number);
            back.add(Double.toString(number));
        }
        Expr text = Exprs.call(Function.CAST, FieldType.VARCHAR, Exprs.column(0, FieldType.REAL));
        List<TestRow> rows = values.stream().map(value -> TestRow.of(0, value)).toList();
        texts.addAll(run(Schema.of(new Field("v", FieldType.REAL)), text, rows));
        for (int n = 0; n < values.size(); n++) {
            float number = (float) (double) values.get(n);
            assertEquals(number, Float.parseFloat(texts.get(n)), texts.get(n));
            int digits = new BigDecimal(texts.get(n)).stripTrailingZeros().precision();
            int most = new BigDecimal(Float.toString(number)).stripTrailingZeros().precision();
            assertEquals(true, digits <= most, texts.get(n) + " for " + number);
        }
        cast(FieldType.VARCHAR, FieldType.REAL, texts, back);
    }

    @Test
    void datesAndTimesAreIsoText() {
        List<String> dates = List.of("2024-02-29", "1969-12-31", "0001-01-01", "9999-12-31");
        List<Long> days = List.of(19_782L, -1L, -719_162L, 2_932_896L);
        cast(FieldType.DATE, FieldType.VARCHAR, days, dates);
        cast(FieldType.VARCHAR, FieldType.DATE, dates, days.stream().map(d -> "" + d).toList());
        List<String> times = List.of("00:00:00", "23:59:59.999999", "12:30:00.250");
        List<Long> us = List.of(0L, 86_399_999_999L, 45_000_250_000L);
        cast(FieldType.TIME, FieldType.VARCHAR, us, times);
        cast(FieldType.VARCHAR, FieldType.TIME, times, us.stream().map(d -> "" + d).toList());
        String bad = "error " + RowError.BAD_CAST;
        cast(
                FieldType.VARCHAR,
                FieldType.TIME,
                List.of("24:00", "1:00", ""),
                List.of(bad, bad, bad));
        cast(FieldType.VARCHAR, FieldType.DATE, List.of("2023-02-29", "x"), List.of(bad, bad));
    }
}
