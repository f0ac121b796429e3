package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;
import static galois.compiler.ir.WasmType.I64;

import galois.api.plan.Window;
import galois.batch.FieldType;
import galois.batch.RowError;
import galois.batch.Schema;
import galois.compiler.ir.Code;
import galois.compiler.ir.Label;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.GroupTable;
import galois.compiler.runtime.KeyRecord;
import galois.compiler.runtime.RowView;
import galois.compiler.runtime.Status;
import galois.compiler.runtime.TableSearch;
import galois.compiler.runtime.WindowList;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Hopping windows over shared panes: a row is aggregated once, into its pane; a window that is due
 * merges its panes into a table of its own, unless it has but one. That table is never saved: the
 * same panes give the same one again.
 */
final class HopWindows {
    /** {@code u32} in a payload: why the group has no result; in a pane 0. */
    static final int STATUS = 0;

    static final int HEAD_BYTES = 8;

    /** Keys that are compared in the loop that merges. */
    private static final int KEYS_IN_PLACE_MAX = 3;

    private final AggregateParts parts;
    private final AggregateState state;
    private final WindowList windows;
    private final GroupTable groups;
    private final Window window;

    HopWindows(AggregateParts parts) {
        this.parts = parts;
        this.state = parts.state();
        this.windows = parts.windows();
        this.groups = parts.groups();
        this.window = parts.shape().aggregate().window();
    }

    private Value floor(Value time) {
        return windows.startOf().call(time, i64(window.slideUs()), i64(window.offsetUs()));
    }

    /** {@code (slot) -> start of the first window that is open and holds rows}; there are panes. */
    private WasmFunction next() {
        return parts.library()
                .function(
                        "hop_next",
                        () -> WasmFunction.returning(I64, "hop_next", I32),
                        self ->
                                self.define(
                                        code -> {
                                            Value slot = self.argument(0);
                                            Value pane = windows.start(slot, windows.head(slot));
                                            Value before = floor(pane.minus(i64(window.sizeUs())));
                                            Value last = code.let(slot.wide(state.lastOver()));
                                            Value first = code.let(before);
                                            Value later =
                                                    new Value.Select(last.gt(first), last, first);
                                            code.ret(later.plus(i64(window.slideUs())));
                                        }));
    }

    Value nextEnd(Value slot) {
        return next().call(slot).plus(i64(window.sizeUs()));
    }

    /** Emits the next window when it is due; jumps to one of the labels. */
    void fire(
            AggregateFire fire,
            Code code,
            Value slot,
            Value out,
            Label again,
            Label done,
            Label full) {
        Value start = code.let(next().call(slot));
        // A pane that begins earlier is in no window that is still open.
        code.when(
                windows.start(slot, windows.head(slot)).lt(start),
                () -> {
                    code.run(windows.removeFirst().call(slot));
                    code.jump(again);
                });
        Value end = start.plus(i64(window.sizeUs()));
        code.jumpIf(end.gt(state.watermark(slot)), done);
        code.jumpIf(emit(fire).call(slot, start, out).ne(Status.OK), full);
        dropMerged(code, slot);
        code.storeWide(slot, state.lastOver(), start);
        code.jump(again);
    }

    /** Every window up to the watermark is over, also those that held no rows. */
    void over(Code code, Value slot) {
        long reach = AggregateUpdate.reach(window);
        Value watermark = code.let(state.watermark(slot));
        Value low = i64(Long.MIN_VALUE + reach);
        Value high = i64(Long.MAX_VALUE - reach);
        Value notLess = code.let(new Value.Select(watermark.gt(low), watermark, low));
        Value within = new Value.Select(notLess.lt(high), notLess, high);
        code.storeWide(slot, state.lastOver(), floor(within.minus(i64(window.sizeUs()))));
    }

    /** Frees the table of the window in hand. */
    void dropMerged(Code code, Value slot) {
        code.when(
                slot.word(state.merged()).ne(0),
                () -> {
                    code.run(groups.free().call(slot, slot.word(state.merged())));
                    code.storeWord(slot, state.merged(), i32(0));
                });
    }

