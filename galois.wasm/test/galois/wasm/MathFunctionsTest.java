package galois.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.types.MemoryLimits;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/** Imported functions give StrictMath's bits on both calling paths. */
class MathFunctionsTest {
    /** {@code g_drain(a, b)} = (i32) (1000000 * pow(a, 1 / b)). */
    private static final VerifiedModule ROOTS =
            new VerifiedModule(
                    Parser.parse(
                            new TinyWasm()
                                    .function("galois_math", "ln", "d:d")
                                    .function("galois_math", "pow", "dd:d")
                                    .export(
                                            "g_drain",
                                            "ii:i",
                                            0,
                                            // f64.convert_i32_s, f64.const 1, f64.div, f64.mul,
                                            // i32.trunc_f64_s
                                            TinyWasm.GET,
                                            0,
                                            0xB7,
                                            0x44,
                                            0,
                                            0,
                                            0,
                                            0,
                                            0,
                                            0,
                                            0xF0,
                                            0x3F,
                                            TinyWasm.GET,
                                            1,
                                            0xB7,
                                            0xA3,
                                            TinyWasm.CALL,
                                            1,
                                            0x44,
                                            0,
                                            0,
                                            0,
                                            0,
                                            0x80,
                                            0x84,
                                            0x2E,
                                            0x41,
                                            0xA2,
                                            0xAA)
                                    .bytes()),
                    null,
                    Map.of(KernelExport.DRAIN, 2));

    @Test
    void bothPathsCallTheSameFunction() {
        for (CodeCompiler compiler : List.of(new TypedCompiler(), new PortableCompiler())) {
            KernelEntry entry = compiler.compile(ROOTS).instantiate(new MemoryLimits(1, 1)).entry();
            assertEquals(1_414_213, entry.drain(2, 2));
            assertEquals(2_000_000, entry.drain(8, 3));
        }
    }

    @Test
    void nanIsCanonical() {
        long odd = 0xFFF8_0000_0000_1234L;
        assertEquals(
                Double.doubleToLongBits(Double.NaN), MathFunctions.apply("sin", new long[] {odd}));
        assertEquals(
                Double.doubleToLongBits(StrictMath.hypot(3, 4)),
                MathFunctions.apply(
                        "hypot",
                        new long[] {Double.doubleToLongBits(3), Double.doubleToLongBits(4)}));
    }
}
