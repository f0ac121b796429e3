package galois.compiler.runtime;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.WasmType.I32;

import galois.compiler.ir.Code;
import galois.compiler.ir.Label;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;

/**
 * A search written into a loop: what it needs of a {@link GroupTable} stands in locals, which are
 * right until anything else changes the table; then {@link #refresh} is due.
 */
public final class TableSearch {
    private final GroupTable groups;
    private final int nothing;
    private final Local table;
    private final Local index;
    private final Local mask;
    private final Local shift;
    private final Local entries;
    private final Local room;

    /** Of no table yet. */
    public TableSearch(Library library, GroupTable groups, Code code) {
        this.groups = groups;
        this.nothing = library.memory().reserve(8);
        table = code.local(I32);
        index = code.local(I32);
        mask = code.local(I32);
        shift = code.local(I32);
        entries = code.local(I32);
        room = code.local(I32);
    }

    public Value table() {
        return table.get();
    }

    /** Another table, or 0: nothing is found there. */
    public void open(Code code, Value other) {
        code.set(table, other);
        refresh(code);
    }

    /** The table has changed. */
    public void refresh(Code code) {
        // A table without entries has no index: one free place stands for it.
        code.set(index, i32(nothing));
        code.set(mask, i32(0));
        code.set(shift, i32(31));
        code.set(room, i32(0));
        code.when(
                table.get().ne(0),
                () ->
                        code.when(
                                groups.places(table.get()).ne(0),
                                () -> {
                                    code.set(entries, groups.entries(table.get()));
                                    code.set(index, groups.index(table.get()));
                                    code.set(mask, groups.places(table.get()).minus(1));
                                    Value places = groups.places(table.get());
                                    code.set(shift, GroupTable.shift(places));
                                    code.set(room, groups.room(code, table.get()));
                                }));
    }

    /** Where the search for a hash begins. */
    public Local start(Code code, Value hash) {
        return code.var(hash.ushr(shift.get()));
    }

    /** Jumps when the key of an entry is another one; it may be NULL. */
    public interface Comparison {
        void emit(Value entry, Label different);
    }

    /**
     * Sets {@code entry} and jumps to {@code found}, or goes on with {@code at} at a free place.
     */
    public void find(
            Code code, Value hash, Local at, Local entry, Comparison comparison, Label found) {
        code.block(
                missing ->
                        code.loop(
                                again -> {
                                    Value here = code.let(groups.at(index.get(), at.get()));
                                    boolean hasHashes = groups.hasHashes();
                                    Value place = code.let(hasHashes ? here.wide(0) : here.word(0));
                                    Value number = hasHashes ? place.wrap() : place;
                                    code.jumpIf(number.eq(0), missing);
                                    code.set(at, at.get().plus(1).and(mask.get()));
                                    if (hasHashes) {
                                        code.jumpIf(place.ushr(32).wrap().ne(hash), again);
                                    }
                                    code.set(entry, groups.numbered(entries.get(), number));
                                    comparison.emit(entry.get(), again);
                                    code.jump(found);
                                }));
    }

    /**
     * Sets {@code entry} to a new one that is entered at the free place; its content is the
     * caller's. Jumps, and nothing has changed, when there is no room without growing.
     */
    public void append(Code code, Value hash, Local at, Local entry, Label full) {
        Value count = code.let(groups.count(table.get()));
        code.jumpIf(count.geUnsigned(room.get()), full);
        code.set(entry, entries.get().plus(count.times(groups.entryBytes())));
        Value number = code.let(count.plus(1));
        groups.enter(code, groups.at(index.get(), at.get()), number, hash);
        code.storeWord(table.get(), GroupTable.COUNT, number);
    }
}
