package galois.compiler;

import galois.compiler.ir.WasmFunction;

import java.util.List;

/** What differs between kernels. */
interface Operator {
    /** For each port: from an input row to the output or into the state. */
    List<RowPath> paths();

    /** Bytes of the operator's state inside a slot, zero at first. */
    int stateBytes();

    /** {@code (slot)} completes a new slot; {@code null} without state. */
    WasmFunction initialise();

    /** {@code (slot)} frees the state; {@code null} without state. */
    WasmFunction release();

    /** Empty without state. */
    String stateLayout();

    /** g_time, g_drain, g_save and g_load. */
    List<WasmFunction> exports();
}
