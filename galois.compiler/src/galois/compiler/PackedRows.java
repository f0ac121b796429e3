package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;
import static galois.compiler.ir.WasmType.I64;

import galois.api.plan.Ranking;
import galois.api.plan.SortKey;
import galois.batch.FieldType;
import galois.batch.RowLayout;
import galois.batch.Schema;
import galois.compiler.ir.Code;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.KeyRecord;
import galois.compiler.runtime.Library;
import galois.compiler.runtime.RowView;
import galois.compiler.runtime.Status;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The first rows of a partition when they are few and of one size: they stand in the payload, each
 * where it was put when it came, and a word says in which order. What the partition's key and its
 * time say is not kept again.
 *
 * <p>Payload: {@code i64} order, of 4 bits each: how many rows, the place of the first, of the
 * second ...; for each place {@code i64} the rank of its row, which decides most comparisons; then
 * the places. A row is there from its event time on: what most rows are compared with stands close
 * together.
 */
final class PackedRows implements KeptRows {
    /** So many places can be told by the word that orders them. */
    private static final int ROWS_MAX = 15;

    private static final int BYTES_MAX = 512;
    private static final int FIELDS_MAX = 64;

    /** Offset of the first rank. */
    private static final int RANKS = 8;

    /** What a row has ahead of its event time. */
    private static final int HEAD = RowLayout.ROW_EVENT_TIME;

    private final Library library;
    private final SortShape shape;
    private final int hand;
    private final int keyBytes;
    private final Map<Integer, Long> lags;
    private final List<Integer> own;
    private final Schema schema;
    private final List<SortKey> order;
    private final int packed;
    private final int whole;

    /**
     * @param lags the fields that are the time less a constant, and that one
     * @param hand address of the row in hand
     * @param keys of the partition, ahead of the payload
     */
    PackedRows(
            Library library, SortShape shape, Map<Integer, Long> lags, int hand, KeyRecord keys) {
        this.library = library;
        this.shape = shape;
        this.hand = hand;
        this.keyBytes = keys.bytes();
        this.lags = lags;
        this.own = own(shape, lags);
        this.schema = new Schema(own.stream().map(shape.row()::field).toList());
        this.order = order(shape, own);
        this.packed = library.memory().reserve(RowLayout.stride(schema.size()));
        int stride = RowLayout.stride(shape.row().size());
        this.whole = library.memory().reserve(SEQUENCE + stride) + SEQUENCE;
    }

    /** Whether the rows are of that kind. */
    static boolean fits(SortShape shape, Map<Integer, Long> lags) {
        List<Integer> own = own(shape, lags);
        boolean hasText =
                own.stream().anyMatch(i -> shape.row().type(i).cell() == FieldType.Cell.STRING);
        return shape.rowsMax() > 0
                && shape.rowsMax() <= ROWS_MAX
                && shape.row().size() <= FIELDS_MAX
                && !hasText
                && bytes(shape.rowsMax(), own.size()) <= BYTES_MAX
                && shape.sort().rankings().stream().allMatch(r -> r == Ranking.ROW_NUMBER);
    }

    /** The fields that rows of one partition and time differ in. */
    private static List<Integer> own(SortShape shape, Map<Integer, Long> lags) {
        return IntStream.range(shape.partition(), shape.fields().size())
                .filter(field -> field != shape.time() && !lags.containsKey(field))
                .boxed()
                .toList();
    }

    private static List<SortKey> order(SortShape shape, List<Integer> own) {
        return shape.order().stream()
                .filter(key -> own.contains(key.field()))
                .map(key -> key.over(own.indexOf(key.field())))
                .toList();
    }

    int rowsMax() {
        return shape.rowsMax();
    }

    /** The kept fields, as fields of {@link SortShape#row}. */
    List<Integer> own() {
        return own;
    }

    private int rowBytes() {
        return RowLayout.stride(schema.size()) - HEAD;
    }

    @Override
    public int bytes() {
        return bytes(rowsMax(), own.size());
    }

    private static int bytes(int rows, int fields) {
        return RANKS + rows * (8 + RowLayout.stride(fields) - HEAD);
    }

    static Value order(Value heap) {
        return heap.wide(0);
    }

    @Override
    public Value rows(Value heap) {
        return heap.word(0).and(ROWS_MAX);
    }

    /** The first key of the order, over {@link #own}; {@code null} when the first rows count. */
    SortKey first() {
        return order.isEmpty() ? null : order.get(0);
    }

