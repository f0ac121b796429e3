package galois.compiler.runtime;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;
import static galois.compiler.ir.WasmType.I64;

import galois.api.pattern.Program;
import galois.compiler.ir.Code;
import galois.compiler.ir.Label;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Finds where a pattern matches, by following all branches of its program side by side in the order
 * of preference: time is the length of the text times that of the program, never more. A call that
 * would take more than {@link #STEPS_MAX} steps gives ROW_TOO_LARGE.
 */
public final class PatternSearch extends Part {
    /** Steps of one call: a fraction of a second. */
    public static final int STEPS_MAX = 20_000_000;

    private static final int INSTRUCTION = 12;

    /** Bytes of a branch: instruction, start of the match, start and end of the group. */
    private static final int BRANCH = 16;

    private final Program program;
    private final int group;
    private final String name;
    private final TextScratch scratch;
    private final Utf8 utf8;

    private final int code;
    private final int seen;
    private final int stack;
    private final int lists;
    private final int listBytes;

    /** Words: generation, steps, branches in the list, start and end found. */
    private final int words;

    /**
     * @param group whose text is wanted; 0: the whole match
     */
    public PatternSearch(Library library, Program program, int group) {
        super(library);
        this.program = program;
        this.group = group;
        this.scratch = library.part(TextScratch.class, TextScratch::new);
        this.utf8 = library.part(Utf8.class, Utf8::new);
        int count = program.instructions().size();
        this.code = library.memory().constant(bytes(program));
        this.seen = library.memory().reserve(4 * count);
        this.stack = library.memory().reserve(BRANCH * (2 * count + 2));
        this.listBytes = BRANCH * (count + 1);
        this.lists = library.memory().reserve(2 * listBytes);
        this.words = library.memory().reserve(40);
        this.name = "search_" + words;
    }

    private static byte[] bytes(Program program) {
        ByteBuffer bytes =
                ByteBuffer.allocate(INSTRUCTION * program.instructions().size())
                        .order(ByteOrder.LITTLE_ENDIAN);
        for (Program.Instruction instruction : program.instructions()) {
            int head = instruction.op().ordinal();
            bytes.putInt(head | instruction.low() << 8 | instruction.high() << 16);
            bytes.putInt(instruction.x()).putInt(instruction.y());
        }
        return bytes.array();
    }

    private Value generation() {
        return i32(words).word(0);
    }

    private Value count() {
        return i32(words).word(8);
    }

    private Value foundStart() {
        return i32(words).word(12);
    }

    private Value foundEnd() {
        return i32(words).word(16);
    }

    /** {@code (text)}: the wanted group of the first match; NULL when there is none. */
    public WasmFunction extract() {
        return function(
                name + "_extract",
                I64,
                List.of(I32, I32),
                (self, out) -> {
                    out.storeWord(i32(words), 4, i32(0));
                    Value end = out.let(self.argument(0).plus(self.argument(1)));
                    Value[] all = {self.argument(0), end, self.argument(0)};
                    Value found = out.let(search().call(all));
                    out.when(found.lt(0), () -> out.ret(i64(TextScratch.TOO_LARGE)));
                    out.when(found.eq(0), () -> out.ret(i64(TextScratch.NULL)));
                    Value from = i32(words).word(20);
                    Value to = i32(words).word(24);
                    // A group on a way that the match did not take.
                    Value missing = from.eq(0).or(to.eq(0));
                    out.when(missing, () -> out.ret(i64(TextScratch.NULL)));
                    out.ret(TextScratch.packed(from, to.minus(from)));
                });
    }

    /** {@code (text, replacement)}: every match by the replacement. */
    public WasmFunction replace() {
        return function(name + "_replace", I64, List.of(I32, I32, I32, I32), this::replace);
    }

    private void replace(WasmFunction self, Code out) {
        out.storeWord(i32(words), 4, i32(0));
        Value text = self.argument(0);
        Value end = out.let(text.plus(self.argument(1)));
        Value start = out.let(scratch.start());
        Local to = out.var(start);
        Local from = out.var(text);
        Local copied = out.var(text);
        Local found = out.local(I32);
        out.block(
                done ->
                        out.loop(
                                again -> {
                                    out.set(found, search().call(text, end, from.get()));
                                    out.when(
                                            found.get().lt(0),
                                            () -> out.ret(i64(TextScratch.TOO_LARGE)));
                                    out.jumpIf(found.get().eq(0), done);
                                    Value gap = foundStart().minus(copied.get());
                                    append(out, to, copied.get(), gap);
                                    append(out, to, self.argument(2), self.argument(3));
                                    out.set(copied, foundEnd());
                                    out.set(from, foundEnd());
                                    // Behind an empty match goes on with the next character.
                                    out.when(
                                            foundStart().eq(foundEnd()),
                                            () -> {
                                                out.jumpIf(from.get().geUnsigned(end), done);
                                                out.set(from, utf8.next().call(from.get(), end));
                                            });
                                    out.jumpIf(to.get().eq(0), done);
                                    out.jump(again);
                                }));
        append(out, to, copied.get(), end.minus(copied.get()));
        scratch.ret(out, start, to.get());
    }

    private void append(Code out, Local at, Value from, Value length) {
        out.set(at, scratch.append().call(at.get(), from, length));
    }

    /** {@code (text, end, from) -> 1 found, 0 not, -1 too many steps}. */
    private WasmFunction search() {
        return function(name, I32, List.of(I32, I32, I32), this::search);
    }

    private void search(WasmFunction self, Code out) {
        Value text = self.argument(0);
        Value end = self.argument(1);
        Local at = out.var(self.argument(2));
        Local current = out.var(i32(lists));
        Local live = out.var(i32(0));
        Local matched = out.var(i32(0));
        out.when(
                generation().lt(0),
                () -> {
                    // The marks of long ago would count again.
                    out.fill(i32(seen), i32(0), i32(4 * program.instructions().size()));
                    out.storeWord(i32(words), 0, i32(0));
                });
        nextGeneration(out);
        out.block(
                done ->
                        out.loop(
                                again -> {
                                    out.when(
                                            matched.get().eq(0),
                                            () -> begin(self, out, at, current, live));
                                    Value over = matched.get().and(live.get().eq(0));
                                    out.jumpIf(over, done);
                                    out.when(steps().gt(STEPS_MAX), () -> out.ret(-1));
                                    Value[] all = {current.get(), live.get(), at.get(), text, end};
                                    Value hit = out.let(step().call(all));
                                    out.when(hit, () -> out.set(matched, i32(1)));
                                    out.set(live, count());
                                    out.set(
                                            current,
                                            i32(2 * lists + listBytes).minus(current.get()));
                                    out.jumpIf(at.get().geUnsigned(end), done);
                                    add(out, at, 1);
                                    out.jump(again);
                                }));
        out.ret(matched.get());
    }

    /** A match may begin here, at the start of a character; after all that began before. */
    private void begin(WasmFunction self, Code out, Local at, Local current, Local live) {
        Value text = self.argument(0);
        Value end = self.argument(1);
        out.block(
                between -> {
                    out.when(
                            at.get().ltUnsigned(end),
                            () -> out.jumpIf(Utf8.isContinuation(at.get().octet(0)), between));
                    out.storeWord(i32(words), 8, live.get());
                    Value[] branch = {
                        current.get(),
                        i32(program.start()),
                        at.get(),
                        at.get(),
                        i32(0),
                        i32(0),
                        text,
                        end
                    };
                    enter(out, branch);
                    out.set(live, count());
                });
    }

    private Value steps() {
        return i32(words).word(4);
    }

    private void nextGeneration(Code out) {
        out.storeWord(i32(words), 0, generation().plus(1));
    }

    private void enter(Code out, Value[] arguments) {
        out.run(follow().call(arguments));
    }

    /**
     * {@code (list, branches, at, text, end) -> 1 when one ended}: all branches over the byte at
     * {@code at}; the other list gets what goes on.
     */
    private WasmFunction step() {
        return function(
                name + "_step",
                I32,
                List.of(I32, I32, I32, I32, I32),
                (self, out) -> {
                    Value other = i32(2 * lists + listBytes).minus(self.argument(0));
                    out.storeWord(i32(words), 8, i32(0));
                    out.storeWord(i32(words), 4, steps().plus(self.argument(1)).plus(1));
                    nextGeneration(out);
                    Local branch = out.var(self.argument(0));
                    Value stop = out.let(branch.get().plus(self.argument(1).shl(4)));
                    Value at = self.argument(2);
                    Value end = self.argument(4);
                    Local octet = out.var(i32(256));
                    out.when(at.ltUnsigned(end), () -> out.set(octet, at.octet(0)));
                    out.loopWhile(
                            branch.get().ltUnsigned(stop),
                            () -> {
                                Value place =
                                        out.let(branch.get().word(0).times(INSTRUCTION).plus(code));
                                Value head = out.let(place.word(0));
                                out.when(
                                        head.and(255).eq(Program.Op.MATCH.ordinal()),
                                        () -> {
                                            ended(out, branch.get(), at);
                                            out.ret(1);
                                        });
                                Value low = head.ushr(8).and(255);
                                Value fits = octet.get().ge(low).and(octet.get().le(head.ushr(16)));
                                out.when(
                                        fits,
                                        () ->
                                                enter(
                                                        out,
                                                        new Value[] {
                                                            other,
                                                            place.word(4),
                                                            at.plus(1),
                                                            branch.get().word(4),
                                                            branch.get().word(8),
                                                            branch.get().word(12),
                                                            self.argument(3),
                                                            end
                                                        }));
                                add(out, branch, BRANCH);
                            });
                    out.ret(0);
                });
    }

    private void ended(Code out, Value branch, Value at) {
        out.storeWord(i32(words), 12, branch.word(4));
        out.storeWord(i32(words), 16, at);
        out.storeWord(i32(words), 20, group == 0 ? branch.word(4) : branch.word(8));
        out.storeWord(i32(words), 24, group == 0 ? at : branch.word(12));
    }

    /**
     * {@code (list, instruction, at, start, group start, group end, text, end) -> 0}: puts what can
     * be reached without a byte into the list, the preferred first.
     */
    private WasmFunction follow() {
        return function(
                name + "_follow",
                I32,
                List.of(I32, I32, I32, I32, I32, I32, I32, I32),
                (self, out) -> {
                    Local top = out.var(i32(stack));
                    push(out, top, self.argument(1), self.argument(4), self.argument(5));
                    Local at = out.local(I32);
                    Local from = out.local(I32);
                    Local to = out.local(I32);
                    out.loopWhile(
                            top.get().gtUnsigned(i32(stack)),
                            () -> {
                                add(out, top, -BRANCH);
                                out.set(at, top.get().word(0));
                                out.set(from, top.get().word(8));
                                out.set(to, top.get().word(12));
                                Value mark = out.let(at.get().shl(2).plus(seen));
                                out.block(
                                        known -> {
                                            out.jumpIf(mark.word(0).eq(generation()), known);
                                            out.storeWord(mark, 0, generation());
                                            visit(self, out, top, at, from, to, known);
                                        });
                            });
                    out.ret(0);
                });
    }

    private static void push(Code out, Local top, Value at, Value from, Value to) {
        out.storeWord(top.get(), 0, at);
        out.storeWord(top.get(), 8, from);
        out.storeWord(top.get(), 12, to);
        add(out, top, BRANCH);
    }

    private void visit(
            WasmFunction self, Code out, Local top, Local at, Local from, Local to, Label known) {
        Value place = out.let(at.get().times(INSTRUCTION).plus(code));
        Value op = out.let(place.word(0).and(255));
        Value x = place.word(4);
        out.when(
                op.eq(Program.Op.SPLIT.ordinal()),
                () -> {
                    push(out, top, place.word(8), from.get(), to.get());
                    push(out, top, x, from.get(), to.get());
                    out.jump(known);
                });
        out.when(
                op.eq(Program.Op.SAVE.ordinal()),
                () -> {
                    Value number = place.word(8);
                    out.when(
                            number.eq(2 * group),
                            () -> {
                                out.set(from, self.argument(2));
                                out.set(to, i32(0));
                            });
                    out.when(number.eq(2 * group + 1), () -> out.set(to, self.argument(2)));
                    push(out, top, x, from.get(), to.get());
                    out.jump(known);
                });
        Value begins = op.eq(Program.Op.BEGIN.ordinal());
        Value ends = op.eq(Program.Op.END.ordinal());
        out.when(
                begins.or(ends),
                () -> {
                    Value holds =
                            new Value.Select(
                                    begins,
                                    self.argument(2).eq(self.argument(6)),
                                    self.argument(2).eq(self.argument(7)));
                    out.when(holds, () -> push(out, top, x, from.get(), to.get()));
                    out.jump(known);
                });
        Value branch = out.let(self.argument(0).plus(count().shl(4)));
        out.storeWord(branch, 0, at.get());
        out.storeWord(branch, 4, self.argument(3));
        out.storeWord(branch, 8, from.get());
        out.storeWord(branch, 12, to.get());
        out.storeWord(i32(words), 8, count().plus(1));
    }
}
