package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.Value.i64;
import static galois.compiler.ir.WasmType.I32;
import static galois.compiler.ir.WasmType.I64;

import galois.api.plan.AsofMatch;
import galois.batch.FieldType;
import galois.batch.RowLayout;
import galois.compiler.ir.Code;
import galois.compiler.ir.Label;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.JoinTable;
import galois.compiler.runtime.RowView;
import galois.compiler.runtime.Status;
import galois.compiler.runtime.Strings;

/**
 * An ASOF join: a left row meets at most one right row, of those that match the nearest in time. In
 * event time a left row waits until no nearer right row can come. A right row that every left row
 * to come is behind is settled: of these a table of their own has the newest of each key.
 */
final class JoinNearest {
    private static final int LEFT = 0;
    private static final int RIGHT = 1;
    private static final int SETTLED = 2;

    private final JoinParts parts;
    private final JoinShape shape;
    private final JoinState state;
    private final JoinEmit emit;
    private final JoinTable rights;
    private final int time;
    private final boolean isBefore;

    JoinNearest(JoinParts parts, JoinEmit emit) {
        this.parts = parts;
        this.shape = parts.shape();
        this.state = parts.state();
        this.emit = emit;
        this.rights = parts.tables().get(RIGHT);
        AsofMatch match = AsofMatch.of(shape.join());
        JoinShape.Side right = shape.sides().get(RIGHT);
        int field = right.positions().get(match.right());
        this.time = JoinTable.ROW + RowLayout.cell(right.row().size(), field);
        this.isBefore = match.isBefore();
    }

    /** {@code (slot, left entry) -> the right entry that it meets, or 0}. */
    private WasmFunction best() {
        return parts.library()
                .function(
                        "join_best",
                        () -> WasmFunction.returning(I32, "join_best", I32, I32),
                        self -> self.define(code -> best(self, code)));
    }

    private void best(WasmFunction self, Code code) {
        Local best = code.var(i32(0));
        if (shape.settles()) {
            nearest(self, code, SETTLED, best);
        }
        nearest(self, code, RIGHT, best);
        code.ret(best.get());
    }

    /** The best of a table, unless the one at hand is better. */
    private void nearest(WasmFunction self, Code code, int table, Local best) {
        Value slot = self.argument(0);
        Value left = self.argument(1);
        Value hash = JoinTable.hash(left);
        Local candidate = code.var(rights.find().call(state.table(slot, table), hash));
        code.loopWhile(
                candidate.get().ne(0),
                () -> {
                    Value status = code.let(emit.matches().call(slot, left, candidate.get()));
                    code.when(
                            status.eq(Status.OK),
                            () ->
                                    code.when(
                                            isNearer(candidate.get(), best.get()),
                                            () -> code.set(best, candidate.get())));
                    code.set(candidate, rights.next().call(candidate.get()));
                });
    }

    /** Of rows of one time the last one before, the first one after. */
    private Value isNearer(Value candidate, Value best) {
        Value own = candidate.wide(time);
        Value other = best.wide(time);
        return best.eq(0).or(isBefore ? own.ge(other) : other.gt(own));
    }

    /** Gives the row of a left entry with what it meets, if it is wanted, and lets it go. */
    void finish(Code code, Value slot, Value left, Value out, Label full) {
        Value right = code.let(best().call(slot, left));
        Value isWanted = shape.join().kind().keepsUnmatched(LEFT) ? i32(1) : right.ne(0);
        code.when(
                isWanted,
                () -> {
                    Value status = code.let(emit.emit().call(slot, left, right, out));
                    code.jumpIf(status.eq(Status.FULL), full);
                });
        code.run(parts.remove().call(slot, i32(LEFT), left));
    }

    /** Left rows that wait no longer come out, right rows settle. */
    void leave(Code code, Value slot, Value out, Label full) {
        Value watermark = slot.wide(state.watermark());
        Value first = parts.tables().get(LEFT).first(state.table(slot, LEFT));
        code.block(
                done ->
                        code.loop(
                                again -> {
                                    Value left = code.let(first);
                                    code.jumpIf(left.eq(0), done);
                                    code.jumpIf(JoinTable.leaves(left).ge(watermark), done);
                                    // What is nearer than all before it makes the search short.
                                    code.run(settle().call(slot, settledBy(left, watermark)));
                                    finish(code, slot, left, out, full);
                                    code.jump(again);
                                }));
        code.run(settle().call(slot, watermark));
    }

