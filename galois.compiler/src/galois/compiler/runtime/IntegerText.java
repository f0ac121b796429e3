package galois.compiler.runtime;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;
import static galois.compiler.ir.WasmType.I64;

import galois.compiler.ir.Code;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;

/** Integers and truth values as text. */
final class IntegerText {
    private final Library library;

    IntegerText(Library library) {
        this.library = library;
    }

    /** {@code (buffer, value) -> length}. */
    WasmFunction format() {
        return library.function(
                "format_integer",
                () -> WasmFunction.returning(I32, "format_integer", I32, I64),
                self ->
                        self.define(
                                code -> {
                                    Local at = code.var(self.argument(0));
                                    Local value = code.var(self.argument(1));
                                    code.when(
                                            value.get().lt(0),
                                            () -> {
                                                code.storeOctet(at.get(), 0, i32('-'));
                                                code.set(at, at.get().plus(1));
                                                code.set(value, i64(0).minus(value.get()));
                                            });
                                    Local width = code.var(i32(1));
                                    Local rest = code.var(value.get().overUnsigned(i64(10)));
                                    code.loopWhile(
                                            rest.get().ne(0),
                                            () -> {
                                                code.set(width, width.get().plus(1));
                                                code.set(rest, rest.get().overUnsigned(i64(10)));
                                            });
                                    Value end = padded().call(at.get(), value.get(), width.get());
                                    code.ret(end.minus(self.argument(0)));
                                }));
    }

    /** {@code (to, value, width) -> end}: the last {@code width} digits, with leading zeros. */
    WasmFunction padded() {
        return library.function(
                "format_padded",
                () -> WasmFunction.returning(I32, "format_padded", I32, I64, I32),
                self ->
                        self.define(
                                code -> {
                                    Value to = self.argument(0);
                                    Local value = code.var(self.argument(1));
                                    Local left = code.var(self.argument(2));
                                    code.loopWhile(
                                            left.get().gt(0),
                                            () -> {
                                                code.set(left, left.get().minus(1));
                                                Value digit =
                                                        value.get().remUnsigned(i64(10)).wrap();
                                                code.storeOctet(
                                                        to.plus(left.get()), 0, digit.plus('0'));
                                                code.set(value, value.get().overUnsigned(i64(10)));
                                            });
                                    code.ret(to.plus(self.argument(2)));
                                }));
    }

    /** {@code (address, length, cell) -> 1 or 0}: an i64; also {@code 2.0} and {@code 1e3}. */
    WasmFunction parse() {
        return library.function(
                "parse_integer",
                () -> WasmFunction.returning(I32, "parse_integer", I32, I32, I32),
                self -> self.define(code -> parse(self, code)));
    }

    private void parse(WasmFunction self, Code code) {
        Local at = code.var(self.argument(0));
        Value end = code.let(self.argument(0).plus(self.argument(1)));
        code.when(self.argument(1).eq(0), () -> code.ret(0));
        Value sign = code.let(at.get().octet(0));
        code.when(sign.eq('-').or(sign.eq('+')), () -> code.set(at, at.get().plus(1)));
        code.when(at.get().eq(end), () -> code.ret(0));
        // Counts down: the negative range is one larger.
        Local value = code.var(i64(0));
        Local digit = code.local(I32);
        code.loopWhile(
                at.get().ltUnsigned(end),
                () -> {
                    code.set(digit, at.get().octet(0).minus('0'));
                    Value[] arguments = {self.argument(0), self.argument(1), self.argument(2)};
                    code.when(
                            digit.get().gtUnsigned(i32(9)),
                            () -> code.ret(integral().call(arguments)));
                    Value least = i64(Long.MIN_VALUE).plus(digit.get().extend()).over(i64(10));
                    code.when(value.get().lt(least), () -> code.ret(0));
                    code.set(value, value.get().times(10).minus(digit.get().extend()));
                    code.set(at, at.get().plus(1));
                });
        code.when(
                sign.ne('-'),
                () -> {
                    code.when(value.get().eq(Long.MIN_VALUE), () -> code.ret(0));
                    code.set(value, i64(0).minus(value.get()));
                });
        code.storeWide(self.argument(2), 0, value.get());
        code.ret(1);
    }

    /** {@code (address, length, cell) -> 1 or 0}: a decimal number whose value is an integer. */
    private WasmFunction integral() {
        return library.function(
                "parse_integral",
                () -> WasmFunction.returning(I32, "parse_integral", I32, I32, I32),
                self ->
                        self.define(
                                code -> {
                                    DoubleParse doubles =
                                            library.part(DoubleParse.class, DoubleParse::new);
                                    Value call =
                                            doubles.decimal()
                                                    .call(
                                                            self.argument(0),
                                                            self.argument(1),
                                                            self.argument(2));
                                    code.when(call.eq(0), () -> code.ret(0));
                                    Value real = code.let(self.argument(2).real(0));
                                    Value exact = Value.f64(0x1p53);
                                    Value inside = real.lt(exact).and(real.gt(Value.f64(-0x1p53)));
                                    code.when(inside.eq(0), () -> code.ret(0));
                                    Value whole =
                                            code.let(
                                                    Value.of(
                                                            galois.compiler.ir.Op.I64_TRUNC_F64_S,
                                                            real));
                                    code.storeWide(self.argument(2), 0, whole);
                                    code.ret(whole.toDouble().eq(real));
                                }));
    }

    /** {@code (address, length, word, wordLength) -> 1 when equal}, letters in any case. */
    WasmFunction isWord() {
        return library.function(
                "text_is_word",
                () -> WasmFunction.returning(I32, "text_is_word", I32, I32, I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value length = self.argument(1);
                                    code.when(length.ne(self.argument(3)), () -> code.ret(0));
                                    Local i = code.var(i32(0));
                                    code.loopWhile(
                                            i.get().lt(length),
                                            () -> {
                                                Value letter =
                                                        self.argument(0).plus(i.get()).octet(0);
                                                Value wanted =
                                                        self.argument(2).plus(i.get()).octet(0);
                                                Value lower = letter.or(i32(0x20));
                                                Value control = letter.lt(0x20);
                                                code.when(
                                                        lower.ne(wanted).or(control),
                                                        () -> code.ret(0));
                                                code.set(i, i.get().plus(1));
                                            });
                                    code.ret(1);
                                }));
    }

    /** A call of {@link #isWord} for a word of lower-case letters or one digit. */
    Value isWord(Value address, Value length, String word) {
        int at = library.memory().text(word);
        return isWord().call(address, length, i32(at), i32(word.length()));
    }

    /** {@code (address, length, cell) -> 1 or 0}: true, false, t, f, 1, 0. */
    WasmFunction parseTruth() {
        return library.function(
                "parse_truth",
                () -> WasmFunction.returning(I32, "parse_truth", I32, I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value a = self.argument(0);
                                    Value length = self.argument(1);
                                    for (String word : new String[] {"true", "t", "1"}) {
                                        code.when(
                                                isWord(a, length, word),
                                                () -> {
                                                    code.storeWide(self.argument(2), 0, i64(1));
                                                    code.ret(1);
                                                });
                                    }
                                    code.storeWide(self.argument(2), 0, i64(0));
                                    for (String word : new String[] {"false", "f", "0"}) {
                                        code.when(isWord(a, length, word), () -> code.ret(1));
                                    }
                                    code.ret(0);
                                }));
    }
}
