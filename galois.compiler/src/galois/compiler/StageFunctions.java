package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.WasmType.I32;

import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.batch.RowKind;
import galois.batch.RowLayout;
import galois.batch.Schema;
import galois.compiler.ir.Code;
import galois.compiler.ir.Label;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.Library;
import galois.compiler.runtime.RowOutput;
import galois.compiler.runtime.Status;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The functions that run one stage over one row; each returns a {@link Status}. */
final class StageFunctions {
    private final Stage stage;
    private final Outlines outlines;
    private final boolean kinds;

    StageFunctions(Library library, Stage stage, Schema parameters) {
        this(library, stage, parameters, false);
    }

    /**
     * @param kinds the kind of a row is that of the row it is made of, unless a field says it
     */
    StageFunctions(Library library, Stage stage, Schema parameters, boolean kinds) {
        this.stage = stage;
        this.kinds = kinds;
        this.outlines = new Outlines(library, stage.input(), parameters);
    }

    Stage stage() {
        return stage;
    }

    Outlines outlines() {
        return outlines;
    }

    /** Inputs that are known not to be NULL once the condition was true. */
    private Set<Expr> known() {
        Set<Expr> known = new HashSet<>();
        Expressions.conjuncts(stage.conditions())
                .forEach(condition -> known.addAll(Expressions.notTrueIf(condition)));
        return known;
    }

    ProjectionCode projection() {
        return new ProjectionCode(outlines, stage.projection(), known());
    }

    /**
     * {@code (row, end, slot) -> status}: writes the output row at a fixed address of the kernel's.
     *
     * @param keys leading fields in the form in which keys are compared
     * @param filter false: the caller has tested the condition
     */
    WasmFunction toScratch(int address, int keys, boolean filter) {
        WasmFunction self = WasmFunction.returning(I32, "stage", I32, I32, I32);
        RowTarget target = RowTarget.own(stage.output(), address, keys);
        return self.define(
                code ->
                        guarded(
                                code,
                                self,
                                filter,
                                expressions -> {
                                    code.storeWide(
                                            target.row(),
                                            RowLayout.ROW_EVENT_TIME,
                                            self.argument(0).wide(RowLayout.ROW_EVENT_TIME));
                                    if (kinds) {
                                        code.storeWord(
                                                target.row(), RowLayout.ROW_KIND, kind(self));
                                    }
                                    fields(expressions, self, target, filter);
                                    code.ret(Status.OK);
                                }));
    }

    /** {@code (row, end, slot, out) -> status}: appends the output row to an output area. */
    WasmFunction toOutput(RowOutput writer, boolean filter) {
        WasmFunction self = WasmFunction.returning(I32, "emit", I32, I32, I32, I32);
        return self.define(
                code ->
                        guarded(
                                code,
                                self,
                                filter,
                                expressions -> {
                                    Value out = self.argument(3);
                                    Value row = code.let(writer.begin().call(out));
                                    code.when(row.eq(0), () -> code.ret(Status.FULL));
                                    writer.head(
                                            code,
                                            row,
                                            self.argument(2),
                                            RowKind.INSERT,
                                            self.argument(0).wide(RowLayout.ROW_EVENT_TIME));
                                    if (kinds) {
                                        code.storeWord(row, RowLayout.ROW_KIND, kind(self));
                                    }
                                    RowTarget target = RowTarget.output(writer, row, out);
                                    fields(expressions, self, target, filter);
                                    code.run(writer.commit().call(out));
                                    code.ret(Status.OK);
                                }));
    }

    /** A row that says what it does is an insert. */
    private Value kind(WasmFunction self) {
        boolean isTold =
                stage.projection().stream()
                        .anyMatch(
                                e ->
                                        e instanceof Expr.Call call
                                                && call.function() == Function.CHANGE);
        return isTold ? i32(RowKind.INSERT) : self.argument(0).octet(RowLayout.ROW_KIND);
    }

    private void guarded(
            Code code,
            WasmFunction self,
            boolean filter,
            java.util.function.Consumer<ExpressionCode> author) {
        Set<Expr> facts = filter ? Set.of() : known();
        ExpressionCode expressions = outlines.expressions(code, self, facts);
        Expr condition = filter ? stage.condition() : null;
        if (condition == null) {
            author.accept(expressions);
            return;
        }
        code.block(
                (Label drop) -> {
                    new FilterCode(outlines, condition, Weight.FUNCTION).emit(expressions, drop);
                    author.accept(expressions);
                });
        code.ret(Status.NONE);
    }

    /** In place when everything is small, else group by group in functions of their own. */
    private void fields(
            ExpressionCode expressions, WasmFunction self, RowTarget target, boolean filter) {
        Code code = expressions.scope().code();
        ProjectionCode projection = projection();
        ProjectionCode.begin(code, target);
        boolean light = !filter || stage.condition() == null;
        List<int[]> groups = projection.groups();
        if (groups.size() == 1 && (light || projection.weight() < Weight.FUNCTION / 4)) {
            projection.fields(expressions, target, 0, stage.projection().size());
            return;
        }
        Value out = target.out() == null ? i32(0) : target.out();
        for (int[] group : groups) {
            Value status =
                    code.let(
                            group(projection, target, group)
                                    .call(
                                            self.argument(0),
                                            self.argument(1),
                                            self.argument(2),
                                            target.row(),
                                            out));
            code.when(status.ne(Status.OK), () -> code.ret(status));
        }
    }

    private WasmFunction group(ProjectionCode projection, RowTarget target, int[] group) {
        WasmFunction self = WasmFunction.returning(I32, "fields", I32, I32, I32, I32, I32);
        RowTarget inner =
                new RowTarget(
                        target.schema(),
                        self.argument(3),
                        target.out() == null ? null : self.argument(4),
                        target.writer(),
                        target.keys());
        return self.define(
                code -> {
                    ExpressionCode expressions =
                            outlines.expressions(code, self, projection.notNull());
                    projection.fields(expressions, inner, group[0], group[1]);
                    code.ret(Status.OK);
                });
    }
}
