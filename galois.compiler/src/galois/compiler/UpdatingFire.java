package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;
import static galois.compiler.ir.WasmType.I64;

import galois.api.kernel.TimeDomain;
import galois.batch.RowError;
import galois.batch.RowKind;
import galois.batch.RowLayout;
import galois.compiler.ir.Code;
import galois.compiler.ir.Label;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.Charge;
import galois.compiler.runtime.GroupTable;
import galois.compiler.runtime.RowOutput;
import galois.compiler.runtime.Status;
import galois.compiler.runtime.WindowList;

import java.util.function.Function;

/**
 * Emits what has changed in an updating result: for each group that got rows since, in the order of
 * the table, the row that it gave last as update-before and the new one as update-after; only an
 * insert when there was none, only a delete when what is behind the aggregate drops the new one;
 * nothing when both are equal. It can stop after any row.
 */
final class UpdatingFire {
    private final AggregateParts parts;
    private final AggregateShape shape;
    private final AggregateState state;
    private final WindowList windows;
    private final GroupTable groups;
    private final LastRow last;
    private final AggregateFire rows;
    private final WasmFunction forward;
    private final boolean isTried;
    private final RowOutput output;
    private final int before;
    private final long everyUs;
    private final long keepUs;

    /**
     * @param rows makes result rows
     * @param forward {@code (row, end, slot, out) -> status} takes one on
     * @param isTried it may drop some
     * @param output where error rows go
     */
    UpdatingFire(
            AggregateParts parts,
            AggregateFire rows,
            WasmFunction forward,
            boolean isTried,
            RowOutput output) {
        this.parts = parts;
        this.shape = parts.shape();
        this.state = parts.state();
        this.windows = parts.windows();
        this.groups = parts.groups();
        this.last = new LastRow(shape.aggregate());
        this.rows = rows;
        this.forward = forward;
        this.isTried = isTried;
        this.output = output;
        int stride = RowLayout.stride(shape.aggregate().schema().size());
        this.before = parts.library().memory().reserve(stride);
        this.everyUs = shape.aggregate().window().sizeUs();
        this.keepUs = UpdatingGroups.keepUs(shape);
    }

