package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;

import galois.api.plan.Window;
import galois.batch.RowLayout;
import galois.compiler.ir.Code;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.RowOutput;
import galois.compiler.runtime.Status;
import galois.compiler.runtime.WindowList;

/**
 * Windows that take late rows for a while: once its time has come a window gives its groups, and
 * stays. When time goes on after late rows, the groups that have changed are emitted as {@link
 * UpdatingFire} does it; that is as certain as which rows are late, for between two late rows time
 * goes on or it does not, however they are batched. A window leaves when it takes no more rows.
 */
final class UpdatedWindows {
    /** Mark of a window all of whose groups are out. */
    private static final int OUT = 1;

    /** Mark of a window that got rows since. */
    private static final int CHANGED = 2;

    private final AggregateParts parts;
    private final AggregateState state;
    private final WindowList windows;
    private final UpdatingFire groups;
    private final RowOutput output;

    /**
     * @param groups emits what has changed in a table
     * @param output where error rows go
     */
    UpdatedWindows(AggregateParts parts, UpdatingFire groups, RowOutput output) {
        this.parts = parts;
        this.state = parts.state();
        this.windows = parts.windows();
        this.groups = groups;
        this.output = output;
    }

    /** No window ends earlier. */
    static long beforeAll(AggregateShape shape) {
        return Long.MIN_VALUE + AggregateUpdate.reach(shape.aggregate().window());
    }

    /** A row was taken into a group of the window that begins then. */
    static void changed(
            Code code, AggregateParts parts, Value slot, Value start, Value groupPayload) {
        AggregateState state = parts.state();
        WindowList windows = parts.windows();
        Value flags = groupPayload.word(LastRow.FLAGS).or(i32(LastRow.CHANGED));
        code.storeWord(groupPayload, LastRow.FLAGS, flags);
        code.when(
                parts.end(start).le(state.watermark(slot)),
                () -> {
                    windows.mark(code, slot, windows.last(slot), CHANGED);
                    code.storeWord(slot, state.changed(), i32(1));
                });
    }

    /** {@code g_time}. */
    WasmFunction time() {
        return Firing.time(output, state.watermark(), fire());
    }

    /** {@code g_drain}. */
    WasmFunction drain() {
        return Firing.drain(output, fire());
    }

    /** {@code (slot, out) -> 0 or 1}. */
    private WasmFunction fire() {
        return parts.library()
                .function(
                        "fire",
                        () -> WasmFunction.returning(I32, "fire", I32, I32),
                        self -> self.define(code -> fire(self, code)));
    }

    private void fire(WasmFunction self, Code code) {
        Value slot = self.argument(0);
        Firing.untilFull(
                code,
                slot,
                state.saving(),
                full -> {
                    code.jumpIf(emit().call(slot, self.argument(1)).ne(Status.OK), full);
                    code.loopWhile(
                            windows.isEmpty(slot)
                                    .eq(0)
                                    .and(
                                            parts.closes(windows.start(slot, windows.head(slot)))
                                                    .le(state.watermark(slot))),
                            () -> code.run(windows.removeFirst().call(slot)));
                    code.run(parts.due().call(slot));
                });
    }

    /** {@code (slot, out) -> OK or FULL}: windows whose time has come, from where it stopped. */
    private WasmFunction emit() {
        WasmFunction self = WasmFunction.returning(I32, "emit_windows", I32, I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value number = slot.word(state.updateTable());
                    Value isFirst = number.or(slot.word(state.nextGroup())).eq(0);
                    code.when(
                            isFirst.and(slot.word(state.changed()).eq(0)),
                            () -> passEmitted(code, slot));
                    Value at = windows.head(slot).plus(number);
                    code.block(
                            done ->
                                    code.loop(
                                            again -> {
                                                code.jumpIf(at.geUnsigned(windows.end(slot)), done);
                                                Value start = code.let(windows.start(slot, at));
                                                Value end = code.let(parts.end(start));
                                                code.jumpIf(end.gt(state.watermark(slot)), done);
                                                window(code, self, at, start, end);
                                                code.storeWord(
                                                        slot, state.updateTable(), number.plus(1));
                                                code.jump(again);
                                            }));
                    code.storeWord(slot, state.updateTable(), i32(0));
                    code.storeWord(slot, state.changed(), i32(0));
                    Value watermark = code.let(state.watermark(slot));
                    code.when(
                            watermark.gt(slot.wide(state.emittedTo())),
                            () -> code.storeWide(slot, state.emittedTo(), watermark));
                    code.ret(Status.OK);
                });
    }

    /** Only what was not emitted before can have something to say. */
    private void passEmitted(Code code, Value slot) {
        Window window = parts.shape().aggregate().window();
        long length = window.kind() == Window.Kind.ATTACHED ? 0 : window.sizeUs();
        Value emitted = slot.wide(state.emittedTo());
        code.when(
                emitted.ne(RowLayout.WATERMARK_END),
                () -> {
                    Value first = emitted.minus(i64(length)).plus(i64(1));
                    Value at = windows.position().call(slot, first);
                    code.storeWord(slot, state.updateTable(), at.minus(windows.head(slot)));
                });
    }

    private void window(Code code, WasmFunction self, Value at, Value start, Value end) {
        Value slot = self.argument(0);
        code.when(
                windows.mark(slot, at).ne(OUT),
                () -> {
                    Value table = code.let(windows.table(slot, at));
                    groups.changedGroups(code, slot, table, start, end, self.argument(1));
                    windows.mark(code, slot, at, OUT);
                });
    }
}