    /** The watermark at which rows before a left row are settled, if it is not greater. */
    private Value settledBy(Value left, Value watermark) {
        long later = shape.sides().get(RIGHT).keepUs() - shape.sides().get(LEFT).keepUs();
        Value leaves = JoinTable.leaves(left);
        Value own = leaves.plus(i64(later));
        Value isLess = i64(Long.MAX_VALUE / 2).gt(leaves).and(watermark.gt(own));
        return new Value.Select(isLess, own, watermark);
    }

    /**
     * {@code (slot, watermark)}: right rows that it has passed stay only if they are the newest of
     * their key. Without memory they stay as they are.
     */
    private WasmFunction settle() {
        return parts.library()
                .function(
                        "join_settle",
                        () -> WasmFunction.of("join_settle", I32, I64),
                        self -> self.define(code -> settle(self, code)));
    }

    private void settle(WasmFunction self, Code code) {
        Value slot = self.argument(0);
        Value from = state.table(slot, RIGHT);
        Value to = state.table(slot, SETTLED);
        Value first = rights.first(from);
        code.block(
                done ->
                        code.loop(
                                again -> {
                                    Value entry = code.let(first);
                                    code.jumpIf(entry.eq(0), done);
                                    Value leaves = JoinTable.leaves(entry);
                                    code.jumpIf(leaves.ge(self.argument(1)), done);
                                    Value older = code.let(sameKey().call(slot, entry));
                                    code.when(
                                            older.ne(0),
                                            () -> code.run(rights.remove().call(slot, to, older)));
                                    Value moved = rights.move().call(slot, from, to, entry);
                                    code.jumpIf(moved.eq(0), done);
                                    code.jump(again);
                                }));
    }

    /** {@code (slot, right entry) -> the settled entry of its key, or 0}. */
    private WasmFunction sameKey() {
        return parts.library()
                .function(
                        "join_same_key",
                        () -> WasmFunction.returning(I32, "join_same_key", I32, I32),
                        self -> self.define(code -> sameKey(self, code)));
    }

    private void sameKey(WasmFunction self, Code code) {
        Value entry = self.argument(1);
        Value table = state.table(self.argument(0), SETTLED);
        Local other = code.var(rights.find().call(table, JoinTable.hash(entry)));
        code.loopWhile(
                other.get().ne(0),
                () -> {
                    Value isSame = equalKeys().call(entry, other.get());
                    code.when(isSame.ne(0), () -> code.ret(other.get()));
                    code.set(other, rights.next().call(other.get()));
                });
        code.ret(0);
    }

    /** {@code (right entry, right entry) -> 1 or 0}: every left row finds both or none. */
    private WasmFunction equalKeys() {
        JoinShape.Side right = shape.sides().get(RIGHT);
        return parts.library()
                .function(
                        "join_equal_keys",
                        () -> WasmFunction.returning(I32, "join_equal_keys", I32, I32),
                        self ->
                                self.define(
                                        code -> {
                                            RowView a = row(right, self.argument(0));
                                            RowView b = row(right, self.argument(1));
                                            for (int key = 0; key < right.keys(); key++) {
                                                code.when(
                                                        isEqual(a, b, key).eq(0),
                                                        () -> code.ret(0));
                                            }
                                            code.ret(1);
                                        }));
    }

    private static RowView row(JoinShape.Side side, Value entry) {
        return RowView.of(side.row(), entry.plus(JoinTable.ROW), i32(0));
    }

    /** Numbers are equal when their cells are: NaN and zero have one form each in a key. */
    private Value isEqual(RowView a, RowView b, int key) {
        if (a.schema().type(key).cell() != FieldType.Cell.STRING) {
            return a.cell(key).eq(b.cell(key));
        }
        Strings strings = parts.library().part(Strings.class, Strings::new);
        return strings.equal()
                .call(a.textStart(key), a.textLength(key), b.textStart(key), b.textLength(key));
    }
}
