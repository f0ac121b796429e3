package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.WasmType.I32;

import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.batch.Schema;
import galois.compiler.ir.Code;
import galois.compiler.ir.Label;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.Library;
import galois.compiler.runtime.RowView;
import galois.compiler.runtime.Status;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Large expressions cut into functions of bounded size: each takes row, end and slot and returns a
 * {@link Status}; a value comes back in a cell of its own.
 */
final class Outlines {
    private final Library library;
    private final Schema columns;
    private final Schema parameters;
    private final Set<Expr> chosen = Collections.newSetFromMap(new IdentityHashMap<>());
    private Set<Expr> facts = Set.of();

    /**
     * @param columns of the rows that all expressions here read
     */
    Outlines(Library library, Schema columns, Schema parameters) {
        this.library = library;
        this.columns = columns;
        this.parameters = parameters;
    }

    Library library() {
        return library;
    }

    Schema columns() {
        return columns;
    }

    Schema parameters() {
        return parameters;
    }

    boolean contains(Expr expr) {
        return chosen.contains(expr);
    }

    /** An equal expression whose own code weighs at most {@code limit}; chooses what is cut out. */
    Expr fit(Expr expr, int limit) {
        return fit(expr, limit, Set.of());
    }

    /** The same, where columns and parameters of {@code notNull} need no test. */
    Expr fit(Expr expr, int limit, Set<Expr> notNull) {
        facts = notNull;
        return fitted(expr, limit);
    }

    private Expr fitted(Expr expr, int limit) {
        if (!(expr instanceof Expr.Call call)) {
            return expr;
        }
        List<Expr> operands = new ArrayList<>();
        for (Expr operand : call.operands()) {
            operands.add(fitted(operand, Weight.FUNCTION));
        }
        Expr.Call fitted = new Expr.Call(call.function(), operands, call.type());
        if (weight(fitted) <= limit) {
            return fitted;
        }
        return switch (call.function()) {
            case AND, OR, COALESCE -> grouped(fitted, limit);
            case CASE -> nested(fitted, limit);
            default -> shrunk(fitted, limit);
        };
    }

    /** Weight of the code written in place: what is cut out counts as a call. */
    int weight(Expr expr) {
        if (chosen.contains(expr)) {
            return Weight.CALL;
        }
        int weight = Weight.own(expr, facts);
        for (Expr operand : Expressions.operands(expr)) {
            weight += weight(operand);
        }
        return weight;
    }

    /** Parameters that code written in place reads. */
    Set<Integer> parametersInPlace(Expr expr) {
        Set<Integer> result = new TreeSet<>();
        if (expr instanceof Expr.Parameter parameter) {
            result.add(parameter.index());
        }
        for (Expr operand : Expressions.operands(expr)) {
            if (!chosen.contains(operand)) {
                result.addAll(parametersInPlace(operand));
            }
        }
        return result;
    }

    private Expr shrunk(Expr.Call call, int limit) {
        List<Expr> bySize = new ArrayList<>(call.operands());
        bySize.sort(Comparator.comparingInt(this::weight).reversed());
        for (Expr operand : bySize) {
            if (weight(call) > limit && weight(operand) > Weight.CALL) {
                chosen.add(operand);
            }
        }
        return call;
    }

    /** AND, OR and COALESCE may be bracketed at will. */
    private Expr grouped(Expr.Call call, int limit) {
        List<Expr> rest = call.operands();
        while (rest.size() > 1
                && weight(new Expr.Call(call.function(), rest, call.type())) > limit) {
            List<Expr> groups = new ArrayList<>();
            List<Expr> group = new ArrayList<>();
            int weight = 0;
            for (Expr operand : rest) {
                int more = weight(operand) + 16;
                if (weight + more > Weight.FUNCTION && !group.isEmpty()) {
                    groups.add(group(call, group));
                    group.clear();
                    weight = 0;
                }
                group.add(operand);
                weight += more;
            }
            groups.add(group(call, group));
            rest = groups;
        }
        return rest.size() == 1 ? rest.get(0) : new Expr.Call(call.function(), rest, call.type());
    }

    private Expr group(Expr.Call call, List<Expr> operands) {
        Expr group =
                operands.size() == 1
                        ? operands.get(0)
                        : new Expr.Call(call.function(), operands, call.type());
        if (weight(group) > Weight.CALL) {
            chosen.add(group);
        }
        return group;
    }

