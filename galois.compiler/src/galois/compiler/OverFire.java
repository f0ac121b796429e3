package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;

import galois.batch.RowLayout;
import galois.compiler.ir.Code;
import galois.compiler.ir.Label;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.RowOutput;
import galois.compiler.runtime.Status;

/** Takes rows whose time is complete into their partitions and emits them; can stop after any. */
final class OverFire {
    private final OverParts parts;
    private final OverShape shape;
    private final OverState state;
    private final OverPartition partition;
    private final OverFrames frames;
    private final OverResults results;
    private final WasmFunction forward;
    private final RowOutput output;

    /**
     * @param forward {@code (row, end, slot, out) -> status} takes a wide row on
     * @param output where error rows go
     */
    OverFire(OverParts parts, WasmFunction forward, RowOutput output) {
        this.parts = parts;
        this.shape = parts.shape();
        this.state = parts.state();
        this.partition = parts.partition();
        this.frames = new OverFrames(parts);
        this.results = new OverResults(parts);
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
        WasmFunction take = take();
        WasmFunction rows = rows();
        WasmFunction leave = leave();
        Firing.untilFull(
                code,
                slot,
                state.saving(),
                full -> {
                    code.block(
                            done ->
                                    code.loop(
                                            again -> {
                                                code.when(
                                                        slot.word(state.inHand()).eq(0),
                                                        () -> next(code, slot, take, done));
                                                Value status = rows.call(slot, out);
                                                code.jumpIf(status.ne(Status.OK), full);
                                                code.run(leave.call(slot));
                                                code.jump(again);
                                            }));
                    if (!shape.isTimed()) {
                        Value isEnd = state.watermark(slot).eq(RowLayout.WATERMARK_END);
                        code.when(isEnd, () -> code.storeWord(slot, state.ended(), i32(1)));
                    }
                    code.run(parts.due().call(slot));
                });
    }

    private void next(Code code, Value slot, WasmFunction take, Label done) {
        code.jumpIf(RowQueue.rows(parts.queue(slot)).eq(0), done);
        Value top = code.let(RowQueue.row(parts.queue(slot), i32(0)));
        Value due = shape.isTimed() ? parts.dueAt(top) : i64(RowLayout.WATERMARK_END);
        code.jumpIf(due.gt(state.watermark(slot)), done);
        code.run(take.call(slot));
    }

