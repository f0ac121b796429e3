package galois.compiler.runtime;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.WasmType.I32;
import static galois.compiler.ir.WasmType.I64;

import galois.api.pattern.CaseMapping;
import galois.compiler.ir.Code;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Upper and lower case, code point by code point, by {@link CaseMapping}. No text grows by it. */
public final class LetterCase extends Part {
    private static final int ENTRY_BYTES = 8;

    private static final byte[] UPPER = table(CaseMapping::upper);
    private static final byte[] LOWER = table(CaseMapping::lower);

    private final TextScratch scratch;
    private final Utf8 utf8;

    public LetterCase(Library library) {
        super(library);
        scratch = library.part(TextScratch.class, TextScratch::new);
        utf8 = library.part(Utf8.class, Utf8::new);
    }

    /** Runs of code points with one distance to the other case: first, last, distance, step. */
    private static byte[] table(IntUnaryOperator mapping) {
        List<int[]> runs = new ArrayList<>();
        for (int point = 0x80; point < CaseMapping.END; point++) {
            int distance = mapping.applyAsInt(point) - point;
            if (distance == 0) {
                continue;
            }
            int[] last = runs.isEmpty() ? new int[4] : runs.get(runs.size() - 1);
            int step = point - last[1];
            boolean fits = last[2] == distance && (last[0] == last[1] || step == last[3]);
            if (fits && step <= 2) {
                last[1] = point;
                last[3] = step;
            } else {
                runs.add(new int[] {point, point, distance, 1});
            }
        }
        ByteBuffer bytes =
                ByteBuffer.allocate(runs.size() * ENTRY_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int[] run : runs) {
            bytes.putShort((short) run[0]).putShort((short) run[1]);
            bytes.putShort((short) run[2]).putShort((short) run[3]);
        }
        return bytes.array();
    }

    /** {@code (text)} in upper case. */
    public WasmFunction upper() {
        return mapped("text_upper", upperPoint());
    }

    /** {@code (text)} in lower case. */
    public WasmFunction lower() {
        return mapped("text_lower", lowerPoint());
    }

    /** {@code (code point) -> code point}. */
    WasmFunction upperPoint() {
        return point("upper_point", 'a', -32, UPPER);
    }

    /** {@code (code point) -> code point}. */
    WasmFunction lowerPoint() {
        return point("lower_point", 'A', 32, LOWER);
    }

    private WasmFunction point(String name, char first, int distance, byte[] table) {
        int address = library.memory().constant(table);
        return function(
                name,
                I32,
                List.of(I32),
                (self, code) -> {
                    Value point = self.argument(0);
                    code.when(
                            point.ltUnsigned(i32(0x80)),
                            () -> {
                                Value letter = point.minus(first).ltUnsigned(i32(26));
                                code.ret(new Value.Select(letter, point.plus(distance), point));
                            });
                    code.when(point.geUnsigned(i32(CaseMapping.END)), () -> code.ret(point));
                    search(code, point, address, table.length / ENTRY_BYTES);
                });
    }

    /** The first run that ends at the code point or behind it. */
    private static void search(Code code, Value point, int address, int entries) {
        Local low = code.var(i32(0));
        Local high = code.var(i32(entries));
        code.loopWhile(
                low.get().lt(high.get()),
                () -> {
                    Value middle = code.let(low.get().plus(high.get()).ushr(1));
                    Value last = half(middle.shl(3).plus(address), 2);
                    code.when(
                            last.ltUnsigned(point),
                            () -> code.set(low, middle.plus(1)),
                            () -> code.set(high, middle));
                });
        code.when(low.get().eq(entries), () -> code.ret(point));
        Value entry = code.let(low.get().shl(3).plus(address));
        Value into = code.let(point.minus(half(entry, 0)));
        Value between = into.lt(0).or(into.and(half(entry, 6).minus(1)));
        Value distance = half(entry, 4).shl(16).shr(16);
        code.ret(new Value.Select(between, point, point.plus(distance)));
    }

    private static Value half(Value entry, int offset) {
        return entry.octet(offset).or(entry.octet(offset + 1).shl(8));
    }

    private WasmFunction mapped(String name, WasmFunction point) {
        return function(
                name,
                I64,
                List.of(I32, I32),
                (self, code) -> {
                    Local at = code.var(self.argument(0));
                    Value end = code.let(at.get().plus(self.argument(1)));
                    Value start = room(self, code);
                    Local to = code.var(start);
                    code.loopWhile(
                            at.get().ltUnsigned(end),
                            () -> {
                                Value other = point.call(utf8.decode().call(at.get(), end));
                                code.set(to, utf8.encode().call(to.get(), other));
                                code.set(at, utf8.next().call(at.get(), end));
                            });
                    scratch.ret(code, start, to.get());
                });
    }

    /** No code point of the table needs more bytes in the other case. */
    private Value room(WasmFunction self, Code code) {
        return scratch.require(code, self.argument(1).plus(8));
    }

    /** {@code (text)}: the first letter or digit of each word in upper case, others in lower. */
    public WasmFunction initcap() {
        return function(
                "text_initcap",
                I64,
                List.of(I32, I32),
                (self, code) -> {
                    Local at = code.var(self.argument(0));
                    Value end = code.let(at.get().plus(self.argument(1)));
                    Value start = room(self, code);
                    Local to = code.var(start);
                    Local inside = code.var(i32(0));
                    Local point = code.local(I32);
                    code.loopWhile(
                            at.get().ltUnsigned(end),
                            () -> {
                                code.set(point, utf8.decode().call(at.get(), end));
                                code.when(
                                        inside.get(),
                                        () -> code.set(point, lowerPoint().call(point.get())),
                                        () -> code.set(point, upperPoint().call(point.get())));
                                code.set(to, utf8.encode().call(to.get(), point.get()));
                                code.set(inside, isWord(point.get()));
                                code.set(at, utf8.next().call(at.get(), end));
                            });
                    scratch.ret(code, start, to.get());
                });
    }

    /** Letters and digits; beyond ASCII everything counts as a letter. */
    private static Value isWord(Value point) {
        Value letter = point.or(i32(32)).minus('a').ltUnsigned(i32(26));
        Value digit = point.minus('0').ltUnsigned(i32(10));
        return letter.or(digit).or(point.geUnsigned(i32(0x80)));
    }
}
