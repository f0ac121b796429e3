package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;

import galois.api.plan.LogicalOp;
import galois.api.plan.Ranking;
import galois.batch.RowLayout;
import galois.compiler.ir.Code;
import galois.compiler.ir.Label;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.GroupTable;
import galois.compiler.runtime.RowOutput;
import galois.compiler.runtime.Status;
import galois.compiler.runtime.WindowList;

/** Emits rows whose time is complete, in their order, and can stop after any of them. */
final class SortFire {
    private final SortParts parts;
    private final LogicalOp.Sort sort;
    private final SortState state;
    private final WindowList times;
    private final WasmFunction forward;
    private final RowOutput output;

    /**
     * @param forward {@code (row, end, slot, out) -> status} takes a kept row on
     * @param output where error rows go
     */
    SortFire(SortParts parts, WasmFunction forward, RowOutput output) {
        this.parts = parts;
        this.sort = parts.shape().sort();
        this.state = parts.state();
        this.times = parts.times();
        this.forward = forward;
        this.output = output;
    }

    /** {@code g_time}. */
    WasmFunction time() {
        return Firing.time(output, state.watermark(), fire());
    }

    /** {@code g_drain}. */
    WasmFunction drain() {
        return Firing.drain(output, fire());
    }

    /** {@code (slot, out) -> 0 or 1}: emits all that is due. */
    private WasmFunction fire() {
        return parts.library()
                .function(
                        "fire",
                        () -> WasmFunction.returning(I32, "fire", I32, I32),
                        self -> self.define(code -> fire(self, code)));
    }

    private void fire(WasmFunction self, Code code) {
        Value slot = self.argument(0);
        Value out = self.argument(1);
        Firing.untilFull(
                code,
                slot,
                state.saving(),
                full -> {
                    code.block(
                            done -> code.loop(again -> next(code, slot, out, again, done, full)));
                    if (!parts.shape().isTimed()) {
                        Value isEnd = state.watermark(slot).eq(RowLayout.WATERMARK_END);
                        code.when(isEnd, () -> code.storeWord(slot, state.ended(), i32(1)));
                    }
                    code.run(parts.due().call(slot));
                });
    }

    private void next(Code code, Value slot, Value out, Label again, Label done, Label full) {
        code.jumpIf(times.isEmpty(slot), done);
        Value due =
                parts.shape().isTimed()
                        ? parts.dueAt(times.start(slot, times.head(slot)))
                        : i64(RowLayout.WATERMARK_END);
        code.jumpIf(due.gt(state.watermark(slot)), done);
        code.jumpIf(partitions().call(slot, out).ne(Status.OK), full);
        code.run(times.removeFirst().call(slot));
        code.jump(again);
    }

    /** {@code (slot, out) -> OK or FULL}: the partitions of the first time not emitted yet. */
    private WasmFunction partitions() {
        return parts.library()
                .function(
                        "fire_partitions",
                        () -> WasmFunction.returning(I32, "fire_partitions", I32, I32),
                        self -> self.define(code -> partitions(self, code)));
    }

    private void partitions(WasmFunction self, Code code) {
        Value slot = self.argument(0);
        GroupTable groups = parts.partitions();
        Value table = code.let(times.table(slot, times.head(slot)));
        Value number = slot.word(state.nextPartition());
        code.loopWhile(
                number.ltUnsigned(groups.count(table)),
                () -> {
                    Value heap = code.let(groups.entry(table, number).plus(groups.payload()));
                    if (parts.heap().sort() != null) {
                        code.when(
                                slot.word(state.sorted()).eq(0),
                                () -> {
                                    code.run(parts.heap().sort().call(heap));
                                    code.storeWord(slot, state.sorted(), i32(1));
                                });
                    }
                    Value status = rows().call(slot, heap, self.argument(1));
                    code.when(status.ne(Status.OK), () -> code.ret(Status.FULL));
                    code.storeWord(slot, state.nextPartition(), number.plus(1));
                    code.storeWord(slot, state.nextRow(), i32(0));
                    code.storeWord(slot, state.sorted(), i32(0));
                    code.storeWide(slot, state.rank(), i64(0));
                    code.storeWide(slot, state.denseRank(), i64(0));
                });
        code.storeWord(slot, state.nextPartition(), i32(0));
        code.ret(Status.OK);
    }

