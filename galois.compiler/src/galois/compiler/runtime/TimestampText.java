package galois.compiler.runtime;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;
import static galois.compiler.ir.WasmType.I64;

import galois.compiler.ir.Code;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;

/**
 * Time stamps as ISO 8601 text in UTC. Written with T and Z and 0, 3 or 6 digits of a second's
 * fraction; read also with a blank for T, without Z, with an offset, or as a date alone. Days
 * follow the formulas of H. Hinnant, "chrono-Compatible Low-Level Date Algorithms".
 */
final class TimestampText {
    private static final long DAY_US = 86_400_000_000L;
    private static final long MINUTE_US = 60_000_000L;
    private static final long SECOND_US = 1_000_000L;
    private static final int EPOCH_SHIFT = 719_468;
    private static final int ERA_DAYS = 146_097;

    private final Library library;
    private final IntegerText integers;

    TimestampText(Library library) {
        this.library = library;
        this.integers = library.part(IntegerText.class, IntegerText::new);
    }

    /** {@code (buffer, value) -> length}. */
    WasmFunction format() {
        return library.function(
                "format_timestamp",
                () -> WasmFunction.returning(I32, "format_timestamp", I32, I64),
                self -> self.define(code -> format(self, code)));
    }

    private void format(WasmFunction self, Code code) {
        Value us = self.argument(1);
        Local rest = code.var(us.rem(i64(DAY_US)));
        code.when(rest.get().lt(0), () -> code.set(rest, rest.get().plus(i64(DAY_US))));
        Value day = us.minus(rest.get()).over(i64(DAY_US));
        Local at = code.var(date().call(self.argument(0), day));
        code.storeOctet(at.get(), 0, i32('T'));
        code.set(at, clock().call(at.get().plus(1), rest.get()));
        code.storeOctet(at.get(), 0, i32('Z'));
        code.ret(at.get().plus(1).minus(self.argument(0)));
    }

    /** {@code (buffer, value) -> length}: of a DATE. */
    WasmFunction formatDate() {
        return formatted("format_day", date());
    }

    /** {@code (buffer, value) -> length}: of a TIME. */
    WasmFunction formatTime() {
        return formatted("format_time", clock());
    }

    private WasmFunction formatted(String name, WasmFunction writer) {
        return library.function(
                name,
                () -> WasmFunction.returning(I32, name, I32, I64),
                self ->
                        self.define(
                                code -> {
                                    Value end = writer.call(self.argument(0), self.argument(1));
                                    code.ret(end.minus(self.argument(0)));
                                }));
    }

    /** {@code (to, us) -> end}: the time of a day. */
    private WasmFunction clock() {
        return library.function(
                "format_clock",
                () -> WasmFunction.returning(I32, "format_clock", I32, I64),
                self -> self.define(code -> clock(self, code)));
    }

    private void clock(WasmFunction self, Code code) {
        Value us = self.argument(1);
        Local at = code.var(self.argument(0));
        Value hour = us.over(i64(3600 * SECOND_US));
        code.set(at, integers.padded().call(at.get(), hour, i32(2)));
        put(code, at, ':', us.over(i64(MINUTE_US)).rem(i64(60)), 2);
        put(code, at, ':', us.over(i64(SECOND_US)).rem(i64(60)), 2);
        Value fraction = code.let(us.rem(i64(SECOND_US)));
        code.when(
                fraction.ne(0),
                () ->
                        code.when(
                                fraction.rem(i64(1000)).eq(0),
                                () -> put(code, at, '.', fraction.over(i64(1000)), 3),
                                () -> put(code, at, '.', fraction, 6)));
        code.ret(at.get());
    }

    private void put(Code code, Local at, char separator, Value value, int width) {
        code.storeOctet(at.get(), 0, i32(separator));
        code.set(at, integers.padded().call(at.get().plus(1), value, i32(width)));
    }

    /** {@code (to, day) -> end}: the date of a day since 1970-01-01. */
    private WasmFunction date() {
        return library.function(
                "format_date",
                () -> WasmFunction.returning(I32, "format_date", I32, I64),
                self -> self.define(code -> date(self, code)));
    }

