package galois.compiler;

import galois.compiler.ir.Code;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;

/** The rows of a partition, as the payload of its entry keeps them ({@code heap}: its address). */
interface KeptRows {
    /** Bytes of a kept row ahead of it: {@code i64}, its number among all that came, or 0. */
    int SEQUENCE = 8;

    /** Bytes of the payload, zero at first. */
    int bytes();

    Value rows(Value heap);

    /**
     * The address of the row with that number; the next row may be at the same one.
     *
     * @param time of the rows of that partition
     */
    Value row(Value heap, Value number, Value time);

    /** Bytes of the texts of the row in hand that are kept. */
    Value textBytes(Code code);

    /** Gives the row in hand its number among all rows. */
    void stamp(Code code, Value sequence);

    /** {@code (slot, heap) -> OK or an error}: takes the row in hand in, if it is wanted. */
    WasmFunction add();

    /** {@code (slot, heap) -> 1, or 0 without memory}: the row in hand goes to the end. */
    WasmFunction append();

    /** {@code (heap)}: puts all rows in order; {@code null}: they are. */
    WasmFunction sort();

    /** {@code (slot, heap)}: frees all rows; {@code null}: the payload is all there is. */
    WasmFunction free();

    /** Writes a number into the row that {@link #row} gave. */
    void number(Code code, Value kept, int ranking, Value number);
}
