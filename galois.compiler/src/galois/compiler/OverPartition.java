package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;

import galois.batch.RowLayout;
import galois.compiler.ir.Code;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.Charge;
import galois.compiler.runtime.Library;

import java.util.List;

/**
 * A partition: the rows kept of it in their order, as an array of addresses of which the middle is
 * used, then the words of its frames. Rows are numbered from 0 since the partition began; the array
 * and these numbers are {@link #SHIFT} apart.
 */
final class OverPartition {
    private static final int ARRAY = 0;
    private static final int CAPACITY = 4;

    /** {@code u32}: places of the first row kept, and behind the last one. */
    static final int HEAD = 8;

    static final int END = 12;

    /** {@code u32}: rows that wait for their time. */
    static final int PENDING = 16;

    /** {@code u32}: the first row of all when the array has it no more. */
    static final int FIRST = 20;

    /** {@code i64}: the number of the row at place 0. */
    static final int SHIFT = 24;

    /** {@code i64}: numbers from which, and up to which, rows rank equal. */
    static final int PEERS = 32;

    static final int PEERS_END = 40;

    /** {@code i64}: their dense rank. */
    static final int DENSE = 48;

    static final int BYTES = 56;

    private static final int FIRST_CAPACITY = 4;

    private final Library library;
    private final OverShape shape;
    private final RowQueue queue;
    private final Charge charge;

    OverPartition(Library library, OverShape shape, RowQueue queue) {
        this.library = library;
        this.shape = shape;
        this.queue = queue;
        charge = library.part(Charge.class, Charge::new);
    }

    Value row(Value partition, Value place) {
        return partition.word(ARRAY).plus(place.shl(2)).word(0);
    }

    /** The number of the row at a place. */
    static Value number(Value partition, Value place) {
        return place.extend().plus(partition.wide(SHIFT));
    }

    /** The place of a row by its number. */
    static Value place(Value partition, Value number) {
        return number.minus(partition.wide(SHIFT)).wrap();
    }

