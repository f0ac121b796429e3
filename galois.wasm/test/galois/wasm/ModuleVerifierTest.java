package galois.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.batch.FieldType;

import org.junit.jupiter.api.Test;

class ModuleVerifierTest {
    @Test
    void acceptsAKernelAndReadsItsMetadata() {
        VerifiedModule module = ModuleVerifier.verify(TinyKernel.wasm());
        assertEquals("tiny", module.metadata().name());
        assertEquals(FieldType.BIGINT, module.metadata().parameters().type(0));
        assertEquals(1, module.metadata().inputs().size());
        assertEquals(KernelExport.values().length, module.functions().size());
    }

    @Test
    void refusesWhatIsTooLargeOrNoModule() {
        refused(new byte[ModuleVerifier.MODULE_BYTES_MAX + 1], "it is larger than 2097152 bytes");
        refused(new byte[] {1, 2, 3}, "it is not a valid WebAssembly module");
        byte[] cut = java.util.Arrays.copyOf(TinyKernel.wasm(), 100);
        refused(cut, "it is not a valid WebAssembly module");
    }

    @Test
    void refusesImportsOtherThanMath() {
        refused(
                importing(new TinyWasm().function("env", "print", "i:")),
                "it imports env.print, only functions of galois_math may be imported");
        refused(
                importing(new TinyWasm().function("galois_math", "random", "d:d")),
                "it imports galois_math.random, there is no such function");
        refused(
                importing(new TinyWasm().function("galois_math", "pow", "d:d")),
                "it imports galois_math.pow with another signature than (F64,F64) -> (F64)");
    }

    @Test
    void refusesMemoryThatIsNotBoundedAndPrivate() {
        refused(importing(new TinyWasm().memory(0)), "it does not have exactly one memory");
        refused(module(new TinyWasm().memory(1, 0, 1)), "its memory has no declared maximum");
        refused(
                module(new TinyWasm().memory(1, 1, 1, 0x81, 0x20)),
                "its memory has no declared maximum of at most 4096 pages (256 MB)");
        refused(module(new TinyWasm().memory(1, 3, 1, 2)), "its memory is shared");
        byte[] hidden =
                TinyKernel.functions(new TinyWasm()).custom("galois.abi", TinyKernel.ABI).bytes();
        refused(hidden, "it does not export its memory as \"memory\"");
    }

    @Test
    void refusesAStartFunction() {
        TinyWasm module = TinyKernel.complete(new TinyWasm()).export("init", ":", 0).start(11);
        refused(module.bytes(), "it has a start function");
    }

    @Test
    void refusesMissingAndWrongExports() {
        byte[] missing =
                new TinyWasm()
                        .export("g_abi", ":i", 0, 0x41, 1)
                        .exportMemory("memory")
                        .custom("galois.abi", TinyKernel.ABI)
                        .bytes();
        refused(missing, "it does not export the function g_alloc");
        byte[] wrong =
                new TinyWasm()
                        .export("g_abi", "i:i", 0, 0x41, 1)
                        .exportMemory("memory")
                        .custom("galois.abi", TinyKernel.ABI)
                        .bytes();
        refused(wrong, "its export g_abi has the signature (I32) -> (I32), not () -> (I32)");
    }

    @Test
    void refusesABadAbiSection() {
        refused(TinyKernel.complete(new TinyWasm()).bytes(), "it has no custom section galois.abi");
        refused(withAbi("no json"), "its section galois.abi is bad: it is not JSON");
        refused(withAbi("{}"), "its section galois.abi is bad: abi is missing");
        refused(
                withAbi(TinyKernel.ABI.replace("\"abi\":1", "\"abi\":2")),
                "its section galois.abi is bad: it says abi 2, this runtime has 1");
        refused(
                withAbi(TinyKernel.ABI.replace("BIGINT", "MONEY")),
                "its section galois.abi is bad: type \"MONEY\" is not known");
        refused(
                withAbi(TinyKernel.ABI.replace("[[", "[").replace("]]", "]")),
                "its section galois.abi is bad: inputs has a schema that is not an array");
    }

    private static byte[] withAbi(String json) {
        return TinyKernel.complete(new TinyWasm()).custom("galois.abi", json).bytes();
    }

    /** A module with next to no code: function indexes do not matter. */
    private static byte[] importing(TinyWasm begun) {
        return begun.export("g_abi", ":i", 0, TinyWasm.I32_CONST, 1).bytes();
    }

    private static byte[] module(TinyWasm begun) {
        return TinyKernel.complete(begun).custom("galois.abi", TinyKernel.ABI).bytes();
    }

    private static void refused(byte[] wasm, String rule) {
        GaloisException e = assertThrows(GaloisException.class, () -> ModuleVerifier.verify(wasm));
        assertEquals(ErrorCode.MODULE_REFUSED, e.code());
        assertThat(e.getMessage()).startsWith("module refused: " + rule);
    }
}