    /** True when rows of equal rank are equal in the order. */
    boolean isExact() {
        if (order.isEmpty()) {
            return true;
        }
        FieldType type = schema.type(first().field());
        // Other numbers may be as far out as the rank of NULL.
        boolean isNarrow = type.isFloating() || type == FieldType.INTEGER || type == FieldType.DATE;
        return order.size() == 1 && isNarrow;
    }

    /** The rank of a row: rows of lower rank come first. The field is not NULL. */
    Value rank(Code code, RowView row, int field) {
        if (order.isEmpty()) {
            return i64(0);
        }
        boolean isReal = row.schema().type(field).cell() == FieldType.Cell.F64;
        Value rising = isReal ? RowOrder.ordered(code, row.real(field)) : row.cell(field);
        return code.let(first().descending() ? rising.xor(i64(-1)) : rising);
    }

    /** The place that the order word has at those bits. */
    static Value place(Value order, Value shift) {
        return order.ushr(shift).wrap().and(ROWS_MAX);
    }

    static Value rankAt(Value heap, Value place) {
        return heap.plus(place.shl(3)).wide(RANKS);
    }

    static void setRank(Code code, Value heap, Value place, Value rank) {
        code.storeWide(heap.plus(place.shl(3)), RANKS, rank);
    }

    /** The row at a place, from {@link #HEAD} on. */
    Value at(Value heap, Value place) {
        int places = RANKS + 8 * rowsMax() - HEAD;
        return heap.plus(place.times(rowBytes())).plus(places);
    }

    /** Bits of the order word behind those of the rows that are there. */
    static Value end(Value order) {
        return order.and(ROWS_MAX).shl(2).plus(i64(4));
    }

    /**
     * The order word with one more row.
     *
     * @param shift its bits
     * @param place where it is put
     * @param grows 0 when it takes the place of the last row, else 1
     */
    Value with(Code code, Value order, Value shift, Value place, Value grows) {
        Value ahead = code.let(order.and(i64(1).shl(shift).minus(i64(1))));
        Value behind = order.xor(ahead).shl(4);
        if (rowsMax() < ROWS_MAX) {
            behind = behind.and((1L << 4 * (rowsMax() + 1)) - 1);
        }
        return ahead.plus(grows).or(place.shl(shift)).or(behind);
    }

    /** {@code (slot, heap) -> OK}. */
    @Override
    public WasmFunction add() {
        return library.function(
                "top_add",
                () -> WasmFunction.returning(I32, "top_add", I32, I32),
                self -> self.define(code -> add(self, code)));
    }

    private void add(WasmFunction self, Code code) {
        Value heap = self.argument(1);
        Value rank = code.let(pack().call());
        Value order = code.let(order(heap));
        Local shift = code.var(end(order));
        Local place = code.var(order.and(ROWS_MAX));
        Local grows = code.var(i64(1));
        code.when(
                rows(heap).eq(rowsMax()),
                () -> {
                    code.set(shift, i64(4L * rowsMax()));
                    Value last = place(order, shift.get());
                    Value before = before().call(rank, heap, last);
                    code.when(before.eq(0), () -> code.ret(Status.OK));
                    code.set(place, order.ushr(shift.get()).and(ROWS_MAX));
                    code.set(grows, i64(0));
                });
        code.block(
                found ->
                        code.loop(
                                again -> {
                                    code.jumpIf(shift.get().eq(4), found);
                                    Value up = shift.get().minus(i64(4));
                                    Value other = place(order, up);
                                    code.jumpIf(before().call(rank, heap, other).eq(0), found);
                                    code.set(shift, up);
                                    code.jump(again);
                                }));
        put(code, heap, rank, order, shift.get(), place.get(), grows.get());
        code.ret(Status.OK);
    }

    private void put(
            Code code, Value heap, Value rank, Value order, Value shift, Value place, Value grows) {
        code.storeWide(heap, 0, with(code, order, shift, place, grows));
        setRank(code, heap, place.wrap(), rank);
        code.copyCells(at(heap, place.wrap()).plus(HEAD), i32(packed + HEAD), rowBytes());
    }

