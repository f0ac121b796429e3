package galois.compiler;

import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.plan.LogicalOp;
import galois.api.plan.Window;
import galois.batch.RowLayout;
import galois.batch.Schema;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.GroupTable;
import galois.compiler.runtime.KeyRecord;
import galois.compiler.runtime.Library;
import galois.compiler.runtime.RowOutput;
import galois.compiler.runtime.WindowList;

import java.util.List;

/** Groups by key within windows: the parts of an aggregate, put together. */
final class AggregateOperator implements Operator {
    /** Longest window; times further than two windows from the ends of the calendar are errors. */
    private static final long SIZE_US_MAX = 1L << 58;

    private final AggregateParts parts;
    private final List<RowPath> paths;
    private final List<WasmFunction> fire;
    private final AggregateSave save;

    AggregateOperator(Library library, Fragment fragment, LogicalOp aggregate, RowOutput output) {
        AggregateShape shape = AggregateShape.of(library, aggregate);
        Window window = shape.aggregate().window();
        if (Math.max(window.sizeUs(), window.slideUs()) > SIZE_US_MAX) {
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
        WasmFunction update =
                shape.isUpdating()
                        ? new UpdatingGroups(parts).update()
                        : shape.isSession()
                                ? new Sessions(parts).update()
                                : new AggregateUpdate(parts).function();
        paths =
                fragment.ports().stream()
                        .map(port -> port.then(shape.projection()))
                        .map(port -> path(port, fragment.parameters(), update))
                        .toList();
        RowPath after =
                new RowPath(
                        library,
                        Stage.of(shape.aggregate().schema(), fragment.after()),
                        fragment.parameters(),
                        new Sink.Output(output),
                        shape.remembersRows());
        fire = fire(after, output);
        save = new AggregateSave(parts, new RowOutput(library, "state", shape.stateSchema()));
    }

    /** {@code g_time} and {@code g_drain}. */
    private List<WasmFunction> fire(RowPath after, RowOutput output) {
        WasmFunction forward = after.function(true);
        AggregateFire rows = new AggregateFire(parts, forward, output);
        if (!parts.shape().remembersRows()) {
            return List.of(rows.time(), rows.drain());
        }
        UpdatingFire updates = new UpdatingFire(parts, rows, forward, after.canDrop(), output);
        if (parts.shape().isRefired()) {
            UpdatedWindows windows = new UpdatedWindows(parts, updates, output);
            return List.of(windows.time(), windows.drain());
        }
        return List.of(updates.time(), updates.drain());
    }

    private RowPath path(Fragment.Port port, Schema parameters, WasmFunction update) {
        List<Stage> stages = Stage.of(port.input(), port.before());
        boolean isPlain = stages.size() == 1 && !parts.shape().remembersRows();
        AggregateHit hit = isPlain ? AggregateHit.of(parts, stages.get(0)) : null;
        Sink sink = new Sink.State(parts.row(), parts.shape().keys(), update, hit);
        return new RowPath(parts.library(), stages, parameters, sink);
    }

    private static GroupTable groups(Library library, AggregateShape shape, KeyRecord keys) {
        int[] offsets = shape.offsets();
        int payload = keys.bytes();
        int count = shape.accumulators().size();
        LastRow last = shape.remembersRows() ? new LastRow(shape.aggregate()) : null;
        boolean holdsTexts = last != null && last.holdsTexts();
        boolean holdsMemory = shape.accumulators().stream().anyMatch(Accumulator::holdsMemory);
        WasmFunction release =
                !holdsMemory && !holdsTexts
                        ? null
                        : Sequence.of(
                                "group_release",
                                List.of(I32, I32),
                                holdsTexts ? count + 1 : count,
                                12,
                                (code, self, i) -> {
                                    Value slot = self.argument(0);
                                    Value cells = self.argument(1).plus(payload);
                                    if (i == count) {
                                        code.run(last.release(library).call(slot, cells));
                                        return;
                                    }
                                    Accumulator accumulator = shape.accumulators().get(i);
                                    accumulator.release(code, slot, cells.plus(offsets[i]));
                                });
        return new GroupTable(library, keys, offsets[offsets.length - 1], release);
    }

    @Override
    public List<RowPath> paths() {
        return paths;
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
                    code.storeWide(self.argument(0), state.sessionDue(), i64(Long.MIN_VALUE));
                    if (parts.shape().isRefired()) {
                        code.storeWide(
                                self.argument(0),
                                state.emittedTo(),
                                i64(UpdatedWindows.beforeAll(parts.shape())));
                    }
                    if (parts.shape().isUpdating()) {
                        code.storeWide(self.argument(0), state.nextUpdate(), i64(Long.MIN_VALUE));
                        code.run(parts.due().call(self.argument(0)));
                    }
                });
    }

    @Override
    public WasmFunction release() {
        if (!parts.shape().isHop()) {
            return parts.windows().free();
        }
        WasmFunction self = WasmFunction.of("state_free", I32);
        return self.define(
                code -> {
                    new HopWindows(parts).dropMerged(code, self.argument(0));
                    code.run(parts.windows().free().call(self.argument(0)));
                });
    }

    @Override
    public String stateLayout() {
        return parts.shape().stateLayout();
    }

    @Override
    public List<WasmFunction> exports() {
        return List.of(fire.get(0), fire.get(1), save.save(), save.load());
    }
}
