package galois.compiler;

import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;

import galois.api.plan.LogicalOp;
import galois.batch.RowLayout;
import galois.batch.SlotLayout;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.JoinTable;
import galois.compiler.runtime.Library;
import galois.compiler.runtime.RowOutput;

import java.util.ArrayList;
import java.util.List;

/** Finds pairs of rows: the parts of a join, put together. */
final class JoinOperator implements Operator {
    private final JoinParts parts;
    private final List<RowPath> paths = new ArrayList<>();
    private final JoinProbe probe;
    private final JoinSave save;

    JoinOperator(Library library, Fragment fragment, LogicalOp.Join join, RowOutput output) {
        JoinShape shape = JoinShape.of(join);
        List<JoinTable> tables = new ArrayList<>();
        List<Integer> rows = new ArrayList<>();
        boolean sparing =
                shape.sides().stream().allMatch(side -> JoinTable.texts(side.row()).isEmpty());
        for (int side = 0; side < 2; side++) {
            JoinShape.Side kept = shape.sides().get(side);
            tables.add(new JoinTable(library, "join_" + side, kept.row(), sparing));
            rows.add(library.memory().reserve(RowLayout.stride(kept.row().size())));
        }
        JoinState state = new JoinState(fragment.parameters());
        parts = new JoinParts(library, shape, state, tables, rows);
        probe = new JoinProbe(parts, new JoinEmit(parts, fragment, output), output);
        save = new JoinSave(parts, new RowOutput(library, "state", shape.stateSchema()));
        List<WasmFunction> updates =
                List.of(
                        probe.update(0),
                        shape.isLookup() ? new TableVersions(parts).update() : probe.update(1));
        for (Fragment.Port port : fragment.ports()) {
            int side = port.side();
            JoinShape.Side kept = shape.sides().get(side);
            LogicalOp input = join.inputs().get(side);
            List<LogicalOp> before = port.then(kept.projection(input)).before();
            paths.add(
                    new RowPath(
                            library,
                            Stage.of(port.input(), before),
                            fragment.parameters(),
                            new Sink.Through(rows.get(side), kept.keys(), updates.get(side))));
        }
    }

    @Override
    public List<RowPath> paths() {
        return paths;
    }

    @Override
    public int stateBytes() {
        return JoinState.bytes(parts.shape());
    }

    @Override
    public WasmFunction initialise() {
        WasmFunction self = WasmFunction.of("join_init", I32);
        return self.define(
                code -> {
                    code.storeWide(
                            self.argument(0), parts.state().watermark(), i64(Long.MIN_VALUE));
                    if (parts.shape().isLookup()) {
                        code.storeWide(
                                self.argument(0), parts.state().version(), i64(Long.MIN_VALUE));
                    }
                    // Every watermark counts: it says which rows are late.
                    code.storeWide(self.argument(0), SlotLayout.DUE_EVENT, i64(Long.MIN_VALUE));
                });
    }

    @Override
    public WasmFunction release() {
        WasmFunction self = WasmFunction.of("join_release", I32);
        return self.define(
                code -> {
                    for (int side = 0; side < parts.shape().tables(); side++) {
                        WasmFunction clear = parts.tables().get(0).clear();
                        code.run(
                                clear.call(
                                        self.argument(0),
                                        parts.state().table(self.argument(0), side)));
                    }
                });
    }

    @Override
    public String stateLayout() {
        return parts.shape().stateLayout();
    }

    @Override
    public List<WasmFunction> exports() {
        return List.of(probe.time(), probe.drain(), save.save(), save.load());
    }
}
