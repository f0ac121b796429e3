package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;
import static galois.compiler.ir.WasmType.I64;

import galois.batch.RowError;
import galois.compiler.ir.Code;
import galois.compiler.ir.Label;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.GroupTable;
import galois.compiler.runtime.KeyRecord;
import galois.compiler.runtime.Status;
import galois.compiler.runtime.WindowList;

/**
 * Sessions: rows of a key less than a gap apart. Time is cut into panes as long as the gap, and a
 * session is in the table of the pane of its last row; two sessions of a key end at least a gap
 * apart, so that there is at most one of them in a table. A session that grows beyond its pane
 * moves on and leaves an empty entry behind. A row between two sessions makes them one.
 */
final class Sessions {
    /** {@code i64}, in the payload: time of the first row. */
    static final int FIRST = 0;

    /** {@code i64}: time of the last row. */
    static final int LAST = 8;

    /** {@code u32}: 0 for an entry whose session has moved on or is over. */
    static final int ALIVE = 16;

    static final int HEAD_BYTES = 24;

    private final AggregateParts parts;
    private final AggregateShape shape;
    private final AggregateState state;
    private final WindowList windows;
    private final GroupTable groups;
    private final long gap;
    private final AggregateUpdate rows;

    /** Where a search leaves the index of the pane in which it found a session. */
    private final int foundPane;

    Sessions(AggregateParts parts) {
        this.parts = parts;
        this.shape = parts.shape();
        this.state = parts.state();
        this.windows = parts.windows();
        this.groups = parts.groups();
        this.gap = shape.aggregate().window().sizeUs();
        this.rows = new AggregateUpdate(parts);
        this.foundPane = parts.library().memory().reserve(4);
    }

    private Value pane(Value time) {
        return windows.startOf().call(time, i64(gap), i64(0));
    }

