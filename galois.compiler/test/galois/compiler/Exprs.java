package galois.compiler;

import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.batch.FieldType;

import java.util.List;

/** Short names for expressions in tests. */
final class Exprs {
    private Exprs() {}

    static Expr column(int index, FieldType type) {
        return new Expr.Column(index, type);
    }

    static Expr parameter(int index, FieldType type) {
        return new Expr.Parameter(index, type);
    }

    static Expr.Literal literal(FieldType type, String text) {
        return new Expr.Literal(type, text);
    }

    static Expr call(Function function, FieldType type, Expr... operands) {
        return new Expr.Call(function, List.of(operands), type);
    }

    static Expr test(Function function, Expr... operands) {
        return new Expr.Call(function, List.of(operands), FieldType.BOOLEAN);
    }
}
