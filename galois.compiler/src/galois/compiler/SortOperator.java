package galois.compiler;

import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;

import galois.api.plan.LogicalOp;
import galois.batch.RowLayout;
import galois.batch.Schema;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.GroupTable;
import galois.compiler.runtime.KeyRecord;
import galois.compiler.runtime.Library;
import galois.compiler.runtime.RowOutput;
import galois.compiler.runtime.WindowList;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Orders, numbers and cuts rows: the parts of a sort, put together. */
final class SortOperator implements Operator {
    private final SortParts parts;
    private final List<RowPath> paths;
    private final SortFire fire;
    private final SortSave save;

    SortOperator(Library library, Fragment fragment, LogicalOp.Sort sort, RowOutput output) {
        SortShape shape = SortShape.of(sort, fragment.after());
        SortState state = new SortState(fragment.parameters());
        int stride = RowLayout.stride(shape.row().size());
        int row = library.memory().reserve(KeptRows.SEQUENCE + stride) + KeptRows.SEQUENCE;
        KeyRecord keys = new KeyRecord(library, shape.partitionTypes());
        List<List<Stage>> stages =
                fragment.ports().stream()
                        .map(port -> port.then(shape.projection()))
                        .map(port -> Stage.of(port.input(), port.before()))
                        .toList();
        PackedRows packed = packed(library, shape, stages, row, keys);
        KeptRows heap = packed != null ? packed : new RowHeap(library, shape, row);
        GroupTable partitions = new GroupTable(library, keys, heap.bytes(), release(heap, keys));
        WindowList times = new WindowList(library, partitions, state.windows());
        parts = new SortParts(library, shape, state, partitions, times, heap, row);
        WasmFunction update = new SortUpdate(parts).function();
        Schema parameters = fragment.parameters();
        paths = stages.stream().map(port -> path(port, parameters, packed, update)).toList();
        List<LogicalOp> after = new ArrayList<>(List.of(shape.result()));
        after.addAll(fragment.after());
        RowPath result =
                new RowPath(
                        library, Stage.of(shape.row(), after), parameters, new Sink.Output(output));
        fire = new SortFire(parts, result.function(true), output);
        save = new SortSave(parts, new RowOutput(library, "state", shape.stateSchema()));
    }

    /** {@code null} when the rows are not of that kind. */
    private static PackedRows packed(
            Library library, SortShape shape, List<List<Stage>> ports, int row, KeyRecord keys) {
        List<Map<Integer, Long>> lags = new ArrayList<>();
        for (List<Stage> port : ports) {
            Stage stage = Stage.together(port);
            lags.add(stage == null ? Map.of() : SortHit.lags(shape, stage));
        }
        boolean areSame = lags.stream().distinct().count() == 1;
        Map<Integer, Long> same = areSame ? lags.get(0) : Map.of();
        return PackedRows.fits(shape, same)
                ? new PackedRows(library, shape, same, row, keys)
                : null;
    }

    private RowPath path(
            List<Stage> stages, Schema parameters, PackedRows packed, WasmFunction update) {
        Stage stage = Stage.together(stages);
        ShortWay hit = packed == null || stage == null ? null : SortHit.of(parts, packed, stage);
        Sink sink = new Sink.State(parts.row(), parts.shape().partition(), update, hit);
        return new RowPath(parts.library(), stages, parameters, sink);
    }

    /** {@code (slot, entry)}: frees the rows of a partition; {@code null}: there is nothing. */
    private static WasmFunction release(KeptRows heap, KeyRecord keys) {
        if (heap.free() == null) {
            return null;
        }
        WasmFunction self = WasmFunction.of("partition_release", I32, I32);
        return self.define(
                code ->
                        code.run(
                                heap.free()
                                        .call(
                                                self.argument(0),
                                                self.argument(1).plus(keys.bytes()))));
    }

    @Override
    public List<RowPath> paths() {
        return paths;
    }

    @Override
    public int stateBytes() {
        return SortState.BYTES;
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
        return parts.times().free();
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
