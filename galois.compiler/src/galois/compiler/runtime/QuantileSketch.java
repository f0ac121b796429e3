package galois.compiler.runtime;

import static galois.compiler.ir.Value.f64;
import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.F64;
import static galois.compiler.ir.WasmType.I32;
import static galois.compiler.ir.WasmType.I64;

import galois.compiler.ir.Code;
import galois.compiler.ir.Local;
import galois.compiler.ir.Op;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;

/**
 * Counts of values in buckets as wide as 1/128 of their value, in order: the idea of C. Masson, J.
 * E. Rim and H. K. Lee, "DDSketch" (2019), with the buckets cut by the bits of the double instead
 * of its logarithm. A bucket stands for its bound nearest to 0, so that whole numbers up to 256 are
 * exact, and no value is off by more than 0.8 %. When all buckets are in use a value that needs
 * another goes to its neighbour.
 *
 * <p>Cells: {@code u32 address, u32 count, u32 capacity, u32 0, i64 values}. Bucket: {@code i64
 * key, i64 values}.
 */
public final class QuantileSketch {
    public static final int BYTES = 24;
    public static final int BUCKET = 16;
    public static final int COUNT = 4;
    public static final int CAPACITY = 8;
    public static final int VALUES = 16;

    /** Bits of a double that a key leaves out. */
    private static final int DROPPED = 45;

    private final Library library;

    public QuantileSketch(Library library) {
        this.library = library;
    }

    /** {@code (value) -> key}, in the order of the values; NaN is the greatest. */
    public WasmFunction key() {
        return library.function(
                "quantile_key",
                () -> WasmFunction.returning(I64, "quantile_key", F64),
                self ->
                        self.define(
                                code -> {
                                    Value bits = code.let(self.argument(0).plus(f64(0)).asBits());
                                    code.when(
                                            self.argument(0).ne(self.argument(0)),
                                            () -> code.ret(i64(0x7FF8L << 48 - DROPPED)));
                                    code.when(bits.ge(i64(0)), () -> code.ret(bits.ushr(DROPPED)));
                                    Value size = bits.and(Long.MAX_VALUE).ushr(DROPPED);
                                    code.ret(i64(-1).minus(size));
                                }));
    }

    /** {@code (key) -> value}. */
    private WasmFunction value() {
        return library.function(
                "quantile_value",
                () -> WasmFunction.returning(F64, "quantile_value", I64),
                self ->
                        self.define(
                                code -> {
                                    Value key = self.argument(0);
                                    code.when(
                                            key.ge(i64(0)), () -> code.ret(real(key.shl(DROPPED))));
                                    Value size = i64(-1).minus(key);
                                    code.ret(Value.of(Op.F64_NEG, real(size.shl(DROPPED))));
                                }));
    }

    private static Value real(Value bits) {
        return Value.of(Op.F64_REINTERPRET_I64, bits);
    }

    private static Value bucket(Value cells, Value index) {
        return cells.word(0).plus(index.times(BUCKET));
    }

    /** {@code (cells, key) -> index of the first bucket that is not smaller}. */
    public WasmFunction find() {
        return library.function(
                "quantile_find",
                () -> WasmFunction.returning(I32, "quantile_find", I32, I64),
                self ->
                        self.define(
                                code -> {
                                    Value cells = self.argument(0);
                                    Local low = code.var(i32(0));
                                    Local high = code.var(cells.word(COUNT));
                                    Local middle = code.local(I32);
                                    code.loopWhile(
                                            low.get().ltUnsigned(high.get()),
                                            () -> {
                                                code.set(
                                                        middle, low.get().plus(high.get()).ushr(1));
                                                Value key = bucket(cells, middle.get()).wide(0);
                                                code.when(
                                                        key.lt(self.argument(1)),
                                                        () -> code.set(low, middle.get().plus(1)),
                                                        () -> code.set(high, middle.get()));
                                            });
                                    code.ret(low.get());
                                }));
    }

