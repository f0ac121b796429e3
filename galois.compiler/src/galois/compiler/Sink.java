package galois.compiler;

import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.RowOutput;

/** Where the rows of the stages go. */
sealed interface Sink {
    /** Into the output area. */
    record Output(RowOutput writer) implements Sink {}

    /**
     * Through an operator that lets rows pass at once.
     *
     * @param rowAddress the last stage leaves its output row there
     * @param update {@code (slot, out) -> status} takes the row on
     */
    record Pass(int rowAddress, WasmFunction update) implements Sink {}

    /**
     * Into the state of an operator.
     *
     * @param rowAddress the last stage leaves its output row there
     * @param keys leading fields of that row that are compared
     * @param update {@code (slot) -> status} takes the row in; never FULL
     * @param hit the short way of most rows from the condition of the first stage on; {@code null}
     *     when there is none
     */
    record State(int rowAddress, int keys, WasmFunction update, ShortWay hit) implements Sink {}

    /**
     * Into the state of an operator that may give rows at once.
     *
     * @param rowAddress the last stage leaves its output row there
     * @param keys leading fields of that row that are compared
     * @param update {@code (slot, out) -> status} takes the row in; what it has no room for leaves
     *     the slot pending
     */
    record Through(int rowAddress, int keys, WasmFunction update) implements Sink {}
}
