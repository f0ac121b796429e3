package galois.compiler.ir;

import java.util.List;
import java.util.Optional;

/** A step of a function: structured control flow, assignments and stores. */
public sealed interface Statement {
    record Set(Local local, Value value) implements Statement {
        public Set {
            Types.check("local", local.type(), value);
        }
    }

    record Store(Access access, Value address, int offset, Value value) implements Statement {
        public Store {
            Types.check(access, WasmType.I32, address);
            Types.check(access, access.type(), value);
            Types.offset(offset);
        }
    }

    /** A jump to the label of a block leaves it. */
    record Block(Label label, List<Statement> body) implements Statement {}

    /** A jump to the label of a loop begins it again; the end of the body leaves it. */
    record Loop(Label label, List<Statement> body) implements Statement {}

    record If(Value condition, List<Statement> then, List<Statement> otherwise)
            implements Statement {
        public If {
            Types.check("if", WasmType.I32, condition);
        }
    }

    record Jump(Label target) implements Statement {}

    record JumpIf(Value condition, Label target) implements Statement {
        public JumpIf {
            Types.check("jump", WasmType.I32, condition);
        }
    }

    record Return(Optional<Value> value) implements Statement {}

    /** Calls a function for its effect; a result is dropped. */
    record Run(Value.Call call) implements Statement {}

    /** Copies {@code bytes} bytes; the ranges may overlap. */
    record Copy(Value to, Value from, Value bytes) implements Statement {}

    record Fill(Value to, Value octet, Value bytes) implements Statement {}

    /** A defect: ends the instance. */
    record Trap() implements Statement {}
}
