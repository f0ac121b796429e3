package galois.sql;

import galois.api.ErrorCode;

import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlIntervalQualifier;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code INTERVAL '5' SECOND} in DDL, and interval literals of queries. */
final class Intervals {
    private static final long DAY_US = 86_400_000_000L;

    /** Characters of an interval with its units in its text. */
    private static final int TEXT_MAX = 200;

    private static final Map<String, Long> UNIT_US =
            Map.of(
                    "MILLISECOND", 1_000L,
                    "SECOND", 1_000_000L,
                    "MINUTE", 60_000_000L,
                    "HOUR", 3_600_000_000L,
                    "DAY", 86_400_000_000L);

    private static final Pattern PARTS =
            Pattern.compile("([+-]?)(\\d+(?:[-: ]\\d+)*(?:\\.\\d*)?|\\.\\d+)");

    /** Months of years and months, microseconds of all others. */
    private static final Map<TimeUnit, Long> UNITS =
            Map.of(
                    TimeUnit.YEAR, 12L,
                    TimeUnit.QUARTER, 3L,
                    TimeUnit.MONTH, 1L,
                    TimeUnit.WEEK, 7 * 86_400_000_000L,
                    TimeUnit.DAY, 86_400_000_000L,
                    TimeUnit.HOUR, 3_600_000_000L,
                    TimeUnit.MINUTE, 60_000_000L,
                    TimeUnit.SECOND, 1_000_000L);

    /** How many of a unit there are in the next larger one. */
    private static final Map<TimeUnit, Long> LIMITS =
            Map.of(
                    TimeUnit.MONTH, 12L,
                    TimeUnit.HOUR, 24L,
                    TimeUnit.MINUTE, 60L,
                    TimeUnit.SECOND, 60L);

    /** A number and a unit of {@code '1 day 12 hours'}. */
    private static final Pattern PART =
            Pattern.compile("\\s*([+-]?\\d+(?:\\.\\d+)?)\\s*([a-zA-Z]+)\\s*,?");

    /** Units in text; those of months are negative. */
    private static final Map<String, Long> WORDS = words();

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
        BigDecimal inText = usOf(amount);
        if (inText != null && inText.signum() >= 0) {
            return inText.longValue();
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

    private static Map<String, Long> words() {
        Map<String, Long> words = new HashMap<>();
        String[] names = {
            "us microsecond microseconds",
            "ms millisecond milliseconds",
            "s sec secs second seconds",
            "m min mins minute minutes",
            "h hr hrs hour hours",
            "d day days",
            "w week weeks"
        };
        long[] us = {1, 1_000, 1_000_000, 60_000_000, 3_600_000_000L, DAY_US, 7 * DAY_US};
        for (int i = 0; i < us.length; i++) {
            for (String name : names[i].split(" ")) {
                words.put(name, us[i]);
            }
        }
        words.put("month", -1L);
        words.put("months", -1L);
        words.put("mon", -1L);
        words.put("year", -12L);
        words.put("years", -12L);
        words.put("y", -12L);
        return Map.copyOf(words);
    }

    /**
     * The standard's form of an interval with its units in the text, as PostgreSQL has it: {@code
     * '1 hour 30 minutes'} is {@code '5400.000000' SECOND}, {@code '2 years'} is {@code '24'
     * MONTH}.
     *
     * @return null when the text is not of this form
     */
    static String standard(String text) {
        BigDecimal us = BigDecimal.ZERO;
        BigDecimal months = BigDecimal.ZERO;
        Matcher part = PART.matcher(text);
        int end = 0;
        boolean hasMonths = false;
        boolean hasUs = false;
        while (part.find() && part.start() == end) {
            Long unit = WORDS.get(part.group(2).toLowerCase(Locale.ROOT));
            if (unit == null || text.length() > TEXT_MAX) {
                return null;
            }
            BigDecimal number = new BigDecimal(part.group(1));
            if (unit < 0) {
                hasMonths = true;
                months = months.add(number.multiply(BigDecimal.valueOf(-unit)));
            } else {
                hasUs = true;
                us = us.add(number.multiply(BigDecimal.valueOf(unit)));
            }
            end = part.end();
        }
        if (end == 0 || !text.substring(end).isBlank() || hasMonths && hasUs) {
            return null;
        }
        return hasMonths
                ? "'" + months.stripTrailingZeros().toPlainString() + "' MONTH"
                : "'" + us.movePointLeft(6).toPlainString() + "' SECOND";
    }

    /** Microseconds of an interval with its units in its text; null when it is none. */
    private static BigDecimal usOf(Token amount) {
        String standard = amount.kind() == Token.Kind.STRING ? standard(amount.value()) : null;
        if (standard == null || !standard.endsWith("SECOND")) {
            return null;
        }
        return new BigDecimal(standard.substring(1, standard.indexOf('\'', 1))).movePointRight(6);
    }

    /**
     * The cell of an interval literal: months of years and months, else microseconds.
     *
     * @param sign 1 or -1
     * @return null when the text does not fit the units
     */
    static Long parse(String text, SqlIntervalQualifier units, int sign) {
        TimeUnit last = units.getEndUnit() == null ? units.getStartUnit() : units.getEndUnit();
        Matcher parts = PARTS.matcher(text.trim());
        if (!parts.matches()) {
            return null;
        }
        try {
            BigDecimal sum = BigDecimal.ZERO;
            List<TimeUnit> between = between(units.getStartUnit(), last);
            List<String> numbers = List.of(parts.group(2).split("[-: ]"));
            if (between.isEmpty() || numbers.size() != between.size()) {
                return null;
            }
            for (int i = 0; i < numbers.size(); i++) {
                BigDecimal number = new BigDecimal(numbers.get(i));
                boolean isInside =
                        i == 0
                                || number.compareTo(BigDecimal.valueOf(LIMITS.get(between.get(i))))
                                        < 0;
                if (!isInside) {
                    return null;
                }
                sum = sum.add(number.multiply(BigDecimal.valueOf(UNITS.get(between.get(i)))));
            }
            boolean isNegative = (sign < 0) != parts.group(1).equals("-");
            return (isNegative ? sum.negate() : sum).longValueExact();
        } catch (ArithmeticException | NumberFormatException tooFineOrTooLarge) {
            return null;
        }
    }

    /** The units of an interval from the largest to the smallest. */
    private static List<TimeUnit> between(TimeUnit first, TimeUnit last) {
        if (first == last) {
            return UNITS.containsKey(first) ? List.of(first) : List.of();
        }
        List<TimeUnit> order =
                first == TimeUnit.YEAR
                        ? List.of(TimeUnit.YEAR, TimeUnit.MONTH)
                        : List.of(TimeUnit.DAY, TimeUnit.HOUR, TimeUnit.MINUTE, TimeUnit.SECOND);
        int from = order.indexOf(first);
        int to = order.indexOf(last);
        return from < 0 || to < from ? List.of() : order.subList(from, to + 1);
    }

    private static RuntimeException badAmount(TokenReader in, Token amount) {
        return in.error(
                ErrorCode.SYNTAX,
                amount,
                "expected a number of units, zero or more and whole microseconds, found "
                        + amount.described());
    }
}
