package galois.compiler;

import static galois.compiler.ir.Value.f64;
import static galois.compiler.ir.Value.i64;

import galois.api.plan.Expr;
import galois.batch.FieldType;
import galois.batch.RowLayout;
import galois.compiler.ir.Code;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmType;
import galois.compiler.runtime.FieldView;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The fields of an output row, in groups that fit a function each. */
final class ProjectionCode {
    private static final int STORE_WEIGHT = 45;

    private final List<Expr> expressions = new ArrayList<>();
    private final Outlines outlines;
    private final Set<Expr> notNull;

    /**
     * @param notNull inputs that the filter has tested
     */
    ProjectionCode(Outlines outlines, List<Expr> projection, Set<Expr> notNull) {
        this.outlines = outlines;
        this.notNull = notNull;
        for (Expr expr : projection) {
            expressions.add(outlines.fit(expr, Weight.FUNCTION / 2, notNull));
        }
    }

    List<Expr> expressions() {
        return List.copyOf(expressions);
    }

    int weight() {
        return expressions.stream().mapToInt(this::weight).sum();
    }

    private int weight(Expr expr) {
        int text = expr.type().cell() == FieldType.Cell.STRING ? STORE_WEIGHT : 0;
        return outlines.weight(expr) + STORE_WEIGHT + text;
    }

    boolean canFail() {
        return expressions.stream().anyMatch(Expressions::canFail);
    }

    Set<Expr> notNull() {
        return notNull;
    }

    /** Index ranges {@code [from, to)} of fields that fit one function. */
    List<int[]> groups() {
        List<int[]> groups = new ArrayList<>();
        int from = 0;
        int weight = 0;
        for (int i = 0; i < expressions.size(); i++) {
            weight += weight(expressions.get(i));
            if (weight > Weight.FUNCTION && i > from) {
                groups.add(new int[] {from, i});
                from = i;
                weight = weight(expressions.get(i));
            }
        }
        groups.add(new int[] {from, expressions.size()});
        return groups;
    }

    /** Clears the null words of the row; before any {@link #fields}. */
    static void begin(Code code, RowTarget target) {
        int words = RowLayout.nullWords(target.schema().size());
        for (int word = 0; word < words; word++) {
            code.storeWide(target.row(), RowLayout.ROW_NULLS + 8 * word, i64(0));
        }
    }

    /** Writes the fields of one group. */
    void fields(ExpressionCode code, RowTarget target, int from, int to) {
        code.scope().notNull().addAll(notNull);
        int field = from;
        while (field < to) {
            int word = field >>> 6;
            int end = Math.min(to, 64 * (word + 1));
            word(code, target, field, end);
            field = end;
        }
    }

    /** Fields that share a null word. */
    private void word(ExpressionCode expressionCode, RowTarget target, int from, int to) {
        Code code = expressionCode.scope().code();
        boolean nullable = false;
        for (int field = from; field < to; field++) {
            nullable |= Expressions.canBeNull(expressions.get(field), notNull);
        }
        Local nulls = nullable ? code.local(WasmType.I64) : null;
        if (nullable) {
            code.set(nulls, i64(0));
        }
        for (int field = from; field < to; field++) {
            field(expressionCode, target, field, nulls);
        }
        if (nullable) {
            int offset = RowLayout.ROW_NULLS + 8 * (from >>> 6);
            Value sum = target.row().wide(offset).or(nulls.get());
            code.storeWide(target.row(), offset, sum);
        }
    }

    private void field(ExpressionCode expressionCode, RowTarget target, int field, Local nulls) {
        Code code = expressionCode.scope().code();
        Expr expr = expressions.get(field);
        boolean nullable = Expressions.canBeNull(expr, notNull);
        boolean key = field < target.keys() && expr.type().isFloating();
        if (expr instanceof Expr.Column column
                && expr.type().cell() != FieldType.Cell.STRING
                && !key) {
            copy(expressionCode, target, field, column.index(), nullable ? nulls : null);
            return;
        }
        if (!nullable) {
            code.block(never -> store(code, target, field, expressionCode.value(expr, never)));
            return;
        }
        code.block(
                done -> {
                    code.block(
                            isNull -> {
                                Operand value = expressionCode.value(expr, isNull);
                                store(code, target, field, value);
                                code.jump(done);
                            });
                    code.set(nulls, nulls.get().or(i64(1L << field)));
                    code.storeWide(target.row(), target.cell(field), i64(0));
                });
    }

    /** A NULL cell holds 0, so it can be copied like any other. */
    private static void copy(
            ExpressionCode expressionCode, RowTarget target, int field, int column, Local nulls) {
        Code code = expressionCode.scope().code();
        FieldView columns = expressionCode.scope().columns();
        code.storeWide(target.row(), target.cell(field), columns.cell(column));
        if (nulls != null) {
            Value bit = columns.nullWord(column >>> 6).ushr(column & 63).and(1);
            code.set(nulls, nulls.get().or(bit.shl(field & 63)));
        }
    }

    private static void store(Code code, RowTarget target, int field, Operand operand) {
        switch (operand.type().cell()) {
            case I64 -> {
                boolean widen = target.schema().type(field).isFloating();
                if (widen) {
                    code.storeReal(target.row(), target.cell(field), operand.value().toDouble());
                } else {
                    code.storeWide(target.row(), target.cell(field), operand.value());
                }
            }
            case F64 -> {
                boolean key = field < target.keys();
                Value value = key ? operand.value().plus(f64(0)) : operand.value();
                code.storeReal(target.row(), target.cell(field), canonical(code, value, operand));
            }
            case STRING -> target.text(code, field, operand);
        }
    }

    private static Value canonical(Code code, Value value, Operand operand) {
        if (!operand.mayBeNan()) {
            return value;
        }
        Value kept = code.let(value);
        return new Value.Select(kept.eq(kept), kept, f64(Double.NaN));
    }
}
