package galois.compiler.runtime;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;
import static galois.compiler.ir.WasmType.I64;

import galois.batch.FieldType;
import galois.batch.RowError;
import galois.batch.RowKind;
import galois.batch.RowLayout;
import galois.batch.Schema;
import galois.compiler.ir.Code;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;

import java.util.List;

/**
 * Writes rows of one schema into an output area. Order: {@link #begin}, cells and {@link #text},
 * then {@link #commit}; a row that is not committed has never been there.
 */
public final class RowOutput {
    private final Library library;
    private final String prefix;
    private final Schema schema;
    private final int stride;

    /** The word that counts the arena bytes of the row in progress and those before it. */
    private final int arena;

    /** Fields whose hash decides the port of a row; null: every row goes to port 0. */
    private List<Integer> keys;

    private int ports;

    /**
     * @param prefix tells the functions of several outputs apart
     */
    public RowOutput(Library library, String prefix, Schema schema) {
        this.library = library;
        this.prefix = prefix;
        this.schema = schema;
        this.stride = RowLayout.stride(schema.size());
        this.arena = library.memory().reserve(8);
    }

    /** Rows go to one of so many ports by a hash of these fields; ahead of all functions. */
    public void route(List<Integer> fields, int count) {
        keys = List.copyOf(fields);
        ports = count;
    }

    public boolean isRouted() {
        return keys != null;
    }

    public Schema schema() {
        return schema;
    }

    public int stride() {
        return stride;
    }

    /** {@code (out)}: writes the words of the header that do not change. */
    public WasmFunction prepare() {
        return library.function(
                prefix + "_prepare",
                () -> WasmFunction.of(prefix + "_prepare", I32),
                self ->
                        self.define(
                                code -> {
                                    Value out = self.argument(0);
                                    code.storeWord(out, RowLayout.STRIDE, i32(stride));
                                    code.storeWord(out, RowLayout.LAYOUT, i32(schema.layout()));
                                }));
    }

    /** The address after the last row. */
    public Value next(Value out) {
        return out.plus(out.word(RowLayout.ROWS).times(i32(stride))).plus(RowLayout.HEADER_BYTES);
    }

    /** The last address at which a row fits. */
    public Value last(Value out) {
        return out.plus(out.word(RowLayout.BYTES))
                .minus(out.word(RowLayout.ARENA_BYTES))
                .minus(i32(stride));
    }

    /** {@code (out) -> address of a new row, or 0 without room}. */
    public WasmFunction begin() {
        return library.function(
                prefix + "_begin",
                () -> WasmFunction.returning(I32, prefix + "_begin", I32),
                self ->
                        self.define(
                                code -> {
                                    Value out = self.argument(0);
                                    Local row = code.var(next(out));
                                    code.when(row.get().gtUnsigned(last(out)), () -> code.ret(0));
                                    if (hasTexts()) {
                                        Value used = out.word(RowLayout.ARENA_BYTES);
                                        code.storeWord(i32(arena), 0, used);
                                    }
                                    code.ret(row.get());
                                }));
    }

    /**
     * {@code (out, cell, from, length) -> status}: OK, FULL, or ROW_TOO_LARGE when an empty area
     * has no room either.
     */
    public WasmFunction text() {
        return library.function(
                prefix + "_text",
                () -> WasmFunction.returning(I32, prefix + "_text", I32, I32, I32, I32),
                self -> self.define(code -> text(self, code)));
    }

    private void text(WasmFunction self, Code code) {
        Value out = self.argument(0);
        Value cell = self.argument(1);
        Value length = self.argument(3);
        Local used = code.var(i32(arena).word(0));
        Value before = out.word(RowLayout.ARENA_BYTES);
        Value ofRow = used.get().minus(before).extend().plus(length.extend());
        code.when(
                ofRow.gt(i64(RowLayout.ROW_BYTES_MAX - stride)),
                () -> code.ret(RowError.ROW_TOO_LARGE));
        Local back = code.var(used.get().plus(length));
        Local end = code.var(out.plus(out.word(RowLayout.BYTES)));
        Value rowsEnd = next(out).plus(stride);
        code.when(
                back.get().gtUnsigned(end.get().minus(rowsEnd)),
                () -> {
                    code.when(
                            out.word(RowLayout.ROWS).or(before).eq(0),
                            () -> code.ret(RowError.ROW_TOO_LARGE));
                    code.ret(Status.FULL);
                });
        code.copy(end.get().minus(back.get()), self.argument(2), length);
        code.storeWord(cell, 0, back.get());
        code.storeWord(cell, 4, length);
        code.storeWord(i32(arena), 0, back.get());
        code.ret(Status.OK);
    }

