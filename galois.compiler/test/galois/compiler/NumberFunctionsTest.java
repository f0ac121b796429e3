package galois.compiler;

import static galois.api.plan.Function.*;

import static org.junit.jupiter.api.Assertions.assertEquals;

import galois.api.plan.Function;
import galois.batch.FieldType;
import galois.batch.RowError;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Numeric functions agree with plain Java. */
class NumberFunctionsTest {
    private static final FieldType D = FieldType.DOUBLE;
    private static final FieldType L = FieldType.BIGINT;
    private static final FieldType I = FieldType.INTEGER;
    private static final double[] SPECIAL = {
        0.0,
        -0.0,
        0.5,
        -0.5,
        1.5,
        2.5,
        -2.5,
        0.49999999999999994,
        1e300,
        -1e-300,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        4503599627370497.5
    };

    private final Random random = new Random(Long.getLong("galois.seed", 31));

    private List<List<Object>> doubles(int columns) {
        List<List<Object>> rows = new ArrayList<>();
        for (int n = 0; n < 200; n++) {
            Object[] row = new Object[columns];
            for (int i = 0; i < columns; i++) {
                double value =
                        random.nextBoolean()
                                ? SPECIAL[random.nextInt(SPECIAL.length)]
                                : (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(6));
                row[i] = random.nextInt(15) == 0 ? null : value;
            }
            rows.add(Arrays.asList(row));
        }
        return rows;
    }

    private void unary(Function function, DoubleUnaryOperator reference) {
        Scalars.of(function, D, D)
                .check(row -> reference.applyAsDouble((Double) row.get(0)), doubles(1));
    }

    private void binary(Function function, DoubleBinaryOperator reference) {
        Scalars.of(function, D, D, D)
                .check(
                        row -> reference.applyAsDouble((Double) row.get(0), (Double) row.get(1)),
                        doubles(2));
    }

    @Test
    void doublesOfOne() {
        unary(ABS, Math::abs);
        unary(CEIL, Math::ceil);
        unary(FLOOR, Math::floor);
        unary(SQRT, Math::sqrt);
        unary(CBRT, StrictMath::cbrt);
        unary(EXP, StrictMath::exp);
        unary(LN, StrictMath::log);
        unary(LOG10, StrictMath::log10);
        unary(LOG2, x -> StrictMath.log(x) / StrictMath.log(2));
        unary(SIN, StrictMath::sin);
        unary(COS, StrictMath::cos);
        unary(TAN, StrictMath::tan);
        unary(COT, x -> 1 / StrictMath.tan(x));
        unary(ASIN, StrictMath::asin);
        unary(ACOS, StrictMath::acos);
        unary(ATAN, StrictMath::atan);
        unary(SINH, StrictMath::sinh);
        unary(COSH, StrictMath::cosh);
        unary(TANH, StrictMath::tanh);
        unary(DEGREES, x -> x * (180 / Math.PI));
        unary(RADIANS, x -> x * (Math.PI / 180));
        unary(SIGN, Math::signum);
        unary(TRUNCATE, x -> x < 0 ? Math.ceil(x) : Math.floor(x));
        unary(ROUND, NumberFunctionsTest::halfUp);
    }

    private static double halfUp(double x) {
        boolean plain = Double.isNaN(x) || Double.isInfinite(x);
        return plain
                ? x
                : Math.copySign(
                        new BigDecimal(x).setScale(0, RoundingMode.HALF_UP).doubleValue(), x);
    }

    @Test
    void doublesOfTwo() {
        binary(POWER, StrictMath::pow);
        binary(ATAN2, StrictMath::atan2);
        binary(LOG, (base, x) -> StrictMath.log(x) / StrictMath.log(base));
        binary(GREATEST, (a, b) -> Double.compare(a + 0.0, b + 0.0) >= 0 ? a : b);
        binary(LEAST, (a, b) -> Double.compare(a + 0.0, b + 0.0) <= 0 ? a : b);
    }

