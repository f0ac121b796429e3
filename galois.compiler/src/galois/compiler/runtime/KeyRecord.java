package galois.compiler.runtime;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;
import static galois.compiler.ir.WasmType.I64;

import galois.batch.FieldType;
import galois.batch.Schema;
import galois.compiler.ir.Code;
import galois.compiler.ir.Label;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;

import java.util.List;

/**
 * The key of the row in hand: null words, then one cell a key, compared bit by bit (doubles come
 * without -0.0 and with one NaN); a text cell is {@code u32 -address, u32 length}. One record at a
 * fixed address; entries of a {@link GroupTable} begin with a copy.
 */
public final class KeyRecord {
    /** The texts of one key together; larger ones would make rows that cannot be saved. */
    public static final int TEXT_BYTES_MAX = 30_000;

    /** Bits of a hash but its highest one, which stands for NULL. */
    static final int HASH_BITS = 29;

    /** Keys handled by one function. */
    private static final int GROUP = 12;

    private final Library library;
    private final List<FieldType> types;
    private final int address;

    public KeyRecord(Library library, List<FieldType> types) {
        this.library = library;
        this.types = List.copyOf(types);
        this.address = library.memory().reserve(bytes());
    }

    public int size() {
        return types.size();
    }

    /** True for one key that is no text. */
    boolean isOneCell() {
        return types.size() == 1 && texts().isEmpty();
    }

    int address() {
        return address;
    }

    int nullBytes() {
        return 8 * Math.max(1, types.size() + 63 >>> 6);
    }

    int cell(int key) {
        return nullBytes() + 8 * key;
    }

    public int bytes() {
        return nullBytes() + 8 * types.size();
    }

    /** Indices of the text keys. */
    public List<Integer> texts() {
        return java.util.stream.IntStream.range(0, types.size())
                .filter(key -> types.get(key).cell() == FieldType.Cell.STRING)
                .boxed()
                .toList();
    }

    /**
     * {@code (row, end) -> bytes of its texts}: reads the key from a row.
     *
     * @param schema of the row
     * @param first field of the first key
     */
    public WasmFunction load(Schema schema, int first) {
        String name = "key_load_" + first;
        return library.function(
                name,
                () -> WasmFunction.returning(I32, name, I32, I32),
                self -> self.define(code -> load(self, code, schema, first)));
    }

    private void load(WasmFunction self, Code code, Schema schema, int first) {
        code.clearCells(i32(address), nullBytes());
        Local texts = code.var(i32(0));
        for (int from = 0; from < types.size(); from += GROUP) {
            int to = Math.min(types.size(), from + GROUP);
            WasmFunction part = WasmFunction.returning(I32, "key_load", I32, I32);
            int start = from;
            part.define(
                    inner -> {
                        RowView row = RowView.of(schema, part.argument(0), part.argument(1));
                        Local sum = inner.var(i32(0));
                        for (int key = start; key < to; key++) {
                            load(inner, row, first + key, key, sum);
                        }
                        inner.ret(sum.get());
                    });
            Value more = part.call(self.argument(0), self.argument(1));
            code.set(texts, texts.get().plus(more));
        }
        code.ret(texts.get());
    }

    private void load(Code code, RowView row, int field, int key, Local texts) {
        Value at = i32(address);
        int word = 8 * (key >>> 6);
        Value bit = row.nullWord(field >>> 6).ushr(field & 63).and(1);
        code.storeWide(at, word, at.wide(word).or(bit.shl(key & 63)));
        if (types.get(key).cell() != FieldType.Cell.STRING) {
            code.storeWide(at, cell(key), row.cell(field));
            return;
        }
        code.storeWord(at, cell(key), i32(0).minus(row.textStart(field)));
        code.storeWord(at, cell(key) + 4, row.textLength(field));
        code.set(texts, texts.get().plus(row.textLength(field)));
        // The text of NULL has no address that means anything.
        code.when(row.isNull(field), () -> code.storeWide(at, cell(key), i64(0)));
    }

    /** {@code (record) -> hash}; its highest bit says whether a key is NULL. */
    private WasmFunction hash() {
        return library.function(
                "key_hash",
                () -> WasmFunction.returning(I32, "key_hash", I32),
                self ->
                        self.define(
                                code -> {
                                    Local hash = code.var(i64(0));
                                    for (int from = 0; from < types.size(); from += GROUP) {
                                        int to = Math.min(types.size(), from + GROUP);
                                        WasmFunction part = hashPart(from, to);
                                        code.set(hash, part.call(hash.get(), self.argument(0)));
                                    }
                                    Local nulls = code.var(self.argument(0).wide(0));
                                    for (int word = 8; word < nullBytes(); word += 8) {
                                        Value more = self.argument(0).wide(word);
                                        code.set(nulls, nulls.get().or(more));
                                    }
                                    Value nullBit = nulls.get().ne(0).shl(31);
                                    code.ret(highest(hash.get()).or(nullBit));
                                }));
    }

    /** The hash of the record in hand. */
    public Value hashInHand() {
        return hash().call(i32(address));
    }

    /** The hash of a record anywhere. */
    public Value hash(Value record) {
        return hash().call(record);
    }

    private WasmFunction hashPart(int from, int to) {
        Strings strings = library.part(Strings.class, Strings::new);
        WasmFunction part = WasmFunction.returning(I64, "key_hash", I64, I32);
        Value at = part.argument(1);
        return part.define(
                code -> {
                    Local hash = code.var(part.argument(0));
                    code.set(hash, strings.mix().call(hash.get(), at.wide(8 * (from >>> 6))));
                    for (int key = from; key < to; key++) {
                        boolean text = types.get(key).cell() == FieldType.Cell.STRING;
                        code.set(
                                hash,
                                text
                                        ? strings.hash()
                                                .call(
                                                        hash.get(),
                                                        textStart(at, key),
                                                        textLength(at, key))
                                        : strings.mix().call(hash.get(), at.wide(cell(key))));
                    }
                    code.ret(hash.get());
                });
    }

