package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.WasmType.I32;

import galois.api.plan.JoinKind;
import galois.batch.RowError;
import galois.batch.RowLayout;
import galois.compiler.ir.Code;
import galois.compiler.ir.Label;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.JoinTable;
import galois.compiler.runtime.RowOutput;
import galois.compiler.runtime.Status;

/**
 * Takes rows in, gives their matches one by one, and lets rows go when their time has passed. It
 * can stop after any result: what comes next is in the slot.
 */
final class JoinProbe {
    private final JoinParts parts;
    private final JoinShape shape;
    private final JoinState state;
    private final JoinEmit emit;
    private final RowOutput output;
    private final JoinKind kind;

    /** Null: every pair that matches counts. */
    private final JoinNearest nearest;

    JoinProbe(JoinParts parts, JoinEmit emit, RowOutput output) {
        this.parts = parts;
        this.shape = parts.shape();
        this.state = parts.state();
        this.emit = emit;
        this.output = output;
        this.kind = shape.join().kind();
        this.nearest = shape.isAsof() ? new JoinNearest(parts, emit) : null;
    }

    /** {@code (slot, out) -> status} of the row in hand of a side. */
    WasmFunction update(int side) {
        WasmFunction self = WasmFunction.returning(I32, "join_update", I32, I32);
        return self.define(code -> update(self, code, side));
    }

    private void update(WasmFunction self, Code code, int side) {
        Value slot = self.argument(0);
        if (shape.isTimed()) {
            Value time = i32(parts.rows().get(side)).wide(RowLayout.ROW_EVENT_TIME);
            code.when(slot.wide(state.watermark()).gt(time), () -> code.ret(RowError.LATE));
        }
        Value matchable = code.let(parts.matchable(side).call());
        if (!kind.keepsUnmatched(side)) {
            code.when(matchable.eq(0), () -> code.ret(Status.OK));
        }
        Value hash = code.let(parts.hash(side).call());
        Local candidate = code.var(i32(0));
        boolean probes = shape.isTimed() ? !shape.isAsof() : side == 0;
        if (probes) {
            Value other = state.table(slot, 1 - side);
            code.when(
                    matchable.ne(0),
                    () -> code.set(candidate, parts.tables().get(0).find().call(other, hash)));
            if (!shape.isTimed() && !kind.keepsUnmatched(0)) {
                code.when(candidate.get().eq(0), () -> code.ret(Status.OK));
            }
        }
        if (shape.settles() && side == 1) {
            Value reserved = parts.tables().get(1).reserve().call(slot, state.table(slot, 2));
            code.when(reserved.eq(0), () -> code.ret(RowError.STATE_FULL));
        }
        Value entry =
                code.let(
                        parts.tables()
                                .get(side)
                                .insert()
                                .call(
                                        slot,
                                        state.table(slot, side),
                                        i32(parts.rows().get(side)),
                                        hash,
                                        parts.leaves(side).call()));
        code.when(entry.eq(0), () -> code.ret(RowError.STATE_FULL));
        code.storeWord(slot, state.saving(), i32(0));
        if (!probes) {
            code.ret(Status.OK);
            return;
        }
        if (shape.isTimed() && !shape.isLeftOnly()) {
            code.when(candidate.get().eq(0), () -> code.ret(Status.OK));
        }
        code.storeWord(slot, state.current(), entry);
        code.storeWord(slot, state.side(), i32(side));
        code.storeWord(slot, state.candidate(), nearest == null ? candidate.get() : i32(0));
        code.run(probe().call(slot, self.argument(1)));
        code.ret(Status.OK);
    }

    /** {@code g_time}. */
    WasmFunction time() {
        return shape.isLookup()
                ? new TableVersions(parts).time(output)
                : Firing.time(output, state.watermark(), leave());
    }

    /** {@code g_drain}. */
    WasmFunction drain() {
        WasmFunction self = WasmFunction.returning(I32, "join_resume", I32, I32);
        self.define(
                code -> {
                    Value slot = self.argument(0);
                    Value out = self.argument(1);
                    Value current = slot.word(state.current());
                    code.when(current.ne(0), () -> code.ret(probe().call(slot, out)));
                    if (shape.isLookup()) {
                        code.ret(0);
                    } else {
                        code.ret(leave().call(slot, out));
                    }
                });
        return Firing.drain(output, self);
    }

    /** {@code (slot, out) -> 0 or 1 pending}: goes on with the matches of the current row. */
    private WasmFunction probe() {
        return parts.library()
                .function(
                        "join_probe",
                        () -> WasmFunction.returning(I32, "join_probe", I32, I32),
                        self -> self.define(code -> probe(self, code)));
    }

    private void probe(WasmFunction self, Code code) {
        Value slot = self.argument(0);
        Value out = self.argument(1);
        Value current = code.let(slot.word(state.current()));
        Value side = code.let(slot.word(state.side()));
        Firing.untilFull(
                code,
                slot,
                state.saving(),
                full -> {
                    if (nearest == null) {
                        code.block(done -> pairs(code, slot, side, current, out, done, full));
                        code.storeWord(slot, state.candidate(), i32(0));
                        finish(code, slot, side, current, out, full);
                    } else {
                        nearest.finish(code, slot, current, out, full);
                    }
                    code.storeWord(slot, state.current(), i32(0));
                });
    }

