package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;

import galois.batch.RowError;
import galois.compiler.ir.Code;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.RowView;
import galois.compiler.runtime.Status;

/** Takes a row in. What can be refused comes first, so that a refusal changes nothing. */
final class SortUpdate {
    private final SortParts parts;
    private final SortState state;

    SortUpdate(SortParts parts) {
        this.parts = parts;
        this.state = parts.state();
    }

    /** {@code (slot) -> status} of the row in hand. */
    WasmFunction function() {
        WasmFunction self = WasmFunction.returning(I32, "sort", I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value time = parts.shape().isTimed() ? time(code, slot) : all(code, slot);
                    if (parts.shape().rowsMax() == 0) {
                        code.ret(Status.OK);
                        return;
                    }
                    Value texts = parts.heap().textBytes(code);
                    code.when(
                            texts.gtUnsigned(i32(parts.shape().textBytesMax())),
                            () -> code.ret(RowError.ROW_TOO_LARGE));
                    parts.heap().stamp(code, slot.wide(state.sequence()));
                    Value status =
                            code.let(parts.enter("enter", parts.heap().add()).call(slot, time));
                    code.when(status.ne(Status.OK), () -> code.ret(status));
                    code.storeWide(
                            slot, state.sequence(), slot.wide(state.sequence()).plus(i64(1)));
                    code.storeWord(slot, state.saving(), i32(0));
                    code.run(parts.due().call(slot));
                    code.ret(Status.OK);
                });
    }

    private Value all(Code code, Value slot) {
        code.when(slot.word(state.ended()).ne(0), () -> code.ret(RowError.LATE));
        return i64(0);
    }

    private Value time(Code code, Value slot) {
        RowView row = parts.input();
        int field = parts.shape().time();
        code.when(row.isNull(field), () -> code.ret(RowError.NO_TIME));
        Value time = code.let(row.cell(field));
        long last = Long.MAX_VALUE - parts.shape().sort().delayUs();
        code.when(time.gt(i64(last)), () -> code.ret(RowError.OVERFLOW));
        code.when(parts.dueAt(time).le(state.watermark(slot)), () -> code.ret(RowError.LATE));
        return time;
    }
}