    /** CASE a b c d ... becomes CASE a b (CASE c d ...) from the back. */
    private Expr nested(Expr.Call call, int limit) {
        List<Expr> operands = new ArrayList<>(call.operands());
        Expr otherwise = operands.remove(operands.size() - 1);
        List<Expr> branches = new ArrayList<>();
        for (int i = operands.size() - 2; i >= 0; i -= 2) {
            List<Expr> more = new ArrayList<>(operands.subList(i, i + 2));
            more.addAll(branches);
            more.add(otherwise);
            Expr.Call whole = new Expr.Call(Function.CASE, more, call.type());
            if (weight(whole) > limit && !branches.isEmpty()) {
                branches.add(otherwise);
                Expr inner = new Expr.Call(Function.CASE, branches, call.type());
                chosen.add(inner);
                otherwise = inner;
                branches = new ArrayList<>();
            }
            branches.addAll(0, operands.subList(i, i + 2));
        }
        branches.add(otherwise);
        return shrunk(new Expr.Call(Function.CASE, branches, call.type()), limit);
    }

    /** Calls the function of a chosen expression. */
    Operand value(ExpressionCode caller, Expr expr, Label onNull) {
        int cell = library.memory().reserve(8);
        WasmFunction function =
                function(
                        caller,
                        expr,
                        (inner) -> {
                            Code code = inner.scope().code();
                            code.block(
                                    isNull -> {
                                        storeCell(code, cell, inner.value(expr, isNull), inner);
                                        code.ret(Status.OK);
                                    });
                            code.ret(Status.NONE);
                        });
        call(caller, function, expr, onNull);
        return switch (expr.type().cell()) {
            case I64 -> Operand.of(expr.type(), caller.scope().code().let(i32(cell).wide(0)));
            case F64 -> Operand.of(expr.type(), caller.scope().code().let(i32(cell).real(0)));
            case STRING ->
                    caller.let(
                            new Operand(expr.type(), i32(cell).word(0), i32(cell).word(4), false));
        };
    }

    private static void storeCell(Code code, int cell, Operand value, ExpressionCode inner) {
        switch (value.type().cell()) {
            case I64 -> code.storeWide(i32(cell), 0, value.value());
            case F64 -> code.storeReal(i32(cell), 0, inner.real(value));
            case STRING -> {
                Operand text = inner.let(value);
                code.storeWord(i32(cell), 0, text.value());
                code.storeWord(i32(cell), 4, text.length());
            }
        }
    }

    /** Calls the function of a chosen condition. */
    void branch(
            ExpressionCode caller,
            Expr condition,
            Label whenTrue,
            Label whenFalse,
            Label whenNull) {
        WasmFunction function =
                function(
                        caller,
                        condition,
                        inner -> condition(inner, condition, whenNull == whenFalse));
        Code code = caller.scope().code();
        Value status = call(caller, function, condition, whenNull);
        if (code.fallsTo(whenTrue)) {
            code.jumpIf(status.ne(Status.OK), whenFalse);
            code.jump(whenTrue);
        } else {
            code.jumpIf(status.eq(Status.OK), whenTrue);
            code.jump(whenFalse);
        }
    }

    /**
     * @param nullIsFalse the caller does not tell NULL from false, so evaluation may stop at either
     */
    private static void condition(ExpressionCode inner, Expr condition, boolean nullIsFalse) {
        Code code = inner.scope().code();
        code.block(
                isNull -> {
                    code.block(
                            isFalse -> {
                                Label otherwise = nullIsFalse ? isFalse : isNull;
                                code.block(
                                        isTrue ->
                                                inner.branch(
                                                        condition, isTrue, isFalse, otherwise));
                                code.ret(Status.OK);
                            });
                    code.ret(Status.FALSE);
                });
        code.ret(Status.NONE);
    }

    private Value call(ExpressionCode caller, WasmFunction function, Expr expr, Label onNull) {
        Code code = caller.scope().code();
        Value[] arguments = caller.scope().arguments().toArray(Value[]::new);
        Value status = code.let(function.call(arguments));
        if (Expressions.canFail(expr)) {
            code.when(status.gt(0), () -> caller.scope().fail().accept(status));
        }
        if (Expressions.canBeNull(expr, caller.scope().notNull())) {
            code.jumpIf(status.eq(Status.NONE), onNull);
        }
        return status;
    }

    private WasmFunction function(
            ExpressionCode caller, Expr expr, Consumer<ExpressionCode> author) {
        WasmFunction function = WasmFunction.returning(I32, "part", I32, I32, I32);
        Set<Expr> facts = caller.scope().notNull();
        boolean wasChosen = chosen.remove(expr);
        function.define(code -> author.accept(expressions(code, function, facts)));
        if (wasChosen) {
            chosen.add(expr);
        }
        return function;
    }

    /**
     * Expressions in a function whose parameters are row, end and slot, and which returns a status.
     */
    ExpressionCode expressions(Code code, WasmFunction function, Set<Expr> facts) {
        Value slot = function.argument(2);
        Scope scope =
                new Scope(
                        code,
                        RowView.of(columns, function.argument(0), function.argument(1)),
                        SlotShape.parameters(parameters, slot),
                        List.of(function.argument(0), function.argument(1), slot),
                        facts,
                        code::ret);
        return new ExpressionCode(this, scope);
    }
}
