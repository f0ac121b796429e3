package galois.compiler;

import static galois.compiler.ir.Value.f64;
import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;

import galois.api.plan.SortKey;
import galois.batch.FieldType;
import galois.batch.Schema;
import galois.compiler.ir.Code;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.Library;
import galois.compiler.runtime.RowView;
import galois.compiler.runtime.Status;
import galois.compiler.runtime.Strings;

import java.util.List;

/**
 * Compares kept rows, each given by its address: field by field in the order of the keys. Doubles
 * are compared as the integers that have the same order, so that NaN is the greatest.
 */
final class RowOrder {
    /** Keys compared by one function. */
    private static final int GROUP = 5;

    private final Library library;
    private final Schema row;

    RowOrder(Library library, Schema row) {
        this.library = library;
        this.row = row;
    }

    /** {@code (row, row) -> negative, 0 or positive}. */
    WasmFunction compare(List<SortKey> keys) {
        return Sequence.of(
                "row_compare",
                List.of(I32, I32),
                keys.size(),
                GROUP,
                (code, self, i) ->
                        key(code, keys.get(i), kept(self.argument(0)), kept(self.argument(1))));
    }

    private RowView kept(Value address) {
        return RowView.of(row, address, i32(0));
    }

    /** Returns when the rows differ in this key. */
    private void key(Code code, SortKey key, RowView a, RowView b) {
        int field = key.field();
        int nullFirst = key.nullsFirst() ? -1 : 1;
        Value aNull = code.let(a.isNull(field));
        Value bNull = code.let(b.isNull(field));
        code.when(
                aNull.or(bNull).ne(0),
                () ->
                        code.when(
                                aNull.ne(bNull),
                                () ->
                                        code.ret(
                                                new Value.Select(
                                                        aNull, i32(nullFirst), i32(-nullFirst)))),
                () -> values(code, key, a, b));
    }

    private void values(Code code, SortKey key, RowView a, RowView b) {
        int field = key.field();
        FieldType.Cell cell = row.type(field).cell();
        if (cell == FieldType.Cell.STRING) {
            Strings strings = library.part(Strings.class, Strings::new);
            Value order =
                    code.let(
                            strings.compare()
                                    .call(
                                            a.textStart(field),
                                            a.textLength(field),
                                            b.textStart(field),
                                            b.textLength(field)));
            Value result = key.descending() ? i32(0).minus(order) : order;
            code.when(order.ne(Status.OK), () -> code.ret(result));
            return;
        }
        boolean isReal = cell == FieldType.Cell.F64;
        Value x = code.let(isReal ? ordered(code, a.real(field)) : a.cell(field));
        Value y = code.let(isReal ? ordered(code, b.real(field)) : b.cell(field));
        int less = key.descending() ? 1 : -1;
        code.when(x.ne(y), () -> code.ret(new Value.Select(x.lt(y), i32(less), i32(-less))));
    }

    /** The integer that compares like the double; -0.0 is 0.0. */
    static Value ordered(Code code, Value real) {
        Value bits = code.let(real.plus(f64(0)).asBits());
        return bits.xor(bits.shr(63).and(i64(Long.MAX_VALUE)));
    }
}
