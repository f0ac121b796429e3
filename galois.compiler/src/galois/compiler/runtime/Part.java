package galois.compiler.runtime;

import galois.compiler.ir.Code;
import galois.compiler.ir.Local;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.ir.WasmType;

import java.util.List;
import java.util.function.BiConsumer;

/** A part of the library: functions that share a theme. */
abstract class Part {
    final Library library;

    Part(Library library) {
        this.library = library;
    }

    /** The function of that name, written at its first use. */
    final WasmFunction function(
            String name,
            WasmType result,
            List<WasmType> parameters,
            BiConsumer<WasmFunction, Code> author) {
        WasmType[] types = parameters.toArray(WasmType[]::new);
        return library.function(
                name,
                () -> WasmFunction.returning(result, name, types),
                self -> self.define(code -> author.accept(self, code)));
    }

    static void add(Code code, Local local, Value more) {
        code.set(local, local.get().plus(more));
    }

    static void add(Code code, Local local, int more) {
        code.set(local, local.get().plus(more));
    }
}