    @Override
    public WasmFunction append() {
        return library.function(
                "top_append",
                () -> WasmFunction.returning(I32, "top_append", I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value heap = self.argument(1);
                                    // Only state that is not of this query has more rows.
                                    code.when(rows(heap).eq(rowsMax()), () -> code.ret(0));
                                    Value rank = code.let(pack().call());
                                    Value order = code.let(order(heap));
                                    Value place = code.let(order.and(ROWS_MAX));
                                    put(code, heap, rank, order, end(order), place, i64(1));
                                    code.ret(1);
                                }));
    }

    /** {@code (rank, heap, place) -> 1 when the row in hand comes ahead of the one there}. */
    private WasmFunction before() {
        return library.function(
                "top_before",
                () -> WasmFunction.returning(I32, "top_before", I64, I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value rank = self.argument(0);
                                    Value heap = self.argument(1);
                                    Value place = self.argument(2);
                                    Value other = code.let(rankAt(heap, place));
                                    if (!isExact()) {
                                        WasmFunction compare =
                                                new RowOrder(library, schema).compare(order);
                                        Value row = at(heap, place);
                                        code.when(
                                                rank.eq(other),
                                                () ->
                                                        code.ret(
                                                                compare.call(i32(packed), row)
                                                                        .lt(0)));
                                    }
                                    code.ret(rank.lt(other));
                                }));
    }

    /** {@code () -> rank}: brings the row in hand into the form of kept ones. */
    private WasmFunction pack() {
        return library.function(
                "top_pack",
                () -> WasmFunction.returning(I64, "top_pack"),
                self ->
                        self.define(
                                code -> {
                                    RowView row = RowView.at(shape.row(), hand);
                                    Local nulls = code.var(i64(0));
                                    for (int i = 0; i < own.size(); i++) {
                                        Value bit = row.nullWord(0).ushr(own.get(i)).and(1);
                                        code.set(nulls, nulls.get().or(bit.shl(i)));
                                    }
                                    write(code, i32(packed), row.eventTime(), nulls.get());
                                    for (int i = 0; i < own.size(); i++) {
                                        cell(code, i32(packed), i, row.cell(own.get(i)));
                                    }
                                    code.ret(rankOrNull(code, row));
                                }));
    }

    private Value rankOrNull(Code code, RowView row) {
        if (order.isEmpty()) {
            return i64(0);
        }
        int field = own.get(first().field());
        Value ofNull = i64(first().nullsFirst() ? Long.MIN_VALUE : Long.MAX_VALUE);
        return new Value.Select(row.isNull(field), ofNull, rank(code, row, field));
    }

    /** Event time and null word of a kept row. */
    void write(Code code, Value kept, Value eventTime, Value nulls) {
        code.storeWide(kept, RowLayout.ROW_EVENT_TIME, eventTime);
        code.storeWide(kept, RowLayout.ROW_NULLS, nulls);
    }

    void cell(Code code, Value kept, int field, Value value) {
        code.storeWide(kept, RowLayout.cell(schema.size(), field), value);
    }

    @Override
    public Value row(Value heap, Value number, Value time) {
        return unpack().call(heap, number, time);
    }

    /** {@code (heap, number, time) -> address}: the whole row. */
    private WasmFunction unpack() {
        return library.function(
                "top_row",
                () -> WasmFunction.returning(I32, "top_row", I32, I32, I64),
                self -> self.define(code -> unpack(self, code)));
    }

    private void unpack(WasmFunction self, Code code) {
        Value heap = self.argument(0);
        Value to = i32(whole);
        Value shift = self.argument(1).extend().shl(2).plus(i64(4));
        RowView kept = RowView.of(schema, code.let(at(heap, place(order(heap), shift))), i32(0));
        int keys = 8 * shape.partition();
        Local nulls = code.var(heap.minus(keyBytes).wide(0));
        code.when(
                kept.nullWord(0).ne(0),
                () -> {
                    for (int i = 0; i < own.size(); i++) {
                        Value bit = kept.nullWord(0).ushr(i).and(1).shl(own.get(i));
                        code.set(nulls, nulls.get().or(bit));
                    }
                });
        write(code, to, kept.eventTime(), nulls.get());
        code.copyCells(to.plus(cell(0)), heap.minus(keys), keys);
        for (int i = 0; i < own.size(); i++) {
            code.storeWide(to, cell(own.get(i)), kept.cell(i));
        }
        if (shape.time() >= shape.partition()) {
            code.storeWide(to, cell(shape.time()), self.argument(2));
        }
        lags.forEach(
                (field, lag) -> code.storeWide(to, cell(field), self.argument(2).minus(i64(lag))));
        for (int i = shape.fields().size(); i < shape.row().size(); i++) {
            code.storeWide(to, cell(i), i64(0));
        }
        code.ret(to);
    }

    private int cell(int field) {
        return RowLayout.cell(shape.row().size(), field);
    }

    @Override
    public void number(Code code, Value kept, int ranking, Value number) {
        code.storeWide(kept, cell(shape.fields().size() + ranking), number);
    }

    @Override
    public Value textBytes(Code code) {
        return i32(0);
    }

    @Override
    public void stamp(Code code, Value sequence) {
        // Rows of equal rank stand in the order in which they came.
    }

    @Override
    public WasmFunction sort() {
        return null;
    }

    @Override
    public WasmFunction free() {
        return null;
    }
}
