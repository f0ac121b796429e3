package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;

import galois.batch.RowLayout;
import galois.batch.SlotLayout;
import galois.compiler.ir.Code;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.EntryLists;
import galois.compiler.runtime.JoinTable;
import galois.compiler.runtime.RowOutput;
import galois.compiler.runtime.Status;

/**
 * State as rows: the left rows in the order in which they leave, the right rows, of a lookup those
 * of the version that is being built, of an ASOF join those that are settled, the slot.
 */
final class JoinSave {
    private static final int FLAG_PENDING = 1;
    private static final int FLAG_RIGHT = 2;

    private static final int FLAG_BROKEN = 4;

    private final JoinParts parts;
    private final JoinShape shape;
    private final JoinState state;
    private final RowOutput writer;

    JoinSave(JoinParts parts, RowOutput writer) {
        this.parts = parts;
        this.shape = parts.shape();
        this.state = parts.state();
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
                                code.storeWord(slot, state.saving(), i32(1));
                                code.storeWord(slot, state.saveEntry(), first(slot, 0));
                            });
                    for (int table = 0; table < shape.tables(); table++) {
                        int number = table;
                        code.when(
                                slot.word(state.saving()).eq(1 + table),
                                () -> saveTable(code, slot, out, number));
                    }
                    StateRows.leaveIfFull(code, saveSlot().call(slot, out));
                    code.storeWord(slot, state.saving(), i32(0));
                    code.ret(0);
                });
    }

    /** The third table has rows of the right side. */
    private static int side(int table) {
        return Math.min(table, 1);
    }

    private Value first(Value slot, int table) {
        return parts.tables().get(side(table)).first(state.table(slot, table));
    }

    private void saveTable(Code code, Value slot, Value out, int table) {
        Value entry = slot.word(state.saveEntry());
        code.loopWhile(
                entry.ne(0),
                () -> {
                    StateRows.leaveIfFull(code, saveRow(table).call(slot, out, entry));
                    code.storeWord(slot, state.saveEntry(), JoinTable.after(entry));
                });
        code.storeWord(slot, state.saving(), i32(2 + table));
        if (table + 1 < shape.tables()) {
            code.storeWord(slot, state.saveEntry(), first(slot, table + 1));
        }
    }

    /** Begins a row whose head is not NULL. */
    private Value beginRow(Code code, Value slot, Value out, Value time) {
        Value row = StateRows.begin(code, writer, slot, out, time);
        StateRows.known(code, row, JoinShape.STATE_HEAD);
        return row;
    }

    private WasmFunction saveSlot() {
        WasmFunction self = WasmFunction.returning(I32, "join_save_slot", I32, I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value out = self.argument(1);
                    Value version = shape.isLookup() ? slot.wide(state.version()) : i64(0);
                    Value row = beginRow(code, slot, out, version);
                    code.storeWide(row, cell(1), slot.wide(state.watermark()));
                    Value pending = slot.word(SlotLayout.PENDING).ne(0);
                    Value side = slot.word(state.side());
                    Value broken = shape.isLookup() ? slot.word(state.broken()).shl(2) : i32(0);
                    code.storeWide(row, cell(2), pending.or(side.shl(1)).or(broken).extend());
                    Value current = slot.word(state.current());
                    Value candidate = slot.word(state.candidate());
                    WasmFunction position = new EntryLists(parts.library()).position();
                    Value none = i32(0);
                    code.storeWide(row, cell(3), position.call(none, current).extend());
                    code.storeWide(row, cell(4), position.call(none, candidate).extend());
                    code.run(writer.commit().call(out));
                    code.ret(Status.OK);
                });
    }

    /** {@code (slot, out, entry) -> status}. */
    private WasmFunction saveRow(int table) {
        String name = "join_save_" + table;
        return parts.library()
                .function(
                        name,
                        () -> WasmFunction.returning(I32, name, I32, I32, I32),
                        self -> self.define(code -> saveRow(self, code, table)));
    }

    private void saveRow(WasmFunction self, Code code, int table) {
        Value out = self.argument(1);
        Value entry = self.argument(2);
        Value hash = JoinTable.hash(entry).extend();
        Value row = beginRow(code, self.argument(0), out, hash);
        code.storeWide(row, cell(0), i64(1 + table));
        code.storeWide(row, cell(1), JoinParts.eventTime(entry));
        code.storeWide(row, cell(2), JoinTable.flags(entry).extend());
        Value status = code.let(saveFields(side(table)).call(entry.plus(JoinTable.ROW), row, out));
        code.when(status.ne(Status.OK), () -> code.ret(status));
        code.run(writer.commit().call(out));
        code.ret(Status.OK);
    }

    /** {@code (kept row, row, out) -> status}. */
    private WasmFunction saveFields(int side) {
        JoinShape.Side kept = shape.sides().get(side);
        return StateRows.saveFields("join_save_fields", writer, kept.row(), shape.stateBase(side));
    }

    /** {@code g_load}. */
    WasmFunction load() {
        WasmFunction kept = WasmFunction.returning(I32, "join_load_row", I32, I32, I32);
        kept.define(
                code -> {
                    Value slot = kept.argument(0);
                    Value row = kept.argument(1);
                    Value end = kept.argument(2);
                    code.when(
                            row.wide(cell(0)).eq(1),
                            () -> code.ret(loadRow(0).call(slot, row, end)));
                    if (shape.tables() == 3) {
                        code.when(
                                row.wide(cell(0)).eq(3),
                                () -> code.ret(loadRow(2).call(slot, row, end)));
                    }
                    code.ret(loadRow(1).call(slot, row, end));
                });
        return StateRows.load(writer, StateRows.row(writer, loadSlot(), kept), null);
    }

    private WasmFunction loadSlot() {
        WasmFunction self = WasmFunction.of("join_load_slot", I32, I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value row = self.argument(1);
                    code.storeWide(slot, state.watermark(), row.wide(cell(1)));
                    Value flags = code.let(row.wide(cell(2)).wrap());
                    code.storeWord(slot, SlotLayout.PENDING, flags.and(FLAG_PENDING));
                    if (shape.isLookup()) {
                        code.storeWide(slot, state.version(), row.wide(RowLayout.ROW_EVENT_TIME));
                        Value broken = flags.and(FLAG_BROKEN).ushr(2);
                        code.storeWord(slot, state.broken(), broken);
                    }
                    Value isRight = code.let(flags.and(FLAG_RIGHT).ushr(1));
                    code.storeWord(slot, state.side(), isRight);
                    WasmFunction at = new EntryLists(parts.library()).at();
                    Value left = state.table(slot, 0);
                    Value right = state.table(slot, 1);
                    Value own = new Value.Select(isRight.eq(0), left, right);
                    Value other = new Value.Select(isRight.eq(0), right, left);
                    code.storeWord(slot, state.current(), at.call(own, row.wide(cell(3)).wrap()));
                    code.storeWord(
                            slot, state.candidate(), at.call(other, row.wide(cell(4)).wrap()));
                });
    }

    /** {@code (slot, row, end) -> OK, or 1 without memory}. */
    private WasmFunction loadRow(int table) {
        String name = "join_load_" + table;
        return parts.library()
                .function(
                        name,
                        () -> WasmFunction.returning(I32, name, I32, I32, I32),
                        self -> self.define(code -> loadRow(self, code, table)));
    }

    private void loadRow(WasmFunction self, Code code, int table) {
        int side = side(table);
        Value slot = self.argument(0);
        Value row = self.argument(1);
        Value hand = i32(parts.rows().get(side));
        code.fill(hand, i32(0), i32(RowLayout.stride(shape.sides().get(side).row().size())));
        code.storeWide(hand, RowLayout.ROW_EVENT_TIME, row.wide(cell(1)));
        code.run(loadFields(side).call(row, self.argument(2)));
        Value entry =
                code.let(
                        parts.tables()
                                .get(side)
                                .insert()
                                .call(
                                        slot,
                                        state.table(slot, table),
                                        hand,
                                        parts.hash(side).call(),
                                        parts.leaves(side).call()));
        code.when(entry.eq(0), () -> code.ret(1));
        JoinTable.setFlags(code, entry, row.wide(cell(2)).wrap());
        code.ret(Status.OK);
    }

    /** {@code (state row, end) -> OK}: into the row in hand. */
    private WasmFunction loadFields(int side) {
        return StateRows.loadFields(
                "join_load_fields",
                writer,
                shape.stateBase(side),
                shape.sides().get(side).row(),
                parts.rows().get(side));
    }
}
