package galois.sql;

import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.batch.FieldType;

import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntFunction;

/** Translates Calcite's expressions to ours. */
final class ExprBuilder {
    private final IntFunction<Expr> columns;
    private final BiFunction<Function, List<Expr>, Expr> calls;
    private final Casts casts;
    private final IntFunction<Expr> outer;

    /** Builds a CAST or TRY_CAST. */
    interface Casts {
        Expr apply(Function function, Expr operand, FieldType type);
    }

    private ExprBuilder(
            IntFunction<Expr> columns,
            IntFunction<Expr> outer,
            BiFunction<Function, List<Expr>, Expr> calls,
            Casts casts) {
        this.columns = columns;
        this.outer = outer;
        this.calls = calls;
        this.casts = casts;
    }

    /**
     * For expressions out of query text: constants are folded and compared exactly.
     *
     * @param columns what an input field is
     */
    static ExprBuilder ofText(IntFunction<Expr> columns) {
        return ofText(columns, null);
    }

    /**
     * For expressions out of an inner select.
     *
     * @param outer what a field of the outer select is
     */
    static ExprBuilder ofText(IntFunction<Expr> columns, IntFunction<Expr> outer) {
        return new ExprBuilder(columns, outer, TextCalls::call, TextCalls::cast);
    }

    /** For expressions of an optimised plan: as they are, casts added where types differ. */
    static ExprBuilder ofPlan(IntFunction<Expr> columns) {
        return new ExprBuilder(columns, null, Exprs::call, Exprs::cast);
    }

    Expr build(RexNode node) {
        if (node instanceof RexInputRef column) {
            return columns.apply(column.getIndex());
        }
        if (node instanceof RexLiteral literal) {
            return literal(literal);
        }
        if (node instanceof RexDynamicParam parameter) {
            return new Expr.Parameter(parameter.getIndex(), SqlTypes.from(parameter.getType()));
        }
        if (node instanceof RexFieldAccess access && outer != null) {
            return outer.apply(access.getField().getIndex());
        }
        if (node instanceof RexCall call) {
            return call(call);
        }
        throw new IllegalArgumentException("no expression of ours: " + node.getKind());
    }

    private Expr call(RexCall call) {
        FieldType constant = Operators.constantType(call.getOperator());
        if (constant != null) {
            RexLiteral text = (RexLiteral) call.getOperands().get(0);
            return new Expr.Literal(constant, text.getValueAs(String.class));
        }
        if (call.getKind() == SqlKind.CAST || call.getKind() == SqlKind.SAFE_CAST) {
            Function function = Operators.function(call.getOperator());
            Expr operand = build(call.getOperands().get(0));
            Expr cast = casts.apply(function, operand, SqlTypes.from(call.getType()));
            return Precision.truncated(cast, call.getType(), calls, casts);
        }
        if (WindowCalls.isWindowEnd(call)) {
            Expr.Column start = (Expr.Column) build(call.getOperands().get(0));
            Expr end = new Expr.Column(start.index() + 1, FieldType.TIMESTAMP);
            return call.getOperator() == WindowCalls.TIME ? WindowRows.timeOf(end) : end;
        }
        List<Expr> operands = new ArrayList<>(call.getOperands().size());
        for (RexNode operand : call.getOperands()) {
            operands.add(build(operand));
        }
        if (call.getKind() == SqlKind.IS_NOT_DISTINCT_FROM) {
            return isAlike(operands); // a rule on joins writes it
        }
        Function function = Operators.function(call.getOperator());
        if (function == null) {
            throw new IllegalArgumentException("no function of ours: " + call.getOperator());
        }
        return calls.apply(function, operands);
    }

    /** True when both are equal or both are NULL, never NULL. */
    private Expr isAlike(List<Expr> pair) {
        Expr equal = calls.apply(Function.EQUAL, pair);
        Expr both =
                calls.apply(
                        Function.AND,
                        List.of(
                                calls.apply(Function.IS_NULL, List.of(pair.get(0))),
                                calls.apply(Function.IS_NULL, List.of(pair.get(1)))));
        Expr isTrue = calls.apply(Function.IS_TRUE, List.of(equal));
        return calls.apply(Function.OR, List.of(isTrue, both));
    }

    private static Expr literal(RexLiteral literal) {
        if (literal.getTypeName() == SqlTypeName.NULL || literal.isNull()) {
            FieldType type =
                    literal.getType().getSqlTypeName() == SqlTypeName.NULL
                            ? FieldType.BOOLEAN
                            : SqlTypes.from(literal.getType());
            return new Expr.Literal(type, null);
        }
        FieldType type = SqlTypes.from(literal.getType());
        if (type == FieldType.BOOLEAN) {
            return new Expr.Literal(type, String.valueOf(RexLiteral.booleanValue(literal)));
        }
        if (type != null && type.isNumeric()) {
            BigDecimal value = literal.getValueAs(BigDecimal.class);
            if (type.isInteger()) {
                return new Expr.Literal(type, value.toBigIntegerExact().toString());
            }
            boolean isExact = type.isDecimal();
            return new Expr.Literal(
                    type,
                    isExact
                            ? value.setScale(type.scale()).toPlainString()
                            : Double.toString(value.doubleValue()));
        }
        throw new IllegalArgumentException("no literal of ours: " + literal.getType());
    }
}
