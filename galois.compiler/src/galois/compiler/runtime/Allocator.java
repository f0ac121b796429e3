package galois.compiler.runtime;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.WasmType.I32;

import galois.compiler.ir.Code;
import galois.compiler.ir.Local;
import galois.compiler.ir.Op;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;

/**
 * The heap: boundary tags, free blocks binned by the power of two of their size, neighbours merged
 * when freed. A block is {@code u32 size | used bit, u32 size of the block before}, then the
 * payload (8-aligned); a free one holds {@code u32 next, u32 previous} of its bin. All time is
 * bounded: a bin is searched for at most {@link #LOOKS_MAX} blocks before a larger one is split.
 */
public final class Allocator {
    private static final int HEADER = 8;
    private static final int BLOCK_MIN = 24;
    private static final int LOOKS_MAX = 16;

    /** Largest request: what is larger would never fit an instance. */
    private static final int REQUEST_MAX = 1 << 28;

    private static final int PAGE_SHIFT = 16;

    /** Memory grows by at most 16 MB at once. */
    private static final int STEP_PAGES_MAX = 256;

    private static final int BINS = 32;

    private final Library library;
    private final int bins;

    /**
     * First address that was never given out; 0 before first use. Beside it the last block's size.
     */
    private final int top;

    public Allocator(Library library) {
        this.library = library;
        bins = library.memory().reserve(4 * BINS);
        top = library.memory().reserve(8);
    }

    /** {@code (bytes) -> address}, 8-aligned, not zeroed; 0 when memory is exhausted. */
    public WasmFunction alloc() {
        return library.function(
                "g_alloc",
                () -> WasmFunction.returning(I32, "g_alloc", I32),
                function -> function.define(code -> alloc(function, code)));
    }

    /** {@code (address)}; 0 is ignored. */
    public WasmFunction free() {
        return library.function(
                "g_free",
                () -> WasmFunction.of("g_free", I32),
                function -> function.define(code -> free(function, code)));
    }

    private void alloc(WasmFunction self, Code code) {
        code.when(self.argument(0).gtUnsigned(i32(REQUEST_MAX)), () -> code.ret(0));
        Local need = code.var(self.argument(0).plus(HEADER + 7).and(-8));
        code.when(need.get().ltUnsigned(i32(BLOCK_MIN)), () -> code.set(need, i32(BLOCK_MIN)));
        Local block = code.var(find().call(need.get()));
        code.when(block.get().eq(0), () -> code.set(block, carve().call(need.get())));
        code.when(block.get().eq(0), () -> code.ret(0));
        code.storeWord(block.get(), 0, block.get().word(0).or(i32(1)));
        code.ret(block.get().plus(HEADER));
    }

    private static Value bin(Value size) {
        return i32(31).minus(Value.of(Op.I32_CLZ, size));
    }

    private Value head(Value bin) {
        return bin.shl(2).plus(bins);
    }

    /** {@code (need) -> free block, unlinked and split, or 0}. */
    private WasmFunction find() {
        return library.function(
                "heap_find",
                () -> WasmFunction.returning(I32, "heap_find", I32),
                self ->
                        self.define(
                                code -> {
                                    Value need = self.argument(0);
                                    Local bin = code.var(bin(need));
                                    Local looks = code.var(i32(LOOKS_MAX));
                                    Local block = code.var(head(bin.get()).word(0));
                                    code.loopWhile(
                                            block.get().ne(0).and(looks.get().gt(0)),
                                            () -> {
                                                code.when(
                                                        block.get().word(0).geUnsigned(need),
                                                        () ->
                                                                code.ret(
                                                                        take().call(
                                                                                        block.get(),
                                                                                        need)));
                                                code.set(block, block.get().word(8));
                                                code.set(looks, looks.get().minus(1));
                                            });
                                    code.set(bin, bin.get().plus(1));
                                    code.loopWhile(
                                            bin.get().lt(BINS),
                                            () -> {
                                                code.set(block, head(bin.get()).word(0));
                                                code.when(
                                                        block.get().ne(0),
                                                        () ->
                                                                code.ret(
                                                                        take().call(
                                                                                        block.get(),
                                                                                        need)));
                                                code.set(bin, bin.get().plus(1));
                                            });
                                    code.ret(0);
                                }));
    }

