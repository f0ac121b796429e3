package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;
import static galois.compiler.ir.WasmType.I64;

import galois.batch.RowError;
import galois.batch.SlotLayout;
import galois.compiler.ir.Code;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.GroupTable;
import galois.compiler.runtime.KeyRecord;
import galois.compiler.runtime.Library;
import galois.compiler.runtime.RowView;
import galois.compiler.runtime.Status;
import galois.compiler.runtime.WindowList;

/**
 * What the functions of a sort share: for each time a table of partitions, for each partition a few
 * or many rows.
 *
 * @param row address of the row in hand, fields of {@link SortShape#row}
 */
record SortParts(
        Library library,
        SortShape shape,
        SortState state,
        GroupTable partitions,
        WindowList times,
        KeptRows heap,
        int row) {
    RowView input() {
        return RowView.at(shape.row(), row);
    }

    /** When the rows of that time are complete. */
    Value dueAt(Value time) {
        return time.plus(i64(shape.sort().delayUs()));
    }

    /** {@code (slot)}: writes when the slot is due next. */
    WasmFunction due() {
        return library.function(
                "due",
                () -> WasmFunction.of("due", I32),
                self ->
                        self.define(
                                code -> {
                                    Value slot = self.argument(0);
                                    code.storeWide(
                                            slot, SlotLayout.DUE_EVENT, i64(SlotLayout.NEVER));
                                    if (shape.isTimed()) {
                                        code.when(times.isEmpty(slot), code::ret);
                                        Value first = times.start(slot, times.head(slot));
                                        code.storeWide(slot, SlotLayout.DUE_EVENT, dueAt(first));
                                    }
                                }));
    }

    /**
     * {@code (slot, time) -> OK or an error}: takes the row in hand into its partition; an error
     * has changed nothing.
     *
     * @param add {@code (slot, heap) -> OK or an error}
     */
    WasmFunction enter(String name, WasmFunction add) {
        return library.function(
                name,
                () -> WasmFunction.returning(I32, name, I32, I64),
                self -> self.define(code -> enter(self, code, add)));
    }

    private void enter(WasmFunction self, Code code, WasmFunction add) {
        Value slot = self.argument(0);
        KeyRecord keys = partitions.keys();
        Value texts = keys.load(shape.row(), 0).call(i32(row), i32(0));
        code.when(
                texts.gtUnsigned(i32(KeyRecord.TEXT_BYTES_MAX)),
                () -> code.ret(RowError.ROW_TOO_LARGE));
        Value table = code.let(times.table().call(slot, self.argument(1)));
        code.when(table.eq(0), () -> code.ret(RowError.STATE_FULL));
        Value hash = code.let(keys.hashInHand());
        Local entry = code.var(partitions.find().call(table, hash));
        Local isNew = code.var(entry.get().eq(0));
        code.when(
                isNew.get(),
                () -> {
                    code.set(entry, partitions.insert().call(slot, table, hash));
                    code.when(
                            entry.get().eq(0),
                            () -> {
                                code.run(times.dropEmpty().call(slot));
                                code.ret(RowError.STATE_FULL);
                            });
                });
        Value status = code.let(add.call(slot, entry.get().plus(partitions.payload())));
        code.when(
                status.ne(Status.OK).and(isNew.get()),
                () -> {
                    code.run(partitions.removeLast().call(slot, table));
                    code.run(times.dropEmpty().call(slot));
                });
        code.ret(status);
    }
}
