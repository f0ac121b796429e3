package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.WasmType.I32;

import galois.batch.FieldType;
import galois.batch.RowLayout;
import galois.batch.Schema;
import galois.compiler.ir.Code;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.Library;
import galois.compiler.runtime.RowView;

import java.util.List;
import java.util.stream.IntStream;

/** The texts of rows that the kernel keeps: measured, and copied behind their row. */
final class KeptTexts {
    /** Text fields handled by one function. */
    private static final int GROUP = 8;

    private final Schema row;
    private final List<Integer> fields;

    /** A word for the functions that go over the texts of a row. */
    private final int scratch;

    private final WasmFunction measure;
    private final WasmFunction move;

    KeptTexts(Library library, Schema row) {
        this.row = row;
        this.fields =
                IntStream.range(0, row.size())
                        .filter(i -> row.type(i).cell() == FieldType.Cell.STRING)
                        .boxed()
                        .toList();
        this.scratch = library.memory().reserve(8);
        this.measure = texts("row_measure", this::measure);
        this.move = texts("row_move", this::move);
    }

    private interface TextStep {
        void emit(Code code, RowView row, int field, Value address);
    }

    /** {@code (row)}: goes over the texts of a row that are not NULL. */
    private WasmFunction texts(String name, TextStep step) {
        return Sequence.of(
                name,
                List.of(I32),
                fields.size(),
                GROUP,
                (code, self, i) -> {
                    Value address = self.argument(0);
                    RowView view = RowView.of(row, address, i32(0));
                    int field = fields.get(i);
                    code.when(
                            view.isNull(field).not(), () -> step.emit(code, view, field, address));
                });
    }

    private void measure(Code code, RowView view, int field, Value address) {
        Value sum = i32(scratch).word(0).plus(view.textLength(field));
        code.storeWord(i32(scratch), 0, sum);
    }

    private void move(Code code, RowView view, int field, Value address) {
        Value to = code.let(i32(scratch).word(0));
        Value length = code.let(view.textLength(field));
        code.copy(to, view.textStart(field), length);
        int cell = RowLayout.cell(row.size(), field);
        code.storeWord(address, cell, i32(0).minus(to));
        code.storeWord(i32(scratch), 0, to.plus(length));
    }

    /** Bytes of the texts of a row. */
    Value bytes(Code code, Value address) {
        if (fields.isEmpty()) {
            return i32(0);
        }
        code.storeWord(i32(scratch), 0, i32(0));
        code.run(measure.call(address));
        return code.let(i32(scratch).word(0));
    }

    /** Copies the texts of the row at that address to another one, where it finds them then. */
    void move(Code code, Value address, Value to) {
        if (!fields.isEmpty()) {
            code.storeWord(i32(scratch), 0, to);
            code.run(move.call(address));
        }
    }
}
