package galois.compiler;

import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.plan.LogicalOp;
import galois.batch.RowLayout;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.GroupTable;
import galois.compiler.runtime.KeyRecord;
import galois.compiler.runtime.Library;
import galois.compiler.runtime.RowOutput;
import galois.compiler.runtime.WindowList;

import java.util.ArrayList;
import java.util.List;

/** Groups by key within windows: the parts of an aggregate, put together. */
final class AggregateOperator implements Operator {
    /** Longest window; times further than two windows from the ends of the calendar are errors. */
    private static final long SIZE_US_MAX = 1L << 60;

    private final AggregateParts parts;
    private final RowPath path;
    private final AggregateFire fire;
    private final AggregateSave save;

    AggregateOperator(
            Library library,
            Fragment fragment,
            LogicalOp.WindowAggregate aggregate,
            RowOutput output) {
        AggregateShape shape = AggregateShape.of(library, aggregate);
        if (shape.aggregate().window().sizeUs() > SIZE_US_MAX) {
            throw new GaloisException(
                    ErrorCode.UNSUPPORTED,
                    "a window of more than " + SIZE_US_MAX + " microseconds: choose a shorter one");
        }
        AggregateState state = new AggregateState(fragment.parameters());
        KeyRecord keys = new KeyRecord(library, shape.keyTypes());
        GroupTable groups = groups(library, shape, keys);
        int row = library.memory().reserve(RowLayout.stride(shape.row().size()));
        parts =
                new AggregateParts(
                        library,
                        shape,
                        state,
                        groups,
                        new WindowList(library, groups, state.windows()),
                        row);
        List<LogicalOp> before = new ArrayList<>(fragment.before());
        before.add(shape.projection());
        List<Stage> stages = Stage.of(fragment.input(), before);
        AggregateHit hit = stages.size() == 1 ? AggregateHit.of(parts, stages.get(0)) : null;
        WasmFunction update = new AggregateUpdate(parts).function();
        path =
                new RowPath(
                        library,
                        stages,
                        fragment.parameters(),
                        new Sink.State(row, shape.keys(), update, hit));
        RowPath after =
                new RowPath(
                        library,
                        Stage.of(shape.aggregate().schema(), fragment.after()),
                        fragment.parameters(),
                        new Sink.Output(output));
        fire = new AggregateFire(parts, after.function(true), output);
        save = new AggregateSave(parts, new RowOutput(library, "state", shape.stateSchema()));
    }

    private static GroupTable groups(Library library, AggregateShape shape, KeyRecord keys) {
        int[] offsets = shape.offsets();
        int payload = keys.bytes();
        boolean holdsMemory = shape.accumulators().stream().anyMatch(Accumulator::holdsMemory);
        WasmFunction release =
                !holdsMemory
                        ? null
                        : Sequence.of(
                                "group_release",
                                List.of(I32, I32),
                                shape.accumulators().size(),
                                12,
                                (code, self, i) ->
                                        shape.accumulators()
                                                .get(i)
                                                .release(
                                                        code,
                                                        self.argument(0),
                                                        self.argument(1)
                                                                .plus(payload + offsets[i])));
        return new GroupTable(library, keys, offsets[offsets.length - 1], release);
    }

    @Override
    public RowPath path() {
        return path;
    }

    @Override
    public int stateBytes() {
        return AggregateState.BYTES;
    }

    @Override
    public WasmFunction initialise() {
        AggregateState state = parts.state();
        WasmFunction self = WasmFunction.of("state_init", I32);
        return self.define(
                code -> {
                    code.storeWide(self.argument(0), state.watermark(), i64(Long.MIN_VALUE));
                    code.storeWide(self.argument(0), state.maxEvent(), i64(Long.MIN_VALUE));
                });
    }

    @Override
    public WasmFunction release() {
        return parts.windows().free();
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
