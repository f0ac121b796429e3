package galois.compiler;

import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;

import galois.batch.SlotLayout;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.GroupTable;
import galois.compiler.runtime.Library;
import galois.compiler.runtime.RowView;
import galois.compiler.runtime.WindowList;

/**
 * What the functions of an aggregate share.
 *
 * @param row address of the row in hand, fields of {@link AggregateShape#row}
 */
record AggregateParts(
        Library library,
        AggregateShape shape,
        AggregateState state,
        GroupTable groups,
        WindowList windows,
        int row) {
    RowView input() {
        return RowView.at(shape.row(), row);
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
                                    if (shape.isWindowed()) {
                                        code.when(windows.isEmpty(slot), code::ret);
                                        Value start = windows.start(slot, windows.head(slot));
                                        Value end =
                                                start.plus(
                                                        i64(shape.aggregate().window().sizeUs()));
                                        code.storeWide(slot, SlotLayout.DUE_EVENT, end);
                                    }
                                }));
    }
}
