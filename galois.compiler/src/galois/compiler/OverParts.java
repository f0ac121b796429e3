package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;

import galois.batch.RowError;
import galois.batch.RowLayout;
import galois.batch.SlotLayout;
import galois.compiler.ir.Code;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.GroupTable;
import galois.compiler.runtime.KeyRecord;
import galois.compiler.runtime.Library;
import galois.compiler.runtime.RowView;
import galois.compiler.runtime.Status;

/**
 * What the functions of {@code OVER} share: a queue of rows that wait for their time, and
 * partitions: of those that go on a table, else the one in hand.
 *
 * @param row address of the row in hand, fields of {@link OverShape#row}
 */
record OverParts(
        Library library,
        OverShape shape,
        OverState state,
        RowQueue queue,
        OverPartition partition,
        GroupTable table,
        int row) {
    RowView input() {
        return RowView.at(shape.row(), row);
    }

    /** A kept row. */
    RowView kept(Value address) {
        return RowView.of(shape.row(), address, i32(0));
    }

    Value queue(Value slot) {
        return slot.plus(state.queue());
    }

    boolean goesOn() {
        return shape.over().goesOn();
    }

    /** The partition in hand. */
    Value inHand(Value slot) {
        return goesOn()
                ? table.entry(slot.word(state.table()), slot.word(state.inHand()).minus(1))
                        .plus(table.payload())
                : slot.plus(state.partition());
    }

    /** When a row on top of the queue can be taken. */
    Value dueAt(Value row) {
        return kept(row).cell(shape.time()).plus(i64(shape.over().delayUs()));
    }

    /** {@code (slot)}: writes when the slot is due next. */
    WasmFunction due() {
        return library.function(
                "due",
                () -> WasmFunction.of("due", I32),
                self ->
                        self.define(
                                code -> {
                                    Value slot = self.argument(0);
                                    code.storeWide(
                                            slot, SlotLayout.DUE_EVENT, i64(SlotLayout.NEVER));
                                    if (shape.isTimed()) {
                                        Value waiting = RowQueue.rows(queue(slot));
                                        code.when(waiting.eq(0), code::ret);
                                        Value top = code.let(RowQueue.row(queue(slot), i32(0)));
                                        code.storeWide(slot, SlotLayout.DUE_EVENT, dueAt(top));
                                    }
                                }));
    }

    /**
     * {@code (slot, row) -> partition} of a kept row, which must be there.
     *
     * @param code in which the number of the partition is left in the slot
     */
    void find(Code code, Value slot, Value row) {
        if (!goesOn()) {
            code.storeWord(slot, state.inHand(), i32(1));
            return;
        }
        code.run(table.keys().load(shape.row(), 0).call(row, i32(0)));
        Value at = code.let(slot.word(state.table()));
        Value entry = table.find().call(at, table.keys().hashInHand());
        Value bytes = entry.minus(table.entries(at));
        Value number = bytes.overUnsigned(i32(table.entryBytes())).plus(1);
        code.storeWord(slot, state.inHand(), number);
    }

    /**
     * {@code (slot) -> OK or an error}: the row in hand waits, and there is room for it in its
     * partition; an error has changed nothing.
     */
    WasmFunction enter() {
        return library.function(
                "enter",
                () -> WasmFunction.returning(I32, "enter", I32),
                self -> self.define(code -> enter(self, code)));
    }

    private void enter(WasmFunction self, Code code) {
        Value slot = self.argument(0);
        Value waiting = queue(slot);
        if (!goesOn()) {
            Value part = slot.plus(state.partition());
            Value rows = RowQueue.rows(waiting).plus(1);
            Value room = partition.reserve().call(slot, part, rows);
            code.when(room.eq(0), () -> code.ret(RowError.STATE_FULL));
            Value added = queue.add().call(slot, waiting);
            code.when(added.eq(0), () -> code.ret(RowError.STATE_FULL));
            code.ret(Status.OK);
            return;
        }
        Local isNew = code.local(I32);
        Value part = code.let(own(code, slot, i32(row), shape.row(), 0, i32(0), isNew));
        Value rows = code.let(part.word(OverPartition.PENDING).plus(1));
        code.block(
                refused -> {
                    Value room = partition.reserve().call(slot, part, rows);
                    code.jumpIf(room.eq(0), refused);
                    code.jumpIf(queue.add().call(slot, waiting).eq(0), refused);
                    code.storeWord(part, OverPartition.PENDING, rows);
                    code.ret(Status.OK);
                });
        code.when(
                isNew.get(),
                () -> code.run(table.removeLast().call(slot, slot.word(state.table()))));
        code.ret(RowError.STATE_FULL);
    }

    /**
     * The partition of a row, made when there is none; returns an error without memory.
     *
     * @param first field of the first key
     * @param isNew becomes 1 when it was made
     */
    Value own(
            Code code,
            Value slot,
            Value row,
            galois.batch.Schema schema,
            int first,
            Value end,
            Local isNew) {
        KeyRecord keys = table.keys();
        Value texts = keys.load(schema, first).call(row, end);
        code.when(
                texts.gtUnsigned(i32(KeyRecord.TEXT_BYTES_MAX)),
                () -> code.ret(RowError.ROW_TOO_LARGE));
        code.when(
                slot.word(state.table()).eq(0),
                () -> {
                    Value made = table.create().call(slot, i32(0));
                    code.storeWord(slot, state.table(), made);
                    code.when(slot.word(state.table()).eq(0), () -> code.ret(RowError.STATE_FULL));
                });
        Value at = code.let(slot.word(state.table()));
        Value hash = code.let(keys.hashInHand());
        Local entry = code.var(table.find().call(at, hash));
        code.set(isNew, entry.get().eq(0));
        code.when(
                isNew.get(),
                () -> {
                    code.set(entry, table.insert().call(slot, at, hash));
                    code.when(entry.get().eq(0), () -> code.ret(RowError.STATE_FULL));
                });
        return entry.get().plus(table.payload());
    }

    /** {@code (slot) -> status} of the row in hand. */
    WasmFunction update() {
        WasmFunction self = WasmFunction.returning(I32, "over", I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    if (shape.isTimed()) {
                        checkTime(code, slot);
                    } else {
                        code.when(slot.word(state.ended()).ne(0), () -> code.ret(RowError.LATE));
                    }
                    Value texts = queue.textBytes(code);
                    code.when(
                            texts.gtUnsigned(i32(shape.textBytesMax())),
                            () -> code.ret(RowError.ROW_TOO_LARGE));
                    queue.stamp(code, slot.wide(state.sequence()));
                    Value status = code.let(enter().call(slot));
                    code.when(status.ne(Status.OK), () -> code.ret(status));
                    code.storeWide(
                            slot, state.sequence(), slot.wide(state.sequence()).plus(i64(1)));
                    code.storeWord(slot, state.saving(), i32(0));
                    code.run(due().call(slot));
                    code.ret(Status.OK);
                });
    }

    private void checkTime(Code code, Value slot) {
        code.when(input().isNull(shape.time()), () -> code.ret(RowError.NO_TIME));
        Value time = code.let(input().cell(shape.time()));
        long delay = shape.over().delayUs();
        code.when(
                time.gt(i64(RowLayout.WATERMARK_END - 1 - delay)),
                () -> code.ret(RowError.OVERFLOW));
        code.when(time.plus(i64(delay)).le(state.watermark(slot)), () -> code.ret(RowError.LATE));
    }
}
