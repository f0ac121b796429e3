package galois.compiler;

import static galois.compiler.ir.WasmType.I32;

import galois.compiler.ir.Code;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.ir.WasmType;
import galois.compiler.runtime.Status;

import java.util.List;
import java.util.stream.IntStream;

/** Steps that run one after the other, cut into functions so that none grows too large. */
final class Sequence {
    /** Writes step {@code index}; it may return a status that is not OK. */
    interface Step {
        void emit(Code code, WasmFunction self, int index);
    }

    private Sequence() {}

    /**
     * A function that runs all steps and returns the first status that is not OK, else OK.
     *
     * @param perFunction steps that are sure to fit one function
     */
    static WasmFunction of(
            String name, List<WasmType> parameters, int steps, int perFunction, Step step) {
        WasmType[] types = parameters.toArray(WasmType[]::new);
        WasmFunction self = WasmFunction.returning(I32, name, types);
        if (steps <= perFunction) {
            return part(self, step, 0, steps);
        }
        return self.define(
                code -> {
                    for (int from = 0; from < steps; from += perFunction) {
                        WasmFunction part =
                                part(
                                        WasmFunction.returning(I32, name, types),
                                        step,
                                        from,
                                        Math.min(steps, from + perFunction));
                        Value[] arguments =
                                IntStream.range(0, types.length)
                                        .mapToObj(self::argument)
                                        .toArray(Value[]::new);
                        Value status = code.let(part.call(arguments));
                        code.when(status.ne(Status.OK), () -> code.ret(status));
                    }
                    code.ret(Status.OK);
                });
    }

    private static WasmFunction part(WasmFunction self, Step step, int from, int to) {
        return self.define(
                code -> {
                    for (int i = from; i < to; i++) {
                        step.emit(code, self, i);
                    }
                    code.ret(Status.OK);
                });
    }
}
