package galois.compiler.runtime;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.WasmType.I32;

import galois.compiler.ir.Code;
import galois.compiler.ir.Local;
import galois.compiler.ir.Op;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;

/**
 * A hash table that keeps the order of insertion: entries in one array, an index of places {@code
 * u32 number, u32 hash} (number 0: free, else entry number + 1) with linear probing beside it. Of a
 * single key of a fixed size there is no hash: a small index counts for more. Entries are only ever
 * appended; the table goes as a whole. An insertion that is refused memory leaves the content as it
 * was.
 *
 * <p>Entry: {@code key record, payload}. Table: {@code u32 count, u32 capacity, u32 entries, u32
 * index, u32 places, u32 texts}. The texts of keys stand one after the other in a {@link TextHeap}.
 */
public final class GroupTable {
    static final int COUNT = 0;
    private static final int CAPACITY = 4;
    private static final int ENTRIES = 8;
    private static final int INDEX = 12;
    private static final int SLOTS = 16;
    private static final int TEXTS = 20;

    /** Bytes of the table itself. */
    static final int BYTES = 24;

    private static final int FIRST_ENTRIES = 4;
    private static final int FIRST_SLOTS = 8;

    /** Offset of the hash in a place. */
    private static final int HASH = 4;

    private final Library library;
    private final KeyRecord keys;
    private final int entryBytes;

    /** Bytes of a place, as a shift. */
    private final int placeShift;

    private final WasmFunction releasePayload;
    private final Charge charge;
    private final TextHeap texts;

    /**
     * @param payloadBytes of an entry, behind its key
     * @param releasePayload {@code (slot, entry)} frees what the payload points at; {@code null}:
     *     nothing
     */
    public GroupTable(
            Library library, KeyRecord keys, int payloadBytes, WasmFunction releasePayload) {
        this.library = library;
        this.keys = keys;
        this.entryBytes = keys.bytes() + payloadBytes;
        this.placeShift = keys.isOneCell() ? 2 : 3;
        this.releasePayload = releasePayload;
        this.charge = library.part(Charge.class, Charge::new);
        this.texts = library.part(TextHeap.class, TextHeap::new);
    }

    /** {@code (slot, entry)} frees what the payload points at; {@code null}: nothing. */
    public WasmFunction releasePayload() {
        return releasePayload;
    }

    public KeyRecord keys() {
        return keys;
    }

    public int entryBytes() {
        return entryBytes;
    }

    /** Offset of the payload in an entry. */
    public int payload() {
        return keys.bytes();
    }

    public Value count(Value table) {
        return table.word(COUNT);
    }

    public Value entry(Value table, Value number) {
        return table.word(ENTRIES).plus(number.times(entryBytes));
    }

    /** The array of places; 0 before the first entry. */
    public Value index(Value table) {
        return table.word(INDEX);
    }

    /** Places in the index: a power of two, or 0. */
    public Value places(Value table) {
        return table.word(SLOTS);
    }

    /** Where the search begins: the highest bits of a hash decide. */
    private static Value firstPlace(Value hash, Value places) {
        return hash.and(Integer.MAX_VALUE).ushr(shift(places));
    }

    /** The other bits, of so many places as there are. */
    static Value shift(Value places) {
        return Value.of(Op.I32_CLZ, places).minus(31 - KeyRecord.HASH_BITS);
    }

    /** So many entries a table with an index can have before it must grow. */
    Value room(Code code, Value table) {
        Value capacity = code.let(table.word(CAPACITY));
        Value half = code.let(places(table).ushr(1));
        return new Value.Select(capacity.ltUnsigned(half), capacity, half);
    }

    public Value entries(Value table) {
        return table.word(ENTRIES);
    }

    /** The address of a place of the index. */
    Value at(Value index, Value number) {
        return index.plus(number.shl(placeShift));
    }

    /** Whether a place says the hash of its key. */
    boolean hasHashes() {
        return !keys.isOneCell();
    }

    /** The entry with that number, from 1. */
    public Value numbered(Value entries, Value number) {
        return entries.plus(number.minus(1).times(entryBytes));
    }

