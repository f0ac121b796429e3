package galois.compiler.runtime;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;
import static galois.compiler.ir.WasmType.I64;

import galois.compiler.ir.Code;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;

/** Comparison and hash of bytes. UTF-8 compared byte by byte is the order of code points. */
public final class Strings {
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final Library library;

    public Strings(Library library) {
        this.library = library;
    }

    /** {@code (a, aLength, b, bLength) -> negative, 0 or positive}. */
    public WasmFunction compare() {
        return library.function(
                "text_compare",
                () -> WasmFunction.returning(I32, "text_compare", I32, I32, I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value a = self.argument(0);
                                    Value b = self.argument(2);
                                    Value shorter =
                                            new Value.Select(
                                                    self.argument(1).ltUnsigned(self.argument(3)),
                                                    self.argument(1),
                                                    self.argument(3));
                                    Local length = code.var(shorter);
                                    Local at = code.var(common().call(a, b, length.get()));
                                    code.when(
                                            at.get().eq(length.get()),
                                            () ->
                                                    code.ret(
                                                            self.argument(1)
                                                                    .minus(self.argument(3))));
                                    code.ret(
                                            a.plus(at.get())
                                                    .octet(0)
                                                    .minus(b.plus(at.get()).octet(0)));
                                }));
    }

    /** {@code (a, aLength, b, bLength) -> 1 or 0}. */
    public WasmFunction equal() {
        return library.function(
                "text_equal",
                () -> WasmFunction.returning(I32, "text_equal", I32, I32, I32, I32),
                self -> self.define(code -> equal(self, code)));
    }

    /** Texts of usual size are compared without a loop, the last words overlapping. */
    private void equal(WasmFunction self, Code code) {
        Value a = self.argument(0);
        Value length = self.argument(1);
        Value b = self.argument(2);
        code.when(length.ne(self.argument(3)), () -> code.ret(0));
        code.when(isUnusual(length), () -> code.ret(longEqual().call(a, b, length)));
        Value last = code.let(length.minus(8));
        code.when(a.wide(0).ne(b.wide(0)), () -> code.ret(0));
        code.when(a.plus(last).wide(0).ne(b.plus(last).wide(0)), () -> code.ret(0));
        code.when(length.leUnsigned(i32(16)), () -> code.ret(1));
        code.when(a.wide(8).ne(b.wide(8)), () -> code.ret(0));
        code.when(length.leUnsigned(i32(24)), () -> code.ret(1));
        code.ret(a.wide(16).eq(b.wide(16)));
    }

    /** Shorter than 8 bytes or longer than 32. */
    private static Value isUnusual(Value length) {
        return length.minus(8).gtUnsigned(i32(24));
    }

    /** {@code (a, b, length) -> 1 or 0}. */
    private WasmFunction longEqual() {
        return library.function(
                "text_long_equal",
                () -> WasmFunction.returning(I32, "text_long_equal", I32, I32, I32),
                self -> self.define(code -> longEqual(self, code)));
    }

    private void longEqual(WasmFunction self, Code code) {
        Value length = self.argument(2);
        Local a = code.var(self.argument(0));
        Local b = code.var(self.argument(1));
        Value end = code.let(a.get().plus(length));
        code.loopWhile(
                a.get().plus(8).leUnsigned(end),
                () -> {
                    code.when(a.get().wide(0).ne(b.get().wide(0)), () -> code.ret(0));
                    code.set(a, a.get().plus(8));
                    code.set(b, b.get().plus(8));
                });
        Value rest = code.let(end.minus(a.get()));
        code.ret(tail().call(a.get(), rest, length).eq(tail().call(b.get(), rest, length)));
    }

    /**
     * {@code (address, rest, length) -> word}: the last {@code rest} bytes, fewer than 8, of a text
     * of that length; equal for equal texts, and different when the rest differs. Reads no byte
     * outside the text: overlapping loads, as wyhash has them.
     */
    private WasmFunction tail() {
        return library.function(
                "text_tail",
                () -> WasmFunction.returning(I64, "text_tail", I32, I32, I32),
                self -> self.define(code -> tail(self, code)));
    }

    private static void tail(WasmFunction self, Code code) {
        Value at = self.argument(0);
        Value rest = self.argument(1);
        code.when(rest.eq(0), () -> code.ret(i64(0)));
        Value end = code.let(at.plus(rest));
        code.when(self.argument(2).geUnsigned(i32(8)), () -> code.ret(end.minus(8).wide(0)));
        code.when(
                rest.geUnsigned(i32(4)),
                () -> code.ret(at.word(0).extend().or(end.minus(4).word(0).extend().shl(32))));
        Value middle = at.plus(rest.ushr(1)).octet(0).shl(8);
        code.ret(at.octet(0).or(middle).or(end.minus(1).octet(0).shl(16)).extend());
    }

    /** {@code (a, b, length) -> how many leading bytes are equal}. */
    private WasmFunction common() {
        return library.function(
                "text_common",
                () -> WasmFunction.returning(I32, "text_common", I32, I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value a = self.argument(0);
                                    Value b = self.argument(1);
                                    Value length = self.argument(2);
                                    Local i = code.var(i32(0));
                                    code.block(
                                            end ->
                                                    code.loopWhile(
                                                            i.get().plus(8).leUnsigned(length),
                                                            () -> {
                                                                code.jumpIf(
                                                                        a.plus(i.get())
                                                                                .wide(0)
                                                                                .ne(
                                                                                        b.plus(
                                                                                                        i
                                                                                                                .get())
                                                                                                .wide(
                                                                                                        0)),
                                                                        end);
                                                                code.set(i, i.get().plus(8));
                                                            }));
                                    code.loopWhile(
                                            i.get().ltUnsigned(length),
                                            () -> {
                                                code.when(
                                                        a.plus(i.get())
                                                                .octet(0)
                                                                .ne(b.plus(i.get()).octet(0)),
                                                        () -> code.ret(i.get()));
                                                code.set(i, i.get().plus(1));
                                            });
                                    code.ret(length);
                                }));
    }

    /** One step of a mixing hash, as {@link #mix}, in place. */
    static Value mixed(Code code, Value hash, Value word) {
        Value product = code.let(multiplied(hash, word));
        return product.xor(product.ushr(29));
    }

    /** The highest bits of {@link #mixed}. */
    static Value multiplied(Value hash, Value word) {
        return hash.xor(word).times(i64(MIX));
    }

    /** 32 bits of which each depends on all that {@link #mixed} has seen. */
    public static Value spread(Value hash) {
        return hash.times(i64(MIX)).ushr(32).wrap();
    }

    /** {@code (hash, word) -> hash}: one step of a mixing hash. */
    public WasmFunction mix() {
        return library.function(
                "mix",
                () -> WasmFunction.returning(I64, "mix", I64, I64),
                self ->
                        self.define(
                                code -> {
                                    code.ret(mixed(code, self.argument(0), self.argument(1)));
                                }));
    }

    /** {@code (hash, address, length) -> hash}. */
    public WasmFunction hash() {
        return library.function(
                "text_hash",
                () -> WasmFunction.returning(I64, "text_hash", I64, I32, I32),
                self -> self.define(code -> hash(self, code)));
    }

    private void hash(WasmFunction self, Code code) {
        Value at = self.argument(1);
        Value length = self.argument(2);
        Local hash = code.var(mixed(code, self.argument(0), length.extend()));
        code.when(isUnusual(length), () -> code.ret(longHash().call(hash.get(), at, length)));
        code.set(hash, mixed(code, hash.get(), at.wide(0)));
        code.when(
                length.gtUnsigned(i32(16)),
                () -> {
                    code.set(hash, mixed(code, hash.get(), at.wide(8)));
                    code.when(
                            length.gtUnsigned(i32(24)),
                            () -> code.set(hash, mixed(code, hash.get(), at.wide(16))));
                });
        code.ret(mixed(code, hash.get(), at.plus(length).minus(8).wide(0)));
    }

    /** {@code (hash, address, length) -> hash}. */
    private WasmFunction longHash() {
        return library.function(
                "text_long_hash",
                () -> WasmFunction.returning(I64, "text_long_hash", I64, I32, I32),
                self -> self.define(code -> longHash(self, code)));
    }

    private void longHash(WasmFunction self, Code code) {
        Local hash = code.var(self.argument(0));
        Local at = code.var(self.argument(1));
        Value end = code.let(at.get().plus(self.argument(2)));
        code.loopWhile(
                at.get().plus(8).leUnsigned(end),
                () -> {
                    code.set(hash, mixed(code, hash.get(), at.get().wide(0)));
                    code.set(at, at.get().plus(8));
                });
        Value rest = code.let(end.minus(at.get()));
        code.when(rest.eq(0), () -> code.ret(hash.get()));
        Value last = tail().call(at.get(), rest, self.argument(2));
        code.ret(mixed(code, hash.get(), last));
    }
}
