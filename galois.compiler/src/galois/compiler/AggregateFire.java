package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;
import static galois.compiler.ir.WasmType.I64;

import galois.api.kernel.TimeDomain;
import galois.batch.RowLayout;
import galois.batch.Schema;
import galois.compiler.ir.Code;
import galois.compiler.ir.Label;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.GroupTable;
import galois.compiler.runtime.RowOutput;
import galois.compiler.runtime.Status;
import galois.compiler.runtime.WindowList;

import java.util.List;

/** Emits windows whose time has come, group by group, and can stop after any of them. */
final class AggregateFire {
    private final AggregateParts parts;
    private final AggregateShape shape;
    private final AggregateState state;
    private final WindowList windows;
    private final WasmFunction forward;
    private final RowOutput output;
    private final int result;
    private WasmFunction results;

    /**
     * @param forward {@code (row, end, slot, out) -> status} takes an aggregated row on
     * @param output where error rows go
     */
    AggregateFire(AggregateParts parts, WasmFunction forward, RowOutput output) {
        this.parts = parts;
        this.shape = parts.shape();
        this.state = parts.state();
        this.windows = parts.windows();
        this.forward = forward;
        this.output = output;
        int stride = RowLayout.stride(shape.aggregate().schema().size());
        this.result = parts.library().memory().reserve(stride);
    }

    /** {@code g_time}. */
    WasmFunction time() {
        boolean byClock = shape.aggregate().window().byClock();
        TimeDomain domain = byClock ? TimeDomain.PROCESSING : TimeDomain.EVENT;
        return Firing.time(output, domain, state.watermark(), fire());
    }

    /** {@code g_drain}. */
    WasmFunction drain() {
        return Firing.drain(output, fire());
    }

    /** {@code (slot, out) -> 0 or 1}: emits all that is due. */
    private WasmFunction fire() {
        return parts.library()
                .function(
                        "fire",
                        () -> WasmFunction.returning(I32, "fire", I32, I32),
                        self -> self.define(code -> fire(self, code)));
    }

    private void fire(WasmFunction self, Code code) {
        Value slot = self.argument(0);
        Value out = self.argument(1);
        Firing.untilFull(
                code,
                slot,
                state.saving(),
                full -> {
                    if (shape.isWindowed()) {
                        code.block(
                                done ->
                                        code.loop(
                                                again -> next(code, slot, out, again, done, full)));
                        over(code, slot);
                    } else {
                        code.block(done -> all(code, slot, out, done, full));
                    }
                    code.run(parts.due().call(slot));
                });
    }

    /** The next window that is due; jumps, or falls through when there is none. */
    private void next(Code code, Value slot, Value out, Label again, Label done, Label full) {
        code.jumpIf(windows.isEmpty(slot), done);
        if (shape.isHop()) {
            new HopWindows(parts).fire(this, code, slot, out, again, done, full);
            return;
        }
        if (shape.isSession()) {
            new Sessions(parts).fire(this, code, slot, out, again, done, full);
            return;
        }
        Value start = code.let(windows.start(slot, windows.head(slot)));
        code.jumpIf(parts.end(start).gt(state.watermark(slot)), done);
        code.jumpIf(window().call(slot, start, out).ne(Status.OK), full);
        code.run(windows.removeFirst().call(slot));
        code.jump(again);
    }

    /** What is to be remembered once everything that was due is out. */
    private void over(Code code, Value slot) {
        if (shape.isHop()) {
            new HopWindows(parts).over(code, slot);
        }
    }

    /** Without windows everything comes once, when time has ended. */
    private void all(Code code, Value slot, Value out, Label done, Label full) {
        code.jumpIf(state.watermark(slot).ne(RowLayout.WATERMARK_END), done);
        code.jumpIf(slot.word(state.ended()).ne(0), done);
        code.when(
                windows.isEmpty(slot),
                () -> {
                    if (shape.keys() == 0 && !shape.isFirstHalf()) {
                        int nothing = parts.library().memory().reserve(parts.groups().entryBytes());
                        Value status = group().call(slot, i32(nothing), i64(0), i64(0), out);
                        code.jumpIf(status.ne(Status.OK), full);
                    }
                },
                () -> {
                    Value status = window().call(slot, i64(0), out);
                    code.jumpIf(status.ne(Status.OK), full);
                    code.run(windows.removeFirst().call(slot));
                });
        code.storeWord(slot, state.ended(), i32(1));
    }

    /** {@code (slot, start, out) -> OK or FULL}: the groups of the first window not emitted yet. */
    private WasmFunction window() {
        return parts.library()
                .function(
                        "fire_window",
                        () -> WasmFunction.returning(I32, "fire_window", I32, I64, I32),
                        self -> self.define(code -> window(self, code)));
    }

    private void window(WasmFunction self, Code code) {
        Value slot = self.argument(0);
        Value start = self.argument(1);
        Value table = code.let(windows.table(slot, windows.head(slot)));
        code.ret(groups().call(slot, table, start, parts.end(start), self.argument(2)));
    }