    /** {@code (slot, start, out) -> OK or FULL}. */
    private WasmFunction emit(AggregateFire fire) {
        WasmFunction self = WasmFunction.returning(I32, "hop_emit", I32, I64, I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value start = self.argument(1);
                    Value out = self.argument(2);
                    Value end = code.let(start.plus(i64(window.sizeUs())));
                    Value second = code.let(windows.head(slot).plus(1));
                    Local table = code.var(windows.table(slot, windows.head(slot)));
                    code.block(
                            single -> {
                                code.jumpIf(second.eq(windows.end(slot)), single);
                                code.jumpIf(windows.start(slot, second).ge(end), single);
                                code.when(
                                        slot.word(state.merged()).eq(0),
                                        () ->
                                                code.storeWord(
                                                        slot,
                                                        state.merged(),
                                                        merged().call(slot, end)));
                                code.set(table, slot.word(state.merged()));
                                code.jumpIf(table.get().ne(0), single);
                                code.storeWord(slot, state.nextGroup(), i32(0));
                                code.ret(fire.error(slot, end, out, RowError.STATE_FULL));
                            });
                    code.ret(fire.groups().call(slot, table.get(), start, end, out));
                });
    }

    /** {@code (slot, end) -> table of all panes before the end}, or 0 without memory. */
    private WasmFunction merged() {
        WasmFunction self = WasmFunction.returning(I32, "hop_merged", I32, I64);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Local pane = code.var(windows.head(slot));
                    Value first = windows.table(slot, pane.get());
                    Value table = code.let(groups.create().call(slot, groups.count(first)));
                    code.when(table.eq(0), () -> code.ret(0));
                    Value inside =
                            pane.get()
                                    .ltUnsigned(windows.end(slot))
                                    .and(windows.start(slot, pane.get()).lt(self.argument(1)));
                    code.loopWhile(
                            inside,
                            () -> {
                                Value source = windows.table(slot, pane.get());
                                code.when(
                                        mergePane().call(slot, table, source).eq(0),
                                        () -> {
                                            code.run(groups.free().call(slot, table));
                                            code.ret(0);
                                        });
                                code.set(pane, pane.get().plus(1));
                            });
                    code.ret(table);
                });
    }

    /** {@code (slot, table, pane's table) -> 1, or 0 without memory}. */
    private WasmFunction mergePane() {
        WasmFunction self = WasmFunction.returning(I32, "hop_merge_pane", I32, I32, I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value table = self.argument(1);
                    Local entry = code.var(groups.entries(self.argument(2)));
                    Value count = groups.count(self.argument(2));
                    Value end = code.let(entry.get().plus(count.times(groups.entryBytes())));
                    WasmFunction mergeEntry = mergeEntry();
                    TableSearch search =
                            mergesInPlace() ? new TableSearch(parts.library(), groups, code) : null;
                    if (search != null) {
                        search.open(code, table);
                    }
                    code.loopWhile(
                            entry.get().ltUnsigned(end),
                            () -> {
                                code.block(
                                        merged -> {
                                            if (search != null) {
                                                mergeInPlace(
                                                        code, slot, search, entry.get(), merged);
                                            }
                                            Value done =
                                                    code.let(
                                                            mergeEntry.call(
                                                                    slot, table, entry.get()));
                                            code.when(done.eq(0), () -> code.ret(0));
                                            if (search != null) {
                                                search.refresh(code);
                                            }
                                        });
                                code.set(entry, entry.get().plus(groups.entryBytes()));
                            });
                    code.ret(1);
                });
    }

    /** A group that holds no memory can be copied as it is. */
    private boolean mergesInPlace() {
        return groups.keys().texts().isEmpty()
                && groups.keys().size() <= KEYS_IN_PLACE_MAX
                && parts.shape().accumulators().stream().noneMatch(Accumulator::holdsMemory);
    }

    /**
     * Jumps to {@code merged}, or goes on with nothing changed: a key is NULL, the table is full.
     */
    private void mergeInPlace(
            Code code, Value slot, TableSearch search, Value entry, Label merged) {
        KeyRecord keys = groups.keys();
        List<FieldType> types = parts.shape().keyTypes();
        List<Integer> fields = IntStream.range(0, types.size()).boxed().toList();
        Schema schema = new Schema(parts.shape().row().fields().subList(0, types.size()));
        RowView key = RowView.behind(schema, entry, 0);
        code.block(
                otherwise -> {
                    code.jumpIf(entry.wide(0).ne(0), otherwise);
                    Value hash = keys.hashInPlace(code, key, fields);
                    Local at = search.start(code, hash);
                    Local into = code.local(I32);
                    code.block(
                            found -> {
                                search.find(
                                        code,
                                        hash,
                                        at,
                                        into,
                                        (record, different) ->
                                                keys.differsInPlace(
                                                        code, record, key, fields, different),
                                        found);
                                search.append(code, hash, at, into, otherwise);
                                code.copyCells(into.get(), entry, groups.entryBytes());
                                code.jump(merged);
                            });
                    mergeGroup(code, slot, into.get(), entry);
                    code.jump(merged);
                });
    }

    /** {@code (slot, table, entry) -> 1, or 0 without memory}: the way that is always right. */
    private WasmFunction mergeEntry() {
        WasmFunction self = WasmFunction.returning(I32, "hop_merge_entry", I32, I32, I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value table = self.argument(1);
                    Value entry = self.argument(2);
                    groups.keys().take(code, entry);
                    Value hash = code.let(groups.keys().hash(entry));
                    Local into = code.var(groups.find().call(table, hash));
                    code.when(
                            into.get().eq(0),
                            () -> code.set(into, groups.insert().call(slot, table, hash)));
                    code.when(into.get().eq(0), () -> code.ret(0));
                    mergeGroup(code, slot, into.get(), entry);
                    code.ret(1);
                });
    }

    /** What cannot be merged is refused when the group's turn comes. */
    private void mergeGroup(Code code, Value slot, Value into, Value entry) {
        Value cells = code.let(parts.payload(into));
        code.when(
                cells.word(STATUS).eq(Status.OK),
                () -> {
                    WasmFunction merge = new GroupMerge(parts).prepareAndMerge();
                    Value status = code.let(merge.call(slot, cells, parts.payload(entry)));
                    code.when(status.ne(Status.OK), () -> code.storeWord(cells, STATUS, status));
                });
    }
}
