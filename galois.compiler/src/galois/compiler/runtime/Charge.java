package galois.compiler.runtime;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.WasmType.I32;

import galois.batch.SlotLayout;
import galois.compiler.ir.Code;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;

/** Heap blocks that count against the state limit of a slot. */
public final class Charge {
    private final Library library;
    private final Allocator heap;

    public Charge(Library library) {
        this.library = library;
        this.heap = library.part(Allocator.class, Allocator::new);
    }

    private static Value rounded(Value bytes) {
        return bytes.plus(7).and(-8);
    }

    Allocator heap() {
        return heap;
    }

    /**
     * {@code (slot, bytes) -> 1}: charges for a block that is there; 0 and no change over the
     * limit.
     */
    WasmFunction reserve() {
        return library.function(
                "charge_reserve",
                () -> WasmFunction.returning(I32, "charge_reserve", I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value slot = self.argument(0);
                                    Value used = slot.word(SlotLayout.STATE_BYTES);
                                    Value limit = slot.word(SlotLayout.STATE_BYTES_MAX);
                                    Value bytes = code.let(rounded(self.argument(1)));
                                    code.when(
                                            used.extend().plus(bytes.extend()).gt(limit.extend()),
                                            () -> code.ret(0));
                                    code.storeWord(slot, SlotLayout.STATE_BYTES, used.plus(bytes));
                                    code.ret(1);
                                }));
    }

    /** The opposite of {@link #reserve}. */
    void giveBack(Code code, Value slot, Value bytes) {
        Value used = slot.word(SlotLayout.STATE_BYTES);
        code.storeWord(slot, SlotLayout.STATE_BYTES, used.minus(rounded(bytes)));
    }

    /** {@code (slot, bytes) -> address}; 0 and no change over the limit or without memory. */
    public WasmFunction take() {
        return library.function(
                "charge_take",
                () -> WasmFunction.returning(I32, "charge_take", I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value slot = self.argument(0);
                                    Value bytes = self.argument(1);
                                    code.when(reserve().call(slot, bytes).eq(0), () -> code.ret(0));
                                    Local block = code.var(heap.alloc().call(rounded(bytes)));
                                    code.when(block.get().eq(0), () -> giveBack(code, slot, bytes));
                                    code.ret(block.get());
                                }));
    }

    /** {@code (slot, address, bytes)}: gives back what {@link #take} gave; 0 is ignored. */
    public WasmFunction release() {
        return library.function(
                "charge_release",
                () -> WasmFunction.of("charge_release", I32, I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value slot = self.argument(0);
                                    code.when(self.argument(1).eq(0), code::ret);
                                    code.run(heap.free().call(self.argument(1)));
                                    giveBack(code, slot, self.argument(2));
                                }));
    }

    /** {@code (slot, block, bytes, newBytes) -> larger block with the old content, or 0}. */
    public WasmFunction grow() {
        return library.function(
                "charge_grow",
                () -> WasmFunction.returning(I32, "charge_grow", I32, I32, I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value slot = self.argument(0);
                                    Value old = self.argument(1);
                                    Value oldBytes = self.argument(2);
                                    Local block = code.var(take().call(slot, self.argument(3)));
                                    code.when(block.get().eq(0), () -> code.ret(i32(0)));
                                    code.copy(block.get(), old, oldBytes);
                                    code.run(release().call(slot, old, oldBytes));
                                    code.ret(block.get());
                                }));
    }
}