    /** {@code (slot, table, start, end, out) -> OK or FULL}: the groups not emitted yet. */
    WasmFunction groups() {
        return parts.library()
                .function(
                        "fire_groups",
                        () -> WasmFunction.returning(I32, "fire_groups", I32, I32, I64, I64, I32),
                        self -> self.define(code -> groups(self, code)));
    }

    private void groups(WasmFunction self, Code code) {
        Value slot = self.argument(0);
        GroupTable groups = parts.groups();
        Value table = self.argument(1);
        Value number = slot.word(state.nextGroup());
        code.loopWhile(
                number.ltUnsigned(groups.count(table)),
                () -> {
                    Value entry = groups.entry(table, number);
                    Value status =
                            group().call(
                                            slot,
                                            entry,
                                            self.argument(2),
                                            self.argument(3),
                                            self.argument(4));
                    code.when(status.ne(Status.OK), () -> code.ret(Status.FULL));
                    code.storeWord(slot, state.nextGroup(), number.plus(1));
                });
        code.storeWord(slot, state.nextGroup(), i32(0));
        code.ret(Status.OK);
    }

    /**
     * {@code (slot, entry, start, end, out) -> OK or FULL}: one group, or the error row in its
     * place.
     */
    WasmFunction group() {
        return parts.library()
                .function(
                        "fire_group",
                        () -> WasmFunction.returning(I32, "fire_group", I32, I32, I64, I64, I32),
                        self -> self.define(code -> group(self, code)));
    }

    private void group(WasmFunction self, Code code) {
        Value slot = self.argument(0);
        Value out = self.argument(4);
        Value time = code.let(eventTime(slot, self.argument(3)));
        if (shape.isHop()) {
            Value refused = code.let(parts.payload(self.argument(1)).word(HopWindows.STATUS));
            code.when(
                    refused.ne(Status.OK),
                    () -> code.ret(output.error().call(out, slot, time, refused)));
        }
        make(code, self.argument(1), self.argument(2), self.argument(3), time, result);
        code.run(results().call(parts.payload(self.argument(1))));
        Value status = code.let(forward.call(i32(result), i32(0), slot, out));
        code.when(status.eq(Status.FULL), () -> code.ret(Status.FULL));
        code.when(status.gt(0), () -> code.ret(output.error().call(out, slot, time, status)));
        code.ret(Status.OK);
    }

    /** An error row in place of a window. */
    Value.Call error(Value slot, Value end, Value out, int error) {
        return output.error().call(out, slot, end.minus(i64(1)), i32(error));
    }

    private Value eventTime(Value slot, Value end) {
        if (shape.isWindowed()) {
            return end.minus(i64(1));
        }
        Value greatest = slot.wide(state.maxEvent());
        return new Value.Select(greatest.eq(Long.MIN_VALUE), i64(0), greatest);
    }

    /** Where {@link #results} writes. */
    int result() {
        return result;
    }

    /** Writes time, keys and window of a result row; its aggregates are not NULL. */
    void make(Code code, Value entry, Value start, Value end, Value time, int row) {
        code.storeWide(i32(row), RowLayout.ROW_EVENT_TIME, time);
        Schema schema = shape.aggregate().schema();
        int words = RowLayout.nullWords(schema.size());
        int keyWords = shape.keys() + 63 >>> 6;
        Value key = entry;
        for (int word = 0; word < words; word++) {
            Value bits = word < keyWords ? key.wide(8 * word) : i64(0);
            code.storeWide(i32(row), RowLayout.ROW_NULLS + 8 * word, bits);
        }
        int cells = RowLayout.cell(schema.size(), 0);
        int keyCells = 8 * Math.max(1, keyWords);
        code.copyCells(i32(row + cells), key.plus(keyCells), 8 * shape.keys());
        if (shape.aggregate().window().hasBounds()) {
            int windowCell = RowLayout.cell(schema.size(), shape.keys());
            code.storeWide(i32(row), windowCell, start);
            code.storeWide(i32(row), windowCell + 8, end);
        }
    }

    /** {@code (cells) -> OK}: the aggregates of the result row. */
    WasmFunction results() {
        if (results != null) {
            return results;
        }
        int[] offsets = shape.offsets();
        int[] fields = shape.resultFields();
        RowTarget target = RowTarget.own(shape.aggregate().schema(), result, 0);
        results =
                Sequence.of(
                        "group_results",
                        List.of(I32),
                        shape.accumulators().size(),
                        6,
                        (code, self, i) -> {
                            Accumulator accumulator = shape.accumulators().get(i);
                            Value cells = self.argument(0).plus(offsets[i]);
                            if (shape.isFirstHalf()) {
                                accumulator.save(code, cells, target, fields[i]);
                            } else {
                                accumulator.result(code, cells, target, fields[i]);
                            }
                        });
        return results;
    }
}
