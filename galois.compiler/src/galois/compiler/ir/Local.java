package galois.compiler.ir;

/** A variable of one function; a parameter when its index is below the number of parameters. */
public final class Local {
    private final WasmType type;
    private final int index;

    Local(WasmType type, int index) {
        this.type = type;
        this.index = index;
    }

    public WasmType type() {
        return type;
    }

    int index() {
        return index;
    }

    public Value get() {
        return new Value.Get(this);
    }
}
