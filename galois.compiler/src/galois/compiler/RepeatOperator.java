package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;
import static galois.compiler.ir.WasmType.I64;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.plan.Expr;
import galois.api.plan.LogicalOp;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.RowError;
import galois.batch.RowLayout;
import galois.batch.Schema;
import galois.batch.SlotLayout;
import galois.compiler.ir.Code;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.Charge;
import galois.compiler.runtime.Library;
import galois.compiler.runtime.RowOutput;
import galois.compiler.runtime.Status;

import java.util.ArrayList;
import java.util.List;

/**
 * Gives each row several times. What has no room waits: the row is kept with the number of its next
 * copy. Saved as one row {@code (0, next copy, 1 pending, event time, the row when it is pending)}.
 */
final class RepeatOperator implements Operator {
    private static final int STATE_HEAD = 4;

    /** {@code u32} address and bytes of the room for a row that waits; the copy that is next. */
    private static final int ROOM = 0;

    private static final int ROOM_BYTES = 4;
    private static final int NEXT = 8;
    private static final int BYTES = 16;

    private final LogicalOp.Repeat repeat;
    private final Schema row;
    private final int stride;
    private final int inHand;
    private final int base;
    private final Charge charge;
    private final KeptTexts texts;
    private final List<RowPath> paths;
    private final RowOutput writer;
    private final RowOutput output;
    private final WasmFunction copies;
    private final WasmFunction room;

    RepeatOperator(Library library, Fragment fragment, LogicalOp.Repeat repeat, RowOutput output) {
        this.repeat = repeat;
        this.output = output;
        row = repeat.schema();
        stride = RowLayout.stride(row.size());
        inHand = library.memory().reserve(stride);
        base = SlotShape.state(fragment.parameters());
        charge = library.part(Charge.class, Charge::new);
        texts = new KeptTexts(library, row);
        writer = new RowOutput(library, "state", stateSchema());
        RowPath after =
                new RowPath(
                        library,
                        Stage.of(row, fragment.after()),
                        fragment.parameters(),
                        new Sink.Output(output));
        copies = copies(after.function(true));
        room = room();
        Sink sink = new Sink.Through(inHand, 0, update());
        Schema parameters = fragment.parameters();
        paths =
                fragment.ports().stream()
                        .map(port -> port.then(firstCopy()))
                        .map(port -> Stage.of(port.input(), port.before()))
                        .map(stages -> new RowPath(library, stages, parameters, sink))
                        .toList();
    }

    private LogicalOp.Project firstCopy() {
        List<Expr> columns = new ArrayList<>();
        for (int i = 0; i < repeat.copy(); i++) {
            columns.add(new Expr.Column(i, row.type(i)));
        }
        columns.add(new Expr.Literal(FieldType.BIGINT, "0"));
        return new LogicalOp.Project(repeat.input(), columns, row);
    }

    private Schema stateSchema() {
        List<Field> fields = new ArrayList<>();
        for (String name : List.of("record", "a", "b", "c")) {
            fields.add(new Field(name, FieldType.BIGINT));
        }
        for (int i = 0; i < row.size(); i++) {
            fields.add(new Field("r" + i, row.type(i)));
        }
        if (fields.size() > Schema.FIELDS_MAX) {
            throw new GaloisException(
                    ErrorCode.QUERY_LIMIT,
                    "a row that is in several windows or groupings has "
                            + row.size()
                            + " columns, the limit is "
                            + (Schema.FIELDS_MAX - STATE_HEAD)
                            + ": select fewer");
        }
        return new Schema(fields);
    }

