package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.WasmType.I32;

import galois.api.plan.Expr;
import galois.batch.FieldType;
import galois.batch.RowKind;
import galois.batch.RowLayout;
import galois.batch.Schema;
import galois.batch.SlotLayout;
import galois.compiler.ir.Code;
import galois.compiler.ir.Label;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.FieldView;
import galois.compiler.runtime.RowOutput;
import galois.compiler.runtime.RowView;
import galois.compiler.runtime.Status;
import galois.compiler.runtime.TextScratch;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The loop over the rows of a batch. When all rows belong to one slot its parameters are copied
 * into locals first, the condition is written into the loop, and a small projection without text
 * too.
 */
final class ProcessLoop {
    /** Weight of a condition inside the loop, beside the frame of the loop. */
    private static final int CONDITION = 950;

    private static final int PROJECTION = 250;

    /** Weight of a condition and the short way into an aggregate together. */
    private static final int HIT = 1300;

    private final RowPath path;
    private final Schema parameters;
    private final RowOutput errors;
    private final boolean oneSlot;
    private final WasmFunction self;

    private Local row;
    private Value stop;
    private Local slot;
    private Local outRow;
    private Local outLast;
    private Local error;

    private ProcessLoop(RowPath path, Schema parameters, RowOutput errors, boolean oneSlot) {
        this.path = path;
        this.parameters = parameters;
        this.errors = errors;
        this.oneSlot = oneSlot;
        String name = oneSlot ? "process_slot" : "process_rows";
        this.self = WasmFunction.returning(I32, name, I32, I32, I32, I32, I32);
    }

    /**
     * {@code (batch, first, n, slot, out) -> rows consumed}.
     *
     * @param errors where error rows go
     * @param oneSlot all rows belong to {@code slot}; else each row says
     */
    static WasmFunction of(RowPath path, Schema parameters, RowOutput errors, boolean oneSlot) {
        ProcessLoop loop = new ProcessLoop(path, parameters, errors, oneSlot);
        return loop.self.define(loop::body);
    }

    private void body(Code code) {
        Value batch = self.argument(0);
        Value out = self.argument(4);
        int stride = RowLayout.stride(path.first().stage().input().size());
        Value begin = batch.plus(self.argument(1).times(stride)).plus(RowLayout.HEADER_BYTES);
        row = code.var(begin);
        Value start = code.let(row.get());
        stop = code.let(row.get().plus(self.argument(2).times(stride)));
        Value end = code.let(batch.plus(batch.word(RowLayout.BYTES)));
        slot = oneSlot ? self.parameter(3) : code.var(i32(0));
        error = code.var(i32(0));
        Body inner = oneSlot ? inPlace(code, out, end) : byCall(code, out, end);
        code.block(
                exit -> {
                    if (oneSlot) {
                        code.jumpIf(slot.get().word(SlotLayout.PENDING).ne(0), exit);
                    }
                    code.loop(
                            again -> {
                                code.jumpIf(row.get().ge(stop), exit);
                                if (oneSlot && path.sink() instanceof Sink.Through) {
                                    code.jumpIf(slot.get().word(SlotLayout.PENDING).ne(0), exit);
                                }
                                if (!oneSlot) {
                                    code.set(slot, row.get().word(RowLayout.ROW_SLOT));
                                    code.jumpIf(slot.get().word(SlotLayout.PENDING).ne(0), exit);
                                }
                                forgetTexts(code);
                                oneRow(code, inner, out, exit);
                                code.set(row, row.get().plus(stride));
                                code.jump(again);
                            });
                });
        if (outRow != null) {
            Value bytes = outRow.get().minus(out).minus(RowLayout.HEADER_BYTES);
            code.storeWord(out, RowLayout.ROWS, bytes.overUnsigned(i32(errors.stride())));
        }
        code.ret(row.get().minus(start).overUnsigned(i32(stride)));
    }

    /** What the condition of the last row made; the rest of the path looks after itself. */
    private void forgetTexts(Code code) {
        if (path.makesText()) {
            path.library().part(TextScratch.class, TextScratch::new).release(code, i32(0));
        }
    }

    /** Writes the code for one row; control goes to one of the labels or on, which means next. */
    private interface Body {
        void emit(Label next, Label failed, Label exit);
    }

    private void oneRow(Code code, Body inner, Value out, Label exit) {
        code.block(
                next -> {
                    if (!path.canFail()) {
                        inner.emit(next, null, exit);
                        return;
                    }
                    code.block(
                            failed -> {
                                inner.emit(next, failed, exit);
                                code.jump(next);
                            });
                    errorRow(code, out, exit);
                });
    }

    private void errorRow(Code code, Value out, Label exit) {
        Value time = row.get().wide(RowLayout.ROW_EVENT_TIME);
        if (outRow == null) {
            Value status = errors.error().call(out, slot.get(), time, error.get());
            code.jumpIf(status.ne(Status.OK), exit);
        } else {
            code.jumpIf(outRow.get().gt(outLast.get()), exit);
            code.run(errors.errorAt().call(outRow.get(), slot.get(), time, error.get()));
            code.set(outRow, outRow.get().plus(errors.stride()));
        }
    }

