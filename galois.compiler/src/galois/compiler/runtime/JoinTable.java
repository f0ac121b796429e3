package galois.compiler.runtime;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.WasmType.I32;
import static galois.compiler.ir.WasmType.I64;

import galois.batch.FieldType;
import galois.batch.RowLayout;
import galois.batch.Schema;
import galois.compiler.ir.Code;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The rows of one side of a join: each in a block of its own, on two lists. One list has all rows
 * by the time at which they leave, then in the order in which they came; the other, in the same
 * order, those of one bucket of a hash table. Rows leave in any order.
 *
 * <p>Entry: {@code u32 next, u32 previous} of the bucket, {@code u32 after, u32 before} of all,
 * {@code u32 hash, u32 flags, u32 bytes, u32 0, i64 leaves}, the row as the kernel holds rows of
 * its own, its texts. Table: {@code u32 buckets, u32 number of buckets, u32 count, u32 first, u32
 * last, u32 spare, u32 number of spare}; bucket: {@code u32 first, u32 last}. Blocks of rows
 * without texts are all of one size: those of rows that have left are kept for the next ones
 * ({@code u32 next}), about as many as there are rows.
 */
public final class JoinTable {
    /** Bytes of the table itself. */
    public static final int BYTES = 32;

    /** Offset of the row in an entry. */
    public static final int ROW = 40;

    /** Set in the flags of a row that has found a match. */
    public static final int MATCHED = 1;

    private static final int BUCKETS = 0;
    private static final int BUCKET_COUNT = 4;
    private static final int COUNT = 8;
    static final int FIRST = 12;
    private static final int LAST = 16;
    private static final int SPARE = 20;
    private static final int SPARES = 24;
    private static final int NEXT = 0;
    private static final int PREVIOUS = 4;
    static final int AFTER = 8;
    static final int BEFORE = 12;
    private static final int HASH = 16;
    private static final int FLAGS = 20;
    private static final int SIZE = 24;
    static final int LEAVES = 32;
    private static final int FIRST_BUCKETS = 8;

    /** Blocks kept beyond the number of rows. */
    private static final int SPARES_MIN = 64;

    private final Library library;
    private final String prefix;
    private final Schema schema;
    private final boolean sparing;
    private final Charge charge;
    private final EntryLists lists;

    /**
     * @param prefix tells the functions of several tables apart
     * @param schema of the rows
     * @param sparing blocks are used again; the same for all tables, whose rows have no texts then
     */
    public JoinTable(Library library, String prefix, Schema schema, boolean sparing) {
        this.sparing = sparing;
        this.library = library;
        this.prefix = prefix;
        this.schema = schema;
        this.charge = library.part(Charge.class, Charge::new);
        this.lists = new EntryLists(library);
    }

    public Schema schema() {
        return schema;
    }

    /** The first entry of all, or 0. */
    public Value first(Value table) {
        return table.word(FIRST);
    }

    /** The next entry of all, or 0. */
    public static Value after(Value entry) {
        return entry.word(AFTER);
    }

    public static Value hash(Value entry) {
        return entry.word(HASH);
    }

    public static Value leaves(Value entry) {
        return entry.wide(LEAVES);
    }

    public static Value flags(Value entry) {
        return entry.word(FLAGS);
    }

    public static void setFlags(Code code, Value entry, Value flags) {
        code.storeWord(entry, FLAGS, flags);
    }

    private List<Integer> texts() {
        return texts(schema);
    }

    /** The fields that are texts. */
    public static List<Integer> texts(Schema schema) {
        return IntStream.range(0, schema.size())
                .filter(field -> schema.type(field).cell() == FieldType.Cell.STRING)
                .boxed()
                .toList();
    }

