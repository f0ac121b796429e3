package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;

import galois.batch.RowLayout;
import galois.batch.Schema;
import galois.compiler.ir.Code;
import galois.compiler.ir.Value;
import galois.compiler.runtime.RowOutput;
import galois.compiler.runtime.Status;

/**
 * A row that a projection writes.
 *
 * @param row its address
 * @param out the output area and its writer; {@code null}: a row of the kernel's own, whose string
 *     cells hold addresses
 * @param keys so many leading fields are compared by their bits: no -0.0, one NaN
 */
record RowTarget(Schema schema, Value row, Value out, RowOutput writer, int keys) {
    static RowTarget own(Schema schema, int address, int keys) {
        return new RowTarget(schema, i32(address), null, null, keys);
    }

    static RowTarget output(RowOutput writer, Value row, Value out) {
        return new RowTarget(writer.schema(), row, out, writer, 0);
    }

    int cell(int field) {
        return RowLayout.cell(schema.size(), field);
    }

    /** Marks a field NULL whose cell may hold anything. */
    void setNull(Code code, int field) {
        int word = RowLayout.ROW_NULLS + 8 * (field >>> 6);
        code.storeWide(row, word, row.wide(word).or(i64(1L << field)));
        code.storeWide(row, cell(field), i64(0));
    }

    /** Writes a text cell; in an output area it may return from the function with a status. */
    void text(Code code, int field, Operand text) {
        if (writer == null) {
            code.storeWord(row, cell(field) + 4, text.length());
            code.storeWord(row, cell(field), i32(0).minus(text.value()));
            return;
        }
        Value status =
                code.let(
                        writer.text()
                                .call(out, row.plus(cell(field)), text.value(), text.length()));
        code.when(status.ne(Status.OK), () -> code.ret(status));
    }
}
