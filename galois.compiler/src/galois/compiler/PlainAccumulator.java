package galois.compiler;

import galois.compiler.ir.Code;
import galois.compiler.ir.Value;
import galois.compiler.runtime.RowView;

/** An accumulator of numbers only. */
interface PlainAccumulator extends Accumulator {
    @Override
    default void prepare(Code code, Value slot, Value cells, RowView input) {
        // Numbers in place always have room.
    }

    @Override
    default void prepareMerge(Code code, Value slot, Value cells, Value other) {
        // Numbers in place always have room.
    }

    @Override
    default boolean holdsMemory() {
        return false;
    }

    @Override
    default void release(Code code, Value slot, Value cells) {
        // Nothing is held.
    }
}
