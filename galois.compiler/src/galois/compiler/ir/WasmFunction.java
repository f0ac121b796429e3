package galois.compiler.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A function: signature, locals, body. Built once through {@link #define}; a function may be called
 * by others before its body is there, so functions can refer to each other.
 */
public final class WasmFunction implements Callable {
    private final String name;
    private final List<Local> locals = new ArrayList<>();
    private final List<WasmType> parameters;
    private final Optional<WasmType> result;
    private List<Statement> body;

    private WasmFunction(String name, WasmType result, List<WasmType> parameters) {
        this.name = name;
        this.result = Optional.ofNullable(result);
        this.parameters = List.copyOf(parameters);
        this.parameters.forEach(this::local);
    }

    public static WasmFunction returning(WasmType result, String name, WasmType... parameters) {
        return new WasmFunction(name, result, List.of(parameters));
    }

    public static WasmFunction of(String name, WasmType... parameters) {
        return new WasmFunction(name, null, List.of(parameters));
    }

    /** For people; not in the module. */
    public String name() {
        return name;
    }

    @Override
    public List<WasmType> parameters() {
        return parameters;
    }

    @Override
    public Optional<WasmType> result() {
        return result;
    }

    public Local parameter(int index) {
        if (index >= parameters.size()) {
            throw new IndexOutOfBoundsException(name + " has no parameter " + index);
        }
        return locals.get(index);
    }

    public Value argument(int index) {
        return parameter(index).get();
    }

    public WasmFunction define(Consumer<Code> author) {
        if (body != null) {
            throw new IllegalStateException(name + " has a body");
        }
        Code code = new Code(this);
        author.accept(code);
        body = code.finish();
        return this;
    }

    public Value.Call call(Value... arguments) {
        return new Value.Call(this, List.of(arguments));
    }

    Local local(WasmType type) {
        Local local = new Local(type, locals.size());
        locals.add(local);
        return local;
    }

    List<WasmType> localTypes() {
        return locals.stream().skip(parameters.size()).map(Local::type).toList();
    }

    List<Statement> body() {
        if (body == null) {
            throw new IllegalStateException(name + " has no body");
        }
        return body;
    }

    @Override
    public String toString() {
        return name;
    }
}