    private void date(WasmFunction self, Code code) {
        Value z = code.let(self.argument(1).plus(i64(EPOCH_SHIFT)));
        Local dayOfEra = code.var(z.rem(i64(ERA_DAYS)));
        code.when(
                dayOfEra.get().lt(0), () -> code.set(dayOfEra, dayOfEra.get().plus(i64(ERA_DAYS))));
        Value doe = dayOfEra.get();
        Value era = code.let(z.minus(doe).over(i64(ERA_DAYS)));
        Value leap =
                doe.minus(doe.over(i64(1460)))
                        .plus(doe.over(i64(36_524)))
                        .minus(doe.over(i64(146_096)));
        Value yoe = code.let(leap.over(i64(365)));
        Value ofYears = yoe.times(365).plus(yoe.over(i64(4))).minus(yoe.over(i64(100)));
        Value doy = code.let(doe.minus(ofYears));
        Value shifted = code.let(doy.times(5).plus(i64(2)).over(i64(153)));
        Value month = code.let(shifted.plus(new Value.Select(shifted.lt(10), i64(3), i64(-9))));
        Local year = code.var(yoe.plus(era.times(400)).plus(month.le(2).extend()));
        Local at = code.var(self.argument(0));
        Local width = code.var(i32(4));
        code.when(
                year.get().lt(0),
                () -> {
                    code.storeOctet(at.get(), 0, i32('-'));
                    code.set(at, at.get().plus(1));
                    code.set(year, i64(0).minus(year.get()));
                },
                () ->
                        code.when(
                                year.get().gt(9999),
                                () -> {
                                    code.storeOctet(at.get(), 0, i32('+'));
                                    code.set(at, at.get().plus(1));
                                }));
        code.when(year.get().gt(9999), () -> code.set(width, i32(5)));
        code.when(year.get().gt(99_999), () -> code.set(width, i32(6)));
        code.set(at, integers.padded().call(at.get(), year.get(), width.get()));
        put(code, at, '-', month, 2);
        Value before = shifted.times(153).plus(i64(2)).over(i64(5));
        put(code, at, '-', doy.minus(before).plus(i64(1)), 2);
        code.ret(at.get());
    }