    /** {@code (slot) -> status}: takes the row in hand in. */
    WasmFunction update() {
        WasmFunction self = WasmFunction.returning(I32, "session", I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value time = AggregateUpdate.time(code, slot, parts);
                    KeyRecord keys = groups.keys();
                    Value texts = keys.load(shape.row(), 0).call(i32(parts.row()), i32(0));
                    code.when(
                            texts.gtUnsigned(i32(KeyRecord.TEXT_BYTES_MAX)),
                            () -> code.ret(RowError.ROW_TOO_LARGE));
                    Value hash = code.let(keys.hashInHand());
                    Value from = windows.position().call(slot, pane(time.minus(i64(gap - 1))));
                    Value found = code.let(find().call(slot, time, hash, from));
                    code.when(found.eq(0), () -> code.ret(begin().call(slot, time, hash)));
                    code.when(
                            time.gt(parts.payload(found).wide(LAST)),
                            () -> code.ret(extend().call(slot, time, hash, found)));
                    code.ret(add().call(slot, time, found));
                });
    }

    /**
     * {@code (slot, time, hash, pane) -> first session of the key in hand, from that pane on, that
     * the time is less than a gap away from, or 0}.
     */
    private WasmFunction find() {
        return parts.library()
                .function(
                        "session_find",
                        () -> WasmFunction.returning(I32, "session_find", I32, I64, I32, I32),
                        self -> self.define(code -> find(self, code)));
    }

    private void find(WasmFunction self, Code code) {
        Value slot = self.argument(0);
        Value time = self.argument(1);
        Local pane = code.var(self.argument(3));
        Local entry = code.local(I32);
        code.loopWhile(
                pane.get().ltUnsigned(windows.end(slot)),
                () -> {
                    Value table = windows.table(slot, pane.get());
                    code.set(entry, groups.find().call(table, self.argument(2)));
                    code.block(
                            next -> {
                                code.jumpIf(entry.get().eq(0), next);
                                Value cells = code.let(parts.payload(entry.get()));
                                code.jumpIf(cells.word(ALIVE).eq(0), next);
                                code.jumpIf(cells.wide(LAST).plus(i64(gap)).le(time), next);
                                // The sessions behind this one begin even later.
                                code.when(
                                        cells.wide(FIRST).ge(time.plus(i64(gap))),
                                        () -> code.ret(0));
                                code.storeWord(i32(foundPane), 0, pane.get());
                                code.ret(entry.get());
                            });
                    code.set(pane, pane.get().plus(1));
                });
        code.ret(0);
    }

    /** {@code (slot, time, hash) -> status}: a session of one row. */
    private WasmFunction begin() {
        WasmFunction self = WasmFunction.returning(I32, "session_begin", I32, I64, I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value time = self.argument(1);
                    Value over = time.plus(i64(gap)).le(state.watermark(slot));
                    code.when(over, () -> code.ret(RowError.LATE));
                    Local isNew = code.var(i32(0));
                    Local entry = code.local(I32);
                    place(code, slot, time, self.argument(2), entry, isNew);
                    Value cells = code.let(parts.payload(entry.get()));
                    Value status = code.let(rows.prepare().call(slot, cells));
                    code.when(status.ne(Status.OK), () -> giveUp(code, slot, isNew, status));
                    code.storeWide(cells, FIRST, time);
                    code.storeWide(cells, LAST, time);
                    code.storeWord(cells, ALIVE, i32(1));
                    code.run(rows.add().call(cells));
                    code.run(noted().call(slot, time));
                    code.ret(Status.OK);
                });
    }

    /** Finds or makes the entry for a session that ends then; returns STATE_FULL without change. */
    private void place(Code code, Value slot, Value last, Value hash, Local entry, Local isNew) {
        Value table = code.let(windows.table().call(slot, pane(last)));
        code.when(table.eq(0), () -> code.ret(RowError.STATE_FULL));
        code.set(entry, groups.find().call(table, hash));
        code.when(
                entry.get().eq(0),
                () -> {
                    code.set(isNew, table);
                    code.set(entry, groups.insert().call(slot, table, hash));
                    code.when(
                            entry.get().eq(0),
                            () -> {
                                code.run(windows.dropEmpty().call(slot));
                                code.ret(RowError.STATE_FULL);
                            });
                });
    }

    private void giveUp(Code code, Value slot, Local isNew, Value status) {
        code.when(
                isNew.get().ne(0),
                () -> {
                    code.run(groups.removeLast().call(slot, isNew.get()));
                    code.run(windows.dropEmpty().call(slot));
                });
        code.ret(status);
    }

    /** {@code (slot, time, session) -> status}: a row that does not make the session end later. */
    private WasmFunction add() {
        return parts.library()
                .function(
                        "session_add",
                        () -> WasmFunction.returning(I32, "session_add", I32, I64, I32),
                        self ->
                                self.define(
                                        code -> {
                                            Value slot = self.argument(0);
                                            Value time = self.argument(1);
                                            Value cells = code.let(parts.payload(self.argument(2)));
                                            Value status =
                                                    code.let(rows.prepare().call(slot, cells));
                                            code.when(status.ne(Status.OK), () -> code.ret(status));
                                            code.when(
                                                    time.lt(cells.wide(FIRST)),
                                                    () -> code.storeWide(cells, FIRST, time));
                                            code.run(rows.add().call(cells));
                                            code.run(noted().call(slot, cells.wide(LAST)));
                                            code.ret(Status.OK);
                                        }));
    }

    /** {@code (slot, time, hash, session) -> status}: a row behind the last of a session. */
    private WasmFunction extend() {
        WasmFunction self = WasmFunction.returning(I32, "session_extend", I32, I64, I32, I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value time = self.argument(1);
                    Value hash = self.argument(2);
                    Value cells = code.let(parts.payload(self.argument(3)));
                    Value next = code.let(i32(foundPane).word(0).plus(1));
                    Value later = code.let(find().call(slot, time, hash, next));
                    code.when(
                            later.ne(0),
                            () -> code.ret(bridge().call(slot, time, self.argument(3), later)));
                    Value isSame = pane(time).eq(pane(cells.wide(LAST)));
                    code.when(
                            isSame,
                            () -> {
                                Value status = code.let(rows.prepare().call(slot, cells));
                                code.when(status.ne(Status.OK), () -> code.ret(status));
                                code.storeWide(cells, LAST, time);
                                code.run(rows.add().call(cells));
                                code.run(noted().call(slot, time));
                                code.ret(Status.OK);
                            });
                    Local isNew = code.var(i32(0));
                    Local entry = code.local(I32);
                    place(code, slot, time, hash, entry, isNew);
                    Value status = code.let(rows.prepare().call(slot, cells));
                    code.when(status.ne(Status.OK), () -> giveUp(code, slot, isNew, status));
                    code.run(rows.add().call(cells));
                    code.storeWide(cells, LAST, time);
                    move(code, cells, code.let(parts.payload(entry.get())));
                    code.run(noted().call(slot, time));
                    code.ret(Status.OK);
                });
    }

    /**
     * {@code (slot, time, session, later session) -> status}: the row joins the two. A row that is
     * refused for its values has joined them nevertheless.
     */
    private WasmFunction bridge() {
        WasmFunction self = WasmFunction.returning(I32, "session_bridge", I32, I64, I32, I32);
        GroupMerge merge = new GroupMerge(parts);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value cells = code.let(parts.payload(self.argument(2)));
                    Value later = code.let(parts.payload(self.argument(3)));
                    Value status = code.let(merge.prepare().call(slot, cells, later));
                    code.when(status.ne(Status.OK), () -> code.ret(status));
                    code.run(merge.merge().call(slot, cells, later));
                    code.storeWide(cells, LAST, later.wide(LAST));
                    clear(code, slot, later);
                    move(code, cells, later);
                    code.ret(add().call(slot, self.argument(1), self.argument(3)));
                });
    }

    private int bytes() {
        int[] offsets = shape.offsets();
        return offsets[offsets.length - 1];
    }

    /** Moves a session to an empty entry. */
    private void move(Code code, Value from, Value to) {
        code.copy(to, from, i32(bytes()));
        code.fill(from, i32(0), i32(bytes()));
    }

    /** Makes an entry empty. */
    private void clear(Code code, Value slot, Value cells) {
        WasmFunction release = groups.releasePayload();
        if (release != null) {
            code.run(release.call(slot, cells.minus(groups.payload())));
        }
        code.fill(cells, i32(0), i32(bytes()));
    }

    /** {@code (slot, last)}: a session that ends a gap behind {@code last} has changed. */
    private WasmFunction noted() {
        return parts.library()
                .function(
                        "session_noted",
                        () -> WasmFunction.of("session_noted", I32, I64),
                        self ->
                                self.define(
                                        code -> {
                                            Value slot = self.argument(0);
                                            Value end = self.argument(1).plus(i64(gap));
                                            lower(code, slot, code.let(end));
                                            code.storeWord(slot, state.saving(), i32(0));
                                            code.run(parts.due().call(slot));
                                        }));
    }

    private void lower(Code code, Value slot, Value end) {
        code.when(
                end.lt(slot.wide(state.sessionDue())),
                () -> code.storeWide(slot, state.sessionDue(), end));
    }

    /** Emits the sessions of the first pane that are over; jumps to one of the labels. */
    void fire(
            AggregateFire fire,
            Code code,
            Value slot,
            Value out,
            Label again,
            Label done,
            Label full) {
        code.jumpIf(slot.wide(state.sessionDue()).gt(state.watermark(slot)), done);
        Value start = code.let(windows.start(slot, windows.head(slot)));
        code.when(
                start.plus(i64(gap)).gt(state.watermark(slot)),
                () -> {
                    code.storeWide(slot, state.sessionDue(), start.plus(i64(gap)));
                    code.jump(done);
                });
        Value table = code.let(windows.table(slot, windows.head(slot)));
        code.jumpIf(emit(fire).call(slot, table, out).ne(Status.OK), full);
        code.when(
                start.plus(i64(2 * gap)).le(state.watermark(slot)),
                () -> {
                    code.run(windows.removeFirst().call(slot));
                    code.jump(again);
                });
        code.run(nextDue().call(slot, table, start.plus(i64(2 * gap))));
        code.jump(done);
    }

    /** {@code (slot, table, out) -> OK or FULL}. */
    private WasmFunction emit(AggregateFire fire) {
        WasmFunction self = WasmFunction.returning(I32, "session_emit", I32, I32, I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value table = self.argument(1);
                    Value number = slot.word(state.nextGroup());
                    code.loopWhile(
                            number.ltUnsigned(groups.count(table)),
                            () -> {
                                Value entry = code.let(groups.entry(table, number));
                                Value cells = code.let(parts.payload(entry));
                                Value end = code.let(cells.wide(LAST).plus(i64(gap)));
                                Value due = cells.word(ALIVE).and(end.le(state.watermark(slot)));
                                code.when(
                                        due,
                                        () -> {
                                            Value first = cells.wide(FIRST);
                                            Value status =
                                                    fire.group()
                                                            .call(
                                                                    slot,
                                                                    entry,
                                                                    first,
                                                                    end,
                                                                    self.argument(2));
                                            code.when(
                                                    status.ne(Status.OK),
                                                    () -> code.ret(Status.FULL));
                                            clear(code, slot, cells);
                                        });
                                code.storeWord(slot, state.nextGroup(), number.plus(1));
                            });
                    code.storeWord(slot, state.nextGroup(), i32(0));
                    code.ret(Status.OK);
                });
    }

    /** {@code (slot, table of the first pane, next possible end)}: when to look again. */
    private WasmFunction nextDue() {
        WasmFunction self = WasmFunction.of("session_due", I32, I32, I64);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value table = self.argument(1);
                    Local number = code.var(i32(0));
                    code.storeWide(slot, state.sessionDue(), self.argument(2));
                    code.loopWhile(
                            number.get().ltUnsigned(groups.count(table)),
                            () -> {
                                Value cells =
                                        code.let(parts.payload(groups.entry(table, number.get())));
                                code.when(
                                        cells.word(ALIVE).ne(0),
                                        () ->
                                                lower(
                                                        code,
                                                        slot,
                                                        code.let(cells.wide(LAST).plus(i64(gap)))));
                                code.set(number, number.get().plus(1));
                            });
                });
    }
}
