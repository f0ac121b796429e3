package galois.compiler.ir;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A function of the host. In a module only when something calls it.
 *
 * @param module {@code galois_math}: nothing else is allowed to a kernel
 */
public record ImportedFunction(
        String module, String name, List<WasmType> parameters, Optional<WasmType> result)
        implements Callable {
    public ImportedFunction {
        Objects.requireNonNull(module, "module");
        Objects.requireNonNull(name, "name");
        parameters = List.copyOf(parameters);
    }
}
