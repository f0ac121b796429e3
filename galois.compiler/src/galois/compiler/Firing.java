package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.WasmType.I32;
import static galois.compiler.ir.WasmType.I64;

import galois.api.kernel.TimeDomain;
import galois.batch.RowLayout;
import galois.batch.SlotLayout;
import galois.compiler.ir.Code;
import galois.compiler.ir.Label;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.RowOutput;

import java.util.function.Consumer;

/** The calls that let time pass: what is due comes out, and can stop after any row. */
final class Firing {
    private Firing() {}

    /**
     * {@code g_time(slot, domain, us, out) -> 0 or 1 more}.
     *
     * @param watermark where the slot has the greatest event time passed on
     * @param fire {@code (slot, out) -> 0 or 1}: emits all that is due by then
     */
    static WasmFunction time(RowOutput output, int watermark, WasmFunction fire) {
        return time(output, TimeDomain.EVENT, watermark, fire);
    }

    /**
     * The same for what is due in that domain; the end of event time is the end of any.
     *
     * @param watermark where the slot has the greatest time passed on
     */
    static WasmFunction time(
            RowOutput output, TimeDomain domain, int watermark, WasmFunction fire) {
        WasmFunction self = WasmFunction.returning(I32, "g_time", I32, I32, I64, I32);
        return self.define(
                code -> {
                    Value slot = self.argument(0);
                    code.run(output.prepare().call(self.argument(3)));
                    Value other = self.argument(1).ne(domain.ordinal());
                    Value counts =
                            domain == TimeDomain.EVENT
                                    ? other
                                    : other.and(self.argument(2).ne(RowLayout.WATERMARK_END));
                    code.when(counts, () -> code.ret(0));
                    code.when(
                            self.argument(2).gt(slot.wide(watermark)),
                            () -> code.storeWide(slot, watermark, self.argument(2)));
                    code.ret(fire.call(slot, self.argument(3)));
                });
    }

    /**
     * {@code g_drain(slot, out) -> 0 or 1 more}.
     *
     * @param fire {@code (slot, out) -> 0 or 1}: goes on with what is pending
     */
    static WasmFunction drain(RowOutput output, WasmFunction fire) {
        WasmFunction self = WasmFunction.returning(I32, "g_drain", I32, I32);
        return self.define(
                code -> {
                    code.run(output.prepare().call(self.argument(1)));
                    code.when(self.argument(0).word(SlotLayout.PENDING).eq(0), () -> code.ret(0));
                    code.ret(fire.call(self.argument(0), self.argument(1)));
                });
    }

    /**
     * The body of a function {@code (slot, out) -> 0 or 1} that can stop: pending when it does.
     *
     * @param saving where the slot says that a save is under way; it begins anew
     * @param work jumps to the label when the output is full, and falls through when all is out
     */
    static void untilFull(Code code, Value slot, int saving, Consumer<Label> work) {
        code.storeWord(slot, saving, i32(0));
        code.storeWord(slot, SlotLayout.PENDING, i32(0));
        code.block(
                full -> {
                    work.accept(full);
                    code.ret(0);
                });
        code.storeWord(slot, SlotLayout.PENDING, i32(1));
        code.ret(1);
    }
}