    /**
     * {@code (slot, partition, rows) -> 1}: there is room for so many rows beside those kept; or 0
     * without memory. A quarter stays free, so that rows need not be moved often.
     */
    WasmFunction reserve() {
        return library.function(
                "partition_reserve",
                () -> WasmFunction.returning(I32, "partition_reserve", I32, I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value slot = self.argument(0);
                                    Value part = self.argument(1);
                                    Value kept = part.word(END).minus(part.word(HEAD));
                                    Value need = code.let(kept.plus(self.argument(2)));
                                    Value old = code.let(part.word(CAPACITY));
                                    code.when(
                                            need.plus(need.ushr(2)).leUnsigned(old),
                                            () -> code.ret(1));
                                    Value more =
                                            code.let(need.plus(need.ushr(1)).plus(FIRST_CAPACITY));
                                    Value block =
                                            code.let(
                                                    charge.grow()
                                                            .call(
                                                                    slot,
                                                                    part.word(ARRAY),
                                                                    old.shl(2),
                                                                    more.shl(2)));
                                    code.when(block.eq(0), () -> code.ret(0));
                                    code.storeWord(part, ARRAY, block);
                                    code.storeWord(part, CAPACITY, more);
                                    code.ret(1);
                                }));
    }

    /** {@code (partition, row)}: the row comes behind the others; there is room. */
    WasmFunction append() {
        return library.function(
                "partition_append",
                () -> WasmFunction.of("partition_append", I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value part = self.argument(0);
                                    Value head = code.let(part.word(HEAD));
                                    code.when(
                                            part.word(END).eq(part.word(CAPACITY)),
                                            () -> {
                                                Value array = code.let(part.word(ARRAY));
                                                Value kept = code.let(part.word(END).minus(head));
                                                code.copy(
                                                        array,
                                                        array.plus(head.shl(2)),
                                                        kept.shl(2));
                                                code.storeWord(part, HEAD, i32(0));
                                                code.storeWord(part, END, kept);
                                                Value shift = part.wide(SHIFT).plus(head.extend());
                                                code.storeWide(part, SHIFT, shift);
                                            });
                                    Value end = part.word(ARRAY).plus(part.word(END).shl(2));
                                    code.storeWord(end, 0, self.argument(1));
                                    code.storeWord(part, END, part.word(END).plus(1));
                                }));
    }

    /** {@code (slot, partition)}: lets go of rows that no frame will ask for. */
    WasmFunction forget() {
        return library.function(
                "partition_forget",
                () -> WasmFunction.of("partition_forget", I32, I32),
                self -> self.define(code -> forget(self, code)));
    }

    private void forget(WasmFunction self, Code code) {
        Value slot = self.argument(0);
        Value part = self.argument(1);
        Value last = code.let(time(row(part, part.word(END).minus(1))));
        long rows = shape.rowsKept();
        code.block(
                done ->
                        code.loop(
                                again -> {
                                    Value head = code.let(part.word(HEAD));
                                    Value kept = part.word(END).minus(head);
                                    code.jumpIf(kept.leUnsigned(i32((int) rows)), done);
                                    Value row = code.let(row(part, head));
                                    if (shape.rangeKeptUs() >= 0) {
                                        Value age = last.minus(time(row));
                                        Value isYoung = age.leUnsigned(i64(shape.rangeKeptUs()));
                                        code.jumpIf(isYoung, done);
                                    }
                                    letGo(code, slot, part, row);
                                    code.storeWord(part, HEAD, head.plus(1));
                                    code.jump(again);
                                }));
    }

    private Value time(Value row) {
        return row.wide(RowLayout.cell(shape.row().size(), shape.time()));
    }

    private void letGo(Code code, Value slot, Value part, Value row) {
        if (!shape.pinsFirst()) {
            code.run(queue.release().call(slot, row));
            return;
        }
        code.when(
                number(part, part.word(HEAD)).eq(0),
                () -> code.storeWord(part, FIRST, row),
                () -> code.run(queue.release().call(slot, row)));
    }

    /** {@code (slot, partition)}: frees all; the partition is as at first. */
    WasmFunction clear() {
        return library.function(
                "partition_clear",
                () -> WasmFunction.of("partition_clear", I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value slot = self.argument(0);
                                    Value part = self.argument(1);
                                    code.run(empty().call(slot, part));
                                    Value bytes = part.word(CAPACITY).shl(2);
                                    code.run(charge.release().call(slot, part.word(ARRAY), bytes));
                                    code.storeWide(part, ARRAY, i64(0));
                                }));
    }

    /** {@code (slot, partition)}: frees rows and aggregates; the room for rows stays. */
    WasmFunction empty() {
        return library.function(
                "partition_empty",
                () -> WasmFunction.of("partition_empty", I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value slot = self.argument(0);
                                    Value part = self.argument(1);
                                    Local at = code.var(part.word(HEAD));
                                    code.loopWhile(
                                            at.get().ltUnsigned(part.word(END)),
                                            () -> {
                                                Value row = row(part, at.get());
                                                code.run(queue.release().call(slot, row));
                                                code.set(at, at.get().plus(1));
                                            });
                                    code.run(queue.release().call(slot, part.word(FIRST)));
                                    code.run(releaseCells().call(slot, part));
                                    int bytes = shape.partitionBytes() - HEAD;
                                    code.clearCells(part.plus(HEAD), bytes);
                                }));
    }

    /** {@code (slot, partition) -> OK}: frees what accumulators hold. */
    private WasmFunction releaseCells() {
        return Sequence.of(
                "release_cells",
                List.of(I32, I32),
                shape.frames().size(),
                2,
                (code, self, f) -> {
                    OverShape.FrameShape frame = shape.frames().get(f);
                    for (int i = 0; i < frame.accumulators().size(); i++) {
                        Accumulator accumulator = frame.accumulators().get(i);
                        Value cells = self.argument(1).plus(frame.cells(i));
                        accumulator.release(code, self.argument(0), cells);
                    }
                });
    }
}
