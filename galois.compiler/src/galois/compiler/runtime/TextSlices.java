package galois.compiler.runtime;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;
import static galois.compiler.ir.WasmType.I64;

import galois.compiler.ir.Code;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;

import java.util.List;

/** Functions that look for text in text, or give a part of it where it is: nothing is copied. */
public final class TextSlices extends Part {
    private final Utf8 utf8;
    private final Strings strings;

    public TextSlices(Library library) {
        super(library);
        utf8 = library.part(Utf8.class, Utf8::new);
        strings = library.part(Strings.class, Strings::new);
    }

    private static Value slice(Value from, Value to) {
        return TextScratch.packed(from, to.minus(from));
    }

    /** {@code (address, length) -> code points}. */
    public WasmFunction count() {
        return utf8.count();
    }

    /** {@code (text, first, count)}: {@code count} code points from the {@code first}-th. */
    public WasmFunction substring() {
        return function(
                "text_substring",
                I64,
                List.of(I32, I32, I64, I64),
                (self, code) -> {
                    Value end = code.let(self.argument(0).plus(self.argument(1)));
                    Value first = Utf8.clamped(code, self.argument(2));
                    Value count = Utf8.clamped(code, self.argument(3));
                    Value from = code.let(new Value.Select(first.lt(1), i64(1), first));
                    Value left = first.plus(count).minus(from);
                    Value start = code.let(utf8.skip().call(self.argument(0), end, from.minus(1)));
                    Value stop = code.let(utf8.skip().call(start, end, left));
                    code.ret(slice(start, stop));
                });
    }

    /** {@code (text, count)}: the last code points. */
    public WasmFunction right() {
        return function(
                "text_right",
                I64,
                List.of(I32, I32, I64),
                (self, code) -> {
                    Value text = self.argument(0);
                    Value end = code.let(text.plus(self.argument(1)));
                    Value count = Utf8.clamped(code, self.argument(2));
                    Value wanted = new Value.Select(count.lt(0), i64(0), count);
                    Value all = utf8.count().call(text, self.argument(1)).extend();
                    Value start = code.let(utf8.skip().call(text, end, all.minus(wanted)));
                    code.ret(slice(start, end));
                });
    }

    /** {@code (text, characters, ends)}: bit 0 of ends: the start, bit 1: the end. */
    public WasmFunction trim() {
        return function(
                "text_trim",
                I64,
                List.of(I32, I32, I32, I32, I32),
                (self, code) -> {
                    Local from = code.var(self.argument(0));
                    Local to = code.var(from.get().plus(self.argument(1)));
                    code.when(self.argument(4).and(1), () -> trimStart(self, code, from, to));
                    code.when(self.argument(4).and(2), () -> trimEnd(self, code, from, to));
                    code.ret(slice(from.get(), to.get()));
                });
    }

    private void trimStart(WasmFunction self, Code code, Local from, Local to) {
        Value characters = self.argument(2);
        code.block(
                done ->
                        code.loopWhile(
                                from.get().ltUnsigned(to.get()),
                                () -> {
                                    Value next = code.let(utf8.next().call(from.get(), to.get()));
                                    Value length = next.minus(from.get());
                                    Value at =
                                            find().call(
                                                            characters,
                                                            self.argument(3),
                                                            from.get(),
                                                            length);
                                    code.jumpIf(at.lt(0), done);
                                    code.set(from, next);
                                }));
    }

    private void trimEnd(WasmFunction self, Code code, Local from, Local to) {
        Value characters = self.argument(2);
        Local last = code.local(I32);
        code.block(
                done ->
                        code.loopWhile(
                                from.get().ltUnsigned(to.get()),
                                () -> {
                                    code.set(last, to.get().minus(1));
                                    code.loopWhile(
                                            from.get()
                                                    .ltUnsigned(last.get())
                                                    .and(Utf8.isContinuation(last.get().octet(0))),
                                            () -> add(code, last, -1));
                                    Value length = to.get().minus(last.get());
                                    Value at =
                                            find().call(
                                                            characters,
                                                            self.argument(3),
                                                            last.get(),
                                                            length);
                                    code.jumpIf(at.lt(0), done);
                                    code.set(to, last.get());
                                }));
    }