    /** {@code (slot)}: rows of one time and partition leave the queue for their partition. */
    private WasmFunction take() {
        RowOrder order = new RowOrder(parts.library(), shape.row());
        WasmFunction compare = order.compare(shape.together());
        WasmFunction self = WasmFunction.of("take", I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value queue = parts.queue(slot);
                    Value first = code.let(RowQueue.row(queue, i32(0)));
                    parts.find(code, slot, first);
                    Value part = code.let(parts.inHand(slot));
                    Local taken = code.var(i32(0));
                    code.block(
                            done ->
                                    code.loop(
                                            again -> {
                                                code.jumpIf(RowQueue.rows(queue).eq(0), done);
                                                Value top = code.let(RowQueue.row(queue, i32(0)));
                                                Value other = compare.call(first, top).ne(0);
                                                code.jumpIf(other, done);
                                                Value row = parts.queue().pop().call(queue);
                                                code.run(partition.append().call(part, row));
                                                code.set(taken, taken.get().plus(1));
                                                code.jump(again);
                                            }));
                    Value end = part.word(OverPartition.END);
                    code.storeWord(slot, state.next(), end.minus(taken.get()));
                    if (parts.goesOn()) {
                        Value waiting = part.word(OverPartition.PENDING).minus(taken.get());
                        code.storeWord(part, OverPartition.PENDING, waiting);
                    }
                });
    }

    /** {@code (slot)}: the partition in hand is done for now. */
    private WasmFunction leave() {
        WasmFunction self = WasmFunction.of("leave", I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value part = code.let(parts.inHand(slot));
                    if (parts.goesOn()) {
                        code.run(partition.forget().call(slot, part));
                    } else {
                        code.run(partition.empty().call(slot, part));
                        code.when(
                                RowQueue.rows(parts.queue(slot)).eq(0),
                                () -> code.run(partition.clear().call(slot, part)));
                    }
                    code.when(
                            RowQueue.rows(parts.queue(slot)).eq(0),
                            () -> code.run(parts.queue().free().call(slot, parts.queue(slot))));
                    code.storeWord(slot, state.inHand(), i32(0));
                });
    }

    /** {@code (slot, out) -> OK or FULL}: the rows of the partition in hand not emitted yet. */
    private WasmFunction rows() {
        WasmFunction row = row();
        WasmFunction self = WasmFunction.returning(I32, "fire_rows", I32, I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value part = code.let(parts.inHand(slot));
                    Value place = slot.word(state.next());
                    code.loopWhile(
                            place.ltUnsigned(part.word(OverPartition.END)),
                            () -> {
                                Value status = row.call(slot, part, self.argument(1));
                                code.when(status.ne(Status.OK), () -> code.ret(Status.FULL));
                                code.storeWord(slot, state.status(), i32(0));
                                code.storeWord(slot, state.next(), place.plus(1));
                            });
                    code.ret(Status.OK);
                });
    }

    /** {@code (slot, partition, out) -> OK or FULL}: one row, or the error row in its place. */
    private WasmFunction row() {
        WasmFunction peers = shape.hasPeers() ? peers() : null;
        WasmFunction running = frames.running();
        WasmFunction bounded = frames.bounded();
        WasmFunction make = results.make();
        WasmFunction self = WasmFunction.returning(I32, "fire_row", I32, I32, I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value part = self.argument(1);
                    Value out = self.argument(2);
                    Value place = code.let(slot.word(state.next()));
                    if (peers != null) {
                        code.run(peers.call(part, place));
                    }
                    code.run(running.call(slot, part, place));
                    whenUnwanted(code, OverPartition.number(part, place));
                    code.run(bounded.call(slot, part, place));
                    Local status = code.var(slot.word(state.status()));
                    code.when(
                            status.get().eq(Status.OK),
                            () -> {
                                code.run(make.call(part, place));
                                Value row = i32(results.address());
                                code.set(status, forward.call(row, i32(0), slot, out));
                            });
                    code.when(
                            status.get().gt(0),
                            () -> {
                                Value row = partition.row(part, place);
                                Value time = row.wide(RowLayout.ROW_EVENT_TIME);
                                code.set(
                                        status, output.error().call(out, slot, time, status.get()));
                            });
                    code.when(status.get().eq(Status.FULL), () -> code.ret(Status.FULL));
                    code.ret(Status.OK);
                });
    }

    /** Returns OK for a row that does not come out. */
    private void whenUnwanted(Code code, Value number) {
        long first = shape.over().first();
        long every = shape.over().every();
        if (first == 1 && every == 1) {
            return;
        }
        Value behind = code.let(number.plus(i64(1 - first)));
        Value isUnwanted = behind.lt(i64(0));
        if (every > 1) {
            isUnwanted = isUnwanted.or(behind.rem(i64(every)).ne(0));
        }
        code.when(isUnwanted, () -> code.ret(Status.OK));
    }

    /** {@code (partition, place)}: from and to which row rows rank like this one. */
    private WasmFunction peers() {
        RowOrder order = new RowOrder(parts.library(), shape.row());
        WasmFunction compare = order.compare(shape.peers());
        WasmFunction self = WasmFunction.of("peers", I32, I32);
        return self.define(
                code -> {
                    Value part = self.argument(0);
                    Value place = self.argument(1);
                    Value number = code.let(OverPartition.number(part, place));
                    code.when(number.lt(part.wide(OverPartition.PEERS_END)), code::ret);
                    Value dense = part.wide(OverPartition.DENSE).plus(i64(1));
                    code.storeWide(part, OverPartition.DENSE, dense);
                    code.storeWide(part, OverPartition.PEERS, number);
                    Value row = code.let(partition.row(part, place));
                    Local at = code.var(place.plus(1));
                    code.block(
                            done ->
                                    code.loopWhile(
                                            at.get().ltUnsigned(part.word(OverPartition.END)),
                                            () -> {
                                                Value other = partition.row(part, at.get());
                                                Value difference = compare.call(row, other);
                                                code.jumpIf(difference.ne(0), done);
                                                code.set(at, at.get().plus(1));
                                            }));
                    Value end = OverPartition.number(part, at.get());
                    code.storeWide(part, OverPartition.PEERS_END, end);
                });
    }
}
