package galois.compiler;

import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;

import galois.api.plan.Window;
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
                                    boolean byClock = shape.aggregate().window().byClock();
                                    int due =
                                            byClock
                                                    ? SlotLayout.DUE_PROCESSING
                                                    : SlotLayout.DUE_EVENT;
                                    code.storeWide(slot, due, i64(SlotLayout.NEVER));
                                    if (shape.isRefired()) {
                                        code.when(windows.isEmpty(slot), code::ret);
                                        // Rows that were late wait for time to go on.
                                        code.storeWide(slot, due, i64(Long.MIN_VALUE));
                                        return;
                                    }
                                    if (shape.isUpdating()) {
                                        UpdatingGroups.due(code, shape, state, windows, slot);
                                    }
                                    if (shape.isWindowed()) {
                                        code.when(windows.isEmpty(slot), code::ret);
                                        code.storeWide(slot, due, nextEnd(slot));
                                    }
                                }));
    }

    /** When the first window ends that is open; there is one. */
    private Value nextEnd(Value slot) {
        if (shape.isHop()) {
            return new HopWindows(this).nextEnd(slot);
        }
        if (shape.isSession()) {
            return slot.wide(state.sessionDue());
        }
        return end(windows.start(slot, windows.head(slot)));
    }

    /** The end of what begins at {@code start}: of a window, or of one that is known by its end. */
    Value end(Value start) {
        Window window = shape.aggregate().window();
        return window.kind() == Window.Kind.ATTACHED
                ? start
                : start.plus(Value.i64(window.sizeUs()));
    }

    /** When it takes no more rows. */
    Value closes(Value start) {
        long allowUs = shape.aggregate().window().allowUs();
        return allowUs == 0 ? end(start) : end(start).plus(Value.i64(allowUs));
    }

    /** What decides which table a row goes to: its time, or the end of the window it is in. */
    Value tableTime(Value time) {
        Window window = shape.aggregate().window();
        boolean moved = window.kind() == Window.Kind.ATTACHED && window.sizeUs() != 0;
        return moved ? time.plus(Value.i64(window.sizeUs())) : time;
    }

    /** The cells of an entry. */
    Value payload(Value entry) {
        return entry.plus(groups.payload());
    }
}
