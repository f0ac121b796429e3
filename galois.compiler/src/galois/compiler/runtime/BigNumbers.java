package galois.compiler.runtime;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;
import static galois.compiler.ir.WasmType.I64;

import galois.compiler.ir.Code;
import galois.compiler.ir.Local;
import galois.compiler.ir.Op;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;

import java.util.function.Consumer;

/**
 * Natural numbers of {@link #LIMBS} limbs of 32 bits at fixed addresses, least limb first: enough
 * for every power of ten and of two that the text of a double needs (below 2^1700).
 */
final class BigNumbers {
    private static final int LIMBS = 64;
    static final int BYTES = 4 * LIMBS;
    private static final int BILLION = 1_000_000_000;

    private final Library library;

    BigNumbers(Library library) {
        this.library = library;
    }

    private static void each(Code code, Consumer<Value> body) {
        Local at = code.var(i32(0));
        code.loopWhile(
                at.get().lt(BYTES),
                () -> {
                    body.accept(at.get());
                    code.set(at, at.get().plus(4));
                });
    }

    /** {@code (number, value)}. */
    WasmFunction set() {
        return library.function(
                "big_set",
                () -> WasmFunction.of("big_set", I32, I64),
                self ->
                        self.define(
                                code -> {
                                    code.fill(self.argument(0), i32(0), i32(BYTES));
                                    code.storeWide(self.argument(0), 0, self.argument(1));
                                }));
    }

