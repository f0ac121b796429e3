package galois.compiler;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;

import java.util.Collections;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** The pure functions that a host gives to kernels, as docs/abi.md says: StrictMath. */
final class HostMath {
    private static final Map<String, DoubleUnaryOperator> UNARY =
            Map.ofEntries(
                    Map.entry("exp", StrictMath::exp),
                    Map.entry("ln", StrictMath::log),
                    Map.entry("log10", StrictMath::log10),
                    Map.entry("sin", StrictMath::sin),
                    Map.entry("cos", StrictMath::cos),
                    Map.entry("tan", StrictMath::tan),
                    Map.entry("asin", StrictMath::asin),
                    Map.entry("acos", StrictMath::acos),
                    Map.entry("atan", StrictMath::atan),
                    Map.entry("sinh", StrictMath::sinh),
                    Map.entry("cosh", StrictMath::cosh),
                    Map.entry("tanh", StrictMath::tanh),
                    Map.entry("cbrt", StrictMath::cbrt));

    private static final Map<String, DoubleBinaryOperator> BINARY =
            Map.of("pow", StrictMath::pow, "atan2", StrictMath::atan2);

    private HostMath() {}

    static ImportValues imports() {
        ImportValues.Builder imports = ImportValues.builder();
        UNARY.forEach(
                (name, function) ->
                        imports.addFunction(
                                function(name, 1, args -> function.applyAsDouble(args[0]))));
        BINARY.forEach(
                (name, function) ->
                        imports.addFunction(
                                function(
                                        name,
                                        2,
                                        args -> function.applyAsDouble(args[0], args[1]))));
        return imports.build();
    }

    private interface Body {
        double of(double[] arguments);
    }

    private static HostFunction function(String name, int arguments, Body body) {
        return new HostFunction(
                "galois_math",
                name,
                FunctionType.of(
                        Collections.nCopies(arguments, ValType.F64),
                        Collections.nCopies(1, ValType.F64)),
                (instance, bits) -> {
                    double[] values = new double[bits.length];
                    for (int i = 0; i < bits.length; i++) {
                        values[i] = Double.longBitsToDouble(bits[i]);
                    }
                    return new long[] {Double.doubleToLongBits(body.of(values))};
                });
    }
}