    /** {@code (out)}: the row begun last is part of the batch. */
    public WasmFunction commit() {
        return library.function(
                prefix + "_commit",
                () -> WasmFunction.of(prefix + "_commit", I32),
                self ->
                        self.define(
                                code -> {
                                    Value out = self.argument(0);
                                    if (isRouted()) {
                                        setPort(code, out);
                                    }
                                    code.storeWord(
                                            out, RowLayout.ROWS, out.word(RowLayout.ROWS).plus(1));
                                    if (hasTexts()) {
                                        Value used = i32(arena).word(0);
                                        code.storeWord(out, RowLayout.ARENA_BYTES, used);
                                    }
                                }));
    }

    private boolean hasTexts() {
        return schema.fields().stream()
                .anyMatch(field -> field.type().cell() == FieldType.Cell.STRING);
    }

    private void setPort(Code code, Value out) {
        RowRouting routing = new RowRouting(library, schema, keys);
        Value row = code.let(next(out));
        Value end = out.plus(out.word(RowLayout.BYTES));
        Value port = code.let(routing.port(ports).call(row, end));
        Value head = row.word(RowLayout.ROW_KIND).or(port.shl(8));
        code.storeWord(row, RowLayout.ROW_KIND, head);
    }

    /** {@code (row, slot, eventTime, code)}: an error row; every cell is NULL. */
    public WasmFunction errorAt() {
        return library.function(
                prefix + "_error_at",
                () -> WasmFunction.of(prefix + "_error_at", I32, I32, I64, I32),
                self ->
                        self.define(
                                code -> {
                                    Value row = self.argument(0);
                                    code.storeWord(row, RowLayout.ROW_SLOT, self.argument(1));
                                    Value kindAndCode =
                                            self.argument(3).shl(16).or(i32(RowKind.ERROR));
                                    code.storeWord(row, RowLayout.ROW_KIND, kindAndCode);
                                    code.storeWide(row, RowLayout.ROW_EVENT_TIME, self.argument(2));
                                    allNull(code, row);
                                }));
    }

    private void allNull(Code code, Value row) {
        int words = RowLayout.nullWords(schema.size());
        for (int word = 0; word < words; word++) {
            int fields = Math.min(64, schema.size() - 64 * word);
            long bits = fields == 64 ? -1L : (1L << fields) - 1;
            code.storeWide(row, RowLayout.ROW_NULLS + 8 * word, i64(bits));
        }
        int cells = RowLayout.cell(schema.size(), 0);
        code.fill(row.plus(cells), i32(0), i32(8 * schema.size()));
    }

    /** {@code (out, slot, eventTime, code) -> OK or FULL}: a whole error row. */
    public WasmFunction error() {
        return library.function(
                prefix + "_error",
                () -> WasmFunction.returning(I32, prefix + "_error", I32, I32, I64, I32),
                self ->
                        self.define(
                                code -> {
                                    Value out = self.argument(0);
                                    Local row = code.var(begin().call(out));
                                    code.when(row.get().eq(0), () -> code.ret(Status.FULL));
                                    code.run(
                                            errorAt()
                                                    .call(
                                                            row.get(),
                                                            self.argument(1),
                                                            self.argument(2),
                                                            self.argument(3)));
                                    code.run(commit().call(out));
                                    code.ret(Status.OK);
                                }));
    }

    /** Writes slot, kind and event time of a row. */
    public void head(Code code, Value row, Value slot, int kind, Value eventTime) {
        code.storeWide(row, RowLayout.ROW_SLOT, slot.extend().or(i64((long) kind << 32)));
        code.storeWide(row, RowLayout.ROW_EVENT_TIME, eventTime);
    }
}