    /** {@code (number, factor, addend)}: number * factor + addend; both below 2^30. */
    WasmFunction timesPlus() {
        return library.function(
                "big_times",
                () -> WasmFunction.of("big_times", I32, I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Local carry = code.var(self.argument(2).extend());
                                    Value factor = code.let(self.argument(1).extend());
                                    each(
                                            code,
                                            at -> {
                                                Value limb = self.argument(0).plus(at);
                                                Value product = limb.word(0).extend().times(factor);
                                                code.set(carry, carry.get().plus(product));
                                                code.storeWord(limb, 0, carry.get().wrap());
                                                code.set(carry, carry.get().ushr(32));
                                            });
                                }));
    }

    /** {@code (number, n)}: number * 10^n. */
    WasmFunction timesPowerOfTen() {
        return library.function(
                "big_ten",
                () -> WasmFunction.of("big_ten", I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value number = self.argument(0);
                                    Local left = code.var(self.argument(1));
                                    code.loopWhile(
                                            left.get().ge(9),
                                            () -> {
                                                code.run(
                                                        timesPlus()
                                                                .call(
                                                                        number,
                                                                        i32(BILLION),
                                                                        i32(0)));
                                                code.set(left, left.get().minus(9));
                                            });
                                    code.loopWhile(
                                            left.get().gt(0),
                                            () -> {
                                                code.run(timesPlus().call(number, i32(10), i32(0)));
                                                code.set(left, left.get().minus(1));
                                            });
                                }));
    }

    /** {@code (number, bits)}: number * 2^bits. */
    WasmFunction shiftLeft() {
        return library.function(
                "big_shl",
                () -> WasmFunction.of("big_shl", I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value skip = code.let(self.argument(1).ushr(5).shl(2));
                                    Value bits = code.let(self.argument(1).and(31).extend());
                                    Local at = code.var(i32(BYTES - 4));
                                    Local pair = code.local(I64);
                                    code.loopWhile(
                                            at.get().ge(0),
                                            () -> {
                                                Value from = at.get().minus(skip);
                                                Value limb = self.argument(0).plus(from);
                                                code.set(pair, i64(0));
                                                code.when(
                                                        from.ge(0),
                                                        () ->
                                                                code.set(
                                                                        pair,
                                                                        limb.word(0)
                                                                                .extend()
                                                                                .shl(32)));
                                                code.when(
                                                        from.ge(4),
                                                        () ->
                                                                code.set(
                                                                        pair,
                                                                        pair.get()
                                                                                .or(
                                                                                        limb.minus(
                                                                                                        4)
                                                                                                .word(
                                                                                                        0)
                                                                                                .extend())));
                                                code.storeWord(
                                                        self.argument(0).plus(at.get()),
                                                        0,
                                                        pair.get().shl(bits).ushr(32).wrap());
                                                code.set(at, at.get().minus(4));
                                            });
                                }));
    }

    /** {@code (number)}: half of it. */
    WasmFunction half() {
        return library.function(
                "big_half",
                () -> WasmFunction.of("big_half", I32),
                self ->
                        self.define(
                                code -> {
                                    Local at = code.var(i32(BYTES - 4));
                                    Local carry = code.var(i32(0));
                                    Local limb = code.local(I32);
                                    code.loopWhile(
                                            at.get().ge(0),
                                            () -> {
                                                Value cell = self.argument(0).plus(at.get());
                                                code.set(limb, cell.word(0));
                                                code.storeWord(
                                                        cell,
                                                        0,
                                                        limb.get().ushr(1).or(carry.get().shl(31)));
                                                code.set(carry, limb.get().and(1));
                                                code.set(at, at.get().minus(4));
                                            });
                                }));
    }

    /** {@code (a, b) -> -1, 0 or 1}. */
    WasmFunction compare() {
        return library.function(
                "big_compare",
                () -> WasmFunction.returning(I32, "big_compare", I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Local at = code.var(i32(BYTES - 4));
                                    code.loopWhile(
                                            at.get().ge(0),
                                            () -> {
                                                Value a = self.argument(0).plus(at.get()).word(0);
                                                Value b = self.argument(1).plus(at.get()).word(0);
                                                code.when(a.ltUnsigned(b), () -> code.ret(-1));
                                                code.when(a.gtUnsigned(b), () -> code.ret(1));
                                                code.set(at, at.get().minus(4));
                                            });
                                    code.ret(0);
                                }));
    }

    /** {@code (sum, a, b)}: sum = a + b. */
    WasmFunction add() {
        return library.function(
                "big_add",
                () -> WasmFunction.of("big_add", I32, I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Local carry = code.var(i64(0));
                                    each(
                                            code,
                                            at -> {
                                                Value a = self.argument(1).plus(at).word(0);
                                                Value b = self.argument(2).plus(at).word(0);
                                                code.set(
                                                        carry,
                                                        carry.get()
                                                                .plus(a.extend())
                                                                .plus(b.extend()));
                                                code.storeWord(
                                                        self.argument(0).plus(at),
                                                        0,
                                                        carry.get().wrap());
                                                code.set(carry, carry.get().ushr(32));
                                            });
                                }));
    }

    /** {@code (a, b)}: a = a - b, which is not negative. */
    WasmFunction subtract() {
        return library.function(
                "big_subtract",
                () -> WasmFunction.of("big_subtract", I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Local carry = code.var(i64(0));
                                    each(
                                            code,
                                            at -> {
                                                Value cell = self.argument(0).plus(at);
                                                Value b = self.argument(1).plus(at).word(0);
                                                code.set(
                                                        carry,
                                                        carry.get()
                                                                .plus(cell.word(0).extend())
                                                                .minus(b.extend()));
                                                code.storeWord(cell, 0, carry.get().wrap());
                                                code.set(carry, carry.get().shr(32));
                                            });
                                }));
    }

    /** {@code (number) -> bits without leading zeros}. */
    WasmFunction length() {
        return library.function(
                "big_length",
                () -> WasmFunction.returning(I32, "big_length", I32),
                self ->
                        self.define(
                                code -> {
                                    Local at = code.var(i32(BYTES - 4));
                                    code.loopWhile(
                                            at.get().ge(0),
                                            () -> {
                                                Value limb =
                                                        self.argument(0).plus(at.get()).word(0);
                                                Value zeros = Value.of(Op.I32_CLZ, limb);
                                                code.when(
                                                        limb.ne(0),
                                                        () ->
                                                                code.ret(
                                                                        at.get()
                                                                                .shl(3)
                                                                                .plus(32)
                                                                                .minus(zeros)));
                                                code.set(at, at.get().minus(4));
                                            });
                                    code.ret(0);
                                }));
    }
}
