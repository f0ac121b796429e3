package galois.compiler;

import static galois.api.plan.Function.*;

import galois.batch.FieldType;
import galois.batch.RowError;

import org.junit.jupiter.api.Test;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/** Functions of time agree with java.time. */
class TimeFunctionsTest {
    private static final FieldType T = FieldType.TIMESTAMP;
    private static final FieldType L = FieldType.BIGINT;

    private final Random random = new Random(Long.getLong("galois.seed", 5));

    private long someTime() {
        long years = random.nextInt(4) == 0 ? 5000 : 60;
        long us = (long) ((random.nextDouble() - 0.3) * years * 365.25 * 86_400e6);
        return switch (random.nextInt(4)) {
            case 0 -> us - Math.floorMod(us, 86_400_000_000L);
            case 1 -> us(at(us).withDayOfMonth(1).truncatedTo(ChronoUnit.DAYS));
            default -> us;
        };
    }

    private List<List<Object>> times(int columns) {
        List<List<Object>> rows = new ArrayList<>();
        for (int n = 0; n < 150; n++) {
            List<Object> row = new ArrayList<>();
            for (int i = 0; i < columns; i++) {
                row.add(someTime());
            }
            rows.add(row);
        }
        return rows;
    }

    private static LocalDateTime at(Object us) {
        long value = (Long) us;
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(value, 1_000_000L),
                (int) Math.floorMod(value, 1_000_000L) * 1000,
                ZoneOffset.UTC);
    }

    private static long us(LocalDateTime time) {
        return time.toEpochSecond(ZoneOffset.UTC) * 1_000_000 + time.getNano() / 1000;
    }

    @Test
    void fields() {
        Map<String, ToLongFunction<LocalDateTime>> fields =
                Map.ofEntries(
                        Map.entry("YEAR", t -> t.getYear()),
                        Map.entry("QUARTER", t -> t.get(IsoFields.QUARTER_OF_YEAR)),
                        Map.entry("MONTH", t -> t.getMonthValue()),
                        Map.entry("DAY", t -> t.getDayOfMonth()),
                        Map.entry("DOY", t -> t.getDayOfYear()),
                        Map.entry("ISODOW", t -> t.getDayOfWeek().getValue()),
                        Map.entry("DOW", t -> t.getDayOfWeek().getValue() % 7 + 1),
                        Map.entry("WEEK", t -> t.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR)),
                        Map.entry("ISOYEAR", t -> t.get(IsoFields.WEEK_BASED_YEAR)),
                        Map.entry("HOUR", t -> t.getHour()),
                        Map.entry("MINUTE", t -> t.getMinute()),
                        Map.entry("SECOND", t -> t.getSecond()),
                        Map.entry(
                                "MILLISECOND",
                                t -> t.getSecond() * 1000L + t.get(ChronoField.MILLI_OF_SECOND)),
                        Map.entry(
                                "MICROSECOND",
                                t ->
                                        t.getSecond() * 1_000_000L
                                                + t.get(ChronoField.MICRO_OF_SECOND)),
                        Map.entry("EPOCH", t -> t.toEpochSecond(ZoneOffset.UTC)),
                        Map.entry("DECADE", t -> Math.floorDiv(t.getYear(), 10)),
                        Map.entry("CENTURY", t -> Math.floorDiv(t.getYear() + 99, 100)));
        fields.forEach(
                (unit, reference) ->
                        Scalars.of(EXTRACT, L, T)
                                .with(unit)
                                .check(row -> reference.applyAsLong(at(row.get(0))), times(1)));
    }

    private static LocalDateTime start(String unit, LocalDateTime time) {
        LocalDateTime day = time.truncatedTo(ChronoUnit.DAYS);
        return switch (unit) {
            case "MILLISECOND" -> time.truncatedTo(ChronoUnit.MILLIS);
            case "SECOND" -> time.truncatedTo(ChronoUnit.SECONDS);
            case "MINUTE" -> time.truncatedTo(ChronoUnit.MINUTES);
            case "HOUR" -> time.truncatedTo(ChronoUnit.HOURS);
            case "DAY" -> day;
            case "WEEK" -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case "MONTH" -> day.withDayOfMonth(1);
            case "QUARTER" ->
                    day.withDayOfMonth(1).withMonth((day.getMonthValue() - 1) / 3 * 3 + 1);
            case "YEAR" -> day.withDayOfYear(1);
            default -> day.withDayOfYear(1).withYear(Math.floorDiv(day.getYear(), 10) * 10);
        };
    }

    @Test
    void rounding() {
        Map<String, UnaryOperator<LocalDateTime>> next =
                Map.of(
                        "MILLISECOND", t -> t.plus(1, ChronoUnit.MILLIS),
                        "SECOND", t -> t.plusSeconds(1),
                        "MINUTE", t -> t.plusMinutes(1),
                        "HOUR", t -> t.plusHours(1),
                        "DAY", t -> t.plusDays(1),
                        "WEEK", t -> t.plusWeeks(1),
                        "MONTH", t -> t.plusMonths(1),
                        "QUARTER", t -> t.plusMonths(3),
                        "YEAR", t -> t.plusYears(1),
                        "DECADE", t -> t.plusYears(10));
        new TreeMap<>(next)
                .forEach(
                        (unit, after) -> {
                            Scalars.of(DATE_TRUNC, T, T)
                                    .with(unit)
                                    .check(row -> us(start(unit, at(row.get(0)))), times(1));
                            Scalars.of(DATE_CEIL, T, T)
                                    .with(unit)
                                    .check(
                                            row -> {
                                                LocalDateTime time = at(row.get(0));
                                                LocalDateTime start = start(unit, time);
                                                return us(
                                                        start.equals(time)
                                                                ? time
                                                                : after.apply(start));
                                            },
                                            times(1));
                        });
    }

    @Test
    void sumsAndDifferences() {
        Map<String, ChronoUnit> units =
                Map.of(
                        "MICROSECOND", ChronoUnit.MICROS,
                        "SECOND", ChronoUnit.SECONDS,
                        "HOUR", ChronoUnit.HOURS,
                        "DAY", ChronoUnit.DAYS,
                        "WEEK", ChronoUnit.WEEKS,
                        "MONTH", ChronoUnit.MONTHS,
                        "YEAR", ChronoUnit.YEARS);
        // In one order: the same seed must give the same rows.
        new TreeMap<>(units)
                .forEach(
                        (unit, java) -> {
                            Scalars.of(TIMESTAMPADD, T, L, T)
                                    .with(unit)
                                    .check(row -> sum(row, java), counts());
                            Scalars.of(TIMESTAMPDIFF, L, T, T)
                                    .with(unit)
                                    .check(
                                            row -> between(java, at(row.get(0)), at(row.get(1))),
                                            times(2));
                        });
    }

    private static Object sum(List<Object> row, ChronoUnit unit) {
        long count = (Long) row.get(0);
        try {
            long months = unit == ChronoUnit.MONTHS ? 1 : unit == ChronoUnit.YEARS ? 12 : 0;
            if (months > 0) {
                return us(at(row.get(1)).plusMonths(Math.multiplyExact(months, count)));
            }
            long length = unit.getDuration().toNanos() / 1000;
            return Math.addExact((Long) row.get(1), Math.multiplyExact(length, count));
        } catch (DateTimeException | ArithmeticException e) {
            return "error " + RowError.OVERFLOW;
        }
    }

    /** Months and years as Calcite counts them: as many as can be added without passing the end. */
    private static long between(ChronoUnit unit, LocalDateTime from, LocalDateTime to) {
        if (unit != ChronoUnit.MONTHS && unit != ChronoUnit.YEARS) {
            return unit.between(from, to);
        }
        long months = 12L * (to.getYear() - from.getYear());
        months += to.getMonthValue() - from.getMonthValue();
        if (months > 0 && from.plusMonths(months).isAfter(to)) {
            months--;
        } else if (months < 0 && from.plusMonths(months).isBefore(to)) {
            months++;
        }
        return unit == ChronoUnit.YEARS ? months / 12 : months;
    }

    private List<List<Object>> counts() {
        List<List<Object>> rows = new ArrayList<>();
        long[] counts = {0, 1, -1, 11, 12, 13, -25, 40, Long.MAX_VALUE, Long.MIN_VALUE};
        for (int n = 0; n < 120; n++) {
            rows.add(List.of(counts[random.nextInt(counts.length)], someTime()));
        }
        return rows;
    }

    @Test
    void epochs() {
        Scalars.of(UNIX_SECONDS, L, T)
                .check(row -> Math.floorDiv((Long) row.get(0), 1_000_000L), times(1));
        Scalars.of(UNIX_MILLIS, L, T)
                .check(row -> Math.floorDiv((Long) row.get(0), 1000L), times(1));
        Scalars.of(UNIX_MICROS, L, T).check(row -> row.get(0), times(1));
        Scalars.of(TIMESTAMP_MILLIS, T, L)
                .check(
                        row ->
                                row.get(0).equals(Long.MAX_VALUE)
                                        ? "error " + RowError.OVERFLOW
                                        : (Object) ((Long) row.get(0) * 1000),
                        List.of(List.of(5L), List.of(-5L), List.of(Long.MAX_VALUE)));
    }
}
