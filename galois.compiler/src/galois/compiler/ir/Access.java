package galois.compiler.ir;

import static galois.compiler.ir.WasmType.F64;
import static galois.compiler.ir.WasmType.I32;
import static galois.compiler.ir.WasmType.I64;

/** How a load or store sees memory: the type of the value and the bytes it takes there. */
public enum Access {
    WORD(I32, 0x28, 0x36, 2),
    LONG(I64, 0x29, 0x37, 3),
    DOUBLE(F64, 0x2B, 0x39, 3),
    /** Unsigned. */
    BYTE(I32, 0x2D, 0x3A, 0),
    /** Unsigned. */
    SHORT(I32, 0x2F, 0x3B, 1);

    private final WasmType type;
    private final int load;
    private final int store;
    private final int align;

    Access(WasmType type, int load, int store, int align) {
        this.type = type;
        this.load = load;
        this.store = store;
        this.align = align;
    }

    WasmType type() {
        return type;
    }

    int load() {
        return load;
    }

    int store() {
        return store;
    }

    int align() {
        return align;
    }
}
