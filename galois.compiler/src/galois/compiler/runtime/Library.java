package galois.compiler.runtime;

import galois.compiler.ir.WasmFunction;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The shared functions of one module, each made when it is first asked for. */
public final class Library {
    private final StaticMemory memory = new StaticMemory();
    private final Map<String, WasmFunction> functions = new HashMap<>();
    private final Map<Class<?>, Object> parts = new HashMap<>();

    public StaticMemory memory() {
        return memory;
    }

    /**
     * The function of that name.
     *
     * @param signature makes it without a body; its name is the key
     * @param define gives it a body, after it can be found (recursion is allowed)
     */
    public WasmFunction function(
            String name, Supplier<WasmFunction> signature, Consumer<WasmFunction> define) {
        WasmFunction known = functions.get(name);
        if (known != null) {
            return known;
        }
        WasmFunction made = signature.get();
        functions.put(name, made);
        define.accept(made);
        return made;
    }

    /** The one instance of a part of the library. */
    public <T> T part(Class<T> type, java.util.function.Function<Library, T> factory) {
        Object known = parts.get(type);
        if (known == null) {
            known = factory.apply(this);
            parts.put(type, known);
        }
        return type.cast(known);
    }
}
