package galois.compiler.runtime;

import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;
import static galois.compiler.ir.WasmType.I64;

import galois.compiler.ir.Code;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;

import java.util.List;

/**
 * Fields of time stamps (microseconds since 1970, UTC, proleptic Gregorian calendar) and arithmetic
 * with months.
 */
public final class Calendar extends Part {
    public static final long SECOND_US = 1_000_000;
    public static final long DAY_US = 86_400 * SECOND_US;
    private static final long ERA_DAYS = 146_097;

    /** 64 bits of microseconds reach the year 294,247. */
    private static final long MONTHS_MAX = 12 * 290_000L;

    private static final long EPOCH_SHIFT = 719_468;

    private final Numbers numbers;

    public Calendar(Library library) {
        super(library);
        numbers = library.part(Numbers.class, Numbers::new);
    }

    /** The furthest day from 1970 that has all its microseconds in 64 bits. */
    public static final long DAYS_MAX = Long.MAX_VALUE / DAY_US - 1;

    /** Days since 1970 of a time stamp. */
    public Value day(Value us) {
        return numbers.floorDivide(us, DAY_US);
    }

    /** Microseconds since midnight. */
    public Value timeOfDay(Value us) {
        return us.minus(day(us).times(i64(DAY_US)));
    }

    /** Of a date as {@link #date} gives it. */
    public static Value year(Value date) {
        return date.shr(16);
    }

    /** 1 to 12, of a date as {@link #date} gives it. */
    public static Value month(Value date) {
        return date.ushr(8).and(255);
    }

    /** 1 to 31, of a date as {@link #date} gives it. */
    public static Value dayOfMonth(Value date) {
        return date.and(255);
    }

    /** {@code (day since 1970) -> year << 16 | month << 8 | day of the month}. */
    public WasmFunction date() {
        return function(
                "calendar_date",
                I64,
                List.of(I64),
                (self, code) -> {
                    Value z = code.let(self.argument(0).plus(i64(EPOCH_SHIFT)));
                    Value era = code.let(numbers.floorDivide(z, ERA_DAYS));
                    Value doe = code.let(z.minus(era.times(i64(ERA_DAYS))));
                    Value leap =
                            doe.minus(doe.over(i64(1460)))
                                    .plus(doe.over(i64(36_524)))
                                    .minus(doe.over(i64(146_096)));
                    Value yoe = code.let(leap.over(i64(365)));
                    Value ofYears = yoe.times(365).plus(yoe.over(i64(4))).minus(yoe.over(i64(100)));
                    Value doy = code.let(doe.minus(ofYears));
                    Value shifted = code.let(doy.times(5).plus(i64(2)).over(i64(153)));
                    Value before = shifted.times(153).plus(i64(2)).over(i64(5));
                    Value day = doy.minus(before).plus(i64(1));
                    Value shift = new Value.Select(shifted.lt(10), i64(3), i64(-9));
                    Value month = code.let(shifted.plus(shift));
                    Value year = yoe.plus(era.times(400)).plus(month.le(2).extend());
                    code.ret(year.shl(16).or(month.shl(8)).or(day));
                });
    }

    /** {@code (months since year 0) -> day since 1970} of the first of that month. */
    WasmFunction firstOf() {
        return function(
                "calendar_first",
                I64,
                List.of(I64),
                (self, code) -> {
                    // Years begin in March here, so that the day of the leap year is the last.
                    Value march = code.let(self.argument(0).minus(2));
                    Value year = code.let(numbers.floorDivide(march, 12));
                    Value month = march.minus(year.times(12));
                    Value era = code.let(numbers.floorDivide(year, 400));
                    Value yoe = code.let(year.minus(era.times(400)));
                    Value doy = month.times(153).plus(i64(2)).over(i64(5));
                    Value doe =
                            yoe.times(365)
                                    .plus(yoe.over(i64(4)))
                                    .minus(yoe.over(i64(100)))
                                    .plus(doy);
                    code.ret(era.times(i64(ERA_DAYS)).plus(doe).minus(i64(EPOCH_SHIFT)));
                });
    }

