package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.WasmType.I32;

import galois.batch.RowError;
import galois.batch.RowLayout;
import galois.compiler.ir.Code;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.Charge;
import galois.compiler.runtime.Library;
import galois.compiler.runtime.Status;

/**
 * The rows of a partition: an array of addresses, {@code u32 array, u32 rows, u32 capacity, u32 0}.
 * When only the first rows count it is a heap with the last of them on top, so that it never holds
 * more than those; else rows are appended and put in order at the end. A kept row has its number
 * among all rows in the 8 bytes ahead of it, the size of its block in its slot word and its texts
 * behind it.
 */
final class RowHeap implements KeptRows {
    private static final int BYTES = 16;

    private static final int ROWS = 4;
    private static final int CAPACITY = 8;
    private static final int FIRST_CAPACITY = 4;

    private final Library library;
    private final SortShape shape;
    private final Charge charge;
    private final int row;

    private final KeptTexts texts;
    private final WasmFunction compare;

    /**
     * @param row address of the row in hand, its number ahead of it
     */
    RowHeap(Library library, SortShape shape, int row) {
        this.library = library;
        this.shape = shape;
        this.row = row;
        this.charge = library.part(Charge.class, Charge::new);
        this.texts = new KeptTexts(library, shape.row());
        this.compare = new RowOrder(library, shape.row()).compare(shape.order());
    }

    @Override
    public int bytes() {
        return BYTES;
    }

    @Override
    public Value rows(Value heap) {
        return heap.word(ROWS);
    }

    @Override
    public Value row(Value heap, Value number, Value time) {
        return row(heap, number);
    }

    /** The address of the row with that number in the array. */
    private static Value row(Value heap, Value number) {
        return heap.word(0).plus(number.shl(2)).word(0);
    }

    @Override
    public Value textBytes(Code code) {
        return texts.bytes(code, i32(row));
    }

    /** {@code (slot) -> address of a copy of the row in hand, or 0 without memory}. */
    private WasmFunction keep() {
        int stride = RowLayout.stride(shape.row().size());
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

    private void release(Code code, Value slot, Value kept) {
        Value bytes = kept.word(RowLayout.ROW_SLOT);
        code.run(charge.release().call(slot, kept.minus(SEQUENCE), bytes));
    }

    @Override
    public WasmFunction free() {
        return library.function(
                "heap_free",
                () -> WasmFunction.of("heap_free", I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value slot = self.argument(0);
                                    Value heap = self.argument(1);
                                    Local i = code.var(i32(0));
                                    code.loopWhile(
                                            i.get().ltUnsigned(rows(heap)),
                                            () -> {
                                                release(code, slot, code.let(row(heap, i.get())));
                                                code.set(i, i.get().plus(1));
                                            });
                                    Value bytes = heap.word(CAPACITY).shl(2);
                                    code.run(charge.release().call(slot, heap.word(0), bytes));
                                }));
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

    static Value sequence(Value kept) {
        return kept.minus(SEQUENCE).wide(0);
    }

    @Override
    public WasmFunction add() {
        return library.function(
                "heap_add",
                () -> WasmFunction.returning(I32, "heap_add", I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value slot = self.argument(0);
                                    Value heap = self.argument(1);
                                    if (shape.rowsMax() >= 0) {
                                        code.when(
                                                rows(heap).eq(shape.rowsMax()),
                                                () -> replace(code, slot, heap));
                                    }
                                    code.when(
                                            append().call(slot, heap).eq(0),
                                            () -> code.ret(RowError.STATE_FULL));
                                    if (shape.rowsMax() >= 0) {
                                        code.run(rise().call(heap));
                                    }
                                    code.ret(Status.OK);
                                }));
    }

    private void replace(Code code, Value slot, Value heap) {
        Value last = code.let(row(heap, i32(0)));
        code.when(before().call(i32(row), last).eq(0), () -> code.ret(Status.OK));
        if (shape.texts().isEmpty()) {
            // All rows are of one size: the new one takes the block of the old one.
            int bytes = SEQUENCE + RowLayout.stride(shape.row().size());
            code.copyCells(last.minus(SEQUENCE), i32(row - SEQUENCE), bytes);
            code.storeWord(last, RowLayout.ROW_SLOT, i32(bytes));
            code.run(sink().call(heap, i32(0), rows(heap)));
            code.ret(Status.OK);
            return;
        }
        Value kept = code.let(keep().call(slot));
        code.when(kept.eq(0), () -> code.ret(RowError.STATE_FULL));
        release(code, slot, last);
        code.storeWord(heap.word(0), 0, kept);
        code.run(sink().call(heap, i32(0), rows(heap)));
        code.ret(Status.OK);
    }