    @Test
    void digits() {
        List<List<Object>> rows =
                List.of(
                        List.of(2.345, 2L),
                        List.of(-2.5, 0L),
                        List.of(1234.5, -2L),
                        List.of(1250.0, -2L),
                        List.of(1.0, 400L),
                        List.of(1.0, -400L),
                        List.of(1e300, 10L));
        assertEquals(
                List.of("2.35", "-3.0", "1200.0", "1300.0", "1.0", "0.0", "1.0E300"),
                Scalars.of(ROUND, D, D, L).run(rows, Harness.Manner.COMPILED));
        assertEquals(
                List.of("2.34", "-2.0", "1200.0", "1200.0", "1.0", "0.0", "1.0E300"),
                Scalars.of(TRUNCATE, D, D, L).run(rows, Harness.Manner.COMPILED));
    }

    private List<List<Object>> longs() {
        long[] values = {0, 5, -5, 49, 50, -50, 1234, Long.MAX_VALUE, Long.MIN_VALUE, 99_999};
        List<List<Object>> rows = new ArrayList<>();
        for (long value : values) {
            for (long digits = -20; digits < 2; digits++) {
                rows.add(List.of(value, digits));
            }
        }
        return rows;
    }

    private static Object fitting(BigDecimal value, int bits) {
        return value.toBigInteger().bitLength() >= bits
                ? "error " + RowError.OVERFLOW
                : value.toBigInteger().toString();
    }

    private static BigDecimal scaled(List<Object> row, RoundingMode mode) {
        BigDecimal value = BigDecimal.valueOf((Long) row.get(0));
        int digits = (int) Math.min(0, (Long) row.get(1));
        return value.setScale(digits, mode).setScale(0);
    }

    @Test
    void integers() {
        Scalars.of(ROUND, L, L, L)
                .check(row -> fitting(scaled(row, RoundingMode.HALF_UP), 64), longs());
        Scalars.of(TRUNCATE, L, L, L)
                .check(row -> fitting(scaled(row, RoundingMode.DOWN), 64), longs());
        List<List<Object>> extremes =
                List.of(List.of(7L), List.of(-7L), List.of((long) Integer.MIN_VALUE), List.of(0L));
        Scalars.of(ABS, I, I)
                .check(row -> fitting(BigDecimal.valueOf((Long) row.get(0)).abs(), 32), extremes);
        Scalars.of(SIGN, I, I).check(row -> Long.signum((Long) row.get(0)), extremes);
        Scalars.of(ABS, L, L)
                .check(
                        row -> fitting(BigDecimal.valueOf((Long) row.get(0)).abs(), 64),
                        List.of(List.of(Long.MIN_VALUE), List.of(Long.MAX_VALUE)));
        Scalars.of(GREATEST, L, L, L)
                .check(row -> Math.max((Long) row.get(0), (Long) row.get(1)), longs());
        Scalars.of(LEAST, FieldType.VARCHAR, FieldType.VARCHAR, FieldType.VARCHAR)
                .check(
                        row -> {
                            String a = (String) row.get(0);
                            String b = (String) row.get(1);
                            return a.compareTo(b) <= 0 ? a : b;
                        },
                        List.of(List.of("a", "b"), List.of("b", ""), List.of("é", "e")));
    }

    @Test
    void distances() {
        List<List<Object>> rows =
                List.of(
                        List.of(52.520008, 13.404954, 48.137154, 11.576124),
                        List.of(0.0, 0.0, 0.0, 180.0),
                        List.of(90.0, 0.0, -90.0, 0.0),
                        List.of(1.0, 2.0, 1.0, 2.0));
        List<Double> expected = List.of(504_200.0, 20_015_114.0, 20_015_114.0, 0.0);
        List<String> found =
                Scalars.of(HAVERSINE, D, D, D, D, D).run(rows, Harness.Manner.COMPILED);
        for (int i = 0; i < rows.size(); i++) {
            assertEquals(expected.get(i), Double.parseDouble(found.get(i)), 500);
        }
    }
}
