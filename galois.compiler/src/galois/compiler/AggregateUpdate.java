package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;
import static galois.compiler.ir.WasmType.I64;

import galois.api.plan.Window;
import galois.batch.RowError;
import galois.batch.RowLayout;
import galois.compiler.ir.Code;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.KeyRecord;
import galois.compiler.runtime.RowView;
import galois.compiler.runtime.Status;

import java.util.List;

/**
 * Takes a row into its group. What can be refused comes first, so that a refusal changes nothing.
 */
final class AggregateUpdate {
    private final AggregateParts parts;
    private final AggregateShape shape;
    private WasmFunction prepare;
    private WasmFunction add;

    AggregateUpdate(AggregateParts parts) {
        this.parts = parts;
        this.shape = parts.shape();
    }

    /** {@code (slot) -> status} of the row in hand. */
    WasmFunction function() {
        WasmFunction self = WasmFunction.returning(I32, "aggregate", I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Local start = code.var(i64(0));
                    if (shape.isWindowed()) {
                        window(code, slot, start);
                    } else {
                        code.when(
                                slot.word(parts.state().ended()).ne(0),
                                () -> code.ret(RowError.LATE));
                    }
                    group(code, slot, start.get());
                });
    }

    private void window(Code code, Value slot, Local start) {
        Window window = shape.aggregate().window();
        Value time = time(code, slot, parts);
        Value watermark = parts.state().watermark(slot);
        WasmFunction startOf = parts.windows().startOf();
        long size = window.sizeUs();
        long offset = window.offsetUs();
        switch (window.kind()) {
            case TUMBLE -> {
                code.set(start, startOf.call(time, i64(size), i64(offset)));
                late(code, parts.closes(start.get()).le(watermark));
            }
            case HOP -> {
                long pane = window.paneUs();
                Value last = startOf.call(time, i64(window.slideUs()), i64(offset));
                Value lastEnd = code.let(last.plus(i64(size)));
                code.when(time.ge(lastEnd), () -> code.ret(Status.NONE));
                code.when(lastEnd.le(watermark), () -> code.ret(RowError.LATE));
                code.set(start, startOf.call(time, i64(pane), i64(offset % pane)));
            }
            case ATTACHED -> {
                code.set(start, parts.tableTime(time));
                late(code, parts.closes(start.get()).le(watermark));
            }
            case NONE, UPDATING, SESSION -> throw new IllegalStateException(window.toString());
        }
    }

    /** The first half of an aggregate gives a group once more; the second knows what is late. */
    private void late(Code code, Value isOver) {
        if (!shape.isFirstHalf()) {
            code.when(isOver, () -> code.ret(RowError.LATE));
        }
    }

    /** The time of the row in hand; returns when it has none that a window can have. */
    static Value time(Code code, Value slot, AggregateParts parts) {
        int field = parts.shape().time();
        RowView row = parts.input();
        code.when(row.isNull(field), () -> code.ret(RowError.NO_TIME));
        Value time = code.let(row.cell(field));
        long reach = reach(parts.shape().aggregate().window());
        long low = Long.MIN_VALUE + reach;
        long high = Long.MAX_VALUE - reach;
        Value outside = time.minus(i64(low)).gtUnsigned(i64(high - low));
        code.when(outside, () -> code.ret(RowError.OVERFLOW));
        if (parts.shape().aggregate().window().byClock()) {
            Value reached = parts.state().watermark(slot);
            code.when(reached.eq(RowLayout.WATERMARK_END), () -> code.ret(RowError.LATE));
            return code.let(new Value.Select(time.gt(reached), time, reached));
        }
        return time;
    }

    /** Times that are nearer to the ends of the calendar are errors. */
    static long reach(Window window) {
        return window.kind() == Window.Kind.HOP
                ? 4 * Math.max(window.sizeUs(), window.slideUs())
                : 2 * window.sizeUs() + window.allowUs();
    }

    private void group(Code code, Value slot, Value start) {
        KeyRecord keys = parts.groups().keys();
        WasmFunction load = keys.load(shape.row(), 0);
        Value texts = load.call(i32(parts.row()), i32(0));
        code.when(
                texts.gtUnsigned(i32(KeyRecord.TEXT_BYTES_MAX)),
                () -> code.ret(RowError.ROW_TOO_LARGE));
        Value table = code.let(parts.windows().table().call(slot, start));
        code.when(table.eq(0), () -> code.ret(RowError.STATE_FULL));
        Value hash = code.let(keys.hashInHand());
        Local entry = code.var(parts.groups().find().call(table, hash));
        Local isNew = code.var(entry.get().eq(0));
        code.when(
                isNew.get(),
                () -> {
                    code.set(entry, parts.groups().insert().call(slot, table, hash));
                    code.when(
                            entry.get().eq(0),
                            () -> {
                                code.run(parts.windows().dropEmpty().call(slot));
                                code.ret(RowError.STATE_FULL);
                            });
                });
        Value cells = code.let(entry.get().plus(parts.groups().payload()));
        Value status = code.let(prepare().call(slot, cells));
        code.when(
                status.ne(Status.OK),
                () -> {
                    code.when(
                            isNew.get(),
                            () -> {
                                code.run(parts.groups().removeLast().call(slot, table));
                                code.run(parts.windows().dropEmpty().call(slot));
                            });
                    code.ret(status);
                });
        code.run(add().call(cells));
        if (shape.isRefired()) {
            UpdatedWindows.changed(code, parts, slot, start, cells);
        }
        code.run(noted().call(slot, parts.input().eventTime()));
        code.ret(Status.OK);
    }

    /** {@code (slot, payload) -> status}: whether the row in hand can be taken in. */
    WasmFunction prepare() {
        if (prepare != null) {
            return prepare;
        }
        int[] offsets = shape.offsets();
        prepare =
                Sequence.of(
                        "group_prepare",
                        List.of(I32, I32),
                        shape.accumulators().size(),
                        4,
                        (code, self, i) ->
                                shape.accumulators()
                                        .get(i)
                                        .prepare(
                                                code,
                                                self.argument(0),
                                                self.argument(1).plus(offsets[i]),
                                                parts.input()));
        return prepare;
    }

    /** {@code (payload) -> OK}: takes the row in hand in. */
    WasmFunction add() {
        if (add != null) {
            return add;
        }
        int[] offsets = shape.offsets();
        add =
                Sequence.of(
                        "group_add",
                        List.of(I32),
                        shape.accumulators().size(),
                        6,
                        (code, self, i) ->
                                shape.accumulators()
                                        .get(i)
                                        .add(
                                                code,
                                                self.argument(0).plus(offsets[i]),
                                                parts.input()));
        return add;
    }

    /** {@code (slot, eventTime)}: what a row that was taken in changes in the slot. */
    private WasmFunction noted() {
        WasmFunction self = WasmFunction.of("noted", I32, I64);
        AggregateState state = parts.state();
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    if (!shape.isWindowed()) {
                        code.when(
                                self.argument(1).gt(slot.wide(state.maxEvent())),
                                () -> code.storeWide(slot, state.maxEvent(), self.argument(1)));
                    }
                    code.storeWord(slot, state.saving(), i32(0));
                    code.run(parts.due().call(slot));
                });
    }
}
