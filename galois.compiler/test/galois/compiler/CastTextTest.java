package galois.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.plan.Function;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.RowError;
import galois.batch.Schema;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** CAST between text and the other types. */
class CastTextTest {
    private static final FieldType S = FieldType.VARCHAR;
    private static final FieldType D = FieldType.DOUBLE;
    private static final FieldType T = FieldType.TIMESTAMP;

    /** Casts every value; an error row gives "error N". */
    private static List<String> cast(FieldType from, FieldType to, List<?> values) {
        LogicalOp plan = new LogicalOp.Source("in", Schema.of(new Field("v", from)), -1);
        plan =
                new LogicalOp.Project(
                        plan,
                        List.of(Exprs.call(Function.CAST, to, Exprs.column(0, from))),
                        Schema.of(new Field("r", to)));
        List<TestRow> rows = new ArrayList<>();
        values.forEach(value -> rows.add(TestRow.of(0, value)));
        List<Harness.Step> steps = List.of(new Harness.Step.Rows(rows));
        return Harness.run(new LogicalPlan(plan, List.of()), steps, Harness.Manner.COMPILED)
                .stream()
                .map(row -> row.kind() == 4 ? "error " + row.code() : "" + row.values().get(0))
                .toList();
    }

    @Test
    void doublesAreWrittenLikeDoubleToStringSinceJava19() {
        List<Double> values =
                List.of(
                        0.0,
                        -0.0,
                        1.0,
                        2.0,
                        -1.5,
                        0.1,
                        0.001,
                        0.00099,
                        9999999.0,
                        1e7,
                        123456.789,
                        1e23,
                        2e-323,
                        Double.MIN_VALUE,
                        2 * Double.MIN_VALUE,
                        Double.MAX_VALUE,
                        Double.MIN_NORMAL,
                        9007199254740993.0,
                        2.2250738585072011e-308,
                        5e-324,
                        Double.NaN,
                        Double.POSITIVE_INFINITY,
                        Double.NEGATIVE_INFINITY,
                        100.0,
                        0x1p63,
                        2.0E-3);
        assertEquals(
                List.of(
                        "0.0",
                        "-0.0",
                        "1.0",
                        "2.0",
                        "-1.5",
                        "0.1",
                        "0.001",
                        "9.9E-4",
                        "9999999.0",
                        "1.0E7",
                        "123456.789",
                        "1.0E23",
                        "2.0E-323",
                        "4.9E-324",
                        "9.9E-324",
                        "1.7976931348623157E308",
                        "2.2250738585072014E-308",
                        "9.007199254740992E15",
                        "2.225073858507201E-308",
                        "4.9E-324",
                        "NaN",
                        "Infinity",
                        "-Infinity",
                        "100.0",
                        "9.223372036854776E18",
                        "0.002"),
                cast(D, S, values));
    }

