package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.WasmType.I32;

import galois.batch.RowKind;
import galois.batch.RowLayout;
import galois.compiler.ir.Code;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.RowOutput;
import galois.compiler.runtime.Status;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** How state becomes rows and rows state, whatever operator it belongs to. */
final class StateRows {
    private static final int FOREIGN_LAYOUT = -1;
    private static final int NO_MEMORY = -2;
    private static final int AREA_TOO_SMALL = -1;

    private StateRows() {}

    /** The hash of what state rows mean. */
    static String layout(String meaning) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(meaning.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** Begins a row with every field NULL and 0, or returns FULL. */
    static Value begin(Code code, RowOutput writer, Value slot, Value out, Value time) {
        Value row = code.let(writer.begin().call(out));
        code.when(row.eq(0), () -> code.ret(Status.FULL));
        code.run(writer.errorAt().call(row, slot, time, i32(0)));
        writer.head(code, row, slot, RowKind.STATE, time);
        return row;
    }

    /** Leaves g_save when a row was not written. */
    static void leaveIfFull(Code code, Value call) {
        Value status = code.let(call);
        code.when(status.eq(Status.FULL), () -> code.ret(1));
        code.when(status.gt(0), () -> code.ret(AREA_TOO_SMALL));
    }

    /**
     * {@code g_load(slot, batch, first, n) -> 0, -1 foreign layout, -2 no memory}.
     *
     * @param row {@code (slot, row, end) -> OK}, or another status without memory
     * @param end {@code (slot)} is run when all rows are in; may be {@code null}
     */
    static WasmFunction load(RowOutput writer, WasmFunction row, WasmFunction end) {
        WasmFunction self = WasmFunction.returning(I32, "g_load", I32, I32, I32, I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value batch = self.argument(1);
                    Value foreign =
                            batch.word(RowLayout.STRIDE)
                                    .ne(writer.stride())
                                    .or(batch.word(RowLayout.LAYOUT).ne(writer.schema().layout()));
                    code.when(foreign, () -> code.ret(FOREIGN_LAYOUT));
                    Value bytes = code.let(batch.plus(batch.word(RowLayout.BYTES)));
                    var at =
                            code.var(
                                    batch.plus(RowLayout.HEADER_BYTES)
                                            .plus(self.argument(2).times(writer.stride())));
                    Value stop = code.let(at.get().plus(self.argument(3).times(writer.stride())));
                    code.loopWhile(
                            at.get().ltUnsigned(stop),
                            () -> {
                                code.when(
                                        at.get().octet(RowLayout.ROW_KIND).ne(RowKind.STATE),
                                        () -> code.ret(FOREIGN_LAYOUT));
                                Value status = row.call(slot, at.get(), bytes);
                                code.when(status.ne(Status.OK), () -> code.ret(NO_MEMORY));
                                code.set(at, at.get().plus(writer.stride()));
                            });
                    if (end != null) {
                        code.run(end.call(slot));
                    }
                    code.ret(0);
                });
    }
}
