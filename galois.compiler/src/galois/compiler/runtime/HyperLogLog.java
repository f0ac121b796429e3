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
 * How many different values there were, about: HyperLogLog with 2,048 registers of one byte, a
 * standard error of 2.3 %. The estimate is that of O. Ertl, "New cardinality estimation algorithms
 * for HyperLogLog sketches" (2017): without tables, logarithms or a switch between ranges.
 */
public final class HyperLogLog {
    private static final int INDEX_BITS = 11;

    /** Bytes of the registers, zero at first. */
    public static final int BYTES = 1 << INDEX_BITS;

    /** The greatest value of a register less one. */
    private static final int RANKS = 64 - INDEX_BITS;

    private static final long ODD = 0x9E3779B97F4A7C15L;

    private final Library library;
    private final int counts;

    public HyperLogLog(Library library) {
        this.library = library;
        this.counts = library.memory().reserve(4 * (RANKS + 2));
    }

    /** {@code (word) -> hash}. */
    public WasmFunction hash() {
        Strings strings = library.part(Strings.class, Strings::new);
        return library.function(
                "hll_hash",
                () -> WasmFunction.returning(I64, "hll_hash", I64),
                self ->
                        self.define(
                                code -> {
                                    Value once = strings.mix().call(i64(ODD), self.argument(0));
                                    Value twice = strings.mix().call(once, i64(ODD));
                                    code.ret(strings.mix().call(twice, i64(ODD)));
                                }));
    }

    /** {@code (address, length) -> hash}. */
    public WasmFunction hashText() {
        Strings strings = library.part(Strings.class, Strings::new);
        return library.function(
                "hll_hash_text",
                () -> WasmFunction.returning(I64, "hll_hash_text", I32, I32),
                self ->
                        self.define(
                                code ->
                                        code.ret(
                                                hash().call(
                                                                strings.hash()
                                                                        .call(
                                                                                i64(0),
                                                                                self.argument(0),
                                                                                self.argument(
                                                                                        1))))));
    }

    /** {@code (registers, hash)}. */
    public WasmFunction add() {
        return library.function(
                "hll_add",
                () -> WasmFunction.of("hll_add", I32, I64),
                self ->
                        self.define(
                                code -> {
                                    Value hash = self.argument(1);
                                    Value index = hash.ushr(64 - INDEX_BITS).wrap();
                                    Value register = code.let(self.argument(0).plus(index));
                                    // The bit behind the last keeps the rank in bounds.
                                    Value rest =
                                            hash.shl(INDEX_BITS).or(i64(1L << (INDEX_BITS - 1)));
                                    Value zeros = Value.of(Op.I64_CLZ, rest).wrap();
                                    Value rank = code.let(zeros.plus(1));
                                    code.when(
                                            rank.gtUnsigned(register.octet(0)),
                                            () -> code.storeOctet(register, 0, rank));
                                }));
    }

    /** {@code (registers, others)}: takes the others in. */
    public WasmFunction merge() {
        return library.function(
                "hll_merge",
                () -> WasmFunction.of("hll_merge", I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Local i = code.var(i32(0));
                                    code.loopWhile(
                                            i.get().lt(BYTES),
                                            () -> {
                                                Value mine = self.argument(0).plus(i.get());
                                                Value other =
                                                        code.let(
                                                                self.argument(1)
                                                                        .plus(i.get())
                                                                        .octet(0));
                                                code.when(
                                                        other.gtUnsigned(mine.octet(0)),
                                                        () -> code.storeOctet(mine, 0, other));
                                                code.set(i, i.get().plus(1));
                                            });
                                }));
    }

    /** {@code (registers or 0) -> how many different values}. */
    public WasmFunction estimate() {
        return library.function(
                "hll_estimate",
                () -> WasmFunction.returning(I64, "hll_estimate", I32),
                self -> self.define(code -> estimate(self, code)));
    }

    private void estimate(WasmFunction self, Code code) {
        code.when(self.argument(0).eq(0), () -> code.ret(i64(0)));
        code.fill(i32(counts), i32(0), i32(4 * (RANKS + 2)));
        Local i = code.var(i32(0));
        code.loopWhile(
                i.get().lt(BYTES),
                () -> {
                    Value rank = self.argument(0).plus(i.get()).octet(0);
                    Value count = code.let(i32(counts).plus(rank.shl(2)));
                    code.storeWord(count, 0, count.word(0).plus(1));
                    code.set(i, i.get().plus(1));
                });
        Value full = share(i32(counts + 4 * (RANKS + 1)));
        Local sum = code.var(tau().call(f64(1).minus(full)).times(f64(BYTES)));
        code.set(i, i32(RANKS));
        code.loopWhile(
                i.get().gt(0),
                () -> {
                    Value count = i32(counts).plus(i.get().shl(2)).word(0).extend().toDouble();
                    code.set(sum, sum.get().plus(count).times(f64(0.5)));
                    code.set(i, i.get().minus(1));
                });
        code.set(sum, sum.get().plus(sigma().call(share(i32(counts))).times(f64(BYTES))));
        double alpha = 1 / (2 * StrictMath.log(2)) * BYTES * BYTES;
        Value estimate = f64(alpha).over(sum.get()).plus(f64(0.5));
        code.ret(Value.of(Op.I64_TRUNC_F64_S, estimate));
    }

    private static Value share(Value count) {
        return count.word(0).extend().toDouble().over(f64(BYTES));
    }

    /** {@code (x) -> x + sum of x^(2^k) 2^(k-1)}, infinite at 1. */
    private WasmFunction sigma() {
        WasmFunction self = WasmFunction.returning(F64, "hll_sigma", F64);
        return self.define(
                code -> {
                    code.when(
                            self.argument(0).eq(f64(1)),
                            () -> code.ret(f64(Double.POSITIVE_INFINITY)));
                    Local x = code.var(self.argument(0));
                    Local y = code.var(f64(1));
                    Local z = code.var(x.get());
                    Local before = code.local(F64);
                    code.loop(
                            again -> {
                                code.set(x, x.get().times(x.get()));
                                code.set(before, z.get());
                                code.set(z, z.get().plus(x.get().times(y.get())));
                                code.set(y, y.get().plus(y.get()));
                                code.jumpIf(before.get().ne(z.get()), again);
                            });
                    code.ret(z.get());
                });
    }

    private WasmFunction tau() {
        WasmFunction self = WasmFunction.returning(F64, "hll_tau", F64);
        return self.define(
                code -> {
                    Value argument = self.argument(0);
                    code.when(argument.eq(f64(0)).or(argument.eq(f64(1))), () -> code.ret(f64(0)));
                    Local x = code.var(argument);
                    Local y = code.var(f64(1));
                    Local z = code.var(f64(1).minus(argument));
                    Local before = code.local(F64);
                    code.loop(
                            again -> {
                                code.set(x, Value.of(Op.F64_SQRT, x.get()));
                                code.set(before, z.get());
                                code.set(y, y.get().times(f64(0.5)));
                                Value rest = code.let(f64(1).minus(x.get()));
                                code.set(z, z.get().minus(rest.times(rest).times(y.get())));
                                code.jumpIf(before.get().ne(z.get()), again);
                            });
                    code.ret(z.get().over(f64(3)));
                });
    }
}