    /** {@code (table, hash) -> the first entry with that hash, or 0}. */
    public WasmFunction find() {
        return library.function(
                "join_find",
                () -> WasmFunction.returning(I32, "join_find", I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value table = self.argument(0);
                                    Value hash = self.argument(1);
                                    code.when(table.word(COUNT).eq(0), () -> code.ret(0));
                                    code.ret(seek().call(bucket(table, hash).word(0), hash));
                                }));
    }

    /** {@code (entry) -> the next entry with the same hash, or 0}. */
    public WasmFunction next() {
        return library.function(
                "join_next",
                () -> WasmFunction.returning(I32, "join_next", I32),
                self ->
                        self.define(
                                code -> {
                                    Value entry = self.argument(0);
                                    code.ret(seek().call(entry.word(NEXT), entry.word(HASH)));
                                }));
    }

    /** {@code (entry, hash) -> the first entry from there on in the bucket with that hash}. */
    private WasmFunction seek() {
        return library.function(
                "join_seek",
                () -> WasmFunction.returning(I32, "join_seek", I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Local entry = code.var(self.argument(0));
                                    code.block(
                                            end ->
                                                    code.loop(
                                                            again -> {
                                                                code.jumpIf(entry.get().eq(0), end);
                                                                code.jumpIf(
                                                                        entry.get()
                                                                                .word(HASH)
                                                                                .eq(
                                                                                        self
                                                                                                .argument(
                                                                                                        1)),
                                                                        end);
                                                                code.set(
                                                                        entry,
                                                                        entry.get().word(NEXT));
                                                                code.jump(again);
                                                            }));
                                    code.ret(entry.get());
                                }));
    }

    private static Value bucket(Value table, Value hash) {
        Value mask = table.word(BUCKET_COUNT).minus(1);
        return table.word(BUCKETS).plus(hash.and(mask).shl(3));
    }

    /**
     * {@code (slot, table, row, hash, leaves) -> new entry with a copy of the row, or 0 without
     * memory and without change}.
     */
    public WasmFunction insert() {
        String name = prefix + "_insert";
        return library.function(
                name,
                () -> WasmFunction.returning(I32, name, I32, I32, I32, I32, I64),
                self -> self.define(code -> insert(self, code)));
    }

    private void insert(WasmFunction self, Code code) {
        Value slot = self.argument(0);
        Value table = self.argument(1);
        Value row = self.argument(2);
        int stride = RowLayout.stride(schema.size());
        Local bytes = code.var(i32(ROW + stride));
        for (int text : texts()) {
            code.set(bytes, bytes.get().plus(row.word(cell(text) + 4)));
        }
        Value entry = code.let(block(code, slot, table, bytes.get()));
        code.when(entry.eq(0), () -> code.ret(0));
        code.when(
                table.word(COUNT).shl(1).geUnsigned(table.word(BUCKET_COUNT)),
                () -> makeBuckets(code, slot, table, entry, bytes.get()));
        code.copyCells(entry.plus(ROW), row, stride);
        Local end = code.var(entry.plus(ROW + stride));
        for (int text : texts()) {
            code.set(end, moveText().call(entry.plus(ROW + cell(text)), end.get()));
        }
        code.storeWord(entry, HASH, self.argument(3));
        code.storeWord(entry, FLAGS, i32(0));
        code.storeWord(entry, SIZE, bytes.get());
        code.storeWide(entry, LEAVES, self.argument(4));
        code.run(lists.link(AFTER).call(table.plus(FIRST), entry));
        code.run(lists.link(NEXT).call(bucket(table, self.argument(3)), entry));
        code.storeWord(table, COUNT, table.word(COUNT).plus(1));
        code.ret(entry);
    }

    /** Without memory for more buckets those that are there do, if there are any. */
    private void makeBuckets(Code code, Value slot, Value table, Value entry, Value bytes) {
        Value done = code.let(more().call(slot, table));
        code.when(
                done.or(table.word(BUCKET_COUNT)).eq(0),
                () -> {
                    code.run(charge.release().call(slot, entry, bytes));
                    code.ret(0);
                });
    }

    private Value block(Code code, Value slot, Value table, Value bytes) {
        Value taken = charge.take().call(slot, bytes);
        if (!sparing) {
            return taken;
        }
        Local block = code.var(table.word(SPARE));
        code.when(
                block.get().eq(0),
                () -> code.set(block, taken),
                () -> {
                    code.when(charge.reserve().call(slot, bytes).eq(0), () -> code.ret(0));
                    code.storeWord(table, SPARE, block.get().word(NEXT));
                    code.storeWord(table, SPARES, table.word(SPARES).minus(1));
                });
        return block.get();
    }

    /** {@code (slot, table, entry)}: the block of a row that has left. */
    private WasmFunction recycle() {
        return library.function(
                "join_recycle",
                () -> WasmFunction.of("join_recycle", I32, I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value slot = self.argument(0);
                                    Value table = self.argument(1);
                                    Value entry = self.argument(2);
                                    Value bytes = entry.word(SIZE);
                                    Value most = table.word(COUNT).plus(SPARES_MIN);
                                    code.when(
                                            table.word(SPARES).gtUnsigned(most),
                                            () -> {
                                                code.run(charge.release().call(slot, entry, bytes));
                                                code.ret();
                                            });
                                    charge.giveBack(code, slot, bytes);
                                    code.storeWord(entry, NEXT, table.word(SPARE));
                                    code.storeWord(table, SPARE, entry);
                                    code.storeWord(table, SPARES, table.word(SPARES).plus(1));
                                    code.when(
                                            table.word(COUNT).eq(0),
                                            () -> code.run(freeSpares().call(table)));
                                }));
    }

    /** {@code (table)}: an empty table keeps no blocks. */
    private WasmFunction freeSpares() {
        return library.function(
                "join_spares",
                () -> WasmFunction.of("join_spares", I32),
                self ->
                        self.define(
                                code -> {
                                    Value table = self.argument(0);
                                    Local block = code.var(table.word(SPARE));
                                    code.loopWhile(
                                            block.get().ne(0),
                                            () -> {
                                                Value next = code.let(block.get().word(NEXT));
                                                code.run(charge.heap().free().call(block.get()));
                                                code.set(block, next);
                                            });
                                    code.storeWord(table, SPARE, i32(0));
                                    code.storeWord(table, SPARES, i32(0));
                                }));
    }

    private int cell(int field) {
        return RowLayout.cell(schema.size(), field);
    }

    /** {@code (cell, to) -> end}: copies a text and points the cell at the copy. */
    private WasmFunction moveText() {
        return library.function(
                "join_move_text",
                () -> WasmFunction.returning(I32, "join_move_text", I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value cell = self.argument(0);
                                    Value to = self.argument(1);
                                    Value length = code.let(cell.word(4));
                                    code.when(length.eq(0), () -> code.ret(to));
                                    code.copy(to, i32(0).minus(cell.word(0)), length);
                                    code.storeWord(cell, 0, i32(0).minus(to));
                                    code.ret(to.plus(length));
                                }));
    }

    /** {@code (slot, table) -> 1}: doubles the buckets, or 0 and no change. */
    private WasmFunction more() {
        return library.function(
                "join_more",
                () -> WasmFunction.returning(I32, "join_more", I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value slot = self.argument(0);
                                    Value table = self.argument(1);
                                    Value old = code.let(table.word(BUCKET_COUNT));
                                    Value twice = old.shl(1);
                                    Value count =
                                            code.let(
                                                    new Value.Select(
                                                            old.eq(0), i32(FIRST_BUCKETS), twice));
                                    Value block = code.let(charge.take().call(slot, count.shl(3)));
                                    code.when(block.eq(0), () -> code.ret(0));
                                    code.fill(block, i32(0), count.shl(3));
                                    code.run(
                                            charge.release()
                                                    .call(slot, table.word(BUCKETS), old.shl(3)));
                                    code.storeWord(table, BUCKETS, block);
                                    code.storeWord(table, BUCKET_COUNT, count);
                                    Local entry = code.var(table.word(FIRST));
                                    code.loopWhile(
                                            entry.get().ne(0),
                                            () -> {
                                                Value hash = entry.get().word(HASH);
                                                code.run(
                                                        lists.link(NEXT)
                                                                .call(
                                                                        bucket(table, hash),
                                                                        entry.get()));
                                                code.set(entry, after(entry.get()));
                                            });
                                    code.ret(1);
                                }));
    }

    /** {@code (slot, table, entry)}: the row leaves. */
    public WasmFunction remove() {
        return library.function(
                "join_remove",
                () -> WasmFunction.of("join_remove", I32, I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value slot = self.argument(0);
                                    Value table = self.argument(1);
                                    Value entry = self.argument(2);
                                    code.run(lists.unlink(AFTER).call(table.plus(FIRST), entry));
                                    code.run(
                                            lists.unlink(NEXT)
                                                    .call(bucket(table, hash(entry)), entry));
                                    code.storeWord(table, COUNT, table.word(COUNT).minus(1));
                                    if (sparing) {
                                        code.run(recycle().call(slot, table, entry));
                                    } else {
                                        Value bytes = entry.word(SIZE);
                                        code.run(charge.release().call(slot, entry, bytes));
                                    }
                                }));
    }

    /** {@code (slot, table) -> 1}: rows can move in without memory from now on, or 0. */
    public WasmFunction reserve() {
        return library.function(
                "join_reserve",
                () -> WasmFunction.returning(I32, "join_reserve", I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value table = self.argument(1);
                                    code.when(table.word(BUCKET_COUNT).ne(0), () -> code.ret(1));
                                    code.ret(more().call(self.argument(0), table));
                                }));
    }

    /**
     * {@code (slot, from, to, entry) -> 1}: the row changes tables; 0 and no change when there was
     * no memory to {@link #reserve}.
     */
    public WasmFunction move() {
        return library.function(
                "join_move",
                () -> WasmFunction.returning(I32, "join_move", I32, I32, I32, I32),
                self -> self.define(code -> move(self, code)));
    }

    private void move(WasmFunction self, Code code) {
        Value from = self.argument(1);
        Value to = self.argument(2);
        Value entry = self.argument(3);
        // Without memory for more buckets they get longer.
        code.when(
                to.word(COUNT).shl(1).geUnsigned(to.word(BUCKET_COUNT)),
                () -> code.run(more().call(self.argument(0), to)));
        code.when(to.word(BUCKET_COUNT).eq(0), () -> code.ret(0));
        code.run(lists.unlink(AFTER).call(from.plus(FIRST), entry));
        code.run(lists.unlink(NEXT).call(bucket(from, hash(entry)), entry));
        code.storeWord(from, COUNT, from.word(COUNT).minus(1));
        code.run(lists.link(AFTER).call(to.plus(FIRST), entry));
        code.run(lists.link(NEXT).call(bucket(to, hash(entry)), entry));
        code.storeWord(to, COUNT, to.word(COUNT).plus(1));
        code.ret(1);
    }

    /** {@code (slot, table)}: frees everything. */
    public WasmFunction clear() {
        return library.function(
                "join_clear",
                () -> WasmFunction.of("join_clear", I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value slot = self.argument(0);
                                    Value table = self.argument(1);
                                    code.loopWhile(
                                            first(table).ne(0),
                                            () ->
                                                    code.run(
                                                            remove().call(
                                                                            slot,
                                                                            table,
                                                                            first(table))));
                                    code.run(
                                            charge.release()
                                                    .call(
                                                            slot,
                                                            table.word(BUCKETS),
                                                            table.word(BUCKET_COUNT).shl(3)));
                                    code.fill(table, i32(0), i32(BYTES));
                                }));
    }
}
