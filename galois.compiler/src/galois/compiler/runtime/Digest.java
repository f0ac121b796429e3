package galois.compiler.runtime;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.WasmType.I32;
import static galois.compiler.ir.WasmType.I64;

import galois.compiler.ir.Code;
import galois.compiler.ir.Local;
import galois.compiler.ir.Op;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** MD5 (RFC 1321) and SHA-256 (FIPS 180-4) of bytes, as text in lower-case hexadecimal. */
public final class Digest extends Part {
    private static final int BLOCK = 64;

    private static final int[] MD5_START = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};

    private static final int[] MD5_SHIFTS = {
        7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21
    };

    private final TextMaking texts;

    public Digest(Library library) {
        super(library);
        texts = library.part(TextMaking.class, TextMaking::new);
    }

    /** {@code (bytes) -> text}. */
    public WasmFunction md5() {
        int state = library.memory().reserve(16);
        return digest("md5", state, 16, MD5_START, md5Block(state), false);
    }

    /** {@code (bytes) -> text}. */
    public WasmFunction sha256() {
        int state = library.memory().reserve(32);
        return digest("sha256", state, 32, fractions(8, 2), shaBlock(state), true);
    }

    private WasmFunction digest(
            String name, int state, int bytes, int[] start, WasmFunction block, boolean big) {
        int tail = library.memory().reserve(2 * BLOCK);
        int initial = library.memory().constant(words(start));
        return function(
                name,
                I64,
                List.of(I32, I32),
                (self, code) -> {
                    Value length = self.argument(1);
                    code.copy(i32(state), i32(initial), i32(bytes));
                    Local at = code.var(self.argument(0));
                    Value whole = code.let(length.and(-BLOCK));
                    Value end = code.let(at.get().plus(whole));
                    blocks(code, block, at, end);
                    Value rest = code.let(length.minus(whole));
                    code.fill(i32(tail), i32(0), i32(2 * BLOCK));
                    code.copy(i32(tail), end, rest);
                    code.storeOctet(rest.plus(tail), 0, i32(0x80));
                    Value tailEnd =
                            code.let(
                                    new Value.Select(
                                            rest.lt(BLOCK - 8),
                                            i32(tail + BLOCK),
                                            i32(tail + 2 * BLOCK)));
                    Value bits = length.extend().shl(3);
                    if (big) {
                        code.storeWord(tailEnd.minus(8), 0, swapped(bits.ushr(32).wrap()));
                        code.storeWord(tailEnd.minus(8), 4, swapped(bits.wrap()));
                    } else {
                        code.storeWide(tailEnd.minus(8), 0, bits);
                    }
                    code.set(at, i32(tail));
                    blocks(code, block, at, tailEnd);
                    if (big) {
                        for (int i = 0; i < bytes; i += 4) {
                            code.storeWord(i32(state), i, swapped(i32(state).word(i)));
                        }
                    }
                    code.ret(texts.lowerHex().call(i32(state), i32(bytes)));
                });
    }

    private static void blocks(Code code, WasmFunction block, Local at, Value end) {
        code.loopWhile(
                at.get().ltUnsigned(end),
                () -> {
                    code.run(block.call(at.get()));
                    add(code, at, BLOCK);
                });
    }

    private static byte[] words(int[] words) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * words.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int word : words) {
            bytes.putInt(word);
        }
        return bytes.array();
    }

    private static Value rotl(Value value, Value bits) {
        return Value.of(Op.I32_ROTL, value, bits);
    }

    private static Value rotr(Value value, int bits) {
        return Value.of(Op.I32_ROTR, value, i32(bits));
    }

    private static Value swapped(Value word) {
        Value kept = rotl(word, i32(8)).and(0x00FF_00FF);
        return kept.or(rotl(word, i32(24)).and(0xFF00_FF00L));
    }

    private WasmFunction block(
            String name, java.util.function.BiConsumer<WasmFunction, Code> body) {
        return function(
                name,
                I32,
                List.of(I32),
                (self, code) -> {
                    body.accept(self, code);
                    code.ret(0);
                });
    }

    private WasmFunction md5Block(int state) {
        int[] sines = new int[64];
        for (int i = 0; i < 64; i++) {
            sines[i] = (int) (long) (StrictMath.abs(StrictMath.sin(i + 1)) * 4294967296.0);
        }
        int table = library.memory().constant(words(sines));
        int shifts = library.memory().constant(words(MD5_SHIFTS));
        return block(
                "md5_block",
                (self, code) -> {
                    List<Local> abcd = load(code, state, 4);
                    Local i = code.var(i32(0));
                    code.loopWhile(
                            i.get().lt(64),
                            () -> md5Step(code, self.argument(0), abcd, i, table, shifts));
                    store(code, state, abcd);
                });
    }

    private static void md5Step(
            Code code, Value block, List<Local> abcd, Local i, int table, int shifts) {
        Value a = abcd.get(0).get();
        Value b = abcd.get(1).get();
        Value c = abcd.get(2).get();
        Value d = abcd.get(3).get();
        Local f = code.local(I32);
        Local g = code.local(I32);
        Value round = i.get().ushr(4);
        Value all = i32(-1);
        code.when(
                round.lt(2),
                () ->
                        code.when(
                                round.eq(0),
                                () -> {
                                    code.set(f, b.and(c).or(b.xor(all).and(d)));
                                    code.set(g, i.get());
                                },
                                () -> {
                                    code.set(f, d.and(b).or(d.xor(all).and(c)));
                                    code.set(g, i.get().times(5).plus(1));
                                }),
                () ->
                        code.when(
                                round.eq(2),
                                () -> {
                                    code.set(f, b.xor(c).xor(d));
                                    code.set(g, i.get().times(3).plus(5));
                                },
                                () -> {
                                    code.set(f, c.xor(b.or(d.xor(all))));
                                    code.set(g, i.get().times(7));
                                }));
        Value word = g.get().and(15).shl(2).plus(block).word(0);
        Value sine = i.get().shl(2).plus(table).word(0);
        Value sum = code.let(f.get().plus(a).plus(sine).plus(word));
        Value bits = round.shl(2).or(i.get().and(3)).shl(2).plus(shifts).word(0);
        Value next = code.let(b.plus(rotl(sum, bits)));
        code.set(abcd.get(0), d);
        code.set(abcd.get(3), c);
        code.set(abcd.get(2), b);
        code.set(abcd.get(1), next);
        add(code, i, 1);
    }

    private static List<Local> load(Code code, int state, int words) {
        List<Local> locals = new ArrayList<>();
        for (int i = 0; i < words; i++) {
            locals.add(code.var(i32(state).word(4 * i)));
        }
        return locals;
    }

    private static void store(Code code, int state, List<Local> locals) {
        for (int i = 0; i < locals.size(); i++) {
            Value sum = i32(state).word(4 * i).plus(locals.get(i).get());
            code.storeWord(i32(state), 4 * i, sum);
        }
    }

    private WasmFunction shaBlock(int state) {
        int table = library.memory().constant(words(fractions(64, 3)));
        int schedule = library.memory().reserve(256);
        return block(
                "sha256_block",
                (self, code) -> {
                    Local i = code.var(i32(0));
                    code.loopWhile(
                            i.get().lt(256),
                            () -> {
                                shaSchedule(code, self.argument(0), i, schedule);
                                add(code, i, 4);
                            });
                    List<Local> words = load(code, state, 8);
                    code.set(i, i32(0));
                    code.loopWhile(
                            i.get().lt(256),
                            () -> {
                                shaStep(code, words, i, table, schedule);
                                add(code, i, 4);
                            });
                    store(code, state, words);
                });
    }

    private static void shaSchedule(Code code, Value block, Local i, int schedule) {
        Value place = code.let(i.get().plus(schedule));
        code.when(
                i.get().lt(64),
                () -> code.storeWord(place, 0, swapped(i.get().plus(block).word(0))),
                () -> {
                    Value w15 = code.let(place.minus(60).word(0));
                    Value w2 = code.let(place.minus(8).word(0));
                    Value s0 = rotr(w15, 7).xor(rotr(w15, 18)).xor(w15.ushr(3));
                    Value s1 = rotr(w2, 17).xor(rotr(w2, 19)).xor(w2.ushr(10));
                    Value sum = place.minus(64).word(0).plus(s0).plus(place.minus(28).word(0));
                    code.storeWord(place, 0, sum.plus(s1));
                });
    }

    private static void shaStep(Code code, List<Local> words, Local i, int table, int schedule) {
        Value a = words.get(0).get();
        Value b = words.get(1).get();
        Value c = words.get(2).get();
        Value e = words.get(4).get();
        Value s1 = rotr(e, 6).xor(rotr(e, 11)).xor(rotr(e, 25));
        Value choice = e.and(words.get(5).get()).xor(e.xor(i32(-1)).and(words.get(6).get()));
        Value constant = i.get().plus(table).word(0).plus(i.get().plus(schedule).word(0));
        Value one = code.let(words.get(7).get().plus(s1).plus(choice).plus(constant));
        Value s0 = rotr(a, 2).xor(rotr(a, 13)).xor(rotr(a, 22));
        Value majority = a.and(b).xor(a.and(c)).xor(b.and(c));
        Value two = code.let(s0.plus(majority));
        for (int w = 7; w > 0; w--) {
            Value before = words.get(w - 1).get();
            code.set(words.get(w), w == 4 ? before.plus(one) : before);
        }
        code.set(words.get(0), one.plus(two));
    }

    /** 32 bits behind the point of the square or cube roots of the first primes. */
    private static int[] fractions(int count, int root) {
        int[] words = new int[count];
        int found = 0;
        for (int n = 2; found < count; n++) {
            if (BigInteger.valueOf(n).isProbablePrime(50)) {
                BigInteger scaled = BigInteger.valueOf(n).shiftLeft(32 * root);
                words[found++] = root(scaled, root).intValue();
            }
        }
        return words;
    }

    /** The largest integer whose power is not above. */
    private static BigInteger root(BigInteger of, int power) {
        BigInteger low = BigInteger.ZERO;
        BigInteger high = BigInteger.ONE.shiftLeft(of.bitLength() / power + 1);
        while (high.subtract(low).compareTo(BigInteger.ONE) > 0) {
            BigInteger middle = low.add(high).shiftRight(1);
            if (middle.pow(power).compareTo(of) > 0) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return low;
    }
}
