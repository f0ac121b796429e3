package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;
import static galois.compiler.ir.WasmType.I64;

import galois.api.plan.OverFrame;
import galois.batch.Schema;
import galois.compiler.OverShape.FrameShape;
import galois.compiler.ir.Code;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.RowView;
import galois.compiler.runtime.Status;

import java.util.List;

/**
 * Brings the aggregates of frames to the row in hand: a frame that begins where the last one did
 * only takes in what is new; any other is computed anew of its rows. Taking rows out again would be
 * faster, but not the same for doubles.
 */
final class OverFrames {
    private final OverParts parts;
    private final OverShape shape;
    private final OverPartition partition;

    OverFrames(OverParts parts) {
        this.parts = parts;
        this.shape = parts.shape();
        this.partition = parts.partition();
    }

    /** A row with its number as its time: first and last are those of the order. */
    private record Numbered(RowView row, Value number) implements RowView {
        @Override
        public Schema schema() {
            return row.schema();
        }

        @Override
        public Value eventTime() {
            return number;
        }

        @Override
        public Value nullWord(int word) {
            return row.nullWord(word);
        }

        @Override
        public Value cell(int field) {
            return row.cell(field);
        }

        @Override
        public Value real(int field) {
            return row.real(field);
        }

        @Override
        public Value textStart(int field) {
            return row.textStart(field);
        }

        @Override
        public Value textLength(int field) {
            return row.textLength(field);
        }
    }

    /** {@code (slot, partition, place) -> OK}: all frames that begin with the partition. */
    WasmFunction running() {
        return frames("frames_running", true);
    }

    /** {@code (slot, partition, place) -> OK}: all others. */
    WasmFunction bounded() {
        return frames("frames_bounded", false);
    }

    private WasmFunction frames(String name, boolean isRunning) {
        List<FrameShape> frames =
                shape.frames().stream().filter(f -> f.isRunning() == isRunning).toList();
        return Sequence.of(
                name,
                List.of(I32, I32, I32),
                frames.size(),
                1,
                (code, self, f) ->
                        frame(
                                code,
                                frames.get(f),
                                self.argument(0),
                                self.argument(1),
                                self.argument(2)));
    }

    private void frame(Code code, FrameShape frame, Value slot, Value part, Value place) {
        int to = frame.offset() + FrameShape.TO;
        int from = frame.offset() + FrameShape.FROM;
        Value end = code.let(end(code, frame.frame(), part, place));
        if (!frame.isRunning()) {
            Value start = code.let(start(code, frame, part, place));
            code.when(
                    part.wide(from).ne(start).or(part.wide(to).gt(end)),
                    () -> {
                        reset(code, frame, slot, part);
                        code.storeWide(part, from, start);
                        code.storeWide(part, to, start);
                    });
        }
        if (frame.accumulators().isEmpty()) {
            code.when(part.wide(to).lt(end), () -> code.storeWide(part, to, end));
            return;
        }
        WasmFunction prepare = prepare(frame);
        WasmFunction add = add(frame);
        Local failed = code.var(i32(0));
        Value at = part.wide(to);
        code.loopWhile(
                at.lt(end),
                () -> {
                    Value row = code.let(partition.row(part, OverPartition.place(part, at)));
                    Value status = code.let(prepare.call(slot, part, row, at));
                    code.when(
                            status.eq(Status.OK),
                            () -> code.run(add.call(part, row, at)),
                            () -> {
                                code.storeWord(slot, parts.state().status(), status);
                                code.set(failed, i32(1));
                            });
                    code.storeWide(part, to, at.plus(i64(1)));
                });
        if (!frame.isRunning()) {
            // Each row whose frame has it gives the error.
            code.when(failed.get().ne(0), () -> code.storeWide(part, from, i64(-1)));
        }
    }

