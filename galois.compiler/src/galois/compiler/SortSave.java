package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;

import galois.batch.RowLayout;
import galois.batch.SlotLayout;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.GroupTable;
import galois.compiler.runtime.RowOutput;
import galois.compiler.runtime.Status;
import galois.compiler.runtime.WindowList;

/** State as rows: the slot first, then its rows by time, partition and place in their array. */
final class SortSave {
    private static final int FLAG_PENDING = 1;
    private static final int FLAG_ENDED = 2;
    private static final int FLAG_SORTED = 4;

    private final SortParts parts;
    private final SortShape shape;
    private final SortState state;
    private final WindowList times;
    private final GroupTable partitions;
    private final RowOutput writer;

    SortSave(SortParts parts, RowOutput writer) {
        this.parts = parts;
        this.shape = parts.shape();
        this.state = parts.state();
        this.times = parts.times();
        this.partitions = parts.partitions();
        this.writer = writer;
    }

    private int cell(int field) {
        return RowLayout.cell(writer.schema().size(), field);
    }

    /** {@code g_save(slot, mode, out) -> 0 done, 1 more, -1 the area is too small}. */
    WasmFunction save() {
        WasmFunction self = WasmFunction.returning(I32, "g_save", I32, I32, I32);
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
                                code.storeWord(slot, state.saveTime(), times.head(slot));
                                code.storeWord(slot, state.savePartition(), i32(0));
                                code.storeWord(slot, state.saveRow(), i32(0));
                            });
                    Value time = slot.word(state.saveTime());
                    code.loopWhile(
                            time.ltUnsigned(times.end(slot)),
                            () -> {
                                Value table = code.let(times.table(slot, time));
                                StateRows.leaveIfFull(
                                        code, savePartitions().call(slot, table, out));
                                code.storeWord(slot, state.savePartition(), i32(0));
                                code.storeWord(slot, state.saveTime(), time.plus(1));
                            });
                    code.storeWord(slot, state.saving(), i32(0));
                    code.ret(0);
                });
    }

    /** {@code (slot, table, out) -> status}: the partitions of one time not saved yet. */
    private WasmFunction savePartitions() {
        WasmFunction self = WasmFunction.returning(I32, "save_partitions", I32, I32, I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value table = self.argument(1);
                    Value number = slot.word(state.savePartition());
                    Value row = slot.word(state.saveRow());
                    WasmFunction saveRow = saveRow();
                    code.loopWhile(
                            number.ltUnsigned(partitions.count(table)),
                            () -> {
                                Value entry = code.let(partitions.entry(table, number));
                                Value heap = code.let(entry.plus(partitions.payload()));
                                code.loopWhile(
                                        row.ltUnsigned(parts.heap().rows(heap)),
                                        () -> {
                                            Value time =
                                                    times.start(slot, slot.word(state.saveTime()));
                                            Value kept = parts.heap().row(heap, row, time);
                                            Value hash = partitions.keys().hash(entry);
                                            Value status =
                                                    code.let(
                                                            saveRow.call(
                                                                    slot,
                                                                    kept,
                                                                    hash,
                                                                    self.argument(2)));
                                            code.when(status.ne(Status.OK), () -> code.ret(status));
                                            code.storeWord(slot, state.saveRow(), row.plus(1));
                                        });
                                code.storeWord(slot, state.saveRow(), i32(0));
                                code.storeWord(slot, state.savePartition(), number.plus(1));
                            });
                    code.ret(Status.OK);
                });
    }

    private WasmFunction saveSlot() {
        WasmFunction self = WasmFunction.returning(I32, "save_slot", I32, I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value out = self.argument(1);
                    Value row = StateRows.begin(code, writer, slot, out, i64(0));
                    StateRows.known(code, row, SortShape.STATE_HEAD);
                    code.storeWide(row, cell(1), state.watermark(slot));
                    code.storeWide(row, cell(2), slot.word(state.nextPartition()).extend());
                    Value pending = slot.word(SlotLayout.PENDING).ne(0);
                    Value ended = slot.word(state.ended()).times(FLAG_ENDED);
                    Value sorted = slot.word(state.sorted()).times(FLAG_SORTED);
                    code.storeWide(row, cell(3), pending.or(ended).or(sorted).extend());
                    code.storeWide(row, cell(4), slot.wide(state.sequence()));
                    code.storeWide(row, cell(5), slot.word(state.nextRow()).extend());
                    code.storeWide(row, cell(6), slot.wide(state.rank()));
                    code.storeWide(row, cell(7), slot.wide(state.denseRank()));
                    code.run(writer.commit().call(out));
                    code.ret(Status.OK);
                });
    }

    /** {@code (slot, row, hash, out) -> status}. */
    private WasmFunction saveRow() {
        WasmFunction self = WasmFunction.returning(I32, "save_row", I32, I32, I32, I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value kept = self.argument(1);
                    Value out = self.argument(3);
                    Value row = StateRows.begin(code, writer, slot, out, self.argument(2).extend());
                    StateRows.known(code, row, SortShape.STATE_HEAD);
                    code.storeWide(row, cell(0), i64(1));
                    code.storeWide(row, cell(1), times.start(slot, slot.word(state.saveTime())));
                    code.storeWide(row, cell(2), kept.wide(RowLayout.ROW_EVENT_TIME));
                    code.storeWide(row, cell(4), kept.minus(KeptRows.SEQUENCE).wide(0));
                    Value status = code.let(saveFields().call(kept, row, out));
                    code.when(status.ne(Status.OK), () -> code.ret(status));
                    code.run(writer.commit().call(out));
                    code.ret(Status.OK);
                });
    }

    /** {@code (kept, row, out) -> status}. */
    private WasmFunction saveFields() {
        return StateRows.saveFields("save_fields", writer, shape.row(), SortShape.STATE_HEAD);
    }

    /** {@code g_load}. */
    WasmFunction load() {
        WasmFunction row = StateRows.row(writer, loadSlot(), loadRow());
        return StateRows.load(writer, row, parts.due());
    }

    private WasmFunction loadSlot() {
        WasmFunction self = WasmFunction.of("load_slot", I32, I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value row = self.argument(1);
                    code.storeWide(slot, state.watermark(), row.wide(cell(1)));
                    code.storeWord(slot, state.nextPartition(), row.wide(cell(2)).wrap());
                    Value flags = code.let(row.wide(cell(3)).wrap());
                    code.storeWord(slot, SlotLayout.PENDING, flags.and(FLAG_PENDING));
                    code.storeWord(slot, state.ended(), flags.ushr(1).and(1));
                    code.storeWord(slot, state.sorted(), flags.ushr(2).and(1));
                    code.storeWide(slot, state.sequence(), row.wide(cell(4)));
                    code.storeWord(slot, state.nextRow(), row.wide(cell(5)).wrap());
                    code.storeWide(slot, state.rank(), row.wide(cell(6)));
                    code.storeWide(slot, state.denseRank(), row.wide(cell(7)));
                });
    }

    /** {@code (slot, row, end) -> status}: the row in hand goes behind those that are there. */
    private WasmFunction loadRow() {
        WasmFunction append = WasmFunction.returning(I32, "load_append", I32, I32);
        append.define(
                code -> {
                    Value done = parts.heap().append().call(append.argument(0), append.argument(1));
                    code.ret(done.eq(0));
                });
        WasmFunction self = WasmFunction.returning(I32, "load_row", I32, I32, I32);
        return self.define(
                code -> {
                    Value row = self.argument(1);
                    Value hand = i32(parts.row());
                    code.storeWide(hand, RowLayout.ROW_EVENT_TIME, row.wide(cell(2)));
                    parts.heap().stamp(code, row.wide(cell(4)));
                    int nulls = 8 * RowLayout.nullWords(shape.row().size());
                    code.fill(hand.plus(RowLayout.ROW_NULLS), i32(0), i32(nulls));
                    code.run(loadFields().call(row, self.argument(2)));
                    Value time = row.wide(cell(1));
                    code.ret(parts.enter("load_enter", append).call(self.argument(0), time));
                });
    }

    /** {@code (row, end) -> OK}: into the row in hand, whose null words are clear. */
    private WasmFunction loadFields() {
        return StateRows.loadFields(
                "load_fields", writer, SortShape.STATE_HEAD, shape.row(), parts.row());
    }
}
