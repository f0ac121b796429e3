package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;

import galois.api.plan.LogicalOp;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.RowLayout;
import galois.batch.Schema;
import galois.compiler.ir.Code;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.Charge;
import galois.compiler.runtime.Library;
import galois.compiler.runtime.RowOutput;
import galois.compiler.runtime.RowView;
import galois.compiler.runtime.Status;
import galois.compiler.runtime.Strings;

import java.util.ArrayList;
import java.util.List;

/**
 * What a group of an updating result remembers of the row that it gave last, ahead of its
 * accumulators: the row can be taken back when they have moved on. Its keys are those of the entry,
 * its texts in a block of its own.
 */
final class LastRow {
    /** {@code u32} in the payload: {@link #CHANGED} and so on. */
    static final int FLAGS = 0;

    /** {@code i64}: the greatest event time of a row of the group. */
    static final int TIME = 16;

    /** Got a row since it was looked at last. */
    static final int CHANGED = 1;

    /** There is a row in the result. */
    static final int SHOWN = 2;

    /** That row was taken back, and what comes in its place is not out yet. */
    static final int TAKEN_BACK = 4;

    /** Fields of a state row ahead of the cells. */
    static final int STATE_HEAD = 3;

    private static final int TEXTS = 4;
    private static final int TEXT_BYTES = 8;
    private static final int ROW_TIME = 24;
    private static final int NULLS = 32;
    private static final int PER_FUNCTION = 6;

    private final Schema schema;
    private final int keys;
    private final int count;

    LastRow(LogicalOp.WindowAggregate aggregate) {
        this.schema = aggregate.schema();
        this.keys = aggregate.keys().size();
        this.count = schema.size() - keys;
    }

    private int words() {
        return RowLayout.nullWords(schema.size());
    }

    private int cell(int i) {
        return NULLS + 8 * words() + 8 * i;
    }

    int bytes() {
        return cell(count);
    }

    private boolean isText(int i) {
        return schema.type(keys + i).cell() == FieldType.Cell.STRING;
    }

    boolean holdsTexts() {
        return java.util.stream.IntStream.range(0, count).anyMatch(this::isText);
    }

    List<Field> stateFields() {
        List<Field> fields = new ArrayList<>();
        for (String name : List.of("flags", "time", "row_time")) {
            fields.add(new Field(name, FieldType.BIGINT));
        }
        for (int i = 0; i < count; i++) {
            fields.add(new Field("r" + i, schema.type(keys + i)));
        }
        return fields;
    }

    static Value has(Value head, int flag) {
        return head.word(FLAGS).and(flag).ne(0);
    }

    /** The bits of the aggregates in a null word. */
    private long mask(int word) {
        int first = Math.max(0, Math.min(64, keys - 64 * word));
        return first == 64 ? 0 : -1L << first;
    }

    private Value isNull(Value head, int i) {
        int field = keys + i;
        return head.wide(NULLS + 8 * (field >>> 6)).and(1L << field).ne(0);
    }

    /** Writes the row at that address; its keys and their null bits are there. */
    void write(Code code, Value head, int row) {
        code.storeWide(i32(row), RowLayout.ROW_EVENT_TIME, head.wide(ROW_TIME));
        for (int word = 0; word < words(); word++) {
            int at = RowLayout.ROW_NULLS + 8 * word;
            Value keyBits = i32(row).wide(at).and(~mask(word));
            code.storeWide(i32(row), at, keyBits.or(head.wide(NULLS + 8 * word)));
        }
        int to = row + RowLayout.cell(schema.size(), keys);
        code.copy(i32(to), head.plus(cell(0)), i32(8 * count));
    }

    /** {@code (head) -> 0} when the row at that address is the remembered one but for its time. */
    WasmFunction differs(Library library, int row) {
        RowView view = RowView.at(schema, row);
        Strings strings = library.part(Strings.class, Strings::new);
        return Sequence.of(
                "row_differs",
                List.of(I32),
                count + 1,
                PER_FUNCTION,
                (code, self, step) -> {
                    Value head = self.argument(0);
                    if (step == 0) {
                        for (int word = 0; word < words(); word++) {
                            Value bits = view.nullWord(word).and(mask(word));
                            code.when(bits.ne(head.wide(NULLS + 8 * word)), () -> code.ret(1));
                        }
                        return;
                    }
                    int i = step - 1;
                    if (!isText(i)) {
                        Value same = view.cell(keys + i);
                        code.when(same.ne(head.wide(cell(i))), () -> code.ret(1));
                        return;
                    }
                    Value length = view.textLength(keys + i);
                    code.when(length.ne(head.word(cell(i) + 4)), () -> code.ret(1));
                    Value equal =
                            strings.equal()
                                    .call(
                                            view.textStart(keys + i),
                                            length,
                                            i32(0).minus(head.word(cell(i))),
                                            length);
                    code.when(equal.eq(0), () -> code.ret(1));
                });
    }

    /** Bytes of text in the aggregates of the row at that address. */
    Value textBytes(int row) {
        RowView view = RowView.at(schema, row);
        Value sum = i32(0);
        for (int i = 0; i < count; i++) {
            sum = isText(i) ? sum.plus(view.textLength(keys + i)) : sum;
        }
        return sum;
    }

