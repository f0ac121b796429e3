package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.WasmType.I32;
import static galois.compiler.ir.WasmType.I64;

import galois.compiler.ir.WasmFunction;
import galois.compiler.ir.WasmType;
import galois.compiler.runtime.Library;
import galois.compiler.runtime.RowOutput;

import java.util.List;

/** Filters and projections: nothing stays behind, time passes unseen. */
record StatelessOperator(Library library, Fragment fragment, RowOutput output) implements Operator {
    @Override
    public List<RowPath> paths() {
        return fragment.ports().stream().map(this::path).toList();
    }

    private RowPath path(Fragment.Port port) {
        List<Stage> stages = Stage.of(port.input(), port.before());
        Sink sink = new Sink.Output(output);
        return new RowPath(library, stages, fragment.parameters(), sink, port.updating());
    }

    @Override
    public int stateBytes() {
        return 0;
    }

    @Override
    public WasmFunction initialise() {
        return null;
    }

    @Override
    public WasmFunction release() {
        return null;
    }

    @Override
    public String stateLayout() {
        return "";
    }

    @Override
    public List<WasmFunction> exports() {
        return List.of(
                nothing("g_time", I32, I32, I64, I32),
                nothing("g_drain", I32, I32),
                nothing("g_save", I32, I32, I32),
                nothing("g_load", I32, I32, I32, I32));
    }

    private static WasmFunction nothing(String name, WasmType... parameters) {
        return WasmFunction.returning(I32, name, parameters).define(code -> code.ret(i32(0)));
    }
}