    /** Makes a record from elsewhere the one in hand. */
    public void take(Code code, Value record) {
        code.copyCells(i32(address), record, bytes());
    }

    /** Copies the record in hand. */
    void copyTo(Code code, Value to) {
        code.copyCells(to, i32(address), bytes());
    }

    /** Puts the row's key into the record in hand; no key field is NULL. */
    public void loadInPlace(Code code, FieldView row, List<Integer> fields) {
        loadInPlace(code, i32(address), row, fields);
    }

    /** Puts the row's key into a record; no key field is NULL. */
    public void loadInPlace(Code code, Value at, FieldView row, List<Integer> fields) {
        for (int word = 0; word < nullBytes(); word += 8) {
            code.storeWide(at, word, i64(0));
        }
        for (int key = 0; key < types.size(); key++) {
            int field = fields.get(key);
            if (isText(key)) {
                code.storeWord(at, cell(key), i32(0).minus(row.textStart(field)));
                code.storeWord(at, cell(key) + 4, row.textLength(field));
            } else {
                code.storeWide(at, cell(key), row.cell(field));
            }
        }
    }

    /**
     * The hash of the row's key as {@link #hash(Value)} gives it, in place; no key field is NULL.
     *
     * @param fields of the keys
     */
    public Value hashInPlace(Code code, FieldView row, List<Integer> fields) {
        Strings strings = library.part(Strings.class, Strings::new);
        // The null words, all 0, leave the hash 0 as it is.
        Value hash = i64(0);
        for (int key = 0; key < types.size(); key++) {
            int field = fields.get(key);
            hash =
                    isText(key)
                            ? strings.hash().call(hash, row.textStart(field), row.textLength(field))
                            : key == types.size() - 1
                                    ? Strings.multiplied(hash, row.cell(field))
                                    : Strings.mixed(code, hash, row.cell(field));
            hash = code.let(hash);
        }
        return code.let(highest(hash));
    }

    /**
     * The bits of a hash that every bit of the key has a say in, also of a key that has only high
     * bits as small numbers that are doubles do; what {@link Strings#mixed} does to a product last
     * leaves them as they are.
     */
    private static Value highest(Value hash) {
        return hash.ushr(64 - HASH_BITS).wrap();
    }

    /**
     * Jumps when the record of an entry is not the row's key.
     *
     * @param record of several keys or texts with the hash of {@link #hashInPlace}, so that no key
     *     of it is NULL
     * @param row no key field of it is NULL
     */
    public void differsInPlace(
            Code code, Value record, FieldView row, List<Integer> fields, Label different) {
        Strings strings = library.part(Strings.class, Strings::new);
        if (isOneCell()) {
            Value difference = record.wide(cell(0)).xor(row.cell(fields.get(0)));
            code.jumpIf(difference.or(record.wide(0)).ne(0), different);
            return;
        }
        for (int key = 0; key < types.size(); key++) {
            int field = fields.get(key);
            Value differs =
                    isText(key)
                            ? strings.equal()
                                    .call(
                                            row.textStart(field),
                                            row.textLength(field),
                                            textStart(record, key),
                                            textLength(record, key))
                                    .eq(0)
                            : record.wide(cell(key)).ne(row.cell(field));
            code.jumpIf(differs, different);
        }
    }

    private boolean isText(int key) {
        return types.get(key).cell() == FieldType.Cell.STRING;
    }

    Value textStart(Value record, int key) {
        return i32(0).minus(record.word(cell(key)));
    }

    Value textLength(Value record, int key) {
        return record.word(cell(key) + 4);
    }

    /** {@code (other) -> 1 when the other record holds the same key}. */
    public WasmFunction same() {
        return library.function(
                "key_same",
                () -> WasmFunction.returning(I32, "key_same", I32),
                self ->
                        self.define(
                                code -> {
                                    for (int from = 0; from < types.size(); from += GROUP) {
                                        int to = Math.min(types.size(), from + GROUP);
                                        Value same = samePart(from, to).call(self.argument(0));
                                        code.when(same.eq(0), () -> code.ret(0));
                                    }
                                    code.ret(1);
                                }));
    }

    private WasmFunction samePart(int from, int to) {
        Strings strings = library.part(Strings.class, Strings::new);
        WasmFunction part = WasmFunction.returning(I32, "key_same", I32);
        Value at = i32(address);
        Value other = part.argument(0);
        return part.define(
                code -> {
                    int word = 8 * (from >>> 6);
                    code.when(at.wide(word).ne(other.wide(word)), () -> code.ret(0));
                    int lastWord = 8 * (to - 1 >>> 6);
                    code.when(at.wide(lastWord).ne(other.wide(lastWord)), () -> code.ret(0));
                    for (int key = from; key < to; key++) {
                        Value different =
                                types.get(key).cell() == FieldType.Cell.STRING
                                        ? strings.equal()
                                                .call(
                                                        textStart(at, key),
                                                        textLength(at, key),
                                                        textStart(other, key),
                                                        textLength(other, key))
                                                .eq(0)
                                        : at.wide(cell(key)).ne(other.wide(cell(key)));
                        code.when(different, () -> code.ret(0));
                    }
                    code.ret(1);
                });
    }
}
