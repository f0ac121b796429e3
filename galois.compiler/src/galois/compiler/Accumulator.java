package galois.compiler;

import galois.batch.Field;
import galois.compiler.ir.Code;
import galois.compiler.ir.Label;
import galois.compiler.ir.Value;
import galois.compiler.runtime.RowView;

import java.util.List;

/** The code of one aggregate function over the cells it keeps in a group's entry. */
interface Accumulator {
    /** Bytes in the entry, zero at first. */
    int bytes();

    /**
     * Makes sure that {@link #add} will succeed; returns from the function with a status when it
     * would not. Changes nothing that can be seen.
     *
     * @param cells address of the accumulator's bytes
     */
    void prepare(Code code, Value slot, Value cells, RowView input);

    /**
     * True when {@link #ready} stands for {@link #prepare}, and {@link #add} is a few instructions
     * that touch nothing but the cells.
     */
    default boolean isLight() {
        return false;
    }

    /** Jumps when {@link #prepare} would have to say; changes nothing. */
    default void ready(Code code, Value cells, RowView input, Label otherwise) {
        // Nothing can be refused.
    }

    /** Takes one row in. */
    void add(Code code, Value cells, RowView input);

    /**
     * Makes sure that {@link #merge} will succeed; returns from the function with a status when it
     * would not. Changes nothing that can be seen.
     */
    void prepareMerge(Code code, Value slot, Value cells, Value other);

    /** Takes in what other cells hold, as if their rows came after those of these. */
    void merge(Code code, Value cells, Value other);

    /** Writes the result into a field of a row whose null words are clear. */
    void result(Code code, Value cells, RowTarget target, int field);

    /** What {@link #save} writes. */
    List<Field> stateFields(String prefix);

    void save(Code code, Value cells, RowTarget target, int field);

    /** The opposite of save, into zeroed cells; returns a status when there is no memory. */
    void load(Code code, Value slot, Value cells, RowView state, int field);

    /**
     * As {@link #load}, for as long as the row stays: what it holds is pointed at, not copied; such
     * cells are only merged into others.
     */
    default void borrow(Code code, Value cells, RowView state, int field) {
        if (holdsMemory()) {
            throw new IllegalStateException("cannot borrow " + this);
        }
        load(code, cells, cells, state, field); // without memory of its own it needs no slot
    }

    /** True when the cells point at memory. */
    boolean holdsMemory();

    /** Frees that memory. */
    void release(Code code, Value slot, Value cells);
}