    /** {@code (slot, heap, out) -> OK or FULL}: the rows of a partition not emitted yet. */
    private WasmFunction rows() {
        return parts.library()
                .function(
                        "fire_rows",
                        () -> WasmFunction.returning(I32, "fire_rows", I32, I32, I32),
                        self -> self.define(code -> rows(self, code)));
    }

    private void rows(WasmFunction self, Code code) {
        Value slot = self.argument(0);
        Value heap = self.argument(1);
        Value number = slot.word(state.nextRow());
        code.loopWhile(
                number.ltUnsigned(parts.heap().rows(heap)),
                () -> {
                    Value status = row().call(slot, heap, self.argument(2));
                    code.when(status.ne(Status.OK), () -> code.ret(Status.FULL));
                    code.storeWord(slot, state.nextRow(), number.plus(1));
                });
        code.ret(Status.OK);
    }

    /** {@code (slot, heap, out) -> OK or FULL}: one row, or the error row in its place. */
    private WasmFunction row() {
        return parts.library()
                .function(
                        "fire_row",
                        () -> WasmFunction.returning(I32, "fire_row", I32, I32, I32),
                        self -> self.define(code -> row(self, code)));
    }

    private void row(WasmFunction self, Code code) {
        Value slot = self.argument(0);
        Value heap = self.argument(1);
        Value out = self.argument(2);
        Value number = slot.word(state.nextRow());
        Value time = times.start(slot, times.head(slot));
        Value kept = code.let(parts.heap().row(heap, number, time));
        Value position = code.let(number.plus(1).extend());
        Value rank = position;
        Value dense = position;
        if (needsRanks()) {
            Value isPeer = code.let(isPeer().call(heap, number));
            rank = code.let(new Value.Select(isPeer, slot.wide(state.rank()), position));
            Value last = slot.wide(state.denseRank());
            dense = code.let(last.plus(isPeer.eq(0).extend()));
        }
        Value rankNow = rank;
        Value denseNow = dense;
        Value by = pick(sort.cut(), position, rank, dense);
        Value wanted = by.gt(i64(sort.offset()));
        if (sort.fetch() >= 0 && sort.offset() + sort.fetch() >= 0) {
            wanted = wanted.and(by.le(i64(sort.offset() + sort.fetch())));
        }
        code.when(
                wanted,
                () -> {
                    for (int i = 0; i < sort.rankings().size(); i++) {
                        Ranking ranking = sort.rankings().get(i);
                        Value shown = pick(ranking, position, rankNow, denseNow);
                        parts.heap().number(code, kept, i, shown);
                    }
                    emit(code, kept, slot, out);
                });
        if (needsRanks()) {
            code.storeWide(slot, state.rank(), rank);
            code.storeWide(slot, state.denseRank(), dense);
        }
        code.ret(Status.OK);
    }

    private void emit(Code code, Value kept, Value slot, Value out) {
        Value status = code.let(forward.call(kept, i32(0), slot, out));
        code.when(status.eq(Status.FULL), () -> code.ret(Status.FULL));
        code.when(
                status.gt(0),
                () -> {
                    Value time = kept.wide(RowLayout.ROW_EVENT_TIME);
                    Value error = output.error().call(out, slot, time, status);
                    code.when(error.ne(Status.OK), () -> code.ret(Status.FULL));
                });
    }

    private boolean needsRanks() {
        return sort.cut() != Ranking.ROW_NUMBER
                || sort.rankings().stream().anyMatch(r -> r != Ranking.ROW_NUMBER);
    }

    private static Value pick(Ranking ranking, Value position, Value rank, Value dense) {
        return switch (ranking) {
            case ROW_NUMBER -> position;
            case RANK -> rank;
            case DENSE_RANK -> dense;
        };
    }

    /** {@code (heap, number) -> 1 when the row ranks like the one ahead of it}; both stay. */
    private WasmFunction isPeer() {
        RowOrder order = new RowOrder(parts.library(), parts.shape().row());
        WasmFunction compare = order.compare(parts.shape().order().subList(0, sort.ranked()));
        WasmFunction self = WasmFunction.returning(I32, "is_peer", I32, I32);
        return self.define(
                code -> {
                    Value number = self.argument(1);
                    code.when(number.eq(0), () -> code.ret(0));
                    Value heap = self.argument(0);
                    Value row = parts.heap().row(heap, number, i64(0));
                    Value ahead = parts.heap().row(heap, number.minus(1), i64(0));
                    code.ret(compare.call(row, ahead).eq(0));
                });
    }
}
