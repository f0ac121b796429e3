package galois.compiler.ir;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Writes the body of one function, statement by statement. Not thread safe. */
public final class Code {
    /** More is copied or cleared by the instruction for memory. */
    private static final int CELL_BYTES_MAX = 72;

    private final WasmFunction function;
    private final Deque<List<Statement>> open = new ArrayDeque<>();
    private final Deque<Optional<Label>> ends = new ArrayDeque<>();

    Code(WasmFunction function) {
        this.function = function;
        open.push(new ArrayList<>());
        ends.push(Optional.empty());
    }

    List<Statement> finish() {
        return List.copyOf(open.pop());
    }

    public Local local(WasmType type) {
        return function.local(type);
    }

    /** A new local that holds the value as it is now. */
    public Local var(Value value) {
        Local local = function.local(value.type());
        set(local, value);
        return local;
    }

    /** The value as it is now, computed once; nothing is emitted for a constant. */
    public Value let(Value value) {
        return value instanceof Value.Const ? value : var(value).get();
    }

    public void set(Local local, Value value) {
        add(new Statement.Set(local, value));
    }

    public void storeWord(Value address, int offset, Value value) {
        add(new Statement.Store(Access.WORD, address, offset, value));
    }

    public void storeWide(Value address, int offset, Value value) {
        add(new Statement.Store(Access.LONG, address, offset, value));
    }

    public void storeReal(Value address, int offset, Value value) {
        add(new Statement.Store(Access.DOUBLE, address, offset, value));
    }

    public void storeOctet(Value address, int offset, Value value) {
        add(new Statement.Store(Access.BYTE, address, offset, value));
    }

    public void copy(Value to, Value from, Value bytes) {
        add(new Statement.Copy(to, from, bytes));
    }

    /**
     * Copies so many bytes, a multiple of 8, between ranges that do not overlap: a few words one by
     * one, since the call that copies memory costs more.
     */
    public void copyCells(Value to, Value from, int bytes) {
        if (bytes > CELL_BYTES_MAX) {
            copy(to, from, Value.i32(bytes));
            return;
        }
        Value target = let(to);
        Value source = let(from);
        for (int at = 0; at < bytes; at += 8) {
            storeWide(target, at, source.wide(at));
        }
    }

    /** Clears so many bytes, a multiple of 8: a few words one by one. */
    public void clearCells(Value from, int bytes) {
        if (bytes > CELL_BYTES_MAX) {
            fill(from, Value.i32(0), Value.i32(bytes));
            return;
        }
        Value target = let(from);
        for (int at = 0; at < bytes; at += 8) {
            storeWide(target, at, Value.i64(0));
        }
    }

    public void fill(Value to, Value octet, Value bytes) {
        add(new Statement.Fill(to, octet, bytes));
    }

    public void run(Value.Call call) {
        add(new Statement.Run(call));
    }

    public void trap() {
        add(new Statement.Trap());
    }

    public void ret(Value value) {
        Types.check("return of " + function, function.result().orElseThrow(), value);
        add(new Statement.Return(Optional.of(value)));
    }

    public void ret(int value) {
        ret(Value.i32(value));
    }

    public void ret() {
        if (function.result().isPresent()) {
            throw new IllegalArgumentException(function + " returns a value");
        }
        add(new Statement.Return(Optional.empty()));
    }

    public void jump(Label target) {
        add(new Statement.Jump(target));
    }

    public void jumpIf(Value condition, Label target) {
        add(new Statement.JumpIf(condition, target));
    }

    /** A block; its label is handed to the author and leads to its end. */
    public void block(Consumer<Label> author) {
        Label label = new Label();
        add(new Statement.Block(label, body(label, () -> author.accept(label))));
    }

    /** A loop that ends unless the author jumps to the label. */
    public void loop(Consumer<Label> author) {
        Label label = new Label();
        add(new Statement.Loop(label, body(null, () -> author.accept(label))));
    }

    /** Repeats the body while the condition, tested first, holds. */
    public void loopWhile(Value condition, Runnable author) {
        block(
                end ->
                        loop(
                                again -> {
                                    jumpIf(condition.not(), end);
                                    author.run();
                                    jump(again);
                                }));
    }

    public void when(Value condition, Runnable then) {
        add(new Statement.If(condition, body(null, then), List.of()));
    }

    public void when(Value condition, Runnable then, Runnable otherwise) {
        add(new Statement.If(condition, body(null, then), body(null, otherwise)));
    }

    /** True when what comes next in the code is the end of that block. */
    public boolean fallsTo(Label label) {
        Optional<Label> end = ends.peek();
        return end.isPresent() && end.get() == label;
    }

    private List<Statement> body(Label end, Runnable author) {
        open.push(new ArrayList<>());
        ends.push(Optional.ofNullable(end));
        author.run();
        ends.pop();
        return List.copyOf(open.pop());
    }

    private void add(Statement statement) {
        open.element().add(statement);
    }
}
