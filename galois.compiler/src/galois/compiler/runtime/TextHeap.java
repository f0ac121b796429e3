package galois.compiler.runtime;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.WasmType.I32;

import galois.compiler.ir.Code;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;

/**
 * Texts that come one by one and go all at once: one after the other in chunks, each twice as large
 * as the one before up to {@link #CHUNK_MAX}. The owner keeps one word, the newest chunk, 0 at
 * first. Chunk: {@code u32 older, u32 bytes, u32 used, u32 0, texts}.
 */
final class TextHeap {
    private static final int OLDER = 0;
    private static final int BYTES = 4;
    private static final int USED = 8;
    private static final int HEAD = 16;

    private static final int CHUNK_MIN = 256;

    /** Largest chunk, but for a text that needs more. */
    static final int CHUNK_MAX = 64 << 10;

    private final Library library;
    private final Charge charge;

    TextHeap(Library library) {
        this.library = library;
        this.charge = library.part(Charge.class, Charge::new);
    }

    /** {@code (slot, owner, bytes) -> address}; 0 and no change without memory. */
    WasmFunction take() {
        return library.function(
                "texts_take",
                () -> WasmFunction.returning(I32, "texts_take", I32, I32, I32),
                self -> self.define(code -> take(self, code)));
    }

    private void take(WasmFunction self, Code code) {
        Value owner = self.argument(1);
        Value bytes = self.argument(2);
        Local chunk = code.var(owner.word(0));
        code.block(
                fits -> {
                    code.when(
                            chunk.get().ne(0),
                            () -> {
                                Value end = chunk.get().word(USED).plus(bytes);
                                code.jumpIf(end.leUnsigned(chunk.get().word(BYTES)), fits);
                            });
                    code.set(chunk, chunk().call(self.argument(0), chunk.get(), bytes));
                    code.when(chunk.get().eq(0), () -> code.ret(0));
                    code.storeWord(owner, 0, chunk.get());
                });
        Value used = code.let(chunk.get().word(USED));
        code.storeWord(chunk.get(), USED, used.plus(bytes));
        code.ret(chunk.get().plus(used));
    }

    /** {@code (slot, older, bytes) -> chunk with that room, or 0}. */
    private WasmFunction chunk() {
        return library.function(
                "texts_chunk",
                () -> WasmFunction.returning(I32, "texts_chunk", I32, I32, I32),
                self -> self.define(code -> chunk(self, code)));
    }

    private void chunk(WasmFunction self, Code code) {
        Value slot = self.argument(0);
        Value older = self.argument(1);
        Value least = code.let(self.argument(2).plus(HEAD));
        Local size = code.var(i32(CHUNK_MIN));
        code.when(older.ne(0), () -> code.set(size, older.word(BYTES).shl(1)));
        code.when(size.get().gtUnsigned(i32(CHUNK_MAX)), () -> code.set(size, i32(CHUNK_MAX)));
        code.when(size.get().ltUnsigned(least), () -> code.set(size, least));
        Local block = code.var(charge.take().call(slot, size.get()));
        code.when(
                block.get().eq(0),
                () -> {
                    // Near the limit the text itself may still fit.
                    code.set(size, least);
                    code.set(block, charge.take().call(slot, least));
                    code.when(block.get().eq(0), () -> code.ret(0));
                });
        code.storeWord(block.get(), OLDER, older);
        code.storeWord(block.get(), BYTES, size.get());
        code.storeWord(block.get(), USED, i32(HEAD));
        code.ret(block.get());
    }

    /** {@code (owner, bytes)}: takes back what was given last, all of it. */
    WasmFunction giveBack() {
        return library.function(
                "texts_give_back",
                () -> WasmFunction.of("texts_give_back", I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value bytes = self.argument(1);
                                    code.when(bytes.eq(0), code::ret);
                                    Value chunk = code.let(self.argument(0).word(0));
                                    Value used = chunk.word(USED).minus(bytes);
                                    code.storeWord(chunk, USED, used);
                                }));
    }

    /** {@code (slot, chunk)}: frees a chunk and all older ones. */
    WasmFunction free() {
        return library.function(
                "texts_free",
                () -> WasmFunction.of("texts_free", I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Local chunk = code.var(self.argument(1));
                                    code.loopWhile(
                                            chunk.get().ne(0),
                                            () -> {
                                                Value present = code.let(chunk.get());
                                                Value bytes = code.let(present.word(BYTES));
                                                code.set(chunk, present.word(OLDER));
                                                Value slot = self.argument(0);
                                                code.run(
                                                        charge.release()
                                                                .call(slot, present, bytes));
                                            });
                                }));
    }
}