    /** {@code (block, need) -> block}: unlinks it and gives back what is too much. */
    private WasmFunction take() {
        return library.function(
                "heap_take",
                () -> WasmFunction.returning(I32, "heap_take", I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value block = self.argument(0);
                                    Value need = self.argument(1);
                                    code.run(unlink().call(block));
                                    Local size = code.var(block.word(0));
                                    Local rest = code.var(size.get().minus(need));
                                    code.when(
                                            rest.get().ltUnsigned(i32(BLOCK_MIN)),
                                            () -> code.ret(block));
                                    code.storeWord(block, 0, need);
                                    Local tail = code.var(block.plus(need));
                                    code.storeWord(tail.get(), 0, rest.get());
                                    code.storeWord(tail.get(), 4, need);
                                    code.storeWord(block.plus(size.get()), 4, rest.get());
                                    code.run(link().call(tail.get()));
                                    code.ret(block);
                                }));
    }

    /** {@code (free block)}: puts it at the head of its bin. */
    private WasmFunction link() {
        return library.function(
                "heap_link",
                () -> WasmFunction.of("heap_link", I32),
                self ->
                        self.define(
                                code -> {
                                    Value block = self.argument(0);
                                    Local head = code.var(head(bin(block.word(0))));
                                    Local next = code.var(head.get().word(0));
                                    code.storeWord(block, 8, next.get());
                                    code.storeWord(block, 12, i32(0));
                                    code.when(
                                            next.get().ne(0),
                                            () -> code.storeWord(next.get(), 12, block));
                                    code.storeWord(head.get(), 0, block);
                                }));
    }

    /** {@code (free block)}: takes it out of its bin. */
    private WasmFunction unlink() {
        return library.function(
                "heap_unlink",
                () -> WasmFunction.of("heap_unlink", I32),
                self ->
                        self.define(
                                code -> {
                                    Value block = self.argument(0);
                                    Local next = code.var(block.word(8));
                                    Local previous = code.var(block.word(12));
                                    code.when(
                                            next.get().ne(0),
                                            () -> code.storeWord(next.get(), 12, previous.get()));
                                    code.when(
                                            previous.get().ne(0),
                                            () -> code.storeWord(previous.get(), 8, next.get()),
                                            () ->
                                                    code.storeWord(
                                                            head(bin(block.word(0))),
                                                            0,
                                                            next.get()));
                                }));
    }

    /** {@code (need) -> new block at the top of the heap, or 0}. */
    private WasmFunction carve() {
        return library.function(
                "heap_carve",
                () -> WasmFunction.returning(I32, "heap_carve", I32),
                self ->
                        self.define(
                                code -> {
                                    Value need = self.argument(0);
                                    Local block = code.var(i32(top).word(0));
                                    code.when(
                                            block.get().eq(0),
                                            () ->
                                                    code.set(
                                                            block,
                                                            i32(library.memory().heapStart())
                                                                    .word(0)));
                                    Local end = code.var(block.get().plus(need));
                                    code.when(grow().call(end.get()).eq(0), () -> code.ret(0));
                                    code.storeWord(block.get(), 0, need);
                                    code.storeWord(block.get(), 4, i32(top).word(4));
                                    code.storeWord(i32(top), 0, end.get());
                                    code.storeWord(i32(top), 4, need);
                                    code.ret(block.get());
                                }));
    }

    /** {@code (end) -> 1 when memory reaches that address, else 0}. */
    private WasmFunction grow() {
        return library.function(
                "heap_grow",
                () -> WasmFunction.returning(I32, "heap_grow", I32),
                self ->
                        self.define(
                                code -> {
                                    Local pages = code.local(I32);
                                    Local step = code.local(I32);
                                    Local want =
                                            code.var(
                                                    self.argument(0)
                                                            .plus((1 << PAGE_SHIFT) - 1)
                                                            .ushr(PAGE_SHIFT));
                                    code.loop(
                                            again -> {
                                                code.set(pages, new Value.Pages());
                                                code.when(
                                                        pages.get().geUnsigned(want.get()),
                                                        () -> code.ret(1));
                                                grow(code, pages, want, step);
                                                code.jump(again);
                                            });
                                }));
    }

    /**
     * Half as much again, so that copying stays cheap; when that is refused, only what is needed.
     */
    private static void grow(Code code, Local pages, Local want, Local step) {
        Value missing = want.get().minus(pages.get());
        code.set(step, pages.get().ushr(1));
        code.when(step.get().ltUnsigned(missing), () -> code.set(step, missing));
        code.when(
                step.get().gtUnsigned(i32(STEP_PAGES_MAX)),
                () -> code.set(step, i32(STEP_PAGES_MAX)));
        code.when(
                new Value.Grow(step.get()).lt(0),
                () -> {
                    code.when(missing.ltUnsigned(step.get()), () -> code.set(step, missing));
                    code.when(new Value.Grow(step.get()).lt(0), () -> code.ret(0));
                });
    }

    private void free(WasmFunction self, Code code) {
        code.when(self.argument(0).eq(0), () -> code.ret());
        Local block = code.var(self.argument(0).minus(HEADER));
        Local size = code.var(block.get().word(0).and(-2));
        Local next = code.var(block.get().plus(size.get()));
        Local before = code.var(block.get().word(4));
        Local previous = code.var(block.get().minus(before.get()));
        code.when(
                before.get().ne(0),
                () ->
                        code.when(
                                previous.get().word(0).and(1).eq(0),
                                () -> {
                                    code.run(unlink().call(previous.get()));
                                    code.set(block, previous.get());
                                    code.set(size, size.get().plus(before.get()));
                                }));
        code.when(
                next.get().eq(i32(top).word(0)),
                () -> {
                    code.storeWord(i32(top), 0, block.get());
                    code.storeWord(i32(top), 4, block.get().word(4));
                    code.ret();
                });
        code.when(
                next.get().word(0).and(1).eq(0),
                () -> {
                    code.run(unlink().call(next.get()));
                    code.set(size, size.get().plus(next.get().word(0)));
                });
        code.storeWord(block.get(), 0, size.get());
        code.storeWord(block.get().plus(size.get()), 4, size.get());
        code.run(link().call(block.get()));
    }
}