    @Test
    void doublesSurviveTheWayThroughText() {
        Random random = new Random(7);
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            values.add(i % 3 == 0 ? random.nextInt(100_000) / 1000.0 : value);
        }
        List<String> texts = cast(D, S, values);
        boolean shortest = Runtime.version().feature() >= 19;
        for (int i = 0; i < values.size(); i++) {
            String java = Double.toString(values.get(i));
            assertEquals(values.get(i), Double.parseDouble(texts.get(i)));
            assertTrue(texts.get(i).length() <= java.length());
            assertEquals(shortest ? java : texts.get(i), texts.get(i));
        }
        assertEquals(values.stream().map(String::valueOf).toList(), cast(S, D, texts));
    }

    @Test
    void doublesAreReadRightlyRounded() {
        List<String> texts =
                List.of(
                        "1",
                        " -2.5 ",
                        "1e3",
                        ".5",
                        "5.",
                        "+1E-2",
                        "nan",
                        "-Inf",
                        "INFINITY",
                        "9007199254740993",
                        "9007199254740993.0000001",
                        "2.2250738585072012e-308",
                        "2.4703282292062327e-324",
                        "2.4703282292062328e-324",
                        "1e-400",
                        "179769313486231570793e285",
                        "0.1e-5",
                        "123456789012345678901234567890",
                        "8.5e-20",
                        "1e22",
                        "1e23",
                        "-0");
        List<String> expected = new ArrayList<>();
        for (String text : texts) {
            String java = text.strip().replace("INFINITY", "Infinity").replace("Inf", "Infinity");
            java = java.replace("Infinityinity", "Infinity").replace("nan", "NaN");
            expected.add(String.valueOf(Double.parseDouble(java)));
        }
        assertEquals(expected, cast(S, D, texts));
    }

    @Test
    void textThatIsNoNumberIsABadCast() {
        List<String> bad =
                List.of(
                        "", " ", "x", "1x", "--1", "1e", "1e+", ".", "e5", "1.2.3", "1e999",
                        "0x10");
        String error = "error " + RowError.BAD_CAST;
        assertEquals(bad.stream().map(text -> error).toList(), cast(S, D, bad));
        assertEquals(bad.stream().map(text -> error).toList(), cast(S, FieldType.BIGINT, bad));
    }

    @Test
    void integers() {
        List<Long> values = List.of(0L, 7L, -7L, 10L, 99L, 100L, Long.MAX_VALUE, Long.MIN_VALUE);
        List<String> texts = values.stream().map(String::valueOf).toList();
        assertEquals(texts, cast(FieldType.BIGINT, S, values));
        assertEquals(texts, cast(S, FieldType.BIGINT, texts));
        assertEquals(
                List.of("2147483647", "-2147483648", "error 5", "2", "1000", "error 5", "error 5"),
                cast(
                        S,
                        FieldType.INTEGER,
                        List.of(
                                "2147483647",
                                "-2147483648",
                                "2147483648",
                                "2.0",
                                "1e3",
                                "2.5",
                                "9223372036854775808")));
    }

    @Test
    void truthValues() {
        assertEquals(
                List.of("1", "0", "1", "0", "1", "0", "error 5"),
                cast(S, FieldType.BOOLEAN, List.of("true", "FALSE", "t", "f", " 1", "0", "yes")));
        assertEquals(List.of("true", "false"), cast(FieldType.BOOLEAN, S, List.of(1L, 0L)));
    }

    @Test
    void timeStamps() {
        List<String> iso =
                List.of(
                        "1996-05-07T00:30:00Z",
                        "1970-01-01T00:00:00Z",
                        "2000-02-29T23:59:59.999999Z",
                        "1969-12-31T23:59:59.500Z",
                        "0001-01-01T00:00:00.000001Z",
                        "9999-12-31T23:59:59Z");
        List<Long> us = iso.stream().map(CastTextTest::us).toList();
        assertEquals(iso, cast(T, S, us));
        assertEquals(us.stream().map(String::valueOf).toList(), cast(S, T, iso));
        List<String> other =
                List.of(
                        "1996-05-07",
                        "1996-05-07 00:30",
                        "1996-05-07t02:30:00.25+02:00",
                        "1996-05-06T22:30-0200",
                        "1996-02-30",
                        "1996-05-07T24:00",
                        "1996-05-07T00:00:60",
                        "1996-05-07T00:30:00+2",
                        "1996-5-7");
        long day = us("1996-05-07T00:00:00Z");
        String half = String.valueOf(day + 1_800_000_000L);
        assertEquals(
                List.of(
                        String.valueOf(day),
                        half,
                        String.valueOf(day + 1_800_250_000L),
                        half,
                        "error 5",
                        "error 5",
                        "error 5",
                        "error 5",
                        "error 5"),
                cast(S, T, other));
    }

    private static long us(String iso) {
        Instant instant = Instant.parse(iso);
        return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1000);
    }
}
