package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;
import static galois.compiler.ir.WasmType.I64;

import galois.api.plan.LogicalOp;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.RowLayout;
import galois.batch.Schema;
import galois.compiler.ir.Code;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.Library;
import galois.compiler.runtime.RowOutput;
import galois.compiler.runtime.Status;

import java.util.List;

/**
 * Lets rows pass by their number in the input. Its state is one number, saved as one row {@code (0,
 * rows that came)}.
 */
final class LimitOperator implements Operator {
    private static final Schema STATE =
            Schema.of(new Field("record", FieldType.BIGINT), new Field("a", FieldType.BIGINT));

    private final LogicalOp.Sort limit;
    private final List<RowPath> paths;
    private final RowOutput writer;
    private final RowOutput output;

    /** Offset of {@code i64} rows that came, in the slot. */
    private final int came;

    LimitOperator(Library library, Fragment fragment, LogicalOp.Sort limit, RowOutput output) {
        this.limit = limit;
        this.output = output;
        Schema row = limit.input().schema();
        came = SlotShape.state(fragment.parameters());
        writer = new RowOutput(library, "state", STATE);
        int address = library.memory().reserve(RowLayout.stride(row.size()));
        RowPath after =
                new RowPath(
                        library,
                        Stage.of(row, fragment.after()),
                        fragment.parameters(),
                        new Sink.Output(output));
        WasmFunction pass = pass(address, after.function(true));
        Sink sink = new Sink.Pass(address, pass);
        Schema parameters = fragment.parameters();
        paths =
                fragment.ports().stream()
                        .map(port -> Stage.of(port.input(), port.before()))
                        .map(stages -> new RowPath(library, stages, parameters, sink))
                        .toList();
    }

    /** {@code (slot, out) -> status} of the row in hand; one that finds no room has not come. */
    private WasmFunction pass(int row, WasmFunction forward) {
        WasmFunction self = WasmFunction.returning(I32, "limit", I32, I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value number = code.let(slot.wide(came));
                    Value unwanted = number.lt(i64(limit.offset()));
                    long end = limit.offset() + limit.fetch();
                    if (limit.fetch() >= 0 && end >= 0) {
                        code.when(number.ge(i64(end)), () -> code.ret(Status.NONE));
                    }
                    code.when(
                            unwanted,
                            () -> {
                                count(code, slot, number);
                                code.ret(Status.NONE);
                            });
                    Value status = code.let(forward.call(i32(row), i32(0), slot, self.argument(1)));
                    code.when(status.ne(Status.FULL), () -> count(code, slot, number));
                    code.ret(status);
                });
    }

    private void count(Code code, Value slot, Value number) {
        code.storeWide(slot, came, number.plus(1));
    }

    @Override
    public List<RowPath> paths() {
        return paths;
    }

    @Override
    public int stateBytes() {
        return 8;
    }

    @Override
    public WasmFunction initialise() {
        return null;
    }

    @Override
    public WasmFunction release() {
        return null;
    }

    @Override
    public String stateLayout() {
        return StateRows.layout("limit 1");
    }

    @Override
    public List<WasmFunction> exports() {
        WasmFunction time = WasmFunction.returning(I32, "g_time", I32, I32, I64, I32);
        WasmFunction drain = WasmFunction.returning(I32, "g_drain", I32, I32);
        return List.of(nothing(time, 3), nothing(drain, 1), save(), load());
    }

    /** Time passes unseen; the area is only told what rows it would get. */
    private WasmFunction nothing(WasmFunction self, int out) {
        return self.define(
                code -> {
                    code.run(output.prepare().call(self.argument(out)));
                    code.ret(0);
                });
    }

    private WasmFunction save() {
        WasmFunction write = WasmFunction.returning(I32, "save_slot", I32, I32);
        write.define(
                code -> {
                    Value slot = write.argument(0);
                    Value row = StateRows.begin(code, writer, slot, write.argument(1), i64(0));
                    code.storeWide(row, RowLayout.ROW_NULLS, i64(0));
                    code.storeWide(row, RowLayout.cell(STATE.size(), 1), slot.wide(came));
                    code.run(writer.commit().call(write.argument(1)));
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
        WasmFunction row = WasmFunction.returning(I32, "load_slot", I32, I32, I32);
        row.define(
                code -> {
                    Value saved = row.argument(1).wide(RowLayout.cell(STATE.size(), 1));
                    code.storeWide(row.argument(0), came, saved);
                    code.ret(Status.OK);
                });
        return StateRows.load(writer, row, null);
    }
}
