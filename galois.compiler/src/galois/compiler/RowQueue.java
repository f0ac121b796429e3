package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.WasmType.I32;

import galois.batch.RowLayout;
import galois.batch.Schema;
import galois.compiler.ir.Code;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.Charge;
import galois.compiler.runtime.Library;

/**
 * Rows that wait, the one that is taken next on top of a heap: {@code u32 array, u32 rows, u32
 * capacity, u32 0}. A kept row has its number among all rows in the 8 bytes ahead of it, the size
 * of its block in its slot word and its texts behind it.
 */
final class RowQueue {
    static final int BYTES = 16;

    /** Bytes of a block ahead of its row. */
    static final int SEQUENCE = 8;

    private static final int ROWS = 4;
    private static final int CAPACITY = 8;
    private static final int FIRST_CAPACITY = 8;

    private final Library library;
    private final Schema schema;
    private final Charge charge;
    private final KeptTexts texts;
    private final WasmFunction compare;
    private final int row;

    /**
     * @param compare {@code (row, row) -> negative, 0 or positive}
     * @param row address of the row in hand, its number ahead of it
     */
    RowQueue(Library library, Schema schema, WasmFunction compare, int row) {
        this.library = library;
        this.schema = schema;
        this.compare = compare;
        this.row = row;
        charge = library.part(Charge.class, Charge::new);
        texts = new KeptTexts(library, schema);
    }

    static Value rows(Value queue) {
        return queue.word(ROWS);
    }

    /** The address of the row at that place of the heap. */
    static Value row(Value queue, Value place) {
        return queue.word(0).plus(place.shl(2)).word(0);
    }

    static Value sequence(Value kept) {
        return kept.minus(SEQUENCE).wide(0);
    }

    /** Bytes of the texts of the row in hand. */
    Value textBytes(Code code) {
        return texts.bytes(code, i32(row));
    }

    /** Gives the row in hand its number among all rows. */
    void stamp(Code code, Value sequence) {
        code.storeWide(i32(row - SEQUENCE), 0, sequence);
    }

    /** {@code (slot) -> address of a copy of the row in hand, or 0 without memory}. */
    WasmFunction keep() {
        int stride = RowLayout.stride(schema.size());
        return library.function(
                "row_keep",
                () -> WasmFunction.returning(I32, "row_keep", I32),
                self ->
                        self.define(
                                code -> {
                                    Value bytes = code.let(textBytes(code).plus(SEQUENCE + stride));
                                    Value block =
                                            code.let(charge.take().call(self.argument(0), bytes));
                                    code.when(block.eq(0), () -> code.ret(0));
                                    code.copyCells(block, i32(row - SEQUENCE), SEQUENCE + stride);
                                    Value kept = code.let(block.plus(SEQUENCE));
                                    code.storeWord(kept, RowLayout.ROW_SLOT, bytes);
                                    texts.move(code, kept, kept.plus(stride));
                                    code.ret(kept);
                                }));
    }

