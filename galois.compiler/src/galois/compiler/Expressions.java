package galois.compiler;

import galois.api.plan.Expr;
import galois.api.plan.Function;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Questions about expressions that decide which code is needed. */
final class Expressions {
    private Expressions() {}

    /** The conditions that must all be true, in order; nested ANDs are opened. */
    static List<Expr> conjuncts(List<Expr> conditions) {
        List<Expr> all = new ArrayList<>();
        for (Expr condition : conditions) {
            if (condition instanceof Expr.Call call && call.function() == Function.AND) {
                all.addAll(conjuncts(call.operands()));
            } else {
                all.add(condition);
            }
        }
        return all;
    }

    static List<Expr> operands(Expr expr) {
        return expr instanceof Expr.Call call ? call.operands() : List.of();
    }

    /** Every column and parameter in the expression. */
    static Stream<Expr> leaves(Expr expr) {
        return expr instanceof Expr.Call call
                ? call.operands().stream().flatMap(Expressions::leaves)
                : Stream.of(expr);
    }

    /** Columns and parameters whose being NULL makes the expression NULL. */
    static Set<Expr> nullIf(Expr expr) {
        Set<Expr> result = new HashSet<>();
        if (expr instanceof Expr.Call call) {
            if (isStrict(call.function())) {
                call.operands().forEach(operand -> result.addAll(nullIf(operand)));
            }
        } else if (!(expr instanceof Expr.Literal)) {
            result.add(expr);
        }
        return result;
    }

    /** Columns and parameters whose being NULL keeps the condition from being true. */
    static Set<Expr> notTrueIf(Expr condition) {
        if (condition instanceof Expr.Call call) {
            List<Set<Expr>> operands =
                    call.operands().stream().map(Expressions::notTrueIf).toList();
            Set<Expr> result = new HashSet<>();
            if (call.function() == Function.AND) {
                operands.forEach(result::addAll);
                return result;
            }
            if (call.function() == Function.OR) {
                result.addAll(operands.get(0));
                operands.forEach(result::retainAll);
                return result;
            }
            if (call.function() == Function.IS_TRUE) {
                return operands.get(0);
            }
        }
        return nullIf(condition);
    }

    private static boolean isStrict(Function function) {
        return switch (function) {
            case PLUS, MINUS, TIMES, DIVIDE, MOD, NEGATE, NOT, CAST, TRY_CAST -> true;
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> true;
            case AND, OR, CASE, COALESCE, TRY -> false;
            case IS_NULL, IS_NOT_NULL, IS_TRUE, IS_FALSE, IS_NOT_TRUE, IS_NOT_FALSE -> false;
            default -> true;
        };
    }

    static boolean canBeNull(Expr expr, Set<Expr> notNull) {
        if (expr instanceof Expr.Literal literal) {
            return literal.isNull();
        }
        if (!(expr instanceof Expr.Call call)) {
            return !notNull.contains(expr);
        }
        List<Expr> operands = call.operands();
        return switch (call.function()) {
            case IS_NULL, IS_NOT_NULL, IS_TRUE, IS_FALSE, IS_NOT_TRUE, IS_NOT_FALSE -> false;
            case TRY -> canFail(operands.get(0)) || canBeNull(operands.get(0), notNull);
            case TRY_CAST -> true;
            case COALESCE -> operands.stream().allMatch(operand -> canBeNull(operand, notNull));
            case CASE -> {
                boolean result = canBeNull(operands.get(operands.size() - 1), notNull);
                for (int i = 1; i < operands.size(); i += 2) {
                    result |= canBeNull(operands.get(i), notNull);
                }
                yield result;
            }
            case REGEXP_EXTRACT -> true;
            default -> operands.stream().anyMatch(operand -> canBeNull(operand, notNull));
        };
    }

    /** True when some row gives an error instead of a value. */
    static boolean canFail(Expr expr) {
        if (!(expr instanceof Expr.Call call)) {
            return false;
        }
        if (call.function() == Function.TRY) {
            return false;
        }
        if (call.operands().stream().anyMatch(Expressions::canFail)) {
            return true;
        }
        return switch (call.function()) {
            case PLUS, MINUS, TIMES, DIVIDE, MOD, NEGATE -> !call.type().isFloating();
            case CAST -> CastCode.canFail(call.operands().get(0).type(), call.type());
            default -> call.function().isScalar() && ScalarCode.canFail(call);
        };
    }

    /** True when some text is made in the scratch area of the row. */
    static boolean makesText(Expr expr) {
        return expr instanceof Expr.Call call
                && (ScalarCode.makesText(call)
                        || call.operands().stream().anyMatch(Expressions::makesText));
    }

    /** The expression with every column replaced. */
    static Expr substitute(Expr expr, UnaryOperator<Expr> column) {
        if (expr instanceof Expr.Column) {
            return column.apply(expr);
        }
        if (expr instanceof Expr.Call call) {
            List<Expr> operands =
                    call.operands().stream().map(operand -> substitute(operand, column)).toList();
            return new Expr.Call(call.function(), operands, call.type());
        }
        return expr;
    }
}
