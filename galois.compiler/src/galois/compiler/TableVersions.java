package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;
import static galois.compiler.ir.WasmType.I64;

import galois.api.kernel.TimeDomain;
import galois.batch.RowError;
import galois.batch.RowLayout;
import galois.compiler.ir.Code;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.JoinTable;
import galois.compiler.runtime.RowOutput;
import galois.compiler.runtime.Status;

/**
 * The right side of a lookup: the version in use, and the one that is being built beside it. The
 * event time of a row says which version it belongs to; a row of another one begins it anew. Only
 * when a version is said to be complete does it take the place of the one before. One that does not
 * fit is given up with one error row.
 */
final class TableVersions {
    private static final int IN_USE = 1;
    private static final int BUILDING = 2;

    private final JoinParts parts;
    private final JoinState state;

    TableVersions(JoinParts parts) {
        this.parts = parts;
        this.state = parts.state();
    }

    /** {@code (slot, out) -> status} of the row in hand of the right side. */
    WasmFunction update() {
        WasmFunction self = WasmFunction.returning(I32, "table_update", I32, I32);
        return self.define(code -> update(self, code));
    }

    private void update(WasmFunction self, Code code) {
        Value slot = self.argument(0);
        code.storeWord(slot, state.saving(), i32(0));
        Value hand = i32(parts.rows().get(IN_USE));
        Value version = code.let(hand.wide(RowLayout.ROW_EVENT_TIME));
        code.when(
                slot.wide(state.version()).ne(version),
                () -> code.run(begin().call(slot, version)));
        // A row that matches nothing need not be there.
        Value isOut = slot.word(state.broken()).or(parts.matchable(IN_USE).call().eq(0));
        code.when(isOut, () -> code.ret(Status.OK));
        Value entry =
                parts.tables()
                        .get(IN_USE)
                        .insert()
                        .call(
                                slot,
                                state.table(slot, BUILDING),
                                hand,
                                parts.hash(IN_USE).call(),
                                parts.leaves(IN_USE).call());
        code.when(entry.ne(0), () -> code.ret(Status.OK));
        code.run(begin().call(slot, version));
        code.storeWord(slot, state.broken(), i32(1));
        code.ret(RowError.TABLE_FULL);
    }

    /** {@code g_time}: the only time that counts is that of the table. */
    WasmFunction time(RowOutput output) {
        WasmFunction self = WasmFunction.returning(I32, "g_time", I32, I32, I64, I32);
        return self.define(
                code -> {
                    code.run(output.prepare().call(self.argument(3)));
                    code.when(
                            self.argument(1).eq(TimeDomain.TABLE.ordinal()),
                            () -> code.run(complete().call(self.argument(0), self.argument(2))));
                    code.ret(0);
                });
    }

    /** {@code (slot, version)}: an empty version is being built. */
    private WasmFunction begin() {
        return parts.library()
                .function(
                        "table_begin",
                        () -> WasmFunction.of("table_begin", I32, I64),
                        self ->
                                self.define(
                                        code -> {
                                            Value slot = self.argument(0);
                                            clear(code, slot, BUILDING);
                                            code.storeWord(slot, state.broken(), i32(0));
                                            code.storeWide(slot, state.version(), self.argument(1));
                                        }));
    }

    private void clear(Code code, Value slot, int table) {
        code.run(parts.tables().get(IN_USE).clear().call(slot, state.table(slot, table)));
    }

    /**
     * {@code (slot, version)}: the version is complete. Without a row of it the table is empty; at
     * the end of all versions the one that is being built is complete, if there is one.
     */
    private WasmFunction complete() {
        return parts.library()
                .function(
                        "table_complete",
                        () -> WasmFunction.of("table_complete", I32, I64),
                        self -> self.define(code -> complete(self, code)));
    }

    private void complete(WasmFunction self, Code code) {
        Value slot = self.argument(0);
        Value version = self.argument(1);
        Value before = code.let(slot.wide(state.watermark()));
        code.when(before.ge(version), code::ret);
        code.storeWord(slot, state.saving(), i32(0));
        code.storeWide(slot, state.watermark(), version);
        Value none = i64(Long.MIN_VALUE);
        code.when(
                version.eq(i64(Long.MAX_VALUE)),
                () ->
                        code.when(
                                slot.wide(state.version()).eq(none).and(before.ne(none)),
                                code::ret),
                () ->
                        code.when(
                                slot.wide(state.version()).ne(version),
                                () -> code.run(begin().call(slot, version))));
        code.storeWide(slot, state.version(), none);
        code.when(slot.word(state.broken()).ne(0), code::ret);
        clear(code, slot, IN_USE);
        Value building = state.table(slot, BUILDING);
        code.copy(state.table(slot, IN_USE), building, i32(JoinTable.BYTES));
        code.fill(building, i32(0), i32(JoinTable.BYTES));
    }
}
