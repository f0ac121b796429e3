package galois.compiler;

import static galois.compiler.ir.Value.f64;
import static galois.compiler.ir.Value.i32;

import galois.batch.Field;
import galois.batch.FieldType;
import galois.compiler.ir.Code;
import galois.compiler.ir.Op;
import galois.compiler.ir.Value;
import galois.compiler.runtime.RowView;

import java.util.List;

/**
 * Variance and standard deviation without cancellation: count, mean and the sum of the squared
 * distances from it, updated as by B. P. Welford, "Note on a method for calculating corrected sums
 * of squares and products", Technometrics 4 (1962), and joined as by T. F. Chan, G. H. Golub and R.
 * J. LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances" (1979).
 *
 * @param sample divided by one less than the count
 * @param root the square root of it
 */
record VarianceAccumulator(int argument, FieldType type, boolean sample, boolean root)
        implements PlainAccumulator {
    private static final int MEAN = 8;
    private static final int SQUARES = 16;

    @Override
    public int bytes() {
        return 24;
    }

    @Override
    public void add(Code code, Value cells, RowView input) {
        code.when(
                input.isNull(argument).not(),
                () -> {
                    Value count = code.let(cells.wide(0).plus(1));
                    code.storeWide(cells, 0, count);
                    Value value = code.let(SumAccumulator.real(type, input, argument));
                    Value delta = code.let(value.minus(cells.real(MEAN)));
                    Value mean = code.let(cells.real(MEAN).plus(delta.over(count.toDouble())));
                    code.storeReal(cells, MEAN, mean);
                    Value more = delta.times(value.minus(mean));
                    code.storeReal(cells, SQUARES, cells.real(SQUARES).plus(more));
                });
    }

    @Override
    public void merge(Code code, Value cells, Value other) {
        code.when(
                other.wide(0).ne(0),
                () ->
                        code.when(
                                cells.wide(0).eq(0),
                                () -> code.copy(cells, other, i32(bytes())),
                                () -> join(code, cells, other)));
    }

    private static void join(Code code, Value cells, Value other) {
        Value before = code.let(cells.wide(0).toDouble());
        Value more = code.let(other.wide(0).toDouble());
        Value count = code.let(before.plus(more));
        Value delta = code.let(other.real(MEAN).minus(cells.real(MEAN)));
        Value mean = cells.real(MEAN).plus(delta.times(more.over(count)));
        Value between = delta.times(delta).times(before.times(more).over(count));
        Value squares = cells.real(SQUARES).plus(other.real(SQUARES).plus(between));
        code.storeReal(cells, SQUARES, squares);
        code.storeReal(cells, MEAN, mean);
        code.storeWide(cells, 0, cells.wide(0).plus(other.wide(0)));
    }

    @Override
    public void result(Code code, Value cells, RowTarget target, int field) {
        code.when(
                cells.wide(0).lt(sample ? 2 : 1),
                () -> target.setNull(code, field),
                () -> {
                    Value count = cells.wide(0).toDouble();
                    Value divisor = sample ? count.minus(f64(1)) : count;
                    Value variance = cells.real(SQUARES).over(divisor);
                    Value result = root ? Value.of(Op.F64_SQRT, variance) : variance;
                    SumAccumulator.storeReal(code, target, field, result);
                });
    }

    @Override
    public List<Field> stateFields(String prefix) {
        return List.of(
                new Field(prefix + "_count", FieldType.BIGINT),
                new Field(prefix + "_mean", FieldType.DOUBLE),
                new Field(prefix + "_squares", FieldType.DOUBLE));
    }

    @Override
    public void save(Code code, Value cells, RowTarget target, int field) {
        code.storeWide(target.row(), target.cell(field), cells.wide(0));
        SumAccumulator.storeReal(code, target, field + 1, cells.real(MEAN));
        SumAccumulator.storeReal(code, target, field + 2, cells.real(SQUARES));
    }

    @Override
    public void load(Code code, Value slot, Value cells, RowView state, int field) {
        code.storeWide(cells, 0, state.cell(field));
        code.storeWide(cells, MEAN, state.cell(field + 1));
        code.storeWide(cells, SQUARES, state.cell(field + 2));
    }
}
