package galois.compiler.runtime;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;
import static galois.compiler.ir.WasmType.I64;

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
                self ->
                        self.define(
                                code -> {
                                    Value length = self.argument(1);
                                    code.when(length.ne(self.argument(3)), () -> code.ret(0));
                                    Value call =
                                            common().call(
                                                            self.argument(0),
                                                            self.argument(2),
                                                            length);
                                    code.ret(call.eq(length));
                                }));
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

    /** {@code (hash, word) -> hash}: one step of a mixing hash. */
    public WasmFunction mix() {
        return library.function(
                "mix",
                () -> WasmFunction.returning(I64, "mix", I64, I64),
                self ->
                        self.define(
                                code -> {
                                    Local hash =
                                            code.var(
                                                    self.argument(0)
                                                            .xor(self.argument(1))
                                                            .times(i64(MIX)));
                                    code.ret(hash.get().xor(hash.get().ushr(29)));
                                }));
    }

    /** {@code (hash, address, length) -> hash}. */
    public WasmFunction hash() {
        return library.function(
                "text_hash",
                () -> WasmFunction.returning(I64, "text_hash", I64, I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Local hash =
                                            code.var(
                                                    mix().call(
                                                                    self.argument(0),
                                                                    self.argument(2).extend()));
                                    Local at = code.var(self.argument(1));
                                    Local end = code.var(at.get().plus(self.argument(2)));
                                    code.loopWhile(
                                            at.get().plus(8).leUnsigned(end.get()),
                                            () -> {
                                                code.set(
                                                        hash,
                                                        mix().call(hash.get(), at.get().wide(0)));
                                                code.set(at, at.get().plus(8));
                                            });
                                    code.loopWhile(
                                            at.get().ltUnsigned(end.get()),
                                            () -> {
                                                code.set(
                                                        hash,
                                                        mix().call(
                                                                        hash.get(),
                                                                        at.get()
                                                                                .octet(0)
                                                                                .extend()));
                                                code.set(at, at.get().plus(1));
                                            });
                                    code.ret(hash.get());
                                }));
    }
}