    private void reset(Code code, FrameShape frame, Value slot, Value part) {
        for (int i = 0; i < frame.accumulators().size(); i++) {
            Accumulator accumulator = frame.accumulators().get(i);
            accumulator.release(code, slot, part.plus(frame.cells(i)));
        }
        int bytes = frame.end() - frame.cells(0);
        if (bytes > 0) {
            code.clearCells(part.plus(frame.cells(0)), bytes);
        }
    }

    /** The number of the row behind the last one of the frame. */
    private Value end(Code code, OverFrame frame, Value part, Value place) {
        Value last = code.let(OverPartition.number(part, part.word(OverPartition.END)));
        if (frame.following() == OverFrame.UNBOUNDED) {
            return last;
        }
        if (!frame.isRows()) {
            return part.wide(OverPartition.PEERS_END);
        }
        Value end = code.let(OverPartition.number(part, place).plus(i64(frame.following() + 1)));
        Value head = code.let(OverPartition.number(part, part.word(OverPartition.HEAD)));
        Value within = code.let(new Value.Select(end.lt(last), end, last));
        return new Value.Select(within.gt(head), within, head);
    }

    /** The number of the first row of a frame that does not begin with the partition. */
    private Value start(Code code, FrameShape frame, Value part, Value place) {
        Value head = code.let(OverPartition.number(part, part.word(OverPartition.HEAD)));
        if (frame.frame().isRows()) {
            Value start =
                    code.let(
                            OverPartition.number(part, place)
                                    .minus(i64(frame.frame().preceding())));
            return new Value.Select(start.gt(head), start, head);
        }
        return search(frame).call(part, place);
    }

    /** {@code (partition, place) -> number} of the first row that is in the range. */
    private WasmFunction search(FrameShape frame) {
        WasmFunction self = WasmFunction.returning(I64, "range_start", I32, I32);
        int field = shape.rangeField();
        return self.define(
                code -> {
                    Value part = self.argument(0);
                    RowView row = parts.kept(code.let(partition.row(part, self.argument(1))));
                    code.when(row.isNull(field), () -> code.ret(part.wide(OverPartition.PEERS)));
                    Value time = code.let(row.cell(field));
                    Value head =
                            code.let(OverPartition.number(part, part.word(OverPartition.HEAD)));
                    Value last = code.let(part.wide(frame.offset() + FrameShape.FROM));
                    // Frames move on: none begins ahead of the one before it.
                    Local at = code.var(new Value.Select(last.gt(head), last, head));
                    code.loop(
                            again -> {
                                Value place = OverPartition.place(part, at.get());
                                RowView other = parts.kept(code.let(partition.row(part, place)));
                                Value age = time.minus(other.cell(field));
                                Value isOut =
                                        other.isNull(field)
                                                .or(age.gtUnsigned(i64(frame.frame().preceding())));
                                code.when(isOut.eq(0), () -> code.ret(at.get()));
                                code.set(at, at.get().plus(i64(1)));
                                code.jump(again);
                            });
                });
    }

    /** {@code (slot, partition, row, number) -> status}: whether the row can be taken in. */
    private WasmFunction prepare(FrameShape frame) {
        return Sequence.of(
                "frame_prepare",
                List.of(I32, I32, I32, I64),
                frame.accumulators().size(),
                4,
                (code, self, i) ->
                        frame.accumulators()
                                .get(i)
                                .prepare(
                                        code,
                                        self.argument(0),
                                        self.argument(1).plus(frame.cells(i)),
                                        numbered(self.argument(2), self.argument(3))));
    }

    /** {@code (partition, row, number) -> OK}: takes the row in. */
    private WasmFunction add(FrameShape frame) {
        return Sequence.of(
                "frame_add",
                List.of(I32, I32, I64),
                frame.accumulators().size(),
                6,
                (code, self, i) ->
                        frame.accumulators()
                                .get(i)
                                .add(
                                        code,
                                        self.argument(0).plus(frame.cells(i)),
                                        numbered(self.argument(1), self.argument(2))));
    }

    private RowView numbered(Value row, Value number) {
        return new Numbered(parts.kept(row), number);
    }
}
