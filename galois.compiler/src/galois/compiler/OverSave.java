package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;

import galois.batch.RowError;
import galois.batch.RowLayout;
import galois.batch.SlotLayout;
import galois.compiler.OverShape.FrameShape;
import galois.compiler.ir.Code;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.GroupTable;
import galois.compiler.runtime.RowOutput;
import galois.compiler.runtime.RowView;
import galois.compiler.runtime.Status;

import java.util.List;

/** State as rows: the slot, the rows that wait, then each partition followed by its rows. */
final class OverSave {
    private static final int RECORD_WAITING = 1;
    private static final int RECORD_PARTITION = 2;
    private static final int RECORD_KEPT = 3;
    private static final int FLAG_PENDING = 1;
    private static final int FLAG_ENDED = 2;

    /** Rows of a partition saved ahead of those in the array: itself, the first row of all. */
    private static final int AHEAD = 2;

    private final OverParts parts;
    private final OverShape shape;
    private final OverState state;
    private final OverPartition partition;
    private final RowOutput writer;
    private final List<FrameShape> running;

    OverSave(OverParts parts, RowOutput writer) {
        this.parts = parts;
        this.shape = parts.shape();
        this.state = parts.state();
        this.partition = parts.partition();
        this.writer = writer;
        this.running = shape.frames().stream().filter(FrameShape::isRunning).toList();
    }

    private int cell(int field) {
        return RowLayout.cell(writer.schema().size(), field);
    }