    @Override
    public WasmFunction append() {
        return library.function(
                "heap_append",
                () -> WasmFunction.returning(I32, "heap_append", I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value slot = self.argument(0);
                                    Value heap = self.argument(1);
                                    Value kept = code.let(keep().call(slot));
                                    code.when(kept.eq(0), () -> code.ret(0));
                                    code.when(
                                            rows(heap).eq(heap.word(CAPACITY)),
                                            () -> grow(code, slot, heap, kept));
                                    Value end = heap.word(0).plus(rows(heap).shl(2));
                                    code.storeWord(end, 0, kept);
                                    code.storeWord(heap, ROWS, rows(heap).plus(1));
                                    code.ret(1);
                                }));
    }

    private void grow(Code code, Value slot, Value heap, Value kept) {
        Value old = code.let(heap.word(CAPACITY));
        Value more = code.let(old.plus(old.ushr(1)).plus(FIRST_CAPACITY));
        Value block = code.let(charge.grow().call(slot, heap.word(0), old.shl(2), more.shl(2)));
        code.when(
                block.eq(0),
                () -> {
                    release(code, slot, kept);
                    code.ret(0);
                });
        code.storeWord(heap, 0, block);
        code.storeWord(heap, CAPACITY, more);
    }

    /** {@code (heap)}: the row at the end goes up to its place. */
    private WasmFunction rise() {
        return library.function(
                "heap_rise",
                () -> WasmFunction.of("heap_rise", I32),
                self ->
                        self.define(
                                code -> {
                                    Value heap = self.argument(0);
                                    Value array = code.let(heap.word(0));
                                    Local at = code.var(rows(heap).minus(1));
                                    Value kept = code.let(row(heap, at.get()));
                                    code.block(
                                            placed ->
                                                    code.loopWhile(
                                                            at.get().ne(0),
                                                            () -> {
                                                                Value up =
                                                                        code.let(
                                                                                at.get()
                                                                                        .minus(1)
                                                                                        .ushr(1));
                                                                Value parent =
                                                                        code.let(row(heap, up));
                                                                code.jumpIf(
                                                                        before().call(kept, parent)
                                                                                .ne(0),
                                                                        placed);
                                                                code.storeWord(
                                                                        array.plus(at.get().shl(2)),
                                                                        0,
                                                                        parent);
                                                                code.set(at, up);
                                                            }));
                                    code.storeWord(array.plus(at.get().shl(2)), 0, kept);
                                }));
    }

    /** {@code (heap, from, rows)}: the row at that place goes down among the first rows. */
    private WasmFunction sink() {
        return library.function(
                "heap_sink",
                () -> WasmFunction.of("heap_sink", I32, I32, I32),
                self -> self.define(code -> sink(self, code)));
    }

    private void sink(WasmFunction self, Code code) {
        Value heap = self.argument(0);
        Value count = self.argument(2);
        Value array = code.let(heap.word(0));
        Local at = code.var(self.argument(1));
        Value kept = code.let(row(heap, at.get()));
        Local child = code.var(at.get().shl(1).plus(1));
        code.block(
                placed ->
                        code.loopWhile(
                                child.get().ltUnsigned(count),
                                () -> {
                                    Value right = child.get().plus(1);
                                    code.when(
                                            right.ltUnsigned(count),
                                            () ->
                                                    code.set(
                                                            child,
                                                            child.get()
                                                                    .plus(
                                                                            before().call(
                                                                                            row(
                                                                                                    heap,
                                                                                                    child
                                                                                                            .get()),
                                                                                            row(
                                                                                                    heap,
                                                                                                    right)))));
                                    Value greater = code.let(row(heap, child.get()));
                                    code.jumpIf(before().call(greater, kept).ne(0), placed);
                                    code.storeWord(array.plus(at.get().shl(2)), 0, greater);
                                    code.set(at, child.get());
                                    code.set(child, at.get().shl(1).plus(1));
                                }));
        code.storeWord(array.plus(at.get().shl(2)), 0, kept);
    }

    @Override
    public WasmFunction sort() {
        return library.function(
                "heap_sort",
                () -> WasmFunction.of("heap_sort", I32),
                self ->
                        self.define(
                                code -> {
                                    Value heap = self.argument(0);
                                    Value array = code.let(heap.word(0));
                                    Local at = code.var(rows(heap).ushr(1));
                                    if (shape.rowsMax() < 0) {
                                        code.loopWhile(
                                                at.get().ne(0),
                                                () -> {
                                                    code.set(at, at.get().minus(1));
                                                    Value all = rows(heap);
                                                    code.run(sink().call(heap, at.get(), all));
                                                });
                                    }
                                    code.set(at, rows(heap));
                                    code.loopWhile(
                                            at.get().gtUnsigned(i32(1)),
                                            () -> {
                                                code.set(at, at.get().minus(1));
                                                Value greatest = code.let(array.word(0));
                                                Value end = code.let(array.plus(at.get().shl(2)));
                                                code.storeWord(array, 0, end.word(0));
                                                code.storeWord(end, 0, greatest);
                                                code.run(sink().call(heap, i32(0), at.get()));
                                            });
                                }));
    }

    @Override
    public void number(Code code, Value kept, int ranking, Value number) {
        int field = shape.fields().size() + ranking;
        code.storeWide(kept, RowLayout.cell(shape.row().size(), field), number);
    }

    @Override
    public void stamp(Code code, Value sequence) {
        code.storeWide(i32(row - SEQUENCE), 0, sequence);
    }
}
