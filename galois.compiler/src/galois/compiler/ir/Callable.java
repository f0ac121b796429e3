package galois.compiler.ir;

import java.util.List;
import java.util.Optional;

/** What a call can name: a function of the module or one the host gives. */
public sealed interface Callable permits WasmFunction, ImportedFunction {
    List<WasmType> parameters();

    Optional<WasmType> result();
}