    private Body byCall(Code code, Value out, Value end) {
        WasmFunction function = path.function(true);
        return (next, failed, exit) -> call(code, function, out, end, next, failed, exit);
    }

    private void call(
            Code code,
            WasmFunction function,
            Value out,
            Value end,
            Label next,
            Label failed,
            Label exit) {
        Value status = code.let(function.call(row.get(), end, slot.get(), out));
        leave(code, status, next, failed, exit);
    }

    private void leave(Code code, Value status, Label next, Label failed, Label exit) {
        code.jumpIf(status.eq(Status.OK).or(status.eq(Status.NONE)), next);
        code.jumpIf(status.eq(Status.FULL), exit);
        if (failed != null) {
            code.set(error, status);
            code.jump(failed);
        }
    }

    private Body inPlace(Code code, Value out, Value end) {
        Stage stage = path.first().stage();
        Expr condition = stage.condition();
        Outlines outlines = path.first().outlines();
        FilterCode filter =
                condition == null ? null : new FilterCode(outlines, condition, CONDITION);
        ProjectionCode projection = path.first().projection();
        boolean direct = isDirect(projection);
        Set<Integer> used = new TreeSet<>();
        if (filter != null) {
            used.addAll(outlines.parametersInPlace(filter.condition()));
        }
        if (direct) {
            projection.expressions().forEach(e -> used.addAll(outlines.parametersInPlace(e)));
        }
        HoistedFields hoisted = new HoistedFields(code, slotParameters(), used);
        if (direct) {
            outRow = code.var(errors.next(out));
            outLast = code.var(errors.last(out));
        }
        WasmFunction rest = direct ? null : path.function(false);
        ShortWay hit = hit(filter == null ? 0 : outlines.weight(filter.condition()));
        if (hit != null) {
            hit.begin(code, slot.get());
        }
        return (next, failed, exit) -> {
            if (hit != null) {
                code.block(
                        otherwise -> {
                            hit.refresh(code, slot.get());
                            rows(code, hoisted, filter, hit, end, failed, exit, otherwise);
                        });
                call(code, rest, out, end, next, failed, exit);
                return;
            }
            ExpressionCode expressions =
                    new ExpressionCode(outlines, scope(code, hoisted, end, failed));
            if (filter != null) {
                filter.emit(expressions, next);
            }
            if (!direct) {
                call(code, rest, out, end, next, failed, exit);
                return;
            }
            code.jumpIf(outRow.get().gt(outLast.get()), exit);
            project(expressions, projection);
        };
    }

    /**
     * A loop of its own over the rows that go the short way; jumps to {@code otherwise} with a row
     * that passes the condition but has to go the long way.
     */
    private void rows(
            Code code,
            HoistedFields hoisted,
            FilterCode filter,
            ShortWay hit,
            Value end,
            Label failed,
            Label exit,
            Label otherwise) {
        StageFunctions first = path.first();
        code.loop(
                again -> {
                    code.block(
                            next -> {
                                if (filter != null) {
                                    filter.emit(
                                            new ExpressionCode(
                                                    first.outlines(),
                                                    scope(code, hoisted, end, failed)),
                                            next);
                                }
                                RowView input = RowView.of(first.stage().input(), row.get(), end);
                                hit.emit(code, input, slot.get(), otherwise);
                            });
                    code.set(row, row.get().plus(RowLayout.stride(first.stage().input().size())));
                    code.jumpIf(row.get().ge(stop), exit);
                    forgetTexts(code);
                    code.jump(again);
                });
    }

    /** The short way into an aggregate when it fits the loop beside the condition. */
    private ShortWay hit(int conditionWeight) {
        return path.sink() instanceof Sink.State state
                        && state.hit() != null
                        && conditionWeight + state.hit().weight() <= HIT
                ? state.hit()
                : null;
    }

    private RowView slotParameters() {
        return SlotShape.parameters(parameters, slot.get());
    }

    private Scope scope(Code code, FieldView hoisted, Value end, Label failed) {
        return new Scope(
                code,
                RowView.of(path.first().stage().input(), row.get(), end),
                hoisted,
                List.of(row.get(), end, slot.get()),
                Set.of(),
                status -> {
                    code.set(error, status);
                    code.jump(failed);
                });
    }

    private void project(ExpressionCode expressions, ProjectionCode projection) {
        Code code = expressions.scope().code();
        errors.head(
                code,
                outRow.get(),
                slot.get(),
                RowKind.INSERT,
                row.get().wide(RowLayout.ROW_EVENT_TIME));
        RowTarget target = RowTarget.output(errors, outRow.get(), self.argument(4));
        ProjectionCode.begin(code, target);
        projection.fields(expressions, target, 0, target.schema().size());
        code.set(outRow, outRow.get().plus(errors.stride()));
    }

    private boolean isDirect(ProjectionCode projection) {
        return path.hasOneStage()
                && !path.kinds()
                && path.sink() instanceof Sink.Output
                && !errors.isRouted()
                && projection.weight() <= PROJECTION
                && errors.schema().fields().stream()
                        .noneMatch(f -> f.type().cell() == FieldType.Cell.STRING);
    }
}
