package galois.compiler.runtime;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;
import static galois.compiler.ir.WasmType.I64;

import galois.compiler.ir.Code;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;

/**
 * The open windows of a slot, by start: an array of {@code i64 start, u32 table, u32 mark}. Rows
 * mostly hit the window that was hit before, else it is found by bisection; windows leave at the
 * front.
 */
public final class WindowList {
    private static final int ARRAY = 0;
    private static final int HEAD = 4;
    private static final int COUNT = 8;
    private static final int CAPACITY = 12;
    private static final int LAST = 16;
    private static final int CURRENT_TABLE = 20;
    private static final int CURRENT_START = 24;
    private static final int EXPECTED = 32;

    /** Bytes inside the slot. */
    public static final int BYTES = 40;

    private static final int WINDOW = 16;
    private static final int MARK = 12;
    private static final int FIRST_CAPACITY = 4;

    private final Library library;
    private final GroupTable tables;
    private final Charge charge;
    private final int base;

    /**
     * @param base offset of the list's words in the slot, zero at first
     */
    public WindowList(Library library, GroupTable tables, int base) {
        this.library = library;
        this.tables = tables;
        this.base = base;
        this.charge = library.part(Charge.class, Charge::new);
    }

    private Value word(Value slot, int offset) {
        return slot.word(base + offset);
    }

    private void set(Code code, Value slot, int offset, Value value) {
        code.storeWord(slot, base + offset, value);
    }

    private Value window(Value slot, Value index) {
        return word(slot, ARRAY).plus(index.times(WINDOW));
    }

    /** Index of the first open window. */
    public Value head(Value slot) {
        return word(slot, HEAD);
    }

    /** Index behind the last open window. */
    public Value end(Value slot) {
        return word(slot, COUNT);
    }

    public Value isEmpty(Value slot) {
        return head(slot).eq(end(slot));
    }

    public Value start(Value slot, Value index) {
        return window(slot, index).wide(0);
    }

    public Value table(Value slot, Value index) {
        return window(slot, index).word(8);
    }

    /** What its owner has noted of a window; 0 at first. */
    public Value mark(Value slot, Value index) {
        return window(slot, index).word(MARK);
    }

    public void mark(Code code, Value slot, Value index, int mark) {
        code.storeWord(window(slot, index), MARK, i32(mark));
    }

    /** Index of the window that {@link #table()} gave last. */
    public Value last(Value slot) {
        return word(slot, LAST);
    }

    /** The table of the window used last; 0 when that window is gone. */
    public Value currentTable(Value slot) {
        return word(slot, CURRENT_TABLE);
    }

    /** The start of the window used last. */
    public Value currentStart(Value slot) {
        return slot.wide(base + CURRENT_START);
    }

    private void use(Code code, Value slot, Value index, Value start, Value table) {
        set(code, slot, LAST, index);
        set(code, slot, CURRENT_TABLE, table);
        code.storeWide(slot, base + CURRENT_START, start);
    }

    /** {@code (slot, start) -> table of that window, made when missing; 0 without memory}. */
    public WasmFunction table() {
        return library.function(
                "window_table",
                () -> WasmFunction.returning(I32, "window_table", I32, I64),
                self ->
                        self.define(
                                code -> {
                                    Value slot = self.argument(0);
                                    Value start = self.argument(1);
                                    Value current = code.let(currentTable(slot));
                                    code.when(
                                            current.ne(0),
                                            () ->
                                                    code.when(
                                                            currentStart(slot).eq(start),
                                                            () -> code.ret(current)));
                                    Local at = code.var(position().call(slot, start));
                                    code.when(
                                            at.get().ltUnsigned(end(slot)),
                                            () ->
                                                    code.when(
                                                            start(slot, at.get()).eq(start),
                                                            () -> {
                                                                Value found =
                                                                        code.let(
                                                                                table(
                                                                                        slot,
                                                                                        at.get()));
                                                                use(
                                                                        code, slot, at.get(), start,
                                                                        found);
                                                                code.ret(found);
                                                            }));
                                    code.ret(insert().call(slot, start));
                                }));
    }

    /** {@code (slot, start) -> index of the first window that does not start earlier}. */
    public WasmFunction position() {
        return library.function(
                "window_position",
                () -> WasmFunction.returning(I32, "window_position", I32, I64),
                self ->
                        self.define(
                                code -> {
                                    Value slot = self.argument(0);
                                    Local low = code.var(head(slot));
                                    Local high = code.var(end(slot));
                                    Local middle = code.local(I32);
                                    code.loopWhile(
                                            low.get().ltUnsigned(high.get()),
                                            () -> {
                                                code.set(
                                                        middle, low.get().plus(high.get()).ushr(1));
                                                code.when(
                                                        start(slot, middle.get())
                                                                .lt(self.argument(1)),
                                                        () -> code.set(low, middle.get().plus(1)),
                                                        () -> code.set(high, middle.get()));
                                            });
                                    code.ret(low.get());
                                }));
    }

    /** {@code (slot, start) -> table of a new window, or 0 and no change}. */
    private WasmFunction insert() {
        return library.function(
                "window_insert",
                () -> WasmFunction.returning(I32, "window_insert", I32, I64),
                self -> self.define(code -> insert(self, code)));
    }

