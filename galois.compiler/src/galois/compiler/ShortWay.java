package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.WasmType.I32;
import static galois.compiler.ir.WasmType.I64;

import galois.compiler.ir.Code;
import galois.compiler.ir.Label;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.runtime.GroupTable;
import galois.compiler.runtime.Library;
import galois.compiler.runtime.RowView;
import galois.compiler.runtime.TableSearch;
import galois.compiler.runtime.WindowList;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The short way of a row into its group, written into the loop: for a row without NULL in the
 * window used last. That is nearly every row. Any other takes the long way, which would do the same
 * to this one.
 */
abstract class ShortWay {
    /** Keys of a group that is made in the loop. */
    static final int KEYS_IN_PLACE_MAX = 3;

    /** Weight of making one. */
    private static final int INSERT = 150;

    private final Library library;
    private final GroupTable groups;
    private final WindowList windows;
    private final int saving;
    private final List<Integer> keys;
    private TableSearch search;
    private Local start;

    /**
     * @param windows what the slot has a table of groups for each of
     * @param saving where the slot says that a save is under way
     * @param keys columns of the input row
     */
    ShortWay(
            Library library,
            GroupTable groups,
            WindowList windows,
            int saving,
            List<Integer> keys) {
        this.library = library;
        this.groups = groups;
        this.windows = windows;
        this.saving = saving;
        this.keys = List.copyOf(keys);
    }

    /** Columns of the input row none of which may be NULL. */
    abstract Collection<Integer> columns();

    /** New groups are written into the loop too when they are small and hold no texts. */
    abstract boolean insertsInPlace();

    /** Jumps when the row is not of the window that starts there. */
    abstract void window(Code code, RowView input, Value start, Label otherwise);

    /**
     * Takes the row in; or jumps, and nothing has changed but that there is an empty group.
     *
     * @param payload of its group
     * @param start of its window
     */
    abstract void take(
            Code code, RowView input, Value slot, Value payload, Value start, Label otherwise);

    /** Bytes of JVM code, estimated from above. */
    abstract int weight();

    /** All of that but {@link #take}. */
    int searchWeight() {
        int insert = insertsInPlace() ? INSERT + 50 * keys.size() : 0;
        return 300 + 70 * keys.size() + insert;
    }

    /** Ahead of the loop. */
    void begin(Code code, Value slot) {
        search = new TableSearch(library, groups, code);
        start = code.local(I64);
        code.storeWord(slot, saving, i32(0));
    }

    /** First, and after the long way: tables may have grown, windows may have changed. */
    void refresh(Code code, Value slot) {
        search.open(code, windows.currentTable(slot));
        code.set(start, windows.currentStart(slot));
    }

    /**
     * Takes the row in and goes on, or jumps with nothing changed. When groups are made in place it
     * calls no function: a loop without calls keeps what it works with in registers.
     */
    void emit(Code code, RowView input, Value slot, Label otherwise) {
        nulls(input).forEach(word -> code.jumpIf(word.ne(0), otherwise));
        window(code, input, start.get(), otherwise);
        Value hash = groups.keys().hashInPlace(code, input, keys);
        Local at = search.start(code, hash);
        Local entry = code.local(I32);
        code.block(
                found -> {
                    search.find(
                            code,
                            hash,
                            at,
                            entry,
                            (record, different) ->
                                    groups.keys()
                                            .differsInPlace(code, record, input, keys, different),
                            found);
                    code.jumpIf(search.table().eq(0), otherwise);
                    if (insertsInPlace()) {
                        search.append(code, hash, at, entry, otherwise);
                        groups.keys().loadInPlace(code, entry.get(), input, keys);
                        clear(code, entry.get().plus(groups.payload()));
                    } else {
                        insert(code, input, slot, hash, entry, otherwise);
                    }
                });
        Value payload = code.let(entry.get().plus(groups.payload()));
        take(code, input, slot, payload, start.get(), otherwise);
    }

    /** Makes the payload of a new group empty. */
    void clear(Code code, Value payload) {
        code.clearCells(payload, groups.entryBytes() - groups.payload());
    }

    /** A new group in the window used last; the long way says why it cannot be. */
    private void insert(
            Code code, RowView input, Value slot, Value hash, Local entry, Label otherwise) {
        groups.keys().loadInPlace(code, input, keys);
        code.set(entry, groups.insert().call(slot, search.table(), hash));
        code.jumpIf(entry.get().eq(0), otherwise);
        search.refresh(code);
    }

    /** For each null word the bits of the columns that are read. */
    private List<Value> nulls(RowView input) {
        Map<Integer, Long> masks = new TreeMap<>();
        columns().forEach(column -> masks.merge(column >>> 6, 1L << column, (a, b) -> a | b));
        List<Value> words = new ArrayList<>();
        masks.forEach((word, bits) -> words.add(input.nullWord(word).and(bits)));
        return words;
    }
}