    /** Months since year 0 of a date. */
    private static Value months(Value date) {
        return year(date).times(12).plus(month(date)).minus(1);
    }

    /** {@code (day) -> 1 Monday to 7 Sunday}. */
    WasmFunction weekday() {
        return function(
                "calendar_weekday",
                I64,
                List.of(I64),
                (self, code) -> {
                    Value since = code.let(self.argument(0).plus(3));
                    Value week = numbers.floorDivide(since, 7);
                    code.ret(since.minus(week.times(7)).plus(1));
                });
    }

    /** {@code (day) -> 1 to 366}. */
    WasmFunction dayOfYear() {
        return function(
                "calendar_day_of_year",
                I64,
                List.of(I64),
                (self, code) -> {
                    Value year = year(date().call(self.argument(0)));
                    Value first = firstOf().call(year.times(12));
                    code.ret(self.argument(0).minus(first).plus(1));
                });
    }

    /** {@code (day) -> ISO year << 8 | ISO week}: a week belongs to the year of its Thursday. */
    WasmFunction isoWeek() {
        return function(
                "calendar_iso_week",
                I64,
                List.of(I64),
                (self, code) -> {
                    Value weekday = weekday().call(self.argument(0));
                    Value thursday = code.let(self.argument(0).minus(weekday).plus(4));
                    Value year = code.let(year(date().call(thursday)));
                    Value first = firstOf().call(year.times(12));
                    Value week = thursday.minus(first).over(i64(7)).plus(1);
                    code.ret(year.shl(8).or(week));
                });
    }

    /** A field of a day since 1970, BIGINT. */
    public Value dateField(Code code, TimeUnit unit, Value day) {
        Value date = code.let(date().call(day));
        Value year = year(date);
        return switch (unit) {
            case YEAR -> year;
            case QUARTER -> month(date).plus(2).over(i64(3));
            case MONTH -> month(date);
            case DAY -> dayOfMonth(date);
            case DOY -> dayOfYear().call(day);
            case ISODOW -> weekday().call(day);
            case DOW -> weekday().call(day).rem(i64(7)).plus(1);
            case WEEK -> isoWeek().call(day).and(255);
            case ISOYEAR -> isoWeek().call(day).shr(8);
            case DECADE -> numbers.floorDivide(year, 10);
            case CENTURY -> numbers.floorDivide(year.plus(99), 100);
            case MILLENNIUM -> numbers.floorDivide(year.plus(999), 1000);
            default -> throw new IllegalArgumentException("no field of a date: " + unit);
        };
    }

    /** A field of a time of day in microseconds; seconds and less count within the minute. */
    public static Value timeField(TimeUnit unit, Value us) {
        return switch (unit) {
            case HOUR -> us.over(i64(3600 * SECOND_US));
            case MINUTE -> us.over(i64(60 * SECOND_US)).rem(i64(60));
            case SECOND -> us.over(i64(SECOND_US)).rem(i64(60));
            case MILLISECOND -> us.rem(i64(60 * SECOND_US)).over(i64(1000));
            case MICROSECOND -> us.rem(i64(60 * SECOND_US));
            default -> throw new IllegalArgumentException("no field of a time: " + unit);
        };
    }

    /** {@code (time stamp) -> start of its unit}. */
    public WasmFunction truncate(TimeUnit unit) {
        return function(
                "truncate_" + unit,
                I64,
                List.of(I64),
                (self, code) -> {
                    Value us = self.argument(0);
                    if (unit.us() > 0) {
                        // Weeks begin on Mondays; 1970 began on a Thursday.
                        long shift = unit == TimeUnit.WEEK ? 3 * DAY_US : 0;
                        Value units = numbers.floorDivide(us.plus(i64(shift)), unit.us());
                        code.ret(units.times(i64(unit.us())).minus(i64(shift)));
                    } else {
                        Value date = code.let(date().call(day(us)));
                        Value units = numbers.floorDivide(months(date), unit.months());
                        Value first = firstOf().call(units.times(i64(unit.months())));
                        code.ret(first.times(i64(DAY_US)));
                    }
                });
    }