    private void insert(WasmFunction self, Code code) {
        Value slot = self.argument(0);
        code.when(
                end(slot).eq(word(slot, CAPACITY)),
                () -> code.when(room().call(slot).eq(0), () -> code.ret(0)));
        Value table = code.let(tables.create().call(slot, word(slot, EXPECTED)));
        code.when(
                table.eq(0),
                () -> {
                    code.run(shrink().call(slot));
                    code.ret(0);
                });
        Value at = code.let(position().call(slot, self.argument(1)));
        Value here = code.let(window(slot, at));
        Value behind = end(slot).minus(at).times(WINDOW);
        code.copy(here.plus(WINDOW), here, behind);
        code.storeWide(here, 0, self.argument(1));
        code.storeWord(here, 8, table);
        code.storeWord(here, MARK, i32(0));
        set(code, slot, COUNT, end(slot).plus(1));
        use(code, slot, at, self.argument(1), table);
        code.ret(table);
    }

    /** {@code (slot) -> 1 when there is room behind the last window}: first that of closed ones. */
    private WasmFunction room() {
        return library.function(
                "window_room",
                () -> WasmFunction.returning(I32, "window_room", I32),
                self ->
                        self.define(
                                code -> {
                                    Value slot = self.argument(0);
                                    Value head = code.let(head(slot));
                                    code.when(
                                            head.gtUnsigned(word(slot, CAPACITY).ushr(1)),
                                            () -> {
                                                Value open = end(slot).minus(head);
                                                code.copy(
                                                        word(slot, ARRAY),
                                                        window(slot, head),
                                                        open.times(WINDOW));
                                                set(code, slot, COUNT, open);
                                                set(code, slot, HEAD, i32(0));
                                                set(code, slot, CURRENT_TABLE, i32(0));
                                                code.ret(1);
                                            });
                                    Value old = code.let(word(slot, CAPACITY));
                                    Value more = code.let(old.shl(1).plus(FIRST_CAPACITY));
                                    Value block =
                                            code.let(
                                                    charge.grow()
                                                            .call(
                                                                    slot,
                                                                    word(slot, ARRAY),
                                                                    old.times(WINDOW),
                                                                    more.times(WINDOW)));
                                    code.when(block.eq(0), () -> code.ret(0));
                                    set(code, slot, ARRAY, block);
                                    set(code, slot, CAPACITY, more);
                                    code.ret(1);
                                }));
    }

    /** {@code (slot)}: takes the first window off and frees its table. */
    public WasmFunction removeFirst() {
        return library.function(
                "window_remove_first",
                () -> WasmFunction.of("window_remove_first", I32),
                self ->
                        self.define(
                                code -> {
                                    Value slot = self.argument(0);
                                    Value head = code.let(head(slot));
                                    Value table = code.let(table(slot, head));
                                    Value groups = code.let(tables.count(table));
                                    code.run(tables.free().call(slot, table));
                                    set(code, slot, HEAD, head.plus(1));
                                    set(code, slot, CURRENT_TABLE, i32(0));
                                    code.run(shrink().call(slot));
                                    // The next window will hold about as many groups.
                                    set(code, slot, EXPECTED, groups);
                                }));
    }

    /** {@code (slot)}: an empty list holds no memory. */
    private WasmFunction shrink() {
        return library.function(
                "window_shrink",
                () -> WasmFunction.of("window_shrink", I32),
                self ->
                        self.define(
                                code -> {
                                    Value slot = self.argument(0);
                                    code.when(isEmpty(slot).eq(0), code::ret);
                                    code.run(
                                            charge.release()
                                                    .call(
                                                            slot,
                                                            word(slot, ARRAY),
                                                            word(slot, CAPACITY).times(WINDOW)));
                                    code.fill(slot.plus(base), i32(0), i32(BYTES));
                                }));
    }

    /** {@code (slot)}: takes the window used last off again when it holds nothing. */
    public WasmFunction dropEmpty() {
        return library.function(
                "window_drop_empty",
                () -> WasmFunction.of("window_drop_empty", I32),
                self ->
                        self.define(
                                code -> {
                                    Value slot = self.argument(0);
                                    Value at = code.let(word(slot, LAST));
                                    Value table = code.let(table(slot, at));
                                    code.when(tables.count(table).ne(0), code::ret);
                                    code.run(tables.free().call(slot, table));
                                    Value here = code.let(window(slot, at));
                                    Value behind = end(slot).minus(at).minus(1).times(WINDOW);
                                    code.copy(here, here.plus(WINDOW), behind);
                                    set(code, slot, COUNT, end(slot).minus(1));
                                    set(code, slot, CURRENT_TABLE, i32(0));
                                    code.run(shrink().call(slot));
                                }));
    }

    /** {@code (slot)}: frees every window. */
    public WasmFunction free() {
        return library.function(
                "window_free",
                () -> WasmFunction.of("window_free", I32),
                self ->
                        self.define(
                                code -> {
                                    Value slot = self.argument(0);
                                    code.loopWhile(
                                            isEmpty(slot).eq(0),
                                            () -> code.run(removeFirst().call(slot)));
                                }));
    }

    /** {@code (time, size, offset) -> start of the window that holds that time}. */
    public WasmFunction startOf() {
        return library.function(
                "window_start",
                () -> WasmFunction.returning(I64, "window_start", I64, I64, I64),
                self ->
                        self.define(
                                code -> {
                                    Value size = self.argument(1);
                                    Local into =
                                            code.var(
                                                    self.argument(0)
                                                            .minus(self.argument(2))
                                                            .rem(size));
                                    code.when(
                                            into.get().lt(i64(0)),
                                            () -> code.set(into, into.get().plus(size)));
                                    code.ret(self.argument(0).minus(into.get()));
                                }));
    }
}
