package galois.sql;

import galois.api.ErrorCode;

import java.math.BigDecimal;
import java.util.Map;

/** {@code INTERVAL '5' SECOND} in DDL, as microseconds. */
final class Intervals {
    private static final Map<String, Long> UNIT_US =
            Map.of(
                    "MILLISECOND", 1_000L,
                    "SECOND", 1_000_000L,
                    "MINUTE", 60_000_000L,
                    "HOUR", 3_600_000_000L,
                    "DAY", 86_400_000_000L);

    private Intervals() {}

    static long parse(TokenReader in) {
        in.expectWord("INTERVAL");
        Token amount = in.take();
        if (amount.kind() != Token.Kind.STRING && amount.kind() != Token.Kind.NUMBER) {
            throw in.error(
                    ErrorCode.SYNTAX,
                    amount,
                    "expected an interval such as INTERVAL '5' SECOND, found "
                            + amount.described());
        }
        Token unit = in.expectName("SECOND, MINUTE, HOUR or DAY");
        String singular = unit.upper().replaceAll("S$", "");
        Long unitUs = UNIT_US.get(singular);
        if (unitUs == null) {
            throw in.error(
                    ErrorCode.SYNTAX,
                    unit,
                    "expected SECOND, MINUTE, HOUR or DAY, found " + unit.described());
        }
        try {
            BigDecimal us =
                    new BigDecimal(amount.value().trim()).multiply(BigDecimal.valueOf(unitUs));
            if (us.signum() >= 0) {
                return us.longValueExact();
            }
        } catch (NumberFormatException notANumber) {
            throw badAmount(in, amount);
        } catch (ArithmeticException tooFineOrTooLarge) {
            throw badAmount(in, amount);
        }
        throw badAmount(in, amount);
    }

    private static RuntimeException badAmount(TokenReader in, Token amount) {
        return in.error(
                ErrorCode.SYNTAX,
                amount,
                "expected a number of units, zero or more and whole microseconds, found "
                        + amount.described());
    }
}
