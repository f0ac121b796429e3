package galois.compiler;

import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;

import galois.api.plan.LogicalOp;
import galois.api.plan.Over;
import galois.batch.RowLayout;
import galois.batch.Schema;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.GroupTable;
import galois.compiler.runtime.KeyRecord;
import galois.compiler.runtime.Library;
import galois.compiler.runtime.RowOutput;

import java.util.ArrayList;
import java.util.List;

/** Computes columns of the rows around a row: the parts of {@code OVER}, put together. */
final class OverOperator implements Operator {
    private final OverParts parts;
    private final List<RowPath> paths;
    private final OverFire fire;
    private final OverSave save;

    OverOperator(Library library, Fragment fragment, Over over, RowOutput output) {
        OverShape shape = OverShape.of(library, over);
        OverState state = new OverState(fragment.parameters());
        int stride = RowLayout.stride(shape.row().size());
        int row = library.memory().reserve(RowQueue.SEQUENCE + stride) + RowQueue.SEQUENCE;
        WasmFunction compare = new RowOrder(library, shape.row()).compare(shape.queue());
        RowQueue queue = new RowQueue(library, shape.row(), compare, row);
        OverPartition partition = new OverPartition(library, shape, queue);
        KeyRecord keys = new KeyRecord(library, shape.partitionTypes());
        GroupTable table =
                new GroupTable(library, keys, shape.partitionBytes(), release(partition, keys));
        parts = new OverParts(library, shape, state, queue, partition, table, row);
        Sink sink = new Sink.State(row, shape.partition(), parts.update(), null);
        Schema parameters = fragment.parameters();
        paths =
                fragment.ports().stream()
                        .map(port -> port.then(shape.projection()))
                        .map(port -> Stage.of(port.input(), port.before()))
                        .map(stages -> new RowPath(library, stages, parameters, sink))
                        .toList();
        List<LogicalOp> after = new ArrayList<>(List.of(shape.result()));
        after.addAll(fragment.after());
        RowPath result =
                new RowPath(
                        library,
                        Stage.of(shape.wide(), after),
                        parameters,
                        new Sink.Output(output));
        fire = new OverFire(parts, result.function(true), output);
        save = new OverSave(parts, new RowOutput(library, "state", shape.stateSchema()));
    }

    /** {@code (slot, entry)}: frees a partition. */
    private static WasmFunction release(OverPartition partition, KeyRecord keys) {
        WasmFunction self = WasmFunction.of("entry_release", I32, I32);
        return self.define(
                code -> {
                    Value part = self.argument(1).plus(keys.bytes());
                    code.run(partition.clear().call(self.argument(0), part));
                });
    }

    @Override
    public List<RowPath> paths() {
        return paths;
    }

    @Override
    public int stateBytes() {
        return OverState.bytes(parts.shape());
    }

    @Override
    public WasmFunction initialise() {
        WasmFunction self = WasmFunction.of("state_init", I32);
        int watermark = parts.state().watermark();
        return self.define(
                code -> code.storeWide(self.argument(0), watermark, i64(Long.MIN_VALUE)));
    }

    @Override
    public WasmFunction release() {
        WasmFunction self = WasmFunction.of("state_release", I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    code.run(parts.queue().free().call(slot, parts.queue(slot)));
                    if (parts.goesOn()) {
                        Value table = slot.word(parts.state().table());
                        code.when(
                                table.ne(0),
                                () -> code.run(parts.table().free().call(slot, table)));
                    } else {
                        Value part = slot.plus(parts.state().partition());
                        code.run(parts.partition().clear().call(slot, part));
                    }
                });
    }

    @Override
    public String stateLayout() {
        return parts.shape().stateLayout();
    }

    @Override
    public List<WasmFunction> exports() {
        return List.of(fire.time(), fire.drain(), save.save(), save.load());
    }
}