    /** {@code (slot, out) -> status} takes the row in hand. */
    private WasmFunction update() {
        WasmFunction self = WasmFunction.returning(I32, "repeat", I32, I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value hand = i32(inHand);
                    Value need = code.let(texts.bytes(code, hand));
                    int most = RowLayout.ROW_BYTES_MAX - RowLayout.stride(writer.schema().size());
                    code.when(need.gtUnsigned(i32(most)), () -> code.ret(RowError.ROW_TOO_LARGE));
                    // Later there is no way back: a copy may have been given.
                    code.when(
                            room.call(slot, need.plus(stride)).eq(0),
                            () -> code.ret(RowError.STATE_FULL));
                    code.storeWord(slot, base + NEXT, i32(0));
                    Value status = code.let(copies.call(slot, hand, self.argument(1)));
                    code.when(status.eq(Status.OK), () -> code.ret(Status.OK));
                    code.when(slot.word(base + NEXT).eq(0), () -> code.ret(Status.FULL));
                    wait(code, slot);
                    code.storeWord(slot, SlotLayout.PENDING, i32(1));
                    code.ret(Status.OK);
                });
    }

    /** The row in hand goes into the room, which is large enough. */
    private void wait(Code code, Value slot) {
        Value kept = code.let(slot.word(base + ROOM));
        code.copy(kept, i32(inHand), i32(stride));
        texts.move(code, kept, kept.plus(stride));
    }

    /** {@code (slot, bytes) -> 1, or 0 without memory}: makes room for a row. */
    private WasmFunction room() {
        WasmFunction self = WasmFunction.returning(I32, "repeat_room", I32, I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value need = self.argument(1);
                    Value has = slot.word(base + ROOM_BYTES);
                    code.when(need.leUnsigned(has), () -> code.ret(1));
                    Value more = code.let(charge.take().call(slot, need));
                    code.when(more.eq(0), () -> code.ret(0));
                    code.run(charge.release().call(slot, slot.word(base + ROOM), has));
                    code.storeWord(slot, base + ROOM, more);
                    code.storeWord(slot, base + ROOM_BYTES, need);
                    code.ret(1);
                });
    }

    /** {@code (slot, row, out) -> OK or FULL}: the copies not given yet. */
    private WasmFunction copies(WasmFunction forward) {
        WasmFunction self = WasmFunction.returning(I32, "repeat_copies", I32, I32, I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value kept = self.argument(1);
                    Value out = self.argument(2);
                    Value next = slot.word(base + NEXT);
                    int copy = RowLayout.cell(row.size(), repeat.copy());
                    code.loopWhile(
                            next.ltUnsigned(i32((int) repeat.times())),
                            () -> {
                                code.storeWide(kept, copy, next.extend());
                                Value status = code.let(forward.call(kept, i32(0), slot, out));
                                code.when(status.eq(Status.FULL), () -> code.ret(Status.FULL));
                                code.when(status.gt(0), () -> error(code, slot, kept, out, status));
                                code.storeWord(slot, base + NEXT, next.plus(1));
                            });
                    code.ret(Status.OK);
                });
    }

    private void error(Code code, Value slot, Value kept, Value out, Value status) {
        Value time = kept.wide(RowLayout.ROW_EVENT_TIME);
        Value error = output.error().call(out, slot, time, status);
        code.when(error.ne(Status.OK), () -> code.ret(Status.FULL));
    }

    @Override
    public List<RowPath> paths() {
        return paths;
    }

    @Override
    public int stateBytes() {
        return BYTES;
    }

    @Override
    public WasmFunction initialise() {
        return null;
    }

    @Override
    public WasmFunction release() {
        WasmFunction self = WasmFunction.of("repeat_release", I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value block = slot.word(base + ROOM);
                    code.run(charge.release().call(slot, block, slot.word(base + ROOM_BYTES)));
                });
    }

    @Override
    public String stateLayout() {
        List<FieldType> types = row.fields().stream().map(Field::type).toList();
        return StateRows.layout("repeat 1;" + repeat.times() + ";" + types);
    }

    @Override
    public List<WasmFunction> exports() {
        return List.of(time(), drain(), save(), load());
    }

    /** Time passes unseen. */
    private WasmFunction time() {
        WasmFunction self = WasmFunction.returning(I32, "g_time", I32, I32, I64, I32);
        return self.define(
                code -> {
                    code.run(output.prepare().call(self.argument(3)));
                    code.ret(0);
                });
    }

    private WasmFunction drain() {
        WasmFunction self = WasmFunction.returning(I32, "g_drain", I32, I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    code.run(output.prepare().call(self.argument(1)));
                    code.when(slot.word(SlotLayout.PENDING).eq(0), () -> code.ret(0));
                    Value kept = slot.word(base + ROOM);
                    Value status = code.let(copies.call(slot, kept, self.argument(1)));
                    code.when(status.eq(Status.FULL), () -> code.ret(1));
                    code.storeWord(slot, SlotLayout.PENDING, i32(0));
                    code.ret(0);
                });
    }

    private int cell(int field) {
        return RowLayout.cell(writer.schema().size(), field);
    }

    private WasmFunction save() {
        WasmFunction fields = StateRows.saveFields("save_fields", writer, row, STATE_HEAD);
        WasmFunction write = WasmFunction.returning(I32, "save_slot", I32, I32);
        write.define(
                code -> {
                    Value slot = write.argument(0);
                    Value out = write.argument(1);
                    Value saved = StateRows.begin(code, writer, slot, out, i64(0));
                    StateRows.known(code, saved, STATE_HEAD);
                    code.storeWide(saved, cell(1), slot.word(base + NEXT).extend());
                    code.storeWide(saved, cell(2), slot.word(SlotLayout.PENDING).extend());
                    code.when(
                            slot.word(SlotLayout.PENDING).ne(0),
                            () -> {
                                Value kept = code.let(slot.word(base + ROOM));
                                code.storeWide(saved, cell(3), kept.wide(RowLayout.ROW_EVENT_TIME));
                                Value status = code.let(fields.call(kept, saved, out));
                                code.when(status.ne(Status.OK), () -> code.ret(status));
                            });
                    code.run(writer.commit().call(out));
                    code.ret(Status.OK);
                });
        WasmFunction self = WasmFunction.returning(I32, "g_save", I32, I32, I32);
        return self.define(
                code -> {
                    code.run(writer.prepare().call(self.argument(2)));
                    StateRows.leaveIfFull(code, write.call(self.argument(0), self.argument(2)));
                    code.ret(0);
                });
    }

    private WasmFunction load() {
        WasmFunction fields = StateRows.loadFields("load_fields", writer, STATE_HEAD, row, inHand);
        WasmFunction self = WasmFunction.returning(I32, "load_slot", I32, I32, I32);
        self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value saved = self.argument(1);
                    code.storeWord(slot, base + NEXT, saved.wide(cell(1)).wrap());
                    Value pending = saved.wide(cell(2)).wrap();
                    code.when(pending.eq(0), () -> code.ret(Status.OK));
                    Value hand = i32(inHand);
                    code.storeWide(hand, RowLayout.ROW_EVENT_TIME, saved.wide(cell(3)));
                    int nulls = 8 * RowLayout.nullWords(row.size());
                    code.fill(hand.plus(RowLayout.ROW_NULLS), i32(0), i32(nulls));
                    code.run(fields.call(saved, self.argument(2)));
                    Value need = code.let(texts.bytes(code, hand).plus(stride));
                    code.when(room.call(slot, need).eq(0), () -> code.ret(RowError.STATE_FULL));
                    wait(code, slot);
                    code.storeWord(slot, SlotLayout.PENDING, i32(1));
                    code.ret(Status.OK);
                });
        return StateRows.load(writer, self, null);
    }
}
