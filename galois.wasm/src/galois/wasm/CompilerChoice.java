package galois.wasm;

import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.MemoryLimits;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.HexFormat;
import java.util.Map;

/** Tries the fast calling path on a tiny module and says which path this runtime takes. */
final class CompilerChoice {
    private static final Logger LOG = LoggerFactory.getLogger(CompilerChoice.class);

    /** {@code (memory 1 1) (func (param i32 i32) (result i32) local.get 0 local.get 1 i32.add)}. */
    private static final String PROBE =
            "0061736d01000000"
                    + "0107016002"
                    + "7f7f017f" // type
                    + "03020100" // function
                    + "050401010101" // memory
                    + "0a09010700"
                    + "200020016a0b"; // code

    private CompilerChoice() {}

    static CodeCompiler choose() {
        CodeCompiler typed = new TypedCompiler();
        try {
            if (answers(typed)) {
                LOG.info("kernels are called directly");
                return typed;
            }
            LOG.warn("kernels are called the portable, slower way: the direct way computes wrong");
        } catch (LinkageError | ChicoryException | IllegalArgumentException e) {
            LOG.warn("kernels are called the portable, slower way: {}", e.toString());
        }
        return new PortableCompiler();
    }

    private static boolean answers(CodeCompiler compiler) {
        WasmModule module = Parser.parse(HexFormat.of().parseHex(PROBE));
        VerifiedModule probe = new VerifiedModule(module, null, Map.of(KernelExport.DRAIN, 0));
        CodeCompiler.Sandbox sandbox = compiler.compile(probe).instantiate(new MemoryLimits(1, 1));
        return sandbox.entry().drain(40, 2) == 42;
    }
}
