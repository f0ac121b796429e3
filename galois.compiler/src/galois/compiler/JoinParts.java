package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;
import static galois.compiler.ir.WasmType.I64;

import galois.batch.FieldType;
import galois.batch.RowLayout;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.JoinTable;
import galois.compiler.runtime.Library;
import galois.compiler.runtime.RowView;
import galois.compiler.runtime.Strings;

import java.util.List;

/**
 * What the functions of a join share.
 *
 * @param tables of the sides
 * @param rows addresses of the row in hand of each side, fields of {@link JoinShape.Side#row}
 */
record JoinParts(
        Library library,
        JoinShape shape,
        JoinState state,
        List<JoinTable> tables,
        List<Integer> rows) {
    /** Leaves only when all time has ended. */
    static final long AT_END = Long.MAX_VALUE - 1;

    RowView row(int side) {
        return RowView.at(shape.sides().get(side).row(), rows.get(side));
    }

    /** {@code () -> 1 when the row in hand can match: no key and no time of it is NULL}. */
    WasmFunction matchable(int side) {
        String name = "join_matchable_" + side;
        JoinShape.Side kept = shape.sides().get(side);
        return library.function(
                name,
                () -> WasmFunction.returning(I32, name),
                self ->
                        self.define(
                                code -> {
                                    for (int key = 0; key < kept.keys(); key++) {
                                        code.when(row(side).isNull(key), () -> code.ret(0));
                                    }
                                    if (kept.time() >= 0) {
                                        code.when(row(side).isNull(kept.time()), () -> code.ret(0));
                                    }
                                    code.ret(1);
                                }));
    }

    /** {@code () -> hash of the keys of the row in hand}. */
    WasmFunction hash(int side) {
        String name = "join_hash_" + side;
        JoinShape.Side kept = shape.sides().get(side);
        Strings strings = library.part(Strings.class, Strings::new);
        return library.function(
                name,
                () -> WasmFunction.returning(I32, name),
                self ->
                        self.define(
                                code -> {
                                    Local hash = code.var(i64(0));
                                    RowView row = row(side);
                                    for (int key = 0; key < kept.keys(); key++) {
                                        boolean text =
                                                kept.row().type(key).cell()
                                                        == FieldType.Cell.STRING;
                                        code.set(
                                                hash,
                                                text
                                                        ? strings.hash()
                                                                .call(
                                                                        hash.get(),
                                                                        row.textStart(key),
                                                                        row.textLength(key))
                                                        : strings.mix()
                                                                .call(hash.get(), row.cell(key)));
                                    }
                                    // Buckets are told by the lowest bits.
                                    code.ret(Strings.spread(hash.get()));
                                }));
    }

    /**
     * {@code () -> the watermark beyond which the row in hand leaves}: a row that cannot match
     * leaves as soon as it can, one of an ASOF join only when it has no time.
     */
    WasmFunction leaves(int side) {
        String name = "join_leaves_" + side;
        JoinShape.Side kept = shape.sides().get(side);
        return library.function(
                name,
                () -> WasmFunction.returning(I64, name),
                self ->
                        self.define(
                                code -> {
                                    if (!shape.isTimed()) {
                                        code.ret(i64(AT_END));
                                        return;
                                    }
                                    // Left rows of an ASOF join come in the order of their times.
                                    Value isAtOnce =
                                            shape.isAsof()
                                                    ? row(side).isNull(kept.time())
                                                    : matchable(side).call().eq(0);
                                    code.when(isAtOnce, () -> code.ret(i64(Long.MIN_VALUE)));
                                    Value time = row(side).cell(kept.time());
                                    code.when(
                                            time.gt(i64(Long.MAX_VALUE / 2)),
                                            () -> code.ret(i64(AT_END)));
                                    code.when(
                                            i64(Long.MIN_VALUE / 2).gt(time),
                                            () -> code.ret(i64(Long.MIN_VALUE)));
                                    code.ret(time.plus(i64(kept.keepUs())));
                                }));
    }

    /** {@code (slot, side, entry)}: the row leaves. */
    WasmFunction remove() {
        return library.function(
                "join_leave",
                () -> WasmFunction.of("join_leave", I32, I32, I32),
                self ->
                        self.define(
                                code -> {
                                    Value slot = self.argument(0);
                                    Value entry = self.argument(2);
                                    WasmFunction remove = tables.get(0).remove();
                                    code.when(
                                            self.argument(1).eq(0),
                                            () ->
                                                    code.run(
                                                            remove.call(
                                                                    slot,
                                                                    state.table(slot, 0),
                                                                    entry)),
                                            () ->
                                                    code.run(
                                                            remove.call(
                                                                    slot,
                                                                    state.table(slot, 1),
                                                                    entry)));
                                }));
    }

    /** Event time of the row of an entry. */
    static Value eventTime(Value entry) {
        return entry.wide(JoinTable.ROW + RowLayout.ROW_EVENT_TIME);
    }

    /** An entry of that number is none. */
    static Value none() {
        return i32(0);
    }
}
