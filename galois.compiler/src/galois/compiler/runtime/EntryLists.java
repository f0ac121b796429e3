package galois.compiler.runtime;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.WasmType.I32;

import galois.compiler.ir.Code;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;

/**
 * The lists that the entries of a {@link JoinTable} are on, and the numbers of entries on the list
 * of all.
 */
public record EntryLists(Library library) {
    /**
     * {@code (list, entry)}: puts an entry on a list behind those that leave no later.
     *
     * @param at offset of the entry's {@code u32 next, u32 previous} on that list
     */
    WasmFunction link(int at) {
        String name = "join_link_" + at;
        return library.function(
                name,
                () -> WasmFunction.of(name, I32, I32),
                self -> self.define(code -> link(self, code, at)));
    }

    private static void link(WasmFunction self, Code code, int at) {
        Value list = self.argument(0);
        Value entry = self.argument(1);
        Value leaves = code.let(entry.wide(JoinTable.LEAVES));
        Local before = code.var(list.word(4));
        Local next = code.var(i32(0));
        code.block(
                found ->
                        code.loop(
                                again -> {
                                    code.jumpIf(before.get().eq(0), found);
                                    code.jumpIf(
                                            before.get().wide(JoinTable.LEAVES).le(leaves), found);
                                    code.set(next, before.get());
                                    code.set(before, before.get().word(at + 4));
                                    code.jump(again);
                                }));
        code.storeWord(entry, at, next.get());
        code.storeWord(entry, at + 4, before.get());
        code.when(
                before.get().eq(0),
                () -> code.storeWord(list, 0, entry),
                () -> code.storeWord(before.get(), at, entry));
        code.when(
                next.get().eq(0),
                () -> code.storeWord(list, 4, entry),
                () -> code.storeWord(next.get(), at + 4, entry));
    }

    /** {@code (list, entry)}: takes an entry off a list. */
    WasmFunction unlink(int at) {
        String name = "join_unlink_" + at;
        return library.function(
                name,
                () -> WasmFunction.of(name, I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value list = self.argument(0);
                                    Value next = code.let(self.argument(1).word(at));
                                    Value before = code.let(self.argument(1).word(at + 4));
                                    code.when(
                                            before.eq(0),
                                            () -> code.storeWord(list, 0, next),
                                            () -> code.storeWord(before, at, next));
                                    code.when(
                                            next.eq(0),
                                            () -> code.storeWord(list, 4, before),
                                            () -> code.storeWord(next, at + 4, before));
                                }));
    }

    /** {@code (table, entry) -> the number of the entry on the list of all, from 0; -1 for 0}. */
    public WasmFunction position() {
        return library.function(
                "join_position",
                () -> WasmFunction.returning(I32, "join_position", I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Local number = code.var(i32(-1));
                                    Local entry = code.var(self.argument(1));
                                    code.loopWhile(
                                            entry.get().ne(0),
                                            () -> {
                                                code.set(number, number.get().plus(1));
                                                code.set(entry, entry.get().word(JoinTable.BEFORE));
                                            });
                                    code.ret(number.get());
                                }));
    }

    /** {@code (table, number) -> the entry with that number; 0 for -1}. */
    public WasmFunction at() {
        return library.function(
                "join_at",
                () -> WasmFunction.returning(I32, "join_at", I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Local left = code.var(self.argument(1));
                                    Local entry = code.var(i32(0));
                                    code.when(
                                            left.get().ge(i32(0)),
                                            () ->
                                                    code.set(
                                                            entry,
                                                            self.argument(0)
                                                                    .word(JoinTable.FIRST)));
                                    code.loopWhile(
                                            left.get().gt(i32(0)),
                                            () -> {
                                                code.set(entry, JoinTable.after(entry.get()));
                                                code.set(left, left.get().minus(1));
                                            });
                                    code.ret(entry.get());
                                }));
    }
}
