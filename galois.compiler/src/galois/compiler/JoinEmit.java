package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;

import galois.api.plan.LogicalOp;
import galois.batch.RowLayout;
import galois.batch.Schema;
import galois.compiler.ir.Code;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.JoinTable;
import galois.compiler.runtime.Library;
import galois.compiler.runtime.RowOutput;
import galois.compiler.runtime.Status;
import galois.compiler.runtime.TextScratch;

import java.util.ArrayList;
import java.util.List;

/** Puts rows side by side, tests the condition, gives results. */
final class JoinEmit {
    private final JoinParts parts;
    private final JoinShape shape;
    private final RowOutput output;
    private final int pair;
    private final WasmFunction condition;
    private final WasmFunction forward;

    JoinEmit(JoinParts parts, Fragment fragment, RowOutput output) {
        this.parts = parts;
        this.shape = parts.shape();
        this.output = output;
        Library library = parts.library();
        pair = library.memory().reserve(shape.pairBytes());
        condition = condition(library, fragment.parameters());
        List<LogicalOp> after = new ArrayList<>();
        after.add(shape.isLeftOnly() ? shape.leftOnly() : shape.both());
        after.addAll(fragment.after());
        Schema input = shape.isLeftOnly() ? shape.sides().get(0).row() : shape.pair();
        forward =
                new RowPath(
                                library,
                                Stage.of(input, after),
                                fragment.parameters(),
                                new Sink.Output(output))
                        .function(true);
    }

    /** {@code (row, end, slot) -> OK, NONE or an error} of a pair. */
    private WasmFunction condition(Library library, Schema parameters) {
        LogicalOp.Project both = shape.both();
        LogicalOp.Filter filter = new LogicalOp.Filter(both, shape.join().condition());
        List<Stage> stages = Stage.of(shape.pair(), List.of(both, filter));
        int last = stages.size() - 1;
        List<Integer> addresses = new ArrayList<>();
        List<WasmFunction> tests = new ArrayList<>();
        for (int i = 0; i <= last; i++) {
            Stage stage = stages.get(i);
            Stage needed = i < last ? stage : stage.project(List.of(), Schema.of());
            int address = library.memory().reserve(RowLayout.stride(needed.output().size()));
            addresses.add(address);
            tests.add(new StageFunctions(library, needed, parameters).toScratch(address, 0, true));
        }
        WasmFunction plain = last == 0 ? tests.get(0) : oneByOne(tests, addresses);
        return Expressions.makesText(filter.condition()) ? forgettingTexts(library, plain) : plain;
    }

    /** What several parts of a condition need is computed by a stage of its own. */
    private static WasmFunction oneByOne(List<WasmFunction> tests, List<Integer> addresses) {
        WasmFunction self = WasmFunction.returning(I32, "join_stages", I32, I32, I32);
        return self.define(
                code -> {
                    Value row = self.argument(0);
                    Value end = self.argument(1);
                    for (int i = 0; i < tests.size(); i++) {
                        Value status = code.let(tests.get(i).call(row, end, self.argument(2)));
                        code.when(status.ne(Status.OK), () -> code.ret(status));
                        row = i32(addresses.get(i));
                        end = i32(0);
                    }
                    code.ret(Status.OK);
                });
    }

    /**
     * A row can meet many others: the texts made for one pair are no longer needed for the next.
     */
    private static WasmFunction forgettingTexts(Library library, WasmFunction condition) {
        TextScratch scratch = library.part(TextScratch.class, TextScratch::new);
        WasmFunction self = WasmFunction.returning(I32, "join_condition", I32, I32, I32);
        return self.define(
                code -> {
                    Value mark = code.let(scratch.mark());
                    Value status =
                            code.let(
                                    condition.call(
                                            self.argument(0), self.argument(1), self.argument(2)));
                    scratch.release(code, mark);
                    code.ret(status);
                });
    }

    /** {@code (slot, left, right) -> OK when the rows match, NONE when not, or an error}. */
    WasmFunction matches() {
        return parts.library()
                .function(
                        "join_matches",
                        () -> WasmFunction.returning(I32, "join_matches", I32, I32, I32),
                        self ->
                                self.define(
                                        code -> {
                                            code.run(
                                                    fill().call(
                                                                    self.argument(1),
                                                                    self.argument(2)));
                                            code.ret(
                                                    condition.call(
                                                            i32(pair), i32(0), self.argument(0)));
                                        }));
    }

    /**
     * {@code (slot, left, right, out) -> OK or FULL}: the result row of a pair, or of one row when
     * the other is 0.
     */
    WasmFunction emit() {
        return parts.library()
                .function(
                        "join_emit",
                        () -> WasmFunction.returning(I32, "join_emit", I32, I32, I32, I32),
                        self -> self.define(code -> emit(self, code, false)));
    }