    /** {@code g_time}: event time completes the result at its end, processing time updates it. */
    WasmFunction time() {
        WasmFunction self = WasmFunction.returning(I32, "g_time", I32, I32, I64, I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value us = self.argument(2);
                    code.run(output.prepare().call(self.argument(3)));
                    code.when(
                            self.argument(1).eq(TimeDomain.EVENT.ordinal()),
                            () -> {
                                code.when(
                                        us.gt(state.watermark(slot)),
                                        () -> code.storeWide(slot, state.watermark(), us));
                                code.when(
                                        us.eq(RowLayout.WATERMARK_END),
                                        () -> code.ret(fire().call(slot, self.argument(3))));
                                code.ret(0);
                            });
                    code.when(
                            isDue(code, slot, us).eq(0),
                            () -> {
                                code.storeWord(slot, state.saving(), i32(0));
                                code.run(parts.due().call(slot));
                                code.ret(0);
                            });
                    if (everyUs > 0) {
                        Value next = us.minus(us.rem(i64(everyUs))).plus(i64(everyUs));
                        code.storeWide(slot, state.nextUpdate(), next);
                    }
                    code.ret(fire().call(slot, self.argument(3)));
                });
    }

    private Value isDue(Code code, Value slot, Value us) {
        Local due = code.var(us.ge(slot.wide(state.nextUpdate())));
        if (keepUs == 0) {
            return due.get();
        }
        Value next = slot.wide(state.nextGeneration());
        code.when(
                next.eq(0),
                () -> code.storeWide(slot, state.nextGeneration(), us.plus(i64(keepUs))),
                () ->
                        code.when(
                                us.ge(next),
                                () -> {
                                    Value later = slot.wide(state.generation()).plus(i64(1));
                                    code.storeWide(slot, state.generation(), later);
                                    code.storeWide(
                                            slot, state.nextGeneration(), us.plus(i64(keepUs)));
                                    code.set(due, i32(1));
                                }));
        return due.get();
    }

    /** {@code g_drain}. */
    WasmFunction drain() {
        return Firing.drain(output, fire());
    }

    /** {@code (slot, out) -> 0 or 1}. */
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
        Value atEnd = state.watermark(slot).eq(RowLayout.WATERMARK_END);
        Firing.untilFull(
                code,
                slot,
                state.saving(),
                full -> {
                    if (shape.keys() == 0) {
                        code.when(
                                atEnd.and(windows.isEmpty(slot)),
                                () -> code.run(onlyGroup().call(slot)));
                    }
                    code.jumpIf(changed().call(slot, out).ne(Status.OK), full);
                    if (keepUs > 0) {
                        code.jumpIf(forgotten().call(slot, out).ne(Status.OK), full);
                    }
                    code.when(atEnd, () -> code.storeWord(slot, state.ended(), i32(1)));
                    code.run(parts.due().call(slot));
                });
    }

    /** {@code (slot)}: without keys there is a result even of no rows, once it is known. */
    private WasmFunction onlyGroup() {
        WasmFunction self = WasmFunction.of("only_group", I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    code.when(slot.word(state.ended()).ne(0), code::ret);
                    Value table =
                            code.let(windows.table().call(slot, slot.wide(state.generation())));
                    code.when(table.eq(0), code::ret);
                    code.run(groups.keys().load(shape.row(), 0).call(i32(parts.row()), i32(0)));
                    Value hash = code.let(groups.keys().hashInHand());
                    Value entry = code.let(groups.insert().call(slot, table, hash));
                    code.when(entry.eq(0), code::ret);
                    Value head = code.let(parts.payload(entry));
                    code.storeWord(head, LastRow.FLAGS, i32(LastRow.CHANGED));
                    code.storeWide(head, LastRow.TIME, i64(Long.MIN_VALUE));
                    code.storeWord(slot, state.changed(), i32(1));
                });
    }

    /** {@code (slot, out) -> OK or FULL}: all tables, from where it stopped. */
    private WasmFunction changed() {
        WasmFunction self = WasmFunction.returning(I32, "fire_changed", I32, I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    code.when(slot.word(state.changed()).eq(0), () -> code.ret(Status.OK));
                    Value at = windows.head(slot).plus(slot.word(state.updateTable()));
                    code.loopWhile(
                            at.ltUnsigned(windows.end(slot)),
                            () -> {
                                Value table = code.let(windows.table(slot, at));
                                changedGroups(code, slot, table, i64(0), i64(0), self.argument(1));
                                Value next = slot.word(state.updateTable()).plus(1);
                                code.storeWord(slot, state.updateTable(), next);
                            });
                    code.storeWord(slot, state.updateTable(), i32(0));
                    code.storeWord(slot, state.changed(), i32(0));
                    code.ret(Status.OK);
                });
    }

    /** {@code (slot, out) -> OK or FULL}: tables of groups whose time is over. */
    private WasmFunction forgotten() {
        WasmFunction self = WasmFunction.returning(I32, "fire_forgotten", I32, I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value over = slot.wide(state.generation()).minus(i64(1));
                    code.block(
                            done ->
                                    code.loop(
                                            again -> forget(code, slot, over, self, again, done)));
                    code.ret(Status.OK);
                });
    }

    private void forget(
            Code code, Value slot, Value over, WasmFunction self, Label again, Label done) {
        code.jumpIf(windows.isEmpty(slot), done);
        code.jumpIf(windows.start(slot, windows.head(slot)).ge(over), done);
        Value table = code.let(windows.table(slot, windows.head(slot)));
        if (!shape.accumulators().isEmpty()) {
            each(
                    code,
                    slot,
                    table,
                    LastRow.SHOWN,
                    entry -> delete().call(slot, entry, self.argument(1)));
        }
        code.run(windows.removeFirst().call(slot));
        code.jump(again);
    }

    /** Groups of a table that have changed, from where it stopped; returns FULL. */
    void changedGroups(Code code, Value slot, Value table, Value start, Value end, Value out) {
        each(
                code,
                slot,
                table,
                LastRow.CHANGED,
                entry -> update().call(slot, entry, start, end, out));
    }

    /** Groups with that flag, from where it stopped; returns FULL. */
    private void each(
            Code code, Value slot, Value table, int flag, Function<Value, Value.Call> group) {
        Value number = slot.word(state.nextGroup());
        code.loopWhile(
                number.ltUnsigned(groups.count(table)),
                () -> {
                    Value entry = code.let(groups.entry(table, number));
                    code.when(
                            LastRow.has(parts.payload(entry), flag),
                            () -> {
                                Value status = group.apply(entry);
                                code.when(status.ne(Status.OK), () -> code.ret(Status.FULL));
                            });
                    code.storeWord(slot, state.nextGroup(), number.plus(1));
                });
        code.storeWord(slot, state.nextGroup(), i32(0));
    }

    /**
     * {@code (slot, entry, out) -> OK or FULL}: takes the last row of a group out of the result.
     */
    private WasmFunction delete() {
        WasmFunction self = WasmFunction.returning(I32, "group_delete", I32, I32, I32);
        return self.define(
                code -> {
                    Value entry = self.argument(1);
                    Value head = code.let(parts.payload(entry));
                    rows.make(code, entry, i64(0), i64(0), i64(0), before);
                    last.write(code, head, before);
                    code.storeWord(i32(before), RowLayout.ROW_KIND, i32(RowKind.DELETE));
                    Value status = send(code, before, self.argument(0), self.argument(2));
                    code.when(status.eq(Status.FULL), () -> code.ret(Status.FULL));
                    code.storeWord(head, LastRow.FLAGS, i32(0));
                    code.ret(Status.OK);
                });
    }

    private Value send(Code code, int row, Value slot, Value out) {
        return code.let(forward.call(i32(row), i32(0), slot, out));
    }

    /**
     * {@code (slot, entry, start, end, out) -> OK or FULL}: what has become of a group; the bounds
     * are those of its window, if it has one.
     */
    private WasmFunction update() {
        WasmFunction self = WasmFunction.returning(I32, "group_update", I32, I32, I64, I64, I32);
        WasmFunction takeBack = takeBack();
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value entry = self.argument(1);
                    Value out = self.argument(4);
                    Value head = code.let(parts.payload(entry));
                    Value known = code.let(time(head, self.argument(3)));
                    rows.make(
                            code, entry, self.argument(2), self.argument(3), known, rows.result());
                    code.run(rows.results().call(head));
                    Value shown = LastRow.has(head, LastRow.SHOWN);
                    code.when(
                            shown.and(LastRow.has(head, LastRow.TAKEN_BACK).not()),
                            () -> {
                                Value same =
                                        last.differs(parts.library(), rows.result())
                                                .call(head)
                                                .eq(Status.OK);
                                code.when(
                                        same,
                                        () -> {
                                            code.storeWord(head, LastRow.FLAGS, i32(LastRow.SHOWN));
                                            code.ret(Status.OK);
                                        });
                                Value status = code.let(takeBack.call(slot, entry, out));
                                code.when(status.ne(Status.OK), () -> code.ret(Status.FULL));
                            });
                    Value kind =
                            new Value.Select(shown, i32(RowKind.UPDATE_AFTER), i32(RowKind.INSERT));
                    code.storeWord(i32(rows.result()), RowLayout.ROW_KIND, kind);
                    code.ret(give().call(slot, head, out));
                });
    }

    /** The event time of what a group gives. */
    private Value time(Value head, Value end) {
        if (shape.isRefired()) {
            return end.minus(i64(1));
        }
        Value time = head.wide(LastRow.TIME);
        return new Value.Select(time.eq(Long.MIN_VALUE), i64(0), time);
    }

    /** {@code (slot, entry, out) -> OK or FULL}: the last row, as an update or a delete. */
    private WasmFunction takeBack() {
        WasmFunction self = WasmFunction.returning(I32, "group_take_back", I32, I32, I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value entry = self.argument(1);
                    Value out = self.argument(2);
                    Value head = code.let(parts.payload(entry));
                    Local kind = code.var(i32(RowKind.UPDATE_BEFORE));
                    if (isTried) {
                        Value rowsBefore = code.let(out.word(RowLayout.ROWS));
                        Value arenaBefore = code.let(out.word(RowLayout.ARENA_BYTES));
                        Value status = send(code, rows.result(), slot, out);
                        code.when(status.eq(Status.FULL), () -> code.ret(Status.FULL));
                        code.storeWord(out, RowLayout.ROWS, rowsBefore);
                        code.storeWord(out, RowLayout.ARENA_BYTES, arenaBefore);
                        code.when(status.ne(Status.OK), () -> code.set(kind, i32(RowKind.DELETE)));
                    }
                    rows.make(code, entry, i64(0), i64(0), i64(0), before);
                    last.write(code, head, before);
                    code.storeWord(i32(before), RowLayout.ROW_KIND, kind.get());
                    Value status = send(code, before, slot, out);
                    code.when(status.eq(Status.FULL), () -> code.ret(Status.FULL));
                    Value flags = head.word(LastRow.FLAGS).or(i32(LastRow.TAKEN_BACK));
                    code.storeWord(head, LastRow.FLAGS, flags);
                    code.ret(Status.OK);
                });
    }

    /** {@code (slot, head, out) -> OK or FULL}: the new row, or the error row in its place. */
    private WasmFunction give() {
        WasmFunction self = WasmFunction.returning(I32, "group_give", I32, I32, I32);
        Charge charge = parts.library().part(Charge.class, Charge::new);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value head = self.argument(1);
                    Value out = self.argument(2);
                    Value time = i32(rows.result()).wide(RowLayout.ROW_EVENT_TIME);
                    Local status = code.var(i32(Status.OK));
                    Local block = code.var(i32(0));
                    Local bytes = code.var(i32(0));
                    if (last.holdsTexts()) {
                        code.set(bytes, last.textBytes(rows.result()));
                        code.when(
                                bytes.get().ne(0),
                                () -> {
                                    code.set(block, charge.take().call(slot, bytes.get()));
                                    code.when(
                                            block.get().eq(0),
                                            () -> code.set(status, i32(RowError.STATE_FULL)));
                                });
                    }
                    code.when(
                            status.get().eq(Status.OK),
                            () ->
                                    code.set(
                                            status,
                                            forward.call(i32(rows.result()), i32(0), slot, out)));
                    code.when(
                            status.get().gt(0),
                            () -> {
                                Value error = output.error().call(out, slot, time, status.get());
                                code.when(
                                        error.ne(Status.OK),
                                        () -> code.set(status, i32(Status.FULL)));
                            });
                    code.when(
                            status.get().eq(Status.OK),
                            () -> {
                                code.run(last.release(parts.library()).call(slot, head));
                                last.keep(code, head, rows.result(), block.get(), bytes.get());
                                code.storeWord(head, LastRow.FLAGS, i32(LastRow.SHOWN));
                                code.ret(Status.OK);
                            });
                    code.run(charge.release().call(slot, block.get(), bytes.get()));
                    code.when(status.get().eq(Status.FULL), () -> code.ret(Status.FULL));
                    code.run(last.release(parts.library()).call(slot, head));
                    code.storeWord(head, LastRow.FLAGS, i32(0));
                    code.ret(Status.OK);
                });
    }
}
