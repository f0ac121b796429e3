package galois.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.batch.FieldType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.math.BigDecimal;
import java.util.List;

class ExactComparisonTest {
    private static final Expr COLUMN = new Expr.Column(0, FieldType.BIGINT);

    private static final List<Long> VALUES =
            List.of(
                    Long.MIN_VALUE,
                    Long.MIN_VALUE + 1,
                    -2L,
                    -1L,
                    0L,
                    1L,
                    2L,
                    (1L << 53) + 1,
                    Long.MAX_VALUE - 1,
                    Long.MAX_VALUE);

    private static final List<String> NUMBERS =
            List.of(
                    "0",
                    "0.0",
                    "0.5",
                    "-0.5",
                    "1",
                    "1.5",
                    "-1.5",
                    "2",
                    "1e-300",
                    "-1e-300",
                    "1e30",
                    "-1e30",
                    "9223372036854775807",
                    "9223372036854775807.5",
                    "9223372036854775808",
                    "-9223372036854775808",
                    "-9223372036854775808.5",
                    "-9223372036854775809",
                    "9007199254740993",
                    "9007199254740992.5");

    @ParameterizedTest
    @EnumSource(
            value = Function.class,
            names = {"EQUAL", "NOT_EQUAL", "LESS", "LESS_OR_EQUAL", "GREATER", "GREATER_OR_EQUAL"})
    void isExact(Function function) {
        for (String number : NUMBERS) {
            Expr expr = ExactComparison.of(function, COLUMN, new BigDecimal(number));
            for (long value : VALUES) {
                int order = new BigDecimal(value).compareTo(new BigDecimal(number));
                assertEquals(
                        expected(function, order),
                        new Values(List.of(), new Object[] {value}).of(expr),
                        value + " " + function + " " + number);
            }
            assertEquals(
                    null,
                    new Values(List.of(), new Object[] {null}).of(expr),
                    "NULL " + function + " " + number);
        }
    }

    private static boolean expected(Function function, int order) {
        return switch (function) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            default -> order >= 0;
        };
    }
}