    /** {@code (text, wanted) -> offset in bytes, or -1}; no bytes are found at 0. */
    public WasmFunction find() {
        return function(
                "text_find",
                I32,
                List.of(I32, I32, I32, I32),
                (self, code) -> {
                    Value wanted = self.argument(2);
                    Value length = self.argument(3);
                    code.when(length.eq(0), () -> code.ret(0));
                    code.when(length.gtUnsigned(self.argument(1)), () -> code.ret(-1));
                    Value text = self.argument(0);
                    Value last = code.let(text.plus(self.argument(1)).minus(length));
                    Value first = code.let(wanted.octet(0));
                    Local at = code.var(text);
                    code.loopWhile(
                            at.get().leUnsigned(last),
                            () -> {
                                code.when(
                                        at.get().octet(0).eq(first),
                                        () -> {
                                            Value[] both = {at.get(), length, wanted, length};
                                            Value equal = strings.equal().call(both);
                                            code.when(equal, () -> code.ret(at.get().minus(text)));
                                        });
                                add(code, at, 1);
                            });
                    code.ret(-1);
                });
    }

    /** {@code (wanted, text, first) -> code point from 1, or 0}. */
    public WasmFunction position() {
        return function(
                "text_position",
                I64,
                List.of(I32, I32, I32, I32, I64),
                (self, code) -> {
                    Value text = self.argument(2);
                    Value end = code.let(text.plus(self.argument(3)));
                    Value given = Utf8.clamped(code, self.argument(4));
                    Value first = code.let(new Value.Select(given.lt(1), i64(1), given));
                    Value start = code.let(utf8.skip().call(text, end, first.minus(1)));
                    Value before = code.let(utf8.count().call(text, start.minus(text)));
                    // A start behind the end: not even the empty text is there.
                    code.when(before.extend().lt(first.minus(1)), () -> code.ret(i64(0)));
                    Value[] rest = {start, end.minus(start), self.argument(0), self.argument(1)};
                    Value at = code.let(find().call(rest));
                    code.when(at.lt(0), () -> code.ret(i64(0)));
                    Value between = utf8.count().call(start, at);
                    code.ret(before.plus(between).plus(1).extend());
                });
    }

    /** {@code (text, wanted) -> 1 or 0}. */
    public WasmFunction startsWith() {
        return function(
                "text_starts",
                I32,
                List.of(I32, I32, I32, I32),
                (self, code) -> {
                    Value length = self.argument(3);
                    code.when(length.gtUnsigned(self.argument(1)), () -> code.ret(0));
                    Value[] both = {self.argument(0), length, self.argument(2), length};
                    code.ret(strings.equal().call(both));
                });
    }

    /** {@code (text, wanted) -> 1 or 0}. */
    public WasmFunction endsWith() {
        return function(
                "text_ends",
                I32,
                List.of(I32, I32, I32, I32),
                (self, code) -> {
                    Value length = self.argument(3);
                    code.when(length.gtUnsigned(self.argument(1)), () -> code.ret(0));
                    Value start = self.argument(0).plus(self.argument(1)).minus(length);
                    Value[] both = {start, length, self.argument(2), length};
                    code.ret(strings.equal().call(both));
                });
    }

    /** {@code (text, delimiter, n)}: the n-th part from 1; empty when there is none. */
    public WasmFunction part() {
        return function("text_part", I64, List.of(I32, I32, I32, I32, I64), this::part);
    }

    private void part(WasmFunction self, Code code) {
        Local at = code.var(self.argument(0));
        Value end = code.let(at.get().plus(self.argument(1)));
        Value delimiter = self.argument(2);
        Value width = self.argument(3);
        Local left = code.var(self.argument(4));
        Local found = code.local(I32);
        code.when(left.get().lt(1), () -> code.ret(slice(end, end)));
        code.loop(
                again -> {
                    Value[] rest = {at.get(), end.minus(at.get()), delimiter, width};
                    code.set(found, i32(-1));
                    code.when(width.ne(0), () -> code.set(found, find().call(rest)));
                    code.set(left, left.get().minus(1));
                    code.when(
                            found.get().lt(0),
                            () -> {
                                code.when(left.get().eq(0), () -> code.ret(slice(at.get(), end)));
                                code.ret(slice(end, end));
                            });
                    code.when(
                            left.get().eq(0),
                            () -> code.ret(TextScratch.packed(at.get(), found.get())));
                    code.set(at, at.get().plus(found.get()).plus(width));
                    code.jump(again);
                });
        code.ret(i64(0));
    }

    /** {@code (text) -> the first code point, or 0}. */
    public WasmFunction first() {
        return function(
                "text_first",
                I64,
                List.of(I32, I32),
                (self, code) -> {
                    code.when(self.argument(1).eq(0), () -> code.ret(i64(0)));
                    Value end = self.argument(0).plus(self.argument(1));
                    code.ret(utf8.decode().call(self.argument(0), end).extend());
                });
    }
}