    /** {@code g_save(slot, mode, out) -> 0 done, 1 more, -1 the area is too small}. */
    WasmFunction save() {
        WasmFunction self = WasmFunction.returning(I32, "g_save", I32, I32, I32);
        WasmFunction saveRow = saveRow();
        WasmFunction savePartition = savePartition(saveRow);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value out = self.argument(2);
                    code.run(writer.prepare().call(out));
                    code.when(
                            slot.word(state.saving()).eq(0),
                            () -> {
                                StateRows.leaveIfFull(code, saveSlot().call(slot, out));
                                code.storeWord(slot, state.saving(), i32(1));
                                code.storeWord(slot, state.saveRow(), i32(0));
                                code.storeWord(slot, state.savePartition(), i32(0));
                                code.storeWord(slot, state.saveKept(), i32(0));
                            });
                    Value at = slot.word(state.saveRow());
                    code.loopWhile(
                            at.ltUnsigned(RowQueue.rows(parts.queue(slot))),
                            () -> {
                                Value row = RowQueue.row(parts.queue(slot), at);
                                Value record = i32(RECORD_WAITING);
                                StateRows.leaveIfFull(code, saveRow.call(slot, row, record, out));
                                code.storeWord(slot, state.saveRow(), at.plus(1));
                            });
                    partitions(code, slot, out, savePartition);
                    code.storeWord(slot, state.saving(), i32(0));
                    code.ret(0);
                });
    }

    private void partitions(Code code, Value slot, Value out, WasmFunction savePartition) {
        Value number = slot.word(state.savePartition());
        Local count = code.var(slot.word(state.inHand()));
        if (parts.goesOn()) {
            Value table = slot.word(state.table());
            code.set(count, i32(0));
            code.when(table.ne(0), () -> code.set(count, parts.table().count(table)));
        }
        code.loopWhile(
                number.ltUnsigned(count.get()),
                () -> {
                    StateRows.leaveIfFull(code, savePartition.call(slot, out));
                    code.storeWord(slot, state.saveKept(), i32(0));
                    code.storeWord(slot, state.savePartition(), number.plus(1));
                });
    }

    /** {@code (slot, out) -> status}: the partition and its rows not saved yet. */
    private WasmFunction savePartition(WasmFunction saveRow) {
        WasmFunction saveHead = saveHead();
        WasmFunction self = WasmFunction.returning(I32, "save_partition", I32, I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value out = self.argument(1);
                    Value part = code.let(partitionSaved(slot));
                    Value at = slot.word(state.saveKept());
                    code.when(
                            at.eq(0),
                            () -> {
                                Value status = code.let(saveHead.call(slot, part, out));
                                code.when(status.ne(Status.OK), () -> code.ret(status));
                                code.storeWord(slot, state.saveKept(), i32(1));
                            });
                    Value head = part.word(OverPartition.HEAD);
                    Value kept = part.word(OverPartition.END).minus(head).plus(AHEAD);
                    code.loopWhile(
                            at.ltUnsigned(kept),
                            () -> {
                                Value place = head.plus(at).minus(AHEAD);
                                Local row = code.var(part.word(OverPartition.FIRST));
                                code.when(
                                        at.ne(1), () -> code.set(row, partition.row(part, place)));
                                code.when(
                                        row.get().ne(0),
                                        () -> {
                                            Value record = i32(RECORD_KEPT);
                                            Value status =
                                                    code.let(
                                                            saveRow.call(
                                                                    slot, row.get(), record, out));
                                            code.when(status.ne(Status.OK), () -> code.ret(status));
                                        });
                                code.storeWord(slot, state.saveKept(), at.plus(1));
                            });
                    code.ret(Status.OK);
                });
    }

    private Value partitionSaved(Value slot) {
        GroupTable table = parts.table();
        return parts.goesOn()
                ? table.entry(slot.word(state.table()), slot.word(state.savePartition()))
                        .plus(table.payload())
                : slot.plus(state.partition());
    }

    private WasmFunction saveSlot() {
        WasmFunction self = WasmFunction.returning(I32, "save_slot", I32, I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value out = self.argument(1);
                    Value row = StateRows.begin(code, writer, slot, out, i64(0));
                    StateRows.known(code, row, OverShape.STATE_HEAD);
                    code.storeWide(row, cell(1), state.watermark(slot));
                    code.when(
                            slot.word(state.inHand()).ne(0),
                            () -> {
                                Value head = parts.inHand(slot).word(OverPartition.HEAD);
                                Value next = slot.word(state.next()).minus(head);
                                code.storeWide(row, cell(2), next.extend());
                            });
                    Value pending = slot.word(SlotLayout.PENDING).ne(0);
                    Value ended = slot.word(state.ended()).times(FLAG_ENDED);
                    code.storeWide(row, cell(3), pending.or(ended).extend());
                    code.storeWide(row, cell(4), slot.wide(state.sequence()));
                    code.storeWide(row, cell(5), slot.word(state.status()).extend());
                    code.run(writer.commit().call(out));
                    code.ret(Status.OK);
                });
    }

    /** {@code (slot, row, record, out) -> status}: a row that waits, or one of a partition. */
    private WasmFunction saveRow() {
        WasmFunction fields =
                StateRows.saveFields("save_fields", writer, shape.row(), OverShape.STATE_HEAD);
        WasmFunction self = WasmFunction.returning(I32, "save_row", I32, I32, I32, I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value kept = self.argument(1);
                    Value out = self.argument(3);
                    Value row = begin(code, slot, kept, out);
                    code.storeWide(row, cell(0), self.argument(2).extend());
                    code.storeWide(row, cell(1), kept.wide(RowLayout.ROW_EVENT_TIME));
                    // Only of a row of a partition the place in the array is asked for.
                    Value isFirst = slot.word(state.saveKept()).eq(1);
                    code.storeWide(row, cell(2), isFirst.extend());
                    code.storeWide(row, cell(4), RowQueue.sequence(kept));
                    Value status = code.let(fields.call(kept, row, out));
                    code.when(status.ne(Status.OK), () -> code.ret(status));
                    code.run(writer.commit().call(out));
                    code.ret(Status.OK);
                });
    }

    /** Begins a state row; its time is the hash of the partition of a kept row. */
    private Value begin(Code code, Value slot, Value kept, Value out) {
        code.run(parts.table().keys().load(shape.row(), 0).call(kept, i32(0)));
        Value hash = parts.table().keys().hashInHand().extend();
        Value row = StateRows.begin(code, writer, slot, out, hash);
        StateRows.known(code, row, OverShape.STATE_HEAD);
        return row;
    }

    /**
     * {@code (slot, partition, out) -> status}: numbers and running frames, and the key as the last
     * row kept has it.
     */
    private WasmFunction saveHead() {
        WasmFunction cells = saveCells();
        WasmFunction self = WasmFunction.returning(I32, "save_head", I32, I32, I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value part = self.argument(1);
                    Value out = self.argument(2);
                    Value row = StateRows.begin(code, writer, slot, out, hash(slot));
                    StateRows.known(code, row, OverShape.STATE_HEAD);
                    code.storeWide(row, cell(0), i64(RECORD_PARTITION));
                    Value head = part.word(OverPartition.HEAD);
                    code.storeWide(row, cell(1), OverPartition.number(part, head));
                    Value isInHand =
                            slot.word(state.inHand()).eq(slot.word(state.savePartition()).plus(1));
                    code.storeWide(row, cell(2), isInHand.extend());
                    code.storeWide(row, cell(3), part.wide(OverPartition.PEERS));
                    code.storeWide(row, cell(4), part.wide(OverPartition.PEERS_END));
                    code.storeWide(row, cell(5), part.wide(OverPartition.DENSE));
                    if (parts.goesOn()) {
                        Value entry = part.minus(parts.table().payload());
                        Value status = code.let(saveKeys().call(row, out, entry));
                        code.when(status.ne(Status.OK), () -> code.ret(status));
                    }
                    Value status = code.let(cells.call(row, out, part));
                    code.when(status.ne(Status.OK), () -> code.ret(status));
                    code.run(writer.commit().call(out));
                    code.ret(Status.OK);
                });
    }

    private Value hash(Value slot) {
        if (!parts.goesOn()) {
            return i64(0);
        }
        Value entry = partitionSaved(slot).minus(parts.table().payload());
        return parts.table().keys().hash(entry).extend();
    }

    /** {@code (row, out, key record) -> status}. */
    private WasmFunction saveKeys() {
        return AggregateSave.keys(writer, OverShape.STATE_HEAD, shape.row(), shape.partition());
    }

    /** {@code (row, out, partition) -> status}. */
    private WasmFunction saveCells() {
        return Sequence.of(
                "save_cells",
                List.of(I32, I32, I32),
                running.size(),
                1,
                (code, self, f) -> {
                    FrameShape frame = running.get(f);
                    RowTarget to = RowTarget.output(writer, self.argument(0), self.argument(1));
                    Value part = self.argument(2);
                    int field = shape.stateField(frame);
                    known(code, to.row(), field, frame);
                    Value rows = part.wide(frame.offset() + FrameShape.TO);
                    code.storeWide(to.row(), to.cell(field), rows);
                    field++;
                    for (int i = 0; i < frame.accumulators().size(); i++) {
                        Accumulator accumulator = frame.accumulators().get(i);
                        accumulator.save(code, part.plus(frame.cells(i)), to, field);
                        field += accumulator.stateFields("a").size();
                    }
                });
    }

    /** The fields of a frame are not NULL unless it says so. */
    private static void known(Code code, Value row, int from, FrameShape frame) {
        int fields = 1;
        for (Accumulator accumulator : frame.accumulators()) {
            fields += accumulator.stateFields("a").size();
        }
        for (int field = from; field < from + fields; field++) {
            StateRows.known(code, row, field >>> 6, 1L << field);
        }
    }

    /** {@code g_load}. */
    WasmFunction load() {
        WasmFunction other = WasmFunction.returning(I32, "load_other", I32, I32, I32);
        WasmFunction partitionRow = loadPartition();
        WasmFunction keptRow = loadRow();
        other.define(
                code -> {
                    Value slot = other.argument(0);
                    Value row = other.argument(1);
                    Value end = other.argument(2);
                    Value isPartition = row.wide(cell(0)).eq(RECORD_PARTITION);
                    code.when(isPartition, () -> code.ret(partitionRow.call(slot, row, end)));
                    code.ret(keptRow.call(slot, row, end));
                });
        WasmFunction row = StateRows.row(writer, loadSlot(), other);
        return StateRows.load(writer, row, parts.due());
    }

    private WasmFunction loadSlot() {
        WasmFunction self = WasmFunction.of("load_slot", I32, I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value row = self.argument(1);
                    code.storeWide(slot, state.watermark(), row.wide(cell(1)));
                    code.storeWord(slot, state.next(), row.wide(cell(2)).wrap());
                    Value flags = code.let(row.wide(cell(3)).wrap());
                    code.storeWord(slot, SlotLayout.PENDING, flags.and(FLAG_PENDING));
                    code.storeWord(slot, state.ended(), flags.ushr(1).and(1));
                    code.storeWide(slot, state.sequence(), row.wide(cell(4)));
                    code.storeWord(slot, state.status(), row.wide(cell(5)).wrap());
                });
    }

    /**
     * {@code (slot, row, end) -> status}: a row that waits, or one behind those of its partition.
     */
    private WasmFunction loadRow() {
        WasmFunction fields =
                StateRows.loadFields(
                        "load_fields", writer, OverShape.STATE_HEAD, shape.row(), parts.row());
        WasmFunction self = WasmFunction.returning(I32, "load_row", I32, I32, I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value row = self.argument(1);
                    Value hand = i32(parts.row());
                    code.storeWide(hand, RowLayout.ROW_EVENT_TIME, row.wide(cell(1)));
                    parts.queue().stamp(code, row.wide(cell(4)));
                    int nulls = 8 * RowLayout.nullWords(shape.row().size());
                    code.fill(hand.plus(RowLayout.ROW_NULLS), i32(0), i32(nulls));
                    code.run(fields.call(row, self.argument(2)));
                    code.when(
                            row.wide(cell(0)).eq(RECORD_WAITING),
                            () -> code.ret(parts.enter().call(slot)));
                    Value part = code.let(own(code, slot, hand, shape.row(), 0, i32(0)));
                    Value more = part.word(OverPartition.PENDING).plus(1);
                    Value room = partition.reserve().call(slot, part, more);
                    code.when(room.eq(0), () -> code.ret(RowError.STATE_FULL));
                    Value kept = code.let(parts.queue().keep().call(slot));
                    code.when(kept.eq(0), () -> code.ret(RowError.STATE_FULL));
                    code.when(
                            row.wide(cell(2)).ne(0),
                            () -> {
                                code.storeWord(part, OverPartition.FIRST, kept);
                                code.ret(Status.OK);
                            });
                    code.run(partition.append().call(part, kept));
                    code.ret(Status.OK);
                });
    }

    private Value own(
            Code code, Value slot, Value row, galois.batch.Schema schema, int first, Value end) {
        return parts.goesOn()
                ? parts.own(code, slot, row, schema, first, end, code.local(I32))
                : slot.plus(state.partition());
    }

    private WasmFunction loadPartition() {
        WasmFunction cells = loadCells();
        WasmFunction self = WasmFunction.returning(I32, "load_partition", I32, I32, I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value row = self.argument(1);
                    Value end = self.argument(2);
                    Value part =
                            code.let(
                                    own(
                                            code,
                                            slot,
                                            row,
                                            writer.schema(),
                                            OverShape.STATE_HEAD,
                                            end));
                    code.storeWide(part, OverPartition.SHIFT, row.wide(cell(1)));
                    code.storeWide(part, OverPartition.PEERS, row.wide(cell(3)));
                    code.storeWide(part, OverPartition.PEERS_END, row.wide(cell(4)));
                    code.storeWide(part, OverPartition.DENSE, row.wide(cell(5)));
                    code.when(
                            row.wide(cell(2)).ne(0),
                            () -> code.storeWord(slot, state.inHand(), numberOf(slot, part)));
                    code.ret(cells.call(slot, part, row, end));
                });
    }

    private Value numberOf(Value slot, Value part) {
        if (!parts.goesOn()) {
            return i32(1);
        }
        GroupTable table = parts.table();
        Value bytes = part.minus(table.payload()).minus(table.entries(slot.word(state.table())));
        return bytes.overUnsigned(i32(table.entryBytes())).plus(1);
    }

    /** {@code (slot, partition, row, end) -> status}. */
    private WasmFunction loadCells() {
        return Sequence.of(
                "load_cells",
                List.of(I32, I32, I32, I32),
                running.size(),
                1,
                (code, self, f) -> {
                    FrameShape frame = running.get(f);
                    RowView row = RowView.of(writer.schema(), self.argument(2), self.argument(3));
                    Value part = self.argument(1);
                    int field = shape.stateField(frame);
                    code.storeWide(part, frame.offset() + FrameShape.TO, row.cell(field));
                    field++;
                    for (int i = 0; i < frame.accumulators().size(); i++) {
                        Accumulator accumulator = frame.accumulators().get(i);
                        Value cells = part.plus(frame.cells(i));
                        accumulator.load(code, self.argument(0), cells, row, field);
                        field += accumulator.stateFields("a").size();
                    }
                });
    }
}