    /**
     * Remembers the row at that address.
     *
     * @param block for its texts, charged to the slot; 0: there is none
     */
    void keep(Code code, Value head, int row, Value block, Value blockBytes) {
        code.storeWide(head, ROW_TIME, i32(row).wide(RowLayout.ROW_EVENT_TIME));
        for (int word = 0; word < words(); word++) {
            Value bits = i32(row).wide(RowLayout.ROW_NULLS + 8 * word).and(mask(word));
            code.storeWide(head, NULLS + 8 * word, bits);
        }
        int from = row + RowLayout.cell(schema.size(), keys);
        code.copy(head.plus(cell(0)), i32(from), i32(8 * count));
        code.storeWord(head, TEXTS, block);
        code.storeWord(head, TEXT_BYTES, blockBytes);
        if (holdsTexts()) {
            code.run(moveTexts().call(head));
        }
    }

    /** {@code (head) -> OK}: the texts that the cells point at go into the block. */
    private WasmFunction moveTexts() {
        return Sequence.of(
                "row_texts",
                List.of(I32),
                1,
                1,
                (code, self, step) -> {
                    Value head = self.argument(0);
                    Local to = code.var(head.word(TEXTS));
                    for (int i = 0; i < count; i++) {
                        if (isText(i)) {
                            Value length = code.let(head.word(cell(i) + 4));
                            code.copy(to.get(), i32(0).minus(head.word(cell(i))), length);
                            code.storeWord(head, cell(i), i32(0).minus(to.get()));
                            code.set(to, to.get().plus(length));
                        }
                    }
                });
    }

    /** {@code (slot, head)}: frees the texts. */
    WasmFunction release(Library library) {
        Charge charge = library.part(Charge.class, Charge::new);
        return library.function(
                "row_release",
                () -> WasmFunction.of("row_release", I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value head = self.argument(1);
                                    Value texts = head.word(TEXTS);
                                    Value bytes = head.word(TEXT_BYTES);
                                    code.run(charge.release().call(self.argument(0), texts, bytes));
                                    code.storeWide(head, TEXTS, i64(0));
                                }));
    }

    /** {@code (state row, out, head) -> status}: into the fields from {@code base} on. */
    WasmFunction save(RowOutput writer, int base) {
        return Sequence.of(
                "save_last",
                List.of(I32, I32, I32),
                count + 1,
                PER_FUNCTION,
                (code, self, step) -> {
                    RowTarget to = RowTarget.output(writer, self.argument(0), self.argument(1));
                    Value head = self.argument(2);
                    if (step == 0) {
                        code.storeWide(to.row(), to.cell(base), head.word(FLAGS).extend());
                        code.storeWide(to.row(), to.cell(base + 1), head.wide(TIME));
                        code.storeWide(to.row(), to.cell(base + 2), head.wide(ROW_TIME));
                        return;
                    }
                    int i = step - 1;
                    int field = base + STATE_HEAD + i;
                    Value cell = i32(0).minus(head.word(cell(i)));
                    code.when(
                            has(head, SHOWN).not().or(isNull(head, i)),
                            () -> to.setNull(code, field),
                            () -> {
                                if (isText(i)) {
                                    Value length = head.word(cell(i) + 4);
                                    to.text(code, field, Operand.text(cell, length));
                                } else {
                                    code.storeWide(to.row(), to.cell(field), head.wide(cell(i)));
                                }
                            });
                });
    }

    /** {@code (slot, state row, end, head) -> OK}, or another status without memory. */
    WasmFunction load(Library library, RowOutput writer, int base) {
        WasmFunction cells = loadCells(writer, base);
        WasmFunction self = WasmFunction.returning(I32, "load_last", I32, I32, I32, I32);
        return self.define(
                code -> {
                    Value head = self.argument(3);
                    RowView row = RowView.of(writer.schema(), self.argument(1), self.argument(2));
                    code.storeWord(head, FLAGS, row.cell(base).wrap());
                    code.storeWide(head, TIME, row.cell(base + 1));
                    code.storeWide(head, ROW_TIME, row.cell(base + 2));
                    code.run(cells.call(self.argument(1), self.argument(2), head));
                    if (holdsTexts()) {
                        Local bytes = code.var(i32(0));
                        for (int i = 0; i < count; i++) {
                            if (isText(i)) {
                                code.set(bytes, bytes.get().plus(head.word(cell(i) + 4)));
                            }
                        }
                        Charge charge = library.part(Charge.class, Charge::new);
                        code.when(
                                bytes.get().ne(0),
                                () -> {
                                    Value block =
                                            code.let(
                                                    charge.take()
                                                            .call(self.argument(0), bytes.get()));
                                    code.when(block.eq(0), () -> code.ret(1));
                                    code.storeWord(head, TEXTS, block);
                                    code.storeWord(head, TEXT_BYTES, bytes.get());
                                    code.run(moveTexts().call(head));
                                });
                    }
                    code.ret(Status.OK);
                });
    }

    /** {@code (state row, end, head) -> OK}: texts stay where they are. */
    private WasmFunction loadCells(RowOutput writer, int base) {
        return Sequence.of(
                "load_last_cells",
                List.of(I32, I32, I32),
                count,
                PER_FUNCTION,
                (code, self, i) -> {
                    RowView row = RowView.of(writer.schema(), self.argument(0), self.argument(1));
                    Value head = self.argument(2);
                    int field = base + STATE_HEAD + i;
                    int word = NULLS + 8 * (keys + i >>> 6);
                    code.when(
                            row.isNull(field),
                            () ->
                                    code.storeWide(
                                            head, word, head.wide(word).or(i64(1L << keys + i))),
                            () -> {
                                if (isText(i)) {
                                    Value start = i32(0).minus(row.textStart(field));
                                    code.storeWord(head, cell(i), start);
                                    code.storeWord(head, cell(i) + 4, row.textLength(field));
                                } else {
                                    code.storeWide(head, cell(i), row.cell(field));
                                }
                            });
                });
    }
}