    /** {@code (cells, key) -> 1 when there is no bucket of that key}. */
    public WasmFunction isNew() {
        return library.function(
                "quantile_new",
                () -> WasmFunction.returning(I32, "quantile_new", I32, I64),
                self ->
                        self.define(
                                code -> {
                                    Value cells = self.argument(0);
                                    Value at = code.let(find().call(cells, self.argument(1)));
                                    code.when(at.eq(cells.word(COUNT)), () -> code.ret(1));
                                    code.ret(bucket(cells, at).wide(0).ne(self.argument(1)));
                                }));
    }

    /** {@code (cells, key, values)}: so many values more; without room they go to a neighbour. */
    public WasmFunction add() {
        return library.function(
                "quantile_add",
                () -> WasmFunction.of("quantile_add", I32, I64, I64),
                self -> self.define(code -> add(self, code)));
    }

    private void add(WasmFunction self, Code code) {
        Value cells = self.argument(0);
        Value values = self.argument(2);
        Local at = code.var(find().call(cells, self.argument(1)));
        Value here = bucket(cells, at.get());
        code.storeWide(cells, VALUES, cells.wide(VALUES).plus(values));
        code.block(
                known -> {
                    code.block(
                            missing -> {
                                code.jumpIf(at.get().eq(cells.word(COUNT)), missing);
                                code.jumpIf(here.wide(0).eq(self.argument(1)), known);
                            });
                    code.block(
                            full -> {
                                code.jumpIf(cells.word(COUNT).eq(cells.word(CAPACITY)), full);
                                Value behind = cells.word(COUNT).minus(at.get()).times(BUCKET);
                                code.copy(here.plus(BUCKET), here, behind);
                                code.storeWide(here, 0, self.argument(1));
                                code.storeWide(here, 8, values);
                                code.storeWord(cells, COUNT, cells.word(COUNT).plus(1));
                                code.ret();
                            });
                    code.when(
                            at.get().eq(cells.word(COUNT)), () -> code.set(at, at.get().minus(1)));
                });
        code.storeWide(here, 8, here.wide(8).plus(values));
    }

    /** {@code (cells, others)}: takes the others in; there is room. */
    public WasmFunction merge() {
        return library.function(
                "quantile_merge",
                () -> WasmFunction.of("quantile_merge", I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value other = self.argument(1);
                                    Local i = code.var(i32(0));
                                    code.loopWhile(
                                            i.get().ltUnsigned(other.word(COUNT)),
                                            () -> {
                                                Value from = code.let(bucket(other, i.get()));
                                                code.run(
                                                        add().call(
                                                                        self.argument(0),
                                                                        from.wide(0),
                                                                        from.wide(8)));
                                                code.set(i, i.get().plus(1));
                                            });
                                }));
    }

    /**
     * {@code (cells, fraction) -> the value that this fraction does not exceed}; there are some.
     */
    public WasmFunction quantile() {
        return library.function(
                "quantile",
                () -> WasmFunction.returning(F64, "quantile", I32, F64),
                self ->
                        self.define(
                                code -> {
                                    Value cells = self.argument(0);
                                    Value all = cells.wide(VALUES).toDouble();
                                    Value rank = Value.of(Op.F64_CEIL, self.argument(1).times(all));
                                    Local left = code.var(Value.of(Op.I64_TRUNC_F64_S, rank));
                                    Local i = code.var(i32(0));
                                    code.loopWhile(
                                            i.get().plus(1).ltUnsigned(cells.word(COUNT)),
                                            () -> {
                                                Value values = bucket(cells, i.get()).wide(8);
                                                code.set(left, left.get().minus(values));
                                                code.when(
                                                        left.get().le(i64(0)),
                                                        () ->
                                                                code.ret(
                                                                        value().call(
                                                                                        bucket(
                                                                                                        cells,
                                                                                                        i
                                                                                                                .get())
                                                                                                .wide(
                                                                                                        0))));
                                                code.set(i, i.get().plus(1));
                                            });
                                    code.ret(value().call(bucket(cells, i.get()).wide(0)));
                                }));
    }
}
