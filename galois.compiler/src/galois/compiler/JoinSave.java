package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;

import galois.batch.FieldType;
import galois.batch.RowKind;
import galois.batch.RowLayout;
import galois.batch.SlotLayout;
import galois.compiler.ir.Code;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.JoinTable;
import galois.compiler.runtime.RowOutput;
import galois.compiler.runtime.RowView;
import galois.compiler.runtime.Status;

import java.util.List;

/** State as rows: the left rows in the order in which they leave, the right rows, the slot. */
final class JoinSave {
    private static final int FOREIGN_LAYOUT = -1;
    private static final int NO_MEMORY = -2;
    private static final int AREA_TOO_SMALL = -1;
    private static final int FLAG_PENDING = 1;
    private static final int FLAG_RIGHT = 2;

    /** Fields that one function copies. */
    private static final int FIELDS = 12;

    private static final int THE_SLOT = 3;

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
                    for (int side = 0; side < 2; side++) {
                        int number = side;
                        code.when(
                                slot.word(state.saving()).eq(1 + side),
                                () -> saveSide(code, slot, out, number));
                    }
                    leaveIfFull(code, saveSlot().call(slot, out));
                    code.storeWord(slot, state.saving(), i32(0));
                    code.ret(0);
                });
    }

    private Value first(Value slot, int side) {
        return parts.tables().get(side).first(state.table(slot, side));
    }

    private void saveSide(Code code, Value slot, Value out, int side) {
        Value entry = slot.word(state.saveEntry());
        code.loopWhile(
                entry.ne(0),
                () -> {
                    leaveIfFull(code, saveRow(side).call(slot, out, entry));
                    code.storeWord(slot, state.saveEntry(), JoinTable.after(entry));
                });
        code.storeWord(slot, state.saving(), i32(side == 0 ? 2 : THE_SLOT));
        if (side == 0) {
            code.storeWord(slot, state.saveEntry(), first(slot, 1));
        }
    }

    private static void leaveIfFull(Code code, Value call) {
        Value status = code.let(call);
        code.when(status.eq(Status.FULL), () -> code.ret(1));
        code.when(status.gt(0), () -> code.ret(AREA_TOO_SMALL));
    }

    /** Begins a row with every field NULL and 0, or returns FULL. */
    private Value beginRow(Code code, Value slot, Value out, Value time) {
        Value row = code.let(writer.begin().call(out));
        code.when(row.eq(0), () -> code.ret(Status.FULL));
        code.run(writer.errorAt().call(row, slot, time, i32(0)));
        writer.head(code, row, slot, RowKind.STATE, time);
        Value head = row.wide(RowLayout.ROW_NULLS).and(~0b11111L);
        code.storeWide(row, RowLayout.ROW_NULLS, head);
        return row;
    }

    private WasmFunction saveSlot() {
        WasmFunction self = WasmFunction.returning(I32, "join_save_slot", I32, I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value out = self.argument(1);
                    Value row = beginRow(code, slot, out, i64(0));
                    code.storeWide(row, cell(1), slot.wide(state.watermark()));
                    Value pending = slot.word(SlotLayout.PENDING).ne(0);
                    Value side = slot.word(state.side());
                    code.storeWide(row, cell(2), pending.or(side.shl(1)).extend());
                    Value current = slot.word(state.current());
                    Value candidate = slot.word(state.candidate());
                    WasmFunction position = parts.tables().get(0).position();
                    Value none = i32(0);
                    code.storeWide(row, cell(3), position.call(none, current).extend());
                    code.storeWide(row, cell(4), position.call(none, candidate).extend());
                    code.run(writer.commit().call(out));
                    code.ret(Status.OK);
                });
    }

    /** {@code (slot, out, entry) -> status}. */
    private WasmFunction saveRow(int side) {
        String name = "join_save_" + side;
        return parts.library()
                .function(
                        name,
                        () -> WasmFunction.returning(I32, name, I32, I32, I32),
                        self -> self.define(code -> saveRow(self, code, side)));
    }

    private void saveRow(WasmFunction self, Code code, int side) {
        Value out = self.argument(1);
        Value entry = self.argument(2);
        Value hash = JoinTable.hash(entry).extend();
        Value row = beginRow(code, self.argument(0), out, hash);
        code.storeWide(row, cell(0), i64(1 + side));
        code.storeWide(row, cell(1), JoinParts.eventTime(entry));
        code.storeWide(row, cell(2), JoinTable.flags(entry).extend());
        Value status = code.let(saveFields(side).call(row, out, entry.plus(JoinTable.ROW)));
        code.when(status.ne(Status.OK), () -> code.ret(status));
        code.run(writer.commit().call(out));
        code.ret(Status.OK);
    }

    /** {@code (row, out, kept row) -> status}. */
    private WasmFunction saveFields(int side) {
        JoinShape.Side kept = shape.sides().get(side);
        return Sequence.of(
                "join_save_fields",
                List.of(I32, I32, I32),
                kept.row().size(),
                FIELDS,
                (code, self, field) -> {
                    RowTarget target = RowTarget.output(writer, self.argument(0), self.argument(1));
                    RowView from = RowView.of(kept.row(), self.argument(2), i32(0));
                    int to = shape.stateBase(side) + field;
                    code.when(
                            from.isNull(field).eq(0),
                            () -> {
                                int word = RowLayout.ROW_NULLS + 8 * (to >>> 6);
                                Value bits = target.row().wide(word).and(~(1L << to));
                                code.storeWide(target.row(), word, bits);
                                if (kept.row().type(field).cell() == FieldType.Cell.STRING) {
                                    Value start = from.textStart(field);
                                    target.text(
                                            code, to, Operand.text(start, from.textLength(field)));
                                } else {
                                    code.storeWide(target.row(), target.cell(to), from.cell(field));
                                }
                            });
                });
    }

    /** {@code g_load(slot, batch, first, n) -> 0, -1 foreign layout, -2 no memory}. */
    WasmFunction load() {
        WasmFunction self = WasmFunction.returning(I32, "g_load", I32, I32, I32, I32);
        return self.define(code -> load(self, code));
    }

    private void load(WasmFunction self, Code code) {
        Value slot = self.argument(0);
        Value batch = self.argument(1);
        Value foreign =
                batch.word(RowLayout.STRIDE)
                        .ne(writer.stride())
                        .or(batch.word(RowLayout.LAYOUT).ne(writer.schema().layout()));
        code.when(foreign, () -> code.ret(FOREIGN_LAYOUT));
        Value end = code.let(batch.plus(batch.word(RowLayout.BYTES)));
        Value begin = batch.plus(RowLayout.HEADER_BYTES);
        Local row = code.var(begin.plus(self.argument(2).times(writer.stride())));
        Value stop = code.let(row.get().plus(self.argument(3).times(writer.stride())));
        code.loopWhile(
                row.get().ltUnsigned(stop),
                () -> {
                    code.when(
                            row.get().octet(RowLayout.ROW_KIND).ne(RowKind.STATE),
                            () -> code.ret(FOREIGN_LAYOUT));
                    Value record = code.let(row.get().wide(cell(0)));
                    code.when(record.eq(0), () -> code.run(loadSlot().call(slot, row.get())));
                    for (int side = 0; side < 2; side++) {
                        WasmFunction one = loadRow(side);
                        code.when(
                                record.eq(1 + side),
                                () ->
                                        code.when(
                                                one.call(slot, row.get(), end).ne(Status.OK),
                                                () -> code.ret(NO_MEMORY)));
                    }
                    code.set(row, row.get().plus(writer.stride()));
                });
        code.ret(0);
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
                    Value isRight = code.let(flags.and(FLAG_RIGHT).ushr(1));
                    code.storeWord(slot, state.side(), isRight);
                    WasmFunction at = parts.tables().get(0).at();
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
    private WasmFunction loadRow(int side) {
        String name = "join_load_" + side;
        return parts.library()
                .function(
                        name,
                        () -> WasmFunction.returning(I32, name, I32, I32, I32),
                        self -> self.define(code -> loadRow(self, code, side)));
    }

    private void loadRow(WasmFunction self, Code code, int side) {
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
                                        state.table(slot, side),
                                        hand,
                                        parts.hash(side).call(),
                                        parts.leaves(side).call()));
        code.when(entry.eq(0), () -> code.ret(1));
        JoinTable.setFlags(code, entry, row.wide(cell(2)).wrap());
        code.ret(Status.OK);
    }

    /** {@code (state row, end) -> OK}: into the row in hand. */
    private WasmFunction loadFields(int side) {
        JoinShape.Side kept = shape.sides().get(side);
        RowTarget target = RowTarget.own(kept.row(), parts.rows().get(side), 0);
        return Sequence.of(
                "join_load_fields",
                List.of(I32, I32),
                kept.row().size(),
                FIELDS,
                (code, self, field) -> {
                    RowView from = RowView.of(writer.schema(), self.argument(0), self.argument(1));
                    int at = shape.stateBase(side) + field;
                    code.when(
                            from.isNull(at),
                            () -> target.setNull(code, field),
                            () -> {
                                if (kept.row().type(field).cell() == FieldType.Cell.STRING) {
                                    Value start = from.textStart(at);
                                    target.text(
                                            code, field, Operand.text(start, from.textLength(at)));
                                } else {
                                    code.storeWide(target.row(), target.cell(field), from.cell(at));
                                }
                            });
                });
    }
}
