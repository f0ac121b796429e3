package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.WasmType.I32;

import galois.batch.FieldType;
import galois.batch.RowKind;
import galois.batch.RowLayout;
import galois.batch.Schema;
import galois.compiler.ir.Code;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.RowOutput;
import galois.compiler.runtime.RowView;
import galois.compiler.runtime.Status;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** How state becomes rows and rows state, whatever operator it belongs to. */
final class StateRows {
    private static final int FOREIGN_LAYOUT = -1;
    private static final int NO_MEMORY = -2;
    private static final int AREA_TOO_SMALL = -1;

    /** Fields that one function copies. */
    private static final int FIELDS = 8;

    private StateRows() {}

    /** The hash of what state rows mean. */
    static String layout(String meaning) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(meaning.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** Begins a row with every field NULL and 0, or returns FULL. */
    static Value begin(Code code, RowOutput writer, Value slot, Value out, Value time) {
        Value row = code.let(writer.begin().call(out));
        code.when(row.eq(0), () -> code.ret(Status.FULL));
        code.run(writer.errorAt().call(row, slot, time, i32(0)));
        writer.head(code, row, slot, RowKind.STATE, time);
        return row;
    }

    /** Leaves g_save when a row was not written. */
    static void leaveIfFull(Code code, Value call) {
        Value status = code.let(call);
        code.when(status.eq(Status.FULL), () -> code.ret(1));
        code.when(status.gt(0), () -> code.ret(AREA_TOO_SMALL));
    }

    /** The first fields are not NULL. */
    static void known(Code code, Value row, int fields) {
        Value nulls = row.wide(RowLayout.ROW_NULLS);
        code.storeWide(row, RowLayout.ROW_NULLS, nulls.and(-1L << fields));
    }

    /** The fields of that null word are not NULL. */
    static void known(Code code, Value row, int word, long mask) {
        int nulls = RowLayout.ROW_NULLS + 8 * word;
        code.storeWide(row, nulls, row.wide(nulls).and(~mask));
    }

    /**
     * {@code (kept row, state row, out) -> status}: the fields of a row that the kernel made for
     * itself, into a state row that has just begun.
     *
     * @param base the field of the state row that the first one becomes
     */
    static WasmFunction saveFields(String name, RowOutput writer, Schema kept, int base) {
        return Sequence.of(
                name,
                List.of(I32, I32, I32),
                kept.size(),
                FIELDS,
                (code, self, i) -> {
                    RowView from = RowView.of(kept, self.argument(0), i32(0));
                    RowTarget to = RowTarget.output(writer, self.argument(1), self.argument(2));
                    int field = base + i;
                    code.when(
                            from.isNull(i).not(),
                            () -> {
                                known(code, to.row(), field >>> 6, 1L << field);
                                copy(code, from, i, to, field);
                            });
                });
    }

    /**
     * {@code (state row, end) -> OK}: the other way round, into the row at that address, whose null
     * words are clear; its texts stay where they are.
     */
    static WasmFunction loadFields(
            String name, RowOutput writer, int base, Schema kept, int address) {
        return Sequence.of(
                name,
                List.of(I32, I32),
                kept.size(),
                FIELDS,
                (code, self, i) -> {
                    RowView from = RowView.of(writer.schema(), self.argument(0), self.argument(1));
                    RowTarget to = RowTarget.own(kept, address, 0);
                    code.when(
                            from.isNull(base + i),
                            () -> to.setNull(code, i),
                            () -> copy(code, from, base + i, to, i));
                });
    }

    private static void copy(Code code, RowView from, int field, RowTarget to, int target) {
        if (from.schema().type(field).cell() == FieldType.Cell.STRING) {
            Operand text = Operand.text(from.textStart(field), from.textLength(field));
            to.text(code, target, text);
        } else {
            code.storeWide(to.row(), to.cell(target), from.cell(field));
        }
    }

    /**
     * {@code (slot, row, end) -> OK}, or another status without memory: what a state row says.
     *
     * @param slotRow {@code (slot, row)} takes record 0, the slot
     * @param otherRow {@code (slot, row, end) -> status} takes any other record
     */
    static WasmFunction row(RowOutput writer, WasmFunction slotRow, WasmFunction otherRow) {
        WasmFunction self = WasmFunction.returning(I32, "load", I32, I32, I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value row = self.argument(1);
                    code.when(
                            row.wide(RowLayout.cell(writer.schema().size(), 0)).ne(0),
                            () -> code.ret(otherRow.call(slot, row, self.argument(2))));
                    code.run(slotRow.call(slot, row));
                    code.ret(Status.OK);
                });
    }

    /**
     * {@code g_load(slot, batch, first, n) -> 0, -1 foreign layout, -2 no memory}.
     *
     * @param row {@code (slot, row, end) -> OK}, or another status without memory
     * @param end {@code (slot)} is run when all rows are in; may be {@code null}
     */
    static WasmFunction load(RowOutput writer, WasmFunction row, WasmFunction end) {
        WasmFunction self = WasmFunction.returning(I32, "g_load", I32, I32, I32, I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value batch = self.argument(1);
                    Value foreign =
                            batch.word(RowLayout.STRIDE)
                                    .ne(writer.stride())
                                    .or(batch.word(RowLayout.LAYOUT).ne(writer.schema().layout()));
                    code.when(foreign, () -> code.ret(FOREIGN_LAYOUT));
                    Value bytes = code.let(batch.plus(batch.word(RowLayout.BYTES)));
                    var at =
                            code.var(
                                    batch.plus(RowLayout.HEADER_BYTES)
                                            .plus(self.argument(2).times(writer.stride())));
                    Value stop = code.let(at.get().plus(self.argument(3).times(writer.stride())));
                    code.loopWhile(
                            at.get().ltUnsigned(stop),
                            () -> {
                                code.when(
                                        at.get().octet(RowLayout.ROW_KIND).ne(RowKind.STATE),
                                        () -> code.ret(FOREIGN_LAYOUT));
                                Value status = row.call(slot, at.get(), bytes);
                                code.when(status.ne(Status.OK), () -> code.ret(NO_MEMORY));
                                code.set(at, at.get().plus(writer.stride()));
                            });
                    if (end != null) {
                        code.run(end.call(slot));
                    }
                    code.ret(0);
                });
    }
}
