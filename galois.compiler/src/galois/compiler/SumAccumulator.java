package galois.compiler;

import static galois.compiler.ir.Value.f64;
import static galois.compiler.ir.Value.i64;

import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.RowError;
import galois.compiler.ir.Code;
import galois.compiler.ir.Label;
import galois.compiler.ir.Value;
import galois.compiler.runtime.DecimalMath;
import galois.compiler.runtime.RowView;

import java.util.List;

/**
 * SUM and AVG, but SUM of doubles ({@link RealSumAccumulator}): a sum and how many values are in
 * it. Integers are summed exactly and SUM reports what does not fit; the average of BIGINT is
 * summed as doubles, in the order of the rows.
 *
 * @param average the result is divided by the count; else the count is 0 or 1
 * @param exact the sum is an i64
 */
record SumAccumulator(int argument, FieldType type, boolean average, boolean exact)
        implements PlainAccumulator {
    static SumAccumulator of(int argument, FieldType type, boolean average) {
        boolean exact =
                average ? type != FieldType.BIGINT && !type.isFloating() : !type.isFloating();
        return new SumAccumulator(argument, type, average, exact);
    }

    @Override
    public int bytes() {
        return 16;
    }

    @Override
    public void prepare(Code code, Value slot, Value cells, RowView input) {
        if (exact) {
            code.block(
                    fits -> {
                        code.jumpIf(input.isNull(argument), fits);
                        code.jumpIf(overflow(code, cells, input).not(), fits);
                        code.ret(RowError.OVERFLOW);
                    });
        }
    }

    @Override
    public void ready(Code code, Value cells, RowView input, Label otherwise) {
        if (exact) {
            code.jumpIf(overflow(code, cells, input), otherwise);
        }
    }

    private Value overflow(Code code, Value cells, RowView input) {
        return overflow(code, cells, input.cell(argument));
    }

    private Value overflow(Code code, Value cells, Value more) {
        Value value = code.let(more);
        Value sum = code.let(cells.wide(0));
        Value next = code.let(sum.plus(value));
        if (type.isDecimal()) {
            return DecimalMath.exceeds(next, FieldType.DECIMAL_PRECISION_MAX);
        }
        return sum.xor(next).and(value.xor(next)).lt(0);
    }

    @Override
    public boolean isLight() {
        return true;
    }

    @Override
    public void add(Code code, Value cells, RowView input) {
        code.when(
                input.isNull(argument).not(),
                () -> {
                    if (exact) {
                        Value sum = cells.wide(0).plus(input.cell(argument));
                        code.storeWide(cells, 0, sum);
                    } else {
                        code.storeReal(cells, 0, cells.real(0).plus(real(input)));
                    }
                    // A sum alone only asks whether there was a value.
                    code.storeWide(cells, 8, average ? cells.wide(8).plus(1) : i64(1));
                });
    }

    private Value real(RowView input) {
        return real(type, input, argument);
    }

    /** A number of any type as a double. */
    static Value real(FieldType type, RowView input, int field) {
        return type.isFloating() ? input.real(field) : scaled(type, input.cell(field).toDouble());
    }

    private static Value scaled(FieldType type, Value number) {
        return type.scale() == 0 ? number : number.over(f64(Math.pow(10, type.scale())));
    }

    @Override
    public void prepareMerge(Code code, Value slot, Value cells, Value other) {
        if (exact) {
            Value overflow = overflow(code, cells, other.wide(0));
            code.when(overflow, () -> code.ret(RowError.OVERFLOW));
        }
    }

    @Override
    public void merge(Code code, Value cells, Value other) {
        if (exact) {
            code.storeWide(cells, 0, cells.wide(0).plus(other.wide(0)));
        } else {
            code.storeReal(cells, 0, cells.real(0).plus(other.real(0)));
        }
        Value count = cells.wide(8);
        code.storeWide(cells, 8, average ? count.plus(other.wide(8)) : count.or(other.wide(8)));
    }

    @Override
    public void result(Code code, Value cells, RowTarget target, int field) {
        code.when(
                cells.wide(8).eq(0),
                () -> target.setNull(code, field),
                () -> {
                    if (average) {
                        Value sum = exact ? scaled(type, cells.wide(0).toDouble()) : cells.real(0);
                        storeReal(code, target, field, sum.over(cells.wide(8).toDouble()));
                    } else if (exact) {
                        code.storeWide(target.row(), target.cell(field), cells.wide(0));
                    } else {
                        storeReal(code, target, field, cells.real(0));
                    }
                });
    }

    /** Writes a double, with one NaN. */
    static void storeReal(Code code, RowTarget target, int field, Value value) {
        Value kept = code.let(value);
        Value canonical = new Value.Select(kept.eq(kept), kept, f64(Double.NaN));
        code.storeReal(target.row(), target.cell(field), canonical);
    }

    @Override
    public List<Field> stateFields(String prefix) {
        return List.of(
                new Field(prefix + "_sum", exact ? FieldType.BIGINT : FieldType.DOUBLE),
                new Field(prefix + "_count", FieldType.BIGINT));
    }

    @Override
    public void save(Code code, Value cells, RowTarget target, int field) {
        if (exact) {
            code.storeWide(target.row(), target.cell(field), cells.wide(0));
        } else {
            storeReal(code, target, field, cells.real(0));
        }
        code.storeWide(target.row(), target.cell(field + 1), cells.wide(8));
    }

    @Override
    public void load(Code code, Value slot, Value cells, RowView state, int field) {
        code.storeWide(cells, 0, state.cell(field));
        code.storeWide(cells, 8, state.cell(field + 1));
    }
}
