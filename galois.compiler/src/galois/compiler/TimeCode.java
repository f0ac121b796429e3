package galois.compiler;

import static galois.compiler.ir.Value.i64;

import galois.api.plan.Expr;
import galois.api.plan.WindowBound;
import galois.batch.FieldType;
import galois.batch.RowError;
import galois.batch.RowLayout;
import galois.compiler.ir.Code;
import galois.compiler.ir.Value;
import galois.compiler.runtime.Arithmetic;
import galois.compiler.runtime.Calendar;
import galois.compiler.runtime.TimeUnit;

import java.util.List;

/** Functions of time. A DATE is taken as its midnight, a TIME as of 1970-01-01. */
final class TimeCode {
    private final ScalarCode scalars;
    private final Code code;
    private final Calendar calendar;

    TimeCode(ScalarCode scalars) {
        this.scalars = scalars;
        this.code = scalars.code();
        this.calendar = scalars.part(Calendar.class, Calendar::new);
    }

    Operand value(Expr.Call call, List<Operand> operands) {
        return Operand.of(call.type(), code.let(result(call, operands)));
    }

    private Value result(Expr.Call call, List<Operand> operands) {
        return switch (call.function()) {
            case EVENT_TIME ->
                    scalars.expressions().scope().arguments().get(0).wide(RowLayout.ROW_EVENT_TIME);
            case EXTRACT -> extract(unit(call), operands.get(1));
            case DATE_TRUNC -> {
                Value us = us(operands.get(1));
                yield as(call.type(), calendar.truncate(unit(call)).call(us));
            }
            case DATE_CEIL -> {
                Value us = us(operands.get(1));
                yield as(call.type(), calendar.ceiling(unit(call)).call(us));
            }
            case TIMESTAMPADD -> as(call.type(), plus(unit(call), operands));
            case TIMESTAMPDIFF -> between(unit(call), us(operands.get(1)), us(operands.get(2)));
            case UNIX_SECONDS -> floor(us(operands.get(0)), Calendar.SECOND_US);
            case UNIX_MILLIS -> floor(us(operands.get(0)), 1000);
            case TIMESTAMP_SECONDS -> times(operands.get(0).value(), Calendar.SECOND_US);
            case TIMESTAMP_MILLIS -> times(operands.get(0).value(), 1000);
            case WINDOW_START -> windowStart(call, operands);
            case WINDOW_END -> windowStart(call, operands).plus(i64(length(call, 1)));
            case WINDOW_TIME -> {
                Value end = inRange(operands.get(0).value());
                yield end.minus(i64(WindowBound.TIME_US));
            }
            default -> us(operands.get(0));
        };
    }

    private static TimeUnit unit(Expr.Call call) {
        return TimeUnit.valueOf(ScalarCode.constant(call, 0));
    }

    private Value us(Operand operand) {
        return operand.type() == FieldType.DATE
                ? code.let(operand.value().times(i64(Calendar.DAY_US)))
                : operand.value();
    }

    /** A time stamp as a value of the type. */
    private Value as(FieldType type, Value us) {
        return type == FieldType.DATE ? calendar.day(us) : us;
    }

    private Value floor(Value us, long unit) {
        return scalars.numbers().floorDivide(us, unit);
    }

    private Value times(Value count, long unit) {
        Arithmetic arithmetic = scalars.part(Arithmetic.class, Arithmetic::new);
        Value overflows = arithmetic.timesOverflows().call(count, i64(unit));
        scalars.expressions().failIf(overflows, RowError.OVERFLOW);
        return count.times(i64(unit));
    }

    private static long length(Expr.Call call, int operand) {
        return Long.parseLong(ScalarCode.constant(call, operand));
    }

    private Value inRange(Value us) {
        long most = 2 * WindowBound.SIZE_US_MAX;
        scalars.expressions().failIf(us.gt(i64(most)).or(us.lt(i64(-most))), RowError.OVERFLOW);
        return us;
    }

    private Value windowStart(Expr.Call call, List<Operand> operands) {
        long slide = length(call, 2);
        long windows = WindowBound.windows(length(call, 1), slide);
        Value us = inRange(operands.get(0).value());
        Value slides = floor(us.minus(i64(length(call, 3))), slide);
        Value last = slides.times(i64(slide)).plus(i64(length(call, 3)));
        if (operands.size() <= 4) {
            return last.minus(i64((windows - 1) * slide));
        }
        Value behind = i64(windows - 1).minus(operands.get(4).value());
        return last.minus(behind.times(i64(slide)));
    }

    private Value extract(TimeUnit unit, Operand operand) {
        Value us = code.let(us(operand));
        if (unit == TimeUnit.EPOCH) {
            return floor(us, Calendar.SECOND_US);
        }
        return unit.isTime()
                ? Calendar.timeField(unit, code.let(calendar.timeOfDay(us)))
                : calendar.dateField(code, unit, code.let(calendar.day(us)));
    }

    private Value plus(TimeUnit unit, List<Operand> operands) {
        Value count = operands.get(1).value();
        Value us = us(operands.get(2));
        if (unit.us() > 0) {
            Value[] arguments = {us, count, i64(unit.us())};
            return scalars.checked(calendar.addFixed(), RowError.OVERFLOW, arguments);
        }
        Value most = i64(Long.MAX_VALUE / 12_000);
        Value outside = count.gt(most).or(count.lt(i64(-Long.MAX_VALUE / 12_000)));
        scalars.expressions().failIf(outside, RowError.OVERFLOW);
        Value months = code.let(count.times(i64(unit.months())));
        Value fits = calendar.monthsFit().call(us, months);
        scalars.expressions().failIf(fits.eq(0), RowError.OVERFLOW);
        return calendar.addMonths().call(us, months);
    }

    private Value between(TimeUnit unit, Value from, Value to) {
        return unit.us() > 0
                ? to.minus(from).over(i64(unit.us()))
                : calendar.monthsBetween().call(from, to).over(i64(unit.months()));
    }
}