    /** {@code (table, hash) -> entry of the key record, or 0}. */
    public WasmFunction find() {
        return library.function(
                "table_find",
                () -> WasmFunction.returning(I32, "table_find", I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value table = self.argument(0);
                                    Value hash = self.argument(1);
                                    code.when(table.word(SLOTS).eq(0), () -> code.ret(0));
                                    Value places = code.let(table.word(SLOTS));
                                    Local at = code.var(firstPlace(hash, places));
                                    Value mask = code.let(places.minus(1));
                                    code.loop(again -> probe(code, table, hash, at, mask, again));
                                }));
    }

    private void probe(
            Code code,
            Value table,
            Value hash,
            Local at,
            Value mask,
            galois.compiler.ir.Label again) {
        Value place = code.let(at(table.word(INDEX), at.get().and(mask)));
        Value number = code.let(place.word(0));
        code.when(number.eq(0), () -> code.ret(0));
        code.when(
                hasHashes() ? place.word(HASH).eq(hash) : i32(1),
                () -> {
                    Value entry = code.let(numbered(table.word(ENTRIES), number));
                    code.when(keys.same().call(entry).ne(0), () -> code.ret(entry));
                });
        code.set(at, at.get().plus(1));
        code.jump(again);
    }

    /** {@code (slot, table, hash) -> new entry with a zeroed payload, or 0 without memory}. */
    public WasmFunction insert() {
        return library.function(
                "table_insert",
                () -> WasmFunction.returning(I32, "table_insert", I32, I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value slot = self.argument(0);
                                    Value table = self.argument(1);
                                    code.when(room().call(slot, table).eq(0), () -> code.ret(0));
                                    Value entry = code.let(entry(table, count(table)));
                                    keys.copyTo(code, entry);
                                    code.clearCells(entry.plus(payload()), entryBytes - payload());
                                    if (!keys.texts().isEmpty()) {
                                        code.when(
                                                copyTexts().call(slot, table, entry).eq(0),
                                                () -> code.ret(0));
                                    }
                                    Value number = code.let(count(table).plus(1));
                                    code.storeWord(table, COUNT, number);
                                    code.run(place().call(table, number, self.argument(2)));
                                    code.ret(entry);
                                }));
    }

    /** {@code (slot, table) -> 1 when one more entry fits, after growing at need}. */
    private WasmFunction room() {
        return library.function(
                "table_room",
                () -> WasmFunction.returning(I32, "table_room", I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value slot = self.argument(0);
                                    Value table = self.argument(1);
                                    code.when(
                                            count(table).eq(table.word(CAPACITY)),
                                            () -> moreEntries(code, slot, table));
                                    // Half of the places stay free: nearly every search is one
                                    // step.
                                    code.when(
                                            count(table)
                                                    .plus(1)
                                                    .shl(1)
                                                    .gtUnsigned(table.word(SLOTS)),
                                            () -> code.ret(moreSlots().call(slot, table)));
                                    code.ret(1);
                                }));
    }

    private void moreEntries(Code code, Value slot, Value table) {
        Value old = code.let(table.word(CAPACITY));
        Value more = code.let(old.plus(old.ushr(1)).plus(FIRST_ENTRIES));
        Value block =
                code.let(
                        charge.grow()
                                .call(
                                        slot,
                                        table.word(ENTRIES),
                                        old.times(entryBytes),
                                        more.times(entryBytes)));
        code.when(block.eq(0), () -> code.ret(0));
        code.storeWord(table, ENTRIES, block);
        code.storeWord(table, CAPACITY, more);
    }

    /** {@code (slot, table) -> 1}: doubles the index, or 0 and no change. */
    private WasmFunction moreSlots() {
        return library.function(
                "table_index",
                () -> WasmFunction.returning(I32, "table_index", I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value slot = self.argument(0);
                                    Value table = self.argument(1);
                                    Value old = code.let(table.word(SLOTS));
                                    Value twice = old.shl(1);
                                    Value more =
                                            code.let(
                                                    new Value.Select(
                                                            old.eq(0), i32(FIRST_SLOTS), twice));
                                    Value block =
                                            code.let(
                                                    charge.take().call(slot, more.shl(placeShift)));
                                    code.when(block.eq(0), () -> code.ret(0));
                                    code.fill(block, i32(0), more.shl(placeShift));
                                    Local from = code.var(table.word(INDEX));
                                    Value end = code.let(from.get().plus(old.shl(placeShift)));
                                    Value index = code.let(from.get());
                                    code.storeWord(table, INDEX, block);
                                    code.storeWord(table, SLOTS, more);
                                    code.loopWhile(
                                            from.get().ltUnsigned(end),
                                            () -> {
                                                Value number = code.let(from.get().word(0));
                                                Value entry = numbered(table.word(ENTRIES), number);
                                                Value hash =
                                                        hasHashes()
                                                                ? from.get().word(HASH)
                                                                : keys.hash(entry);
                                                code.when(
                                                        number.ne(0),
                                                        () ->
                                                                code.run(
                                                                        place().call(
                                                                                        table,
                                                                                        number,
                                                                                        hash)));
                                                code.set(from, from.get().plus(1 << placeShift));
                                            });
                                    code.run(
                                            charge.release()
                                                    .call(slot, index, old.shl(placeShift)));
                                    code.ret(1);
                                }));
    }

    /** Writes a place. */
    void enter(Code code, Value at, Value number, Value hash) {
        if (hasHashes()) {
            code.storeWide(at, 0, hash.extend().shl(32).or(number.extend()));
        } else {
            code.storeWord(at, 0, number);
        }
    }

    /** {@code (table, number, hash)}: enters entry {@code number - 1} into the index. */
    private WasmFunction place() {
        return library.function(
                "table_place",
                () -> WasmFunction.of("table_place", I32, I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value table = self.argument(0);
                                    Value number = self.argument(1);
                                    Value hash = self.argument(2);
                                    Value places = code.let(table.word(SLOTS));
                                    Value mask = code.let(places.minus(1));
                                    Local at = code.var(firstPlace(hash, places));
                                    Value cell = at(table.word(INDEX), at.get().and(mask));
                                    code.loopWhile(
                                            cell.word(0).ne(0),
                                            () -> code.set(at, at.get().plus(1)));
                                    Value free = code.let(cell);
                                    enter(code, free, number, hash);
                                }));
    }

    /**
     * {@code (slot, table, entry) -> 1}: the texts of the key move to the table's; or 0 and nothing
     * is held.
     */
    private WasmFunction copyTexts() {
        return library.function(
                "table_texts",
                () -> WasmFunction.returning(I32, "table_texts", I32, I32, I32),
                self -> self.define(code -> copyTexts(self, code)));
    }

    private void copyTexts(WasmFunction self, Code code) {
        Value slot = self.argument(0);
        Value table = self.argument(1);
        Value key = self.argument(2);
        Value sum = code.let(textBytes(key));
        code.when(sum.eq(0), () -> code.ret(1));
        Local block = code.var(texts.take().call(slot, table.plus(TEXTS), sum));
        code.when(block.get().eq(0), () -> code.ret(0));
        for (int text : keys.texts()) {
            Value end = moveText().call(key.plus(keys.cell(text)), block.get());
            code.set(block, end);
        }
        code.ret(1);
    }

    private Value textBytes(Value key) {
        Value sum = i32(0);
        for (int text : keys.texts()) {
            sum = sum.plus(keys.textLength(key, text));
        }
        return sum;
    }

    /** {@code (cell, to) -> end}: copies the text of a key cell and points the cell at the copy. */
    private WasmFunction moveText() {
        return library.function(
                "table_move_text",
                () -> WasmFunction.returning(I32, "table_move_text", I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value cell = self.argument(0);
                                    Value to = self.argument(1);
                                    Value length = code.let(cell.word(4));
                                    code.copy(to, i32(0).minus(cell.word(0)), length);
                                    code.storeWord(cell, 0, i32(0).minus(to));
                                    code.ret(to.plus(length));
                                }));
    }

    /** {@code (slot, table)}: takes back the entry inserted last. */
    public WasmFunction removeLast() {
        return library.function(
                "table_remove_last",
                () -> WasmFunction.of("table_remove_last", I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value table = self.argument(1);
                                    Value last = code.let(count(table));
                                    Value entry = code.let(entry(table, last.minus(1)));
                                    Value places = code.let(table.word(SLOTS));
                                    Value mask = code.let(places.minus(1));
                                    Local at = code.var(firstPlace(keys.hash(entry), places));
                                    Value cell = at(table.word(INDEX), at.get().and(mask));
                                    code.loopWhile(
                                            cell.word(0).ne(last),
                                            () -> code.set(at, at.get().plus(1)));
                                    enter(code, cell, i32(0), i32(0));
                                    if (releasePayload != null) {
                                        code.run(releasePayload.call(self.argument(0), entry));
                                    }
                                    if (!keys.texts().isEmpty()) {
                                        Value bytes = textBytes(entry);
                                        code.run(texts.giveBack().call(table.plus(TEXTS), bytes));
                                    }
                                    code.storeWord(table, COUNT, last.minus(1));
                                }));
    }

    /**
     * {@code (slot, expected) -> empty table, or 0}: with room for the expected entries if there is
     * memory for them; it grows beyond.
     */
    public WasmFunction create() {
        return library.function(
                "table_create",
                () -> WasmFunction.returning(I32, "table_create", I32, I32),
                self -> self.define(code -> create(self, code)));
    }

    private void create(WasmFunction self, Code code) {
        Value slot = self.argument(0);
        Value expected = self.argument(1);
        Value table = code.let(charge.take().call(slot, i32(BYTES)));
        code.when(table.eq(0), () -> code.ret(0));
        code.clearCells(table, BYTES);
        code.when(expected.leUnsigned(i32(FIRST_ENTRIES)), () -> code.ret(table));
        Local places = code.var(i32(FIRST_SLOTS));
        code.loopWhile(
                places.get().ltUnsigned(expected.shl(1)),
                () -> code.set(places, places.get().shl(1)));
        Value block = code.let(charge.take().call(slot, expected.times(entryBytes)));
        code.when(block.eq(0), () -> code.ret(table));
        code.storeWord(table, ENTRIES, block);
        code.storeWord(table, CAPACITY, expected);
        Value index = code.let(charge.take().call(slot, places.get().shl(placeShift)));
        code.when(index.eq(0), () -> code.ret(table));
        code.fill(index, i32(0), places.get().shl(placeShift));
        code.storeWord(table, INDEX, index);
        code.storeWord(table, SLOTS, places.get());
        code.ret(table);
    }

    /** {@code (slot, table)}: frees the table and all it holds. */
    public WasmFunction free() {
        return library.function(
                "table_free",
                () -> WasmFunction.of("table_free", I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value slot = self.argument(0);
                                    Value table = self.argument(1);
                                    if (releasePayload != null) {
                                        Local number = code.var(i32(0));
                                        code.loopWhile(
                                                number.get().ltUnsigned(count(table)),
                                                () -> {
                                                    Value entry = entry(table, number.get());
                                                    code.run(releasePayload.call(slot, entry));
                                                    code.set(number, number.get().plus(1));
                                                });
                                    }
                                    if (!keys.texts().isEmpty()) {
                                        code.run(texts.free().call(slot, table.word(TEXTS)));
                                    }
                                    code.run(
                                            charge.release()
                                                    .call(
                                                            slot,
                                                            table.word(ENTRIES),
                                                            table.word(CAPACITY)
                                                                    .times(entryBytes)));
                                    code.run(
                                            charge.release()
                                                    .call(
                                                            slot,
                                                            table.word(INDEX),
                                                            table.word(SLOTS).shl(placeShift)));
                                    code.run(charge.release().call(slot, table, i32(BYTES)));
                                }));
    }
}
