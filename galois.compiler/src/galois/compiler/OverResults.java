package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;

import galois.api.plan.OverCall;
import galois.batch.FieldType;
import galois.batch.RowLayout;
import galois.batch.Schema;
import galois.compiler.OverShape.FrameShape;
import galois.compiler.ir.Code;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.RowView;

import java.util.List;

/** The row that goes on: what was kept of it, then what the calls give. */
final class OverResults {
    private final OverParts parts;
    private final OverShape shape;
    private final OverPartition partition;
    private final Schema wide;
    private final int address;

    OverResults(OverParts parts) {
        this.parts = parts;
        this.shape = parts.shape();
        this.partition = parts.partition();
        this.wide = shape.wide();
        this.address = parts.library().memory().reserve(RowLayout.stride(wide.size()));
    }

    /** Where the row is. */
    int address() {
        return address;
    }

    /** {@code (partition, place) -> OK}: makes the row of the one at that place. */
    WasmFunction make() {
        WasmFunction calls = calls();
        WasmFunction self = WasmFunction.returning(I32, "over_row", I32, I32);
        return self.define(
                code -> {
                    Value row = code.let(partition.row(self.argument(0), self.argument(1)));
                    Value time = row.wide(RowLayout.ROW_EVENT_TIME);
                    code.storeWide(i32(address), RowLayout.ROW_EVENT_TIME, time);
                    int words = RowLayout.nullWords(shape.row().size());
                    for (int word = 0; word < RowLayout.nullWords(wide.size()); word++) {
                        int at = RowLayout.ROW_NULLS + 8 * word;
                        code.storeWide(i32(address), at, word < words ? row.wide(at) : i64(0));
                    }
                    int to = address + RowLayout.cell(wide.size(), 0);
                    int from = RowLayout.cell(shape.row().size(), 0);
                    code.copyCells(i32(to), row.plus(from), 8 * shape.row().size());
                    code.ret(calls.call(self.argument(0), self.argument(1)));
                });
    }

    /** {@code (partition, place) -> OK}. */
    private WasmFunction calls() {
        RowTarget target = RowTarget.own(wide, address, 0);
        return Sequence.of(
                "over_calls",
                List.of(I32, I32),
                shape.over().calls().size(),
                3,
                (code, self, i) -> {
                    int field = shape.row().size() + i;
                    call(code, i, self.argument(0), self.argument(1), target, field);
                });
    }

    private void call(Code code, int index, Value part, Value place, RowTarget target, int field) {
        OverCall call = shape.over().calls().get(index);
        FrameShape frame =
                shape.frameOf().get(index) < 0
                        ? null
                        : shape.frames().get(shape.frameOf().get(index));
        Value number = OverPartition.number(part, place);
        switch (call.function()) {
            case ROW_NUMBER -> store(code, target, field, number.plus(i64(1)));
            case RANK -> store(code, target, field, part.wide(OverPartition.PEERS).plus(i64(1)));
            case DENSE_RANK -> store(code, target, field, part.wide(OverPartition.DENSE));
            case LAG -> pick(code, call, part, number.minus(i64(call.offset())), target, field);
            case LEAD -> pick(code, call, part, number.plus(i64(call.offset())), target, field);
            case FIRST_VALUE -> first(code, call, frame, part, target, field);
            case LAST_VALUE -> {
                Value last = to(part, frame).minus(i64(1));
                within(code, call, frame, part, last, target, field);
            }
            case NTH_VALUE -> {
                Value nth = from(part, frame).plus(i64(call.offset() - 1));
                within(code, call, frame, part, nth, target, field);
            }
            case AGGREGATE -> {
                int accumulator = frame.calls().indexOf(index);
                frame.accumulators()
                        .get(accumulator)
                        .result(code, part.plus(frame.cells(accumulator)), target, field);
            }
        }
    }

    private static Value from(Value part, FrameShape frame) {
        return part.wide(frame.offset() + FrameShape.FROM);
    }

    private static Value to(Value part, FrameShape frame) {
        return part.wide(frame.offset() + FrameShape.TO);
    }

    private static void store(Code code, RowTarget target, int field, Value value) {
        code.storeWide(target.row(), target.cell(field), value);
    }

    private void first(
            Code code, OverCall call, FrameShape frame, Value part, RowTarget target, int field) {
        if (!shape.pinsFirst() || !frame.isRunning()) {
            within(code, call, frame, part, from(part, frame), target, field);
            return;
        }
        Value pinned = part.word(OverPartition.FIRST);
        code.when(
                pinned.ne(0).and(to(part, frame).gt(i64(0))),
                () -> copy(code, call, pinned, target, field),
                () -> within(code, call, frame, part, from(part, frame), target, field));
    }

    /** The value of the row with that number if it is in the frame. */
    private void within(
            Code code,
            OverCall call,
            FrameShape frame,
            Value part,
            Value wanted,
            RowTarget target,
            int field) {
        Value number = code.let(wanted);
        Value isOut = number.lt(from(part, frame)).or(number.ge(to(part, frame)));
        code.when(
                isOut,
                () -> target.setNull(code, field),
                () -> pick(code, call, part, number, target, field));
    }

    /** The value of the row with that number if it is there. */
    private void pick(
            Code code, OverCall call, Value part, Value wanted, RowTarget target, int field) {
        Value number = code.let(wanted);
        Value head = OverPartition.number(part, part.word(OverPartition.HEAD));
        Value end = OverPartition.number(part, part.word(OverPartition.END));
        code.when(
                number.lt(head).or(number.ge(end)),
                () -> target.setNull(code, field),
                () -> {
                    Value row = partition.row(part, OverPartition.place(part, number));
                    copy(code, call, code.let(row), target, field);
                });
    }

    private void copy(Code code, OverCall call, Value row, RowTarget target, int field) {
        int from = shape.fields().indexOf(call.argument());
        RowView view = parts.kept(row);
        code.when(
                view.isNull(from),
                () -> target.setNull(code, field),
                () -> {
                    if (call.type().cell() == FieldType.Cell.STRING) {
                        Operand text = Operand.text(view.textStart(from), view.textLength(from));
                        target.text(code, field, text);
                    } else {
                        store(code, target, field, view.cell(from));
                    }
                });
    }
}
