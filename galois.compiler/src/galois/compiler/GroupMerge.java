package galois.compiler;

import static galois.compiler.ir.WasmType.I32;

import galois.compiler.ir.WasmFunction;

import java.util.List;

/** Brings the accumulators of two entries of one key together: {@code (slot, payload, other)}. */
final class GroupMerge {
    private final AggregateParts parts;

    GroupMerge(AggregateParts parts) {
        this.parts = parts;
    }

    /** Makes room and looks for what cannot be added; on a status nothing has changed. */
    WasmFunction prepare() {
        return sequence("merge_prepare", true, false);
    }

    /** Cannot fail after {@link #prepare}. */
    WasmFunction merge() {
        return sequence("merge", false, true);
    }

    /** Both at once; on a status some accumulators have changed. */
    WasmFunction prepareAndMerge() {
        return sequence("merge_all", true, true);
    }

    private WasmFunction sequence(String name, boolean prepares, boolean merges) {
        AggregateShape shape = parts.shape();
        int[] offsets = shape.offsets();
        return Sequence.of(
                name,
                List.of(I32, I32, I32),
                shape.accumulators().size(),
                prepares && merges ? 3 : 4,
                (code, self, i) -> {
                    Accumulator accumulator = shape.accumulators().get(i);
                    var cells = self.argument(1).plus(offsets[i]);
                    var other = self.argument(2).plus(offsets[i]);
                    if (prepares) {
                        accumulator.prepareMerge(code, self.argument(0), cells, other);
                    }
                    if (merges) {
                        accumulator.merge(code, cells, other);
                    }
                });
    }
}