    /** {@code (slot, row)}: frees a kept row; 0 is ignored. */
    WasmFunction release() {
        return library.function(
                "row_release",
                () -> WasmFunction.of("row_release", I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value kept = self.argument(1);
                                    code.when(kept.eq(0), code::ret);
                                    Value bytes = kept.word(RowLayout.ROW_SLOT);
                                    code.run(
                                            charge.release()
                                                    .call(
                                                            self.argument(0),
                                                            kept.minus(SEQUENCE),
                                                            bytes));
                                }));
    }

    /** {@code (slot, queue) -> 1, or 0 without memory}: the row in hand waits. */
    WasmFunction add() {
        return library.function(
                "queue_add",
                () -> WasmFunction.returning(I32, "queue_add", I32, I32),
                self -> self.define(code -> add(self, code)));
    }

    private void add(WasmFunction self, Code code) {
        Value slot = self.argument(0);
        Value queue = self.argument(1);
        code.when(
                rows(queue).eq(queue.word(CAPACITY)),
                () -> {
                    Value old = code.let(queue.word(CAPACITY));
                    Value more = code.let(old.plus(old.ushr(1)).plus(FIRST_CAPACITY));
                    Value block =
                            code.let(
                                    charge.grow()
                                            .call(slot, queue.word(0), old.shl(2), more.shl(2)));
                    code.when(block.eq(0), () -> code.ret(0));
                    code.storeWord(queue, 0, block);
                    code.storeWord(queue, CAPACITY, more);
                });
        Value kept = code.let(keep().call(slot));
        code.when(kept.eq(0), () -> code.ret(0));
        Local at = code.var(rows(queue));
        code.storeWord(queue, ROWS, at.get().plus(1));
        Value array = code.let(queue.word(0));
        code.block(
                placed ->
                        code.loopWhile(
                                at.get().ne(0),
                                () -> {
                                    Value up = code.let(at.get().minus(1).ushr(1));
                                    Value parent = code.let(row(queue, up));
                                    code.jumpIf(before().call(parent, kept).ne(0), placed);
                                    code.storeWord(array.plus(at.get().shl(2)), 0, parent);
                                    code.set(at, up);
                                }));
        code.storeWord(array.plus(at.get().shl(2)), 0, kept);
        code.ret(1);
    }

    /** {@code (row, row) -> 1 when the first comes ahead of the second}: no two rows are equal. */
    private WasmFunction before() {
        return library.function(
                "row_before",
                () -> WasmFunction.returning(I32, "row_before", I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value a = self.argument(0);
                                    Value b = self.argument(1);
                                    Value order = code.let(compare.call(a, b));
                                    code.when(order.ne(0), () -> code.ret(order.lt(0)));
                                    code.ret(sequence(a).lt(sequence(b)));
                                }));
    }

    /** {@code (queue) -> row}: takes the top off; there is one. */
    WasmFunction pop() {
        return library.function(
                "queue_pop",
                () -> WasmFunction.returning(I32, "queue_pop", I32),
                self -> self.define(code -> pop(self, code)));
    }

    private void pop(WasmFunction self, Code code) {
        Value queue = self.argument(0);
        Value array = code.let(queue.word(0));
        Value top = code.let(array.word(0));
        Value count = code.let(rows(queue).minus(1));
        code.storeWord(queue, ROWS, count);
        Value last = code.let(row(queue, count));
        Local at = code.var(i32(0));
        Local child = code.var(i32(1));
        code.block(
                placed ->
                        code.loopWhile(
                                child.get().ltUnsigned(count),
                                () -> {
                                    Value right = child.get().plus(1);
                                    code.when(
                                            right.ltUnsigned(count),
                                            () -> {
                                                Value a = row(queue, right);
                                                Value b = row(queue, child.get());
                                                Value more = before().call(a, b);
                                                code.set(child, child.get().plus(more));
                                            });
                                    Value less = code.let(row(queue, child.get()));
                                    code.jumpIf(before().call(last, less).ne(0), placed);
                                    code.storeWord(array.plus(at.get().shl(2)), 0, less);
                                    code.set(at, child.get());
                                    code.set(child, at.get().shl(1).plus(1));
                                }));
        code.storeWord(array.plus(at.get().shl(2)), 0, last);
        code.ret(top);
    }

    /** {@code (slot, queue)}: frees all rows and the array. */
    WasmFunction free() {
        return library.function(
                "queue_free",
                () -> WasmFunction.of("queue_free", I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value slot = self.argument(0);
                                    Value queue = self.argument(1);
                                    Local i = code.var(i32(0));
                                    code.loopWhile(
                                            i.get().ltUnsigned(rows(queue)),
                                            () -> {
                                                code.run(release().call(slot, row(queue, i.get())));
                                                code.set(i, i.get().plus(1));
                                            });
                                    Value bytes = queue.word(CAPACITY).shl(2);
                                    code.run(charge.release().call(slot, queue.word(0), bytes));
                                    code.clearCells(queue, BYTES);
                                }));
    }
}