    /** {@code (time stamp) -> itself at the start of a unit, else the start of the next}. */
    public WasmFunction ceiling(TimeUnit unit) {
        return function(
                "ceiling_" + unit,
                I64,
                List.of(I64),
                (self, code) -> {
                    Value us = self.argument(0);
                    Value start = code.let(truncate(unit).call(us));
                    code.when(start.eq(us), () -> code.ret(us));
                    if (unit.us() > 0) {
                        code.ret(start.plus(i64(unit.us())));
                    } else {
                        code.ret(addMonths().call(start, i64(unit.months())));
                    }
                });
    }

    /**
     * {@code (time stamp, months) -> time stamp}: the day of the month stays, or becomes the last.
     */
    public WasmFunction addMonths() {
        return function(
                "add_months",
                I64,
                List.of(I64, I64),
                (self, code) -> {
                    Value us = self.argument(0);
                    Value day = code.let(day(us));
                    Value date = code.let(date().call(day));
                    Value target = code.let(months(date).plus(self.argument(1)));
                    Value first = code.let(firstOf().call(target));
                    Value days = code.let(firstOf().call(target.plus(1)).minus(first));
                    Value wanted = dayOfMonth(date);
                    Value kept = new Value.Select(wanted.gt(days), days, wanted);
                    Value time = us.minus(day.times(i64(DAY_US)));
                    code.ret(first.plus(kept).minus(1).times(i64(DAY_US)).plus(time));
                });
    }

    /** {@code (time stamp, months) -> 1 when} {@link #addMonths} is a time stamp. */
    public WasmFunction monthsFit() {
        return function(
                "months_fit",
                I32,
                List.of(I64, I64),
                (self, code) -> {
                    Value more = self.argument(1);
                    Value inside = more.ge(-2 * MONTHS_MAX).and(more.le(2 * MONTHS_MAX));
                    code.when(inside.eq(0), () -> code.ret(0));
                    Value date = code.let(date().call(day(self.argument(0))));
                    Value target = code.let(months(date).plus(more));
                    code.ret(target.ge(-MONTHS_MAX).and(target.le(MONTHS_MAX)));
                });
    }

    /** {@code (from, to) -> whole months between}, toward zero. */
    public WasmFunction monthsBetween() {
        return function(
                "months_between",
                I64,
                List.of(I64, I64),
                (self, code) -> {
                    Value from = self.argument(0);
                    Value to = self.argument(1);
                    Value start = months(code.let(date().call(day(from))));
                    Value stop = months(code.let(date().call(day(to))));
                    Local count = code.var(stop.minus(start));
                    Value reached = addMonths().call(from, count.get());
                    code.when(
                            count.get().gt(0).and(reached.gt(to)),
                            () -> code.set(count, count.get().minus(1)));
                    code.when(
                            count.get().lt(0).and(reached.lt(to)),
                            () -> code.set(count, count.get().plus(1)));
                    code.ret(count.get());
                });
    }

    /** {@code (time stamp, count, unit in us, cell) -> 1, or 0 when it does not fit}. */
    public WasmFunction addFixed() {
        return function(
                "add_fixed",
                I32,
                List.of(I64, I64, I64, I32),
                (self, code) -> {
                    Value us = self.argument(0);
                    Arithmetic arithmetic = library.part(Arithmetic.class, Arithmetic::new);
                    Value more = code.let(self.argument(1).times(self.argument(2)));
                    Value[] factors = {self.argument(1), self.argument(2)};
                    code.when(arithmetic.timesOverflows().call(factors), () -> code.ret(0));
                    Value sum = code.let(us.plus(more));
                    code.storeWide(self.argument(3), 0, sum);
                    code.ret(us.xor(sum).and(more.xor(sum)).ge(0));
                });
    }
}