    /** As {@link #emit} for a pair of which {@link #matches} has just said that it matches. */
    WasmFunction emitMatch() {
        return parts.library()
                .function(
                        "join_emit_match",
                        () -> WasmFunction.returning(I32, "join_emit_match", I32, I32, I32, I32),
                        self -> self.define(code -> emit(self, code, true)));
    }

    private void emit(WasmFunction self, Code code, boolean isFilled) {
        Value slot = self.argument(0);
        Value left = self.argument(1);
        Value out = self.argument(3);
        Value row;
        if (shape.isLeftOnly()) {
            row = code.let(left.plus(JoinTable.ROW));
        } else {
            if (!isFilled) {
                code.run(fill().call(left, self.argument(2)));
            }
            row = i32(pair);
        }
        Value status = code.let(forward.call(row, i32(0), slot, out));
        code.when(status.eq(Status.FULL), () -> code.ret(Status.FULL));
        code.when(
                status.gt(0),
                () -> code.ret(error().call(slot, left, self.argument(2), out, status)));
        code.ret(Status.OK);
    }

    /** {@code (slot, left, right, out, status) -> OK or FULL}: an error row in place of a pair. */
    WasmFunction error() {
        return parts.library()
                .function(
                        "join_error",
                        () -> WasmFunction.returning(I32, "join_error", I32, I32, I32, I32, I32),
                        self ->
                                self.define(
                                        code -> {
                                            Value time =
                                                    time(code, self.argument(1), self.argument(2));
                                            code.ret(
                                                    output.error()
                                                            .call(
                                                                    self.argument(3),
                                                                    self.argument(0),
                                                                    time,
                                                                    self.argument(4)));
                                        }));
    }

    /** The later time of a pair, unless that of the left row counts alone. */
    private Value time(Code code, Value left, Value right) {
        if (shape.hasTimeOfLeft()) {
            return JoinParts.eventTime(left);
        }
        var time = code.var(i64(Long.MIN_VALUE));
        for (Value entry : List.of(left, right)) {
            code.when(
                    entry.ne(0),
                    () -> {
                        Value own = JoinParts.eventTime(entry);
                        code.when(own.gt(time.get()), () -> code.set(time, own));
                    });
        }
        return time.get();
    }

    /** {@code (left, right)}: the pair; an entry that is 0 gives NULLs. */
    private WasmFunction fill() {
        return parts.library()
                .function(
                        "join_fill",
                        () -> WasmFunction.of("join_fill", I32, I32),
                        self -> self.define(code -> fill(self, code)));
    }

    private void fill(WasmFunction self, Code code) {
        Value left = self.argument(0);
        Value right = self.argument(1);
        code.storeWide(i32(pair), RowLayout.ROW_EVENT_TIME, time(code, left, right));
        cells(code, left, 0);
        cells(code, right, 1);
        int leftWords = RowLayout.nullWords(shape.sides().get(0).row().size());
        if (shape.rightBase() % 64 != 0 || RowLayout.nullWords(shape.pair().size()) == 1) {
            Value bits = nulls(left, 0, 0).or(nulls(right, 1, 0).shl(shape.rightBase()));
            code.storeWide(i32(pair), RowLayout.ROW_NULLS, bits);
            return;
        }
        for (int word = 0; word < RowLayout.nullWords(shape.pair().size()); word++) {
            Value bits =
                    word < shape.rightBase() / 64
                            ? word < leftWords ? nulls(left, 0, word) : i64(0)
                            : nulls(right, 1, word - shape.rightBase() / 64);
            code.storeWide(i32(pair), RowLayout.ROW_NULLS + 8 * word, bits);
        }
    }

    private Value nulls(Value entry, int side, int word) {
        int fields = Math.min(64, shape.sides().get(side).row().size() - 64 * word);
        if (fields <= 0) {
            return i64(0);
        }
        long all = fields == 64 ? -1L : (1L << fields) - 1;
        // Address 0 can be read: nothing lives there.
        Value own = entry.wide(JoinTable.ROW + RowLayout.ROW_NULLS + 8 * word);
        return new Value.Select(entry.eq(0), i64(all), own);
    }

    private void cells(Code code, Value entry, int side) {
        int size = shape.sides().get(side).row().size();
        if (size == 0) {
            return;
        }
        int to = pair + RowLayout.cell(shape.pair().size(), shape.base(side));
        int from = JoinTable.ROW + RowLayout.cell(size, 0);
        code.when(
                entry.eq(0),
                () -> code.clearCells(i32(to), 8 * size),
                () -> code.copyCells(i32(to), entry.plus(from), 8 * size));
    }
}
