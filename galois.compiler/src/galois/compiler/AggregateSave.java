package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;

import galois.batch.FieldType;
import galois.batch.RowLayout;
import galois.batch.Schema;
import galois.batch.SlotLayout;
import galois.compiler.ir.Code;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.GroupTable;
import galois.compiler.runtime.KeyRecord;
import galois.compiler.runtime.RowOutput;
import galois.compiler.runtime.RowView;
import galois.compiler.runtime.Status;
import galois.compiler.runtime.WindowList;

import java.util.List;

/** State as rows: the slot first, then its groups in the order in which they will be emitted. */
final class AggregateSave {
    private static final int FLAG_PENDING = 1;
    private static final int FLAG_ENDED = 2;

    /** Of an updating result the bits from here on say the generation. */
    private static final int GENERATION = 2;

    private static final int RECORD_GROUP = 1;

    /** The null bits of the first and last time of a session. */
    private static final long SESSION_FIELDS = 0b11000;

    private final AggregateParts parts;
    private final AggregateShape shape;
    private final AggregateState state;
    private final WindowList windows;
    private final GroupTable groups;
    private final RowOutput writer;

    AggregateSave(AggregateParts parts, RowOutput writer) {
        this.parts = parts;
        this.shape = parts.shape();
        this.state = parts.state();
        this.windows = parts.windows();
        this.groups = parts.groups();
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
                                code.storeWord(slot, state.saveWindow(), windows.head(slot));
                                code.storeWord(slot, state.saveGroup(), i32(0));
                            });
                    Value window = slot.word(state.saveWindow());
                    code.loopWhile(
                            window.ltUnsigned(windows.end(slot)),
                            () -> saveWindow(code, slot, out, window));
                    code.storeWord(slot, state.saving(), i32(0));
                    code.ret(0);
                });
    }

    private void saveWindow(Code code, Value slot, Value out, Value window) {
        Value table = code.let(windows.table(slot, window));
        Value number = slot.word(state.saveGroup());
        code.loopWhile(
                number.ltUnsigned(groups.count(table)),
                () -> {
                    StateRows.leaveIfFull(
                            code, saveGroup().call(slot, out, groups.entry(table, number)));
                    code.storeWord(slot, state.saveGroup(), number.plus(1));
                });
        code.storeWord(slot, state.saveGroup(), i32(0));
        code.storeWord(slot, state.saveWindow(), window.plus(1));
    }

    private void nulls(Code code, Value row, long firstWord) {
        for (int word = 0; word < RowLayout.nullWords(writer.schema().size()); word++) {
            Value bits = i64(word == 0 ? firstWord : 0);
            code.storeWide(row, RowLayout.ROW_NULLS + 8 * word, bits);
        }
    }

    private WasmFunction saveSlot() {
        WasmFunction self = WasmFunction.returning(I32, "save_slot", I32, I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value out = self.argument(1);
                    Value row = StateRows.begin(code, writer, slot, out, i64(0));
                    StateRows.known(code, row, AggregateShape.STATE_HEAD);
                    code.storeWide(row, cell(1), state.watermark(slot));
                    code.storeWide(row, cell(2), slot.word(state.nextGroup()).extend());
                    Value pending = slot.word(SlotLayout.PENDING).ne(0);
                    Value ended = slot.word(state.ended()).times(FLAG_ENDED);
                    code.storeWide(row, cell(3), pending.or(ended).extend());
                    code.storeWide(row, cell(4), slot.wide(state.maxEvent()));
                    if (shape.isUpdating()) {
                        Value generation = slot.wide(state.generation()).shl(GENERATION);
                        code.storeWide(row, cell(2), slot.wide(state.nextUpdate()));
                        code.storeWide(row, cell(3), row.wide(cell(3)).or(generation));
                        code.storeWide(row, cell(4), slot.wide(state.nextGeneration()));
                    }
                    code.run(writer.commit().call(out));
                    code.ret(Status.OK);
                });
    }

    private WasmFunction saveGroup() {
        return parts.library()
                .function(
                        "save_group",
                        () -> WasmFunction.returning(I32, "save_group", I32, I32, I32),
                        self -> self.define(code -> saveGroup(self, code)));
    }

    private void saveGroup(WasmFunction self, Code code) {
        Value slot = self.argument(0);
        Value out = self.argument(1);
        Value entry = self.argument(2);
        Value row =
                StateRows.begin(
                        code, writer, slot, out, parts.groups().keys().hash(entry).extend());
        nulls(code, row, SESSION_FIELDS);
        code.storeWide(row, cell(0), i64(RECORD_GROUP));
        code.storeWide(row, cell(1), windows.start(slot, slot.word(state.saveWindow())));
        code.storeWide(row, cell(2), slot.word(state.saveGroup()).extend());
        if (shape.isSession()) {
            Value head = parts.payload(entry);
            code.when(
                    head.word(Sessions.ALIVE).ne(0),
                    () -> {
                        StateRows.known(code, row, 0, SESSION_FIELDS);
                        code.storeWide(row, cell(3), head.wide(Sessions.FIRST));
                        code.storeWide(row, cell(4), head.wide(Sessions.LAST));
                    });
        }
        Value keyStatus = code.let(saveKeys().call(row, out, entry));
        code.when(keyStatus.ne(Status.OK), () -> code.ret(keyStatus));
        Value cells = entry.plus(groups.payload());
        Value status = code.let(saveCells().call(row, out, cells));
        code.when(status.ne(Status.OK), () -> code.ret(status));
        if (shape.remembersRows()) {
            Value saved = code.let(last().save(writer, shape.lastRowField()).call(row, out, cells));
            code.when(saved.ne(Status.OK), () -> code.ret(saved));
        }
        code.run(writer.commit().call(out));
        code.ret(Status.OK);
    }

    private LastRow last() {
        return new LastRow(shape.aggregate());
    }

    /** {@code (row, out, key record) -> status}. */
    private WasmFunction saveKeys() {
        return keys(writer, AggregateShape.STATE_HEAD, shape.row(), shape.keys());
    }

    /**
     * {@code (row, out, key record) -> status}: the keys of a group, into a state row.
     *
     * @param first field of the first key
     * @param row whose leading fields are the keys
     */
    static WasmFunction keys(RowOutput writer, int first, Schema row, int keys) {
        int keyCells = 8 * Math.max(1, keys + 63 >>> 6);
        return Sequence.of(
                "save_keys",
                List.of(I32, I32, I32),
                keys,
                10,
                (code, self, key) -> {
                    RowTarget target = RowTarget.output(writer, self.argument(0), self.argument(1));
                    Value record = self.argument(2);
                    int field = first + key;
                    int cell = keyCells + 8 * key;
                    StateRows.known(code, target.row(), field >>> 6, 1L << field);
                    Value isNull = record.wide(8 * (key >>> 6)).and(1L << key).ne(0);
                    code.when(
                            isNull,
                            () -> target.setNull(code, field),
                            () -> {
                                if (row.type(key).cell() == FieldType.Cell.STRING) {
                                    Value start = i32(0).minus(record.word(cell));
                                    Value length = record.word(cell + 4);
                                    target.text(code, field, Operand.text(start, length));
                                } else {
                                    code.storeWide(
                                            target.row(), target.cell(field), record.wide(cell));
                                }
                            });
                });
    }

    /** {@code (row, out, cells) -> status}. */
    private WasmFunction saveCells() {
        int[] offsets = shape.offsets();
        int[] fields = shape.stateFields();
        return Sequence.of(
                "save_cells",
                List.of(I32, I32, I32),
                shape.accumulators().size(),
                6,
                (code, self, i) ->
                        shape.accumulators()
                                .get(i)
                                .save(
                                        code,
                                        self.argument(2).plus(offsets[i]),
                                        RowTarget.output(
                                                writer, self.argument(0), self.argument(1)),
                                        fields[i]));
    }

    /** {@code g_load}. */
    WasmFunction load() {
        WasmFunction row = StateRows.row(writer, loadSlot(), loadGroup());
        return StateRows.load(writer, row, parts.due());
    }

    private WasmFunction loadSlot() {
        WasmFunction self = WasmFunction.of("load_slot", I32, I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value row = self.argument(1);
                    code.storeWide(slot, state.watermark(), row.wide(cell(1)));
                    code.storeWord(slot, state.nextGroup(), row.wide(cell(2)).wrap());
                    Value flags = code.let(row.wide(cell(3)).wrap());
                    code.storeWord(slot, SlotLayout.PENDING, flags.and(FLAG_PENDING));
                    code.storeWord(slot, state.ended(), flags.and(FLAG_ENDED).ushr(1));
                    code.storeWide(slot, state.maxEvent(), row.wide(cell(4)));
                    if (shape.remembersRows()) {
                        code.storeWord(slot, state.nextGroup(), i32(0));
                    }
                    if (shape.isUpdating()) {
                        code.storeWide(slot, state.nextUpdate(), row.wide(cell(2)));
                        Value generation = row.wide(cell(3)).ushr(GENERATION);
                        code.storeWide(slot, state.generation(), generation);
                        code.storeWide(slot, state.nextGeneration(), row.wide(cell(4)));
                    }
                });
    }

    private WasmFunction loadGroup() {
        return parts.library()
                .function(
                        "load_group",
                        () -> WasmFunction.returning(I32, "load_group", I32, I32, I32),
                        self -> self.define(code -> loadGroup(self, code)));
    }

    private void loadGroup(WasmFunction self, Code code) {
        Value slot = self.argument(0);
        Value row = self.argument(1);
        Value end = self.argument(2);
        KeyRecord keys = groups.keys();
        Value table = code.let(windows.table().call(slot, row.wide(cell(1))));
        code.when(table.eq(0), () -> code.ret(1));
        code.run(keys.load(writer.schema(), AggregateShape.STATE_HEAD).call(row, end));
        Value hash = code.let(keys.hashInHand());
        Value entry = code.let(groups.insert().call(slot, table, hash));
        code.when(entry.eq(0), () -> code.ret(1));
        if (shape.isSession()) {
            Value head = code.let(parts.payload(entry));
            code.when(
                    row.wide(RowLayout.ROW_NULLS).and(SESSION_FIELDS).eq(0),
                    () -> {
                        code.storeWide(head, Sessions.FIRST, row.wide(cell(3)));
                        code.storeWide(head, Sessions.LAST, row.wide(cell(4)));
                        code.storeWord(head, Sessions.ALIVE, i32(1));
                    });
        }
        Value cells = code.let(parts.payload(entry));
        if (shape.remembersRows()) {
            WasmFunction load = last().load(parts.library(), writer, shape.lastRowField());
            Value status = code.let(load.call(slot, row, end, cells));
            code.when(status.ne(Status.OK), () -> code.ret(status));
            code.when(
                    LastRow.has(cells, LastRow.CHANGED),
                    () -> code.storeWord(slot, state.changed(), i32(1)));
        }
        code.ret(loadCells().call(slot, cells, row, end));
    }

    /** {@code (slot, cells, row, end) -> status}. */
    private WasmFunction loadCells() {
        int[] offsets = shape.offsets();
        int[] fields = shape.stateFields();
        return Sequence.of(
                "load_cells",
                List.of(I32, I32, I32, I32),
                shape.accumulators().size(),
                4,
                (code, self, i) -> {
                    RowView row = RowView.of(writer.schema(), self.argument(2), self.argument(3));
                    Value cells = self.argument(1).plus(offsets[i]);
                    shape.accumulators().get(i).load(code, self.argument(0), cells, row, fields[i]);
                });
    }
}
