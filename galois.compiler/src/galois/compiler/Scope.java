package galois.compiler;

import galois.api.plan.Expr;
import galois.compiler.ir.Code;
import galois.compiler.ir.Value;
import galois.compiler.runtime.FieldView;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Where code is being written and what it can see.
 *
 * @param columns the input row
 * @param parameters of the slot
 * @param arguments row, end and slot: what an outlined function needs to see the same
 * @param notNull columns and parameters that were tested already; grows as tests are emitted
 * @param fail leaves the row with an error code (i32); code after it is not reached
 */
record Scope(
        Code code,
        FieldView columns,
        FieldView parameters,
        List<Value> arguments,
        Set<Expr> notNull,
        Consumer<Value> fail) {
    /** The same place with another way out for errors. */
    Scope failing(Consumer<Value> other) {
        return new Scope(code, columns, parameters, arguments, notNull, other);
    }

    Scope {
        arguments = List.copyOf(arguments);
        notNull = new HashSet<>(notNull);
    }
}