    /** {@code (address, length, cell) -> 1 or 0}: hh:mm, seconds and their fraction if any. */
    WasmFunction parseTime() {
        return library.function(
                "parse_time",
                () -> WasmFunction.returning(I32, "parse_time", I32, I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value a = self.argument(0);
                                    Value length = self.argument(1);
                                    Value cell = self.argument(2);
                                    code.when(length.lt(5), () -> code.ret(0));
                                    code.when(a.octet(2).ne(':'), () -> code.ret(0));
                                    code.storeWide(cell, 0, i64(0));
                                    Value at = code.let(minutes().call(a, cell));
                                    code.when(at.eq(0), () -> code.ret(0));
                                    Value end = code.let(a.plus(length));
                                    code.ret(seconds().call(at, end, cell).eq(end));
                                }));
    }

    /** {@code (at, cell) -> behind hh:mm, or 0}: adds them. */
    private WasmFunction minutes() {
        return library.function(
                "date_minutes",
                () -> WasmFunction.returning(I32, "date_minutes", I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value a = self.argument(0);
                                    Value cell = self.argument(1);
                                    Value hour = code.let(number().call(a, i32(2)));
                                    Value minute = code.let(number().call(a.plus(3), i32(2)));
                                    Value wrong =
                                            hour.gtUnsigned(i32(23)).or(minute.gtUnsigned(i32(59)));
                                    code.when(wrong, () -> code.ret(0));
                                    Value sum = hour.times(60).plus(minute).extend();
                                    Value us = sum.times(i64(MINUTE_US));
                                    code.storeWide(cell, 0, cell.wide(0).plus(us));
                                    code.ret(a.plus(5));
                                }));
    }

    /** {@code (address, length, cell) -> 1 or 0}. */
    WasmFunction parse() {
        return library.function(
                "parse_timestamp",
                () -> WasmFunction.returning(I32, "parse_timestamp", I32, I32, I32),
                self -> self.define(code -> parse(self, code)));
    }

    private void parse(WasmFunction self, Code code) {
        Value a = self.argument(0);
        Value length = self.argument(1);
        Value cell = self.argument(2);
        code.when(length.lt(10), () -> code.ret(0));
        code.when(a.octet(4).ne('-').or(a.octet(7).ne('-')), () -> code.ret(0));
        Value year = code.let(number().call(a, i32(4)));
        Value month = code.let(number().call(a.plus(5), i32(2)));
        Value day = code.let(number().call(a.plus(8), i32(2)));
        Value inside = year.ge(0).and(month.ge(1)).and(month.le(12)).and(day.ge(1));
        code.when(inside.eq(0), () -> code.ret(0));
        code.when(day.gt(daysIn().call(year, month)), () -> code.ret(0));
        Value midnight = epochDay().call(year, month, day).extendSigned().times(i64(DAY_US));
        Local us = code.var(midnight);
        code.storeWide(cell, 0, us.get());
        code.when(length.eq(10), () -> code.ret(1));
        code.when(length.lt(16), () -> code.ret(0));
        Value separator = a.octet(10);
        Value time = separator.or(i32(0x20)).eq('t').or(separator.eq(' ')).and(a.octet(13).eq(':'));
        code.when(time.eq(0), () -> code.ret(0));
        Value clock = code.let(minutes().call(a.plus(11), cell));
        code.when(clock.eq(0), () -> code.ret(0));
        Value at = code.let(seconds().call(clock, a.plus(length), cell));
        code.when(at.eq(0), () -> code.ret(0));
        code.ret(zone().call(at, a.plus(length), cell));
    }

    /** {@code (at, count) -> number of so many digits, or -1}. */
    private WasmFunction number() {
        return library.function(
                "date_number",
                () -> WasmFunction.returning(I32, "date_number", I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Local value = code.var(i32(0));
                                    Local i = code.var(i32(0));
                                    code.loopWhile(
                                            i.get().lt(self.argument(1)),
                                            () -> {
                                                Value digit =
                                                        code.let(
                                                                self.argument(0)
                                                                        .plus(i.get())
                                                                        .octet(0)
                                                                        .minus('0'));
                                                code.when(
                                                        digit.gtUnsigned(i32(9)),
                                                        () -> code.ret(-1));
                                                code.set(value, value.get().times(10).plus(digit));
                                                code.set(i, i.get().plus(1));
                                            });
                                    code.ret(value.get());
                                }));
    }

    private WasmFunction daysIn() {
        return library.function(
                "days_in",
                () -> WasmFunction.returning(I32, "days_in", I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value year = self.argument(0);
                                    Value month = self.argument(1);
                                    Value century = year.remUnsigned(i32(100)).ne(0);
                                    Value leap =
                                            year.and(3)
                                                    .eq(0)
                                                    .and(
                                                            century.or(
                                                                    year.remUnsigned(i32(400))
                                                                            .eq(0)));
                                    code.when(month.eq(2), () -> code.ret(leap.plus(28)));
                                    Value odd = month.plus(month.ushr(3)).and(1);
                                    code.ret(odd.plus(30));
                                }));
    }

    /** {@code (year, month, day) -> days since 1970-01-01}; years from 0. */
    private WasmFunction epochDay() {
        return library.function(
                "epoch_day",
                () -> WasmFunction.returning(I32, "epoch_day", I32, I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value month = self.argument(1);
                                    Value early = code.let(month.le(2));
                                    // Four hundred years later, so that nothing is negative.
                                    Value year = code.let(self.argument(0).minus(early).plus(400));
                                    Value shifted =
                                            month.plus(new Value.Select(early, i32(9), i32(-3)));
                                    Value doy =
                                            shifted.times(153)
                                                    .plus(2)
                                                    .over(i32(5))
                                                    .plus(self.argument(2))
                                                    .minus(1);
                                    Value days =
                                            year.times(365)
                                                    .plus(year.over(i32(4)))
                                                    .minus(year.over(i32(100)))
                                                    .plus(year.over(i32(400)));
                                    code.ret(days.plus(doy).minus(EPOCH_SHIFT + ERA_DAYS));
                                }));
    }

    /** {@code (at, end, cell) -> behind the seconds, or 0}: adds them. */
    private WasmFunction seconds() {
        return library.function(
                "date_seconds",
                () -> WasmFunction.returning(I32, "date_seconds", I32, I32, I32),
                self -> self.define(code -> seconds(self, code)));
    }

    private void seconds(WasmFunction self, Code code) {
        Local at = code.var(self.argument(0));
        Value end = self.argument(1);
        Value cell = self.argument(2);
        code.when(at.get().eq(end), () -> code.ret(at.get()));
        code.when(at.get().octet(0).ne(':'), () -> code.ret(at.get()));
        code.when(at.get().plus(3).gtUnsigned(end), () -> code.ret(0));
        Value second = code.let(number().call(at.get().plus(1), i32(2)));
        code.when(second.gtUnsigned(i32(59)), () -> code.ret(0));
        Local us = code.var(second.extend().times(i64(SECOND_US)));
        code.set(at, at.get().plus(3));
        code.when(at.get().eq(end), () -> leave(code, at, cell, us));
        Value mark = at.get().octet(0);
        code.when(
                mark.eq('.').or(mark.eq(',')),
                () -> {
                    code.set(at, at.get().plus(1));
                    Value first = code.let(at.get());
                    Local weight = code.var(i64(100_000));
                    Value digit = at.get().octet(0).minus('0');
                    code.block(
                            done ->
                                    code.loopWhile(
                                            at.get().ltUnsigned(end),
                                            () -> {
                                                code.jumpIf(digit.gtUnsigned(i32(9)), done);
                                                code.set(
                                                        us,
                                                        us.get()
                                                                .plus(
                                                                        digit.extend()
                                                                                .times(
                                                                                        weight
                                                                                                .get())));
                                                code.set(weight, weight.get().over(i64(10)));
                                                code.set(at, at.get().plus(1));
                                            }));
                    Value count = at.get().minus(first);
                    code.when(count.minus(1).gtUnsigned(i32(8)), () -> code.ret(0));
                });
        leave(code, at, cell, us);
    }

    private static void leave(Code code, Local at, Value cell, Local us) {
        code.storeWide(cell, 0, cell.wide(0).plus(us.get()));
        code.ret(at.get());
    }

    /** {@code (at, end, cell) -> 1 or 0}: nothing, Z, or an offset, which is taken off. */
    private WasmFunction zone() {
        return library.function(
                "date_zone",
                () -> WasmFunction.returning(I32, "date_zone", I32, I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value at = self.argument(0);
                                    Value cell = self.argument(2);
                                    Value length = code.let(self.argument(1).minus(at));
                                    code.when(length.eq(0), () -> code.ret(1));
                                    Value mark = code.let(at.octet(0));
                                    code.when(
                                            length.eq(1),
                                            () -> code.ret(mark.or(i32(0x20)).eq('z')));
                                    Value shape = length.eq(3).or(length.eq(5)).or(length.eq(6));
                                    code.when(shape.eq(0), () -> code.ret(0));
                                    code.when(
                                            length.eq(6),
                                            () ->
                                                    code.when(
                                                            at.octet(3).ne(':'),
                                                            () -> code.ret(0)));
                                    Value signed = mark.eq('+').or(mark.eq('-'));
                                    code.when(signed.eq(0), () -> code.ret(0));
                                    Value hours = code.let(number().call(at.plus(1), i32(2)));
                                    Local minutes = code.var(i32(0));
                                    code.when(
                                            length.ne(3),
                                            () ->
                                                    code.set(
                                                            minutes,
                                                            number().call(
                                                                            self.argument(1)
                                                                                    .minus(2),
                                                                            i32(2))));
                                    Value bad =
                                            hours.gtUnsigned(i32(18))
                                                    .or(minutes.get().gtUnsigned(i32(59)));
                                    code.when(bad, () -> code.ret(0));
                                    Value offset =
                                            hours.times(60)
                                                    .plus(minutes.get())
                                                    .extend()
                                                    .times(i64(MINUTE_US));
                                    Value taken =
                                            new Value.Select(
                                                    mark.eq('-'),
                                                    cell.wide(0).plus(offset),
                                                    cell.wide(0).minus(offset));
                                    code.storeWide(cell, 0, taken);
                                    code.ret(1);
                                }));
    }
}