    /** Every candidate that is left; jumps when the current row needs no more. */
    private void pairs(
            Code code, Value slot, Value side, Value current, Value out, Label done, Label full) {
        Local candidate = code.var(slot.word(state.candidate()));
        WasmFunction next = parts.tables().get(0).next();
        code.loop(
                again -> {
                    code.jumpIf(candidate.get().eq(0), done);
                    code.storeWord(slot, state.candidate(), candidate.get());
                    Value status = code.let(pair().call(slot, side, current, candidate.get(), out));
                    code.jumpIf(status.eq(Status.FULL), full);
                    code.jumpIf(status.eq(Status.NONE), done);
                    code.set(candidate, next.call(candidate.get()));
                    code.jump(again);
                });
    }

    /** The current row has seen every candidate. */
    private void finish(Code code, Value slot, Value side, Value current, Value out, Label full) {
        if (!shape.isTimed()) {
            if (kind.keepsUnmatched(0)) {
                code.when(
                        JoinTable.flags(current).eq(0),
                        () -> {
                            Value status = code.let(emit.emit().call(slot, current, i32(0), out));
                            code.jumpIf(status.eq(Status.FULL), full);
                        });
            }
            code.run(parts.remove().call(slot, side, current));
        } else if (shape.isLeftOnly()) {
            code.when(
                    side.eq(0).and(JoinTable.flags(current).ne(0)),
                    () -> code.run(parts.remove().call(slot, side, current)));
        }
    }

    /**
     * {@code (slot, side, current, candidate, out) -> OK: go on, NONE: the current row needs no
     * more, FULL}.
     */
    private WasmFunction pair() {
        return parts.library()
                .function(
                        "join_pair",
                        () -> WasmFunction.returning(I32, "join_pair", I32, I32, I32, I32, I32),
                        self -> self.define(code -> pair(self, code)));
    }

    private void pair(WasmFunction self, Code code) {
        Value slot = self.argument(0);
        Value side = self.argument(1);
        Value out = self.argument(4);
        Value left = code.let(new Value.Select(side.eq(0), self.argument(2), self.argument(3)));
        Value right = code.let(new Value.Select(side.eq(0), self.argument(3), self.argument(2)));
        if (shape.isLeftOnly()) {
            code.when(JoinTable.flags(left).ne(0), () -> code.ret(Status.OK));
        }
        Value status = code.let(emit.matches().call(slot, left, right));
        code.when(status.eq(Status.NONE), () -> code.ret(Status.OK));
        code.when(
                status.ne(Status.OK),
                () -> code.ret(emit.error().call(slot, left, right, out, status)));
        if (kind != JoinKind.ANTI) {
            Value given = code.let(emit.emitMatch().call(slot, left, right, out));
            code.when(given.ne(Status.OK), () -> code.ret(given));
        }
        // Of an inner join nobody asks.
        if (kind != JoinKind.INNER) {
            JoinTable.setFlags(code, left, i32(JoinTable.MATCHED));
            JoinTable.setFlags(code, right, i32(JoinTable.MATCHED));
        }
        if (shape.isLeftOnly()) {
            code.when(side.eq(0), () -> code.ret(Status.NONE));
        }
        code.ret(Status.OK);
    }

    /** {@code (slot, out) -> 0 or 1 pending}: rows whose time has passed leave. */
    private WasmFunction leave() {
        return parts.library()
                .function(
                        "join_leave_all",
                        () -> WasmFunction.returning(I32, "join_leave_all", I32, I32),
                        self -> self.define(code -> leave(self, code)));
    }

    private void leave(WasmFunction self, Code code) {
        Value slot = self.argument(0);
        Firing.untilFull(
                code,
                slot,
                state.saving(),
                full -> {
                    if (shape.settles()) {
                        nearest.leave(code, slot, self.argument(1), full);
                        return;
                    }
                    for (int side = 0; side < 2; side++) {
                        leave(code, slot, side, self.argument(1), full);
                    }
                });
    }

    private void leave(Code code, Value slot, int side, Value out, Label full) {
        JoinTable table = parts.tables().get(side);
        Value first = table.first(state.table(slot, side));
        code.block(
                done ->
                        code.loop(
                                again -> {
                                    Value entry = code.let(first);
                                    code.jumpIf(entry.eq(0), done);
                                    code.jumpIf(
                                            JoinTable.leaves(entry)
                                                    .ge(slot.wide(state.watermark())),
                                            done);
                                    if (kind.keepsUnmatched(side)) {
                                        code.when(
                                                JoinTable.flags(entry).eq(0),
                                                () -> alone(code, slot, side, entry, out, full));
                                    }
                                    WasmFunction remove = parts.tables().get(0).remove();
                                    code.run(remove.call(slot, state.table(slot, side), entry));
                                    code.jump(again);
                                }));
    }

    private void alone(Code code, Value slot, int side, Value entry, Value out, Label full) {
        Value left = side == 0 ? entry : i32(0);
        Value right = side == 0 ? i32(0) : entry;
        Value status = code.let(emit.emit().call(slot, left, right, out));
        code.jumpIf(status.eq(Status.FULL), full);
    }
}
