package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;

import galois.batch.RowError;
import galois.batch.SlotLayout;
import galois.compiler.ir.Code;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.GroupTable;
import galois.compiler.runtime.KeyRecord;
import galois.compiler.runtime.Status;
import galois.compiler.runtime.WindowList;

/**
 * The groups of a result that is updated. Where groups are forgotten there are two tables: one of
 * groups that got rows in this generation, which is as long as a group is kept, and one of those
 * that got their last row in the generation before. A group that gets a row moves to the first; the
 * other is dropped as a whole when the next generation begins.
 */
final class UpdatingGroups {
    private final AggregateParts parts;
    private final AggregateShape shape;
    private final AggregateState state;
    private final WindowList windows;
    private final GroupTable groups;

    UpdatingGroups(AggregateParts parts) {
        this.parts = parts;
        this.shape = parts.shape();
        this.state = parts.state();
        this.windows = parts.windows();
        this.groups = parts.groups();
    }

    /** For how long a group without rows is kept at least; 0: for ever. */
    static long keepUs(AggregateShape shape) {
        return shape.aggregate().window().slideUs();
    }

    /** Writes when the slot is due next. */
    static void due(
            Code code, AggregateShape shape, AggregateState state, WindowList windows, Value slot) {
        code.storeWide(slot, SlotLayout.DUE_PROCESSING, i64(SlotLayout.NEVER));
        code.when(
                slot.word(state.changed()).ne(0),
                () ->
                        code.storeWide(
                                slot, SlotLayout.DUE_PROCESSING, slot.wide(state.nextUpdate())));
        if (keepUs(shape) == 0) {
            return;
        }
        Value next = slot.wide(state.nextGeneration());
        Value wanted =
                next.eq(0)
                        .or(
                                windows.isEmpty(slot)
                                        .eq(0)
                                        .and(next.lt(slot.wide(SlotLayout.DUE_PROCESSING))));
        code.when(wanted, () -> code.storeWide(slot, SlotLayout.DUE_PROCESSING, next));
    }

    /** {@code (slot) -> status} of the row in hand. */
    WasmFunction update() {
        WasmFunction self = WasmFunction.returning(I32, "aggregate", I32);
        AggregateUpdate rows = new AggregateUpdate(parts);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    code.when(slot.word(state.ended()).ne(0), () -> code.ret(RowError.LATE));
                    KeyRecord keys = groups.keys();
                    Value texts = keys.load(shape.row(), 0).call(i32(parts.row()), i32(0));
                    code.when(
                            texts.gtUnsigned(i32(KeyRecord.TEXT_BYTES_MAX)),
                            () -> code.ret(RowError.ROW_TOO_LARGE));
                    Value table =
                            code.let(windows.table().call(slot, slot.wide(state.generation())));
                    code.when(table.eq(0), () -> code.ret(RowError.STATE_FULL));
                    Value hash = code.let(keys.hashInHand());
                    Local entry = code.var(groups.find().call(table, hash));
                    Local isNew = code.var(i32(0));
                    code.when(
                            entry.get().eq(0),
                            () -> {
                                code.set(entry, enter().call(slot, table, hash));
                                code.when(
                                        entry.get().eq(0),
                                        () -> {
                                            code.run(windows.dropEmpty().call(slot));
                                            code.ret(RowError.STATE_FULL);
                                        });
                                Value flags = parts.payload(entry.get()).word(LastRow.FLAGS);
                                code.set(isNew, flags.eq(0));
                            });
                    Value head = code.let(parts.payload(entry.get()));
                    Value status = code.let(rows.prepare().call(slot, head));
                    code.when(
                            status.ne(Status.OK),
                            () -> {
                                code.when(isNew.get(), () -> refuse(code, slot, table));
                                code.ret(status);
                            });
                    code.run(rows.add().call(head));
                    code.run(noted().call(slot, head));
                    code.ret(Status.OK);
                });
    }

    private void refuse(Code code, Value slot, Value table) {
        code.run(groups.removeLast().call(slot, table));
        code.run(windows.dropEmpty().call(slot));
    }

    /**
     * {@code (slot, table, hash) -> entry of the key in hand, new or from the generation before; 0
     * without memory}. Only a new one has no flags.
     */
    private WasmFunction enter() {
        WasmFunction self = WasmFunction.returning(I32, "group_enter", I32, I32, I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value hash = self.argument(2);
                    Local before = code.var(i32(0));
                    if (keepUs(shape) > 0) {
                        Value older =
                                windows.start(slot, windows.head(slot))
                                        .lt(slot.wide(state.generation()));
                        code.when(
                                older,
                                () -> {
                                    Value table = windows.table(slot, windows.head(slot));
                                    code.set(before, groups.find().call(table, hash));
                                });
                    }
                    Value entry = code.let(groups.insert().call(slot, self.argument(1), hash));
                    code.when(entry.eq(0), () -> code.ret(0));
                    Value head = code.let(parts.payload(entry));
                    code.when(
                            before.get().ne(0),
                            () -> {
                                Value from = code.let(parts.payload(before.get()));
                                int bytes = groups.entryBytes() - groups.payload();
                                code.copy(head, from, i32(bytes));
                                code.fill(from, i32(0), i32(bytes));
                                Value flags = head.word(LastRow.FLAGS);
                                code.storeWord(head, LastRow.FLAGS, flags.or(i32(LastRow.CHANGED)));
                            },
                            () -> code.storeWide(head, LastRow.TIME, i64(Long.MIN_VALUE)));
                    code.ret(entry);
                });
    }

    /** {@code (slot, head)}: the group of the row in hand has something to say. */
    private WasmFunction noted() {
        WasmFunction self = WasmFunction.of("noted", I32, I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value head = self.argument(1);
                    Value time = parts.input().eventTime();
                    code.when(
                            time.gt(head.wide(LastRow.TIME)),
                            () -> code.storeWide(head, LastRow.TIME, time));
                    Value flags = head.word(LastRow.FLAGS).or(i32(LastRow.CHANGED));
                    code.storeWord(head, LastRow.FLAGS, flags);
                    code.storeWord(slot, state.saving(), i32(0));
                    code.when(
                            slot.word(state.changed()).eq(0),
                            () -> {
                                code.storeWord(slot, state.changed(), i32(1));
                                code.run(parts.due().call(slot));
                            });
                });
    }
}
