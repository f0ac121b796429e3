package galois.compiler.ir;

/** The types of the IR: those Wasm numbers that kernels use. */
public enum WasmType {
    I32(0x7F),
    I64(0x7E),
    /** Only between two instructions: nothing is kept or passed in single precision. */
    F32(0x7D),
    F64(0x7C);

    private final int code;

    WasmType(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
