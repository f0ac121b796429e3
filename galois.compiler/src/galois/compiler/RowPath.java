package galois.compiler;

import static galois.compiler.ir.Value.i32;
import static galois.compiler.ir.WasmType.I32;

import galois.batch.RowLayout;
import galois.batch.Schema;
import galois.compiler.ir.Code;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.runtime.Library;
import galois.compiler.runtime.Status;
import galois.compiler.runtime.TextScratch;

import java.util.List;
import java.util.stream.Stream;

/** The way of one row through all stages into the sink, as one function. */
final class RowPath {
    private final Library library;
    private final List<StageFunctions> stages;
    private final Sink sink;
    private final boolean kinds;

    RowPath(Library library, List<Stage> stages, Schema parameters, Sink sink) {
        this(library, stages, parameters, sink, false);
    }

    /**
     * @param kinds rows that update and delete others stay what they are
     */
    RowPath(Library library, List<Stage> stages, Schema parameters, Sink sink, boolean kinds) {
        this.library = library;
        this.stages =
                stages.stream()
                        .map(stage -> new StageFunctions(library, stage, parameters, kinds))
                        .toList();
        this.sink = sink;
        this.kinds = kinds;
    }

    boolean kinds() {
        return kinds;
    }

    Library library() {
        return library;
    }

    StageFunctions first() {
        return stages.get(0);
    }

    Sink sink() {
        return sink;
    }

    boolean hasOneStage() {
        return stages.size() == 1;
    }

    /** True when some row gives no row. */
    boolean canDrop() {
        return canFail() || stages.stream().anyMatch(stage -> stage.stage().condition() != null);
    }

    /** True when some row gives an error row. */
    boolean canFail() {
        return !(sink instanceof Sink.Output output)
                || output.writer().schema().fields().stream()
                        .anyMatch(
                                field -> field.type().cell() == galois.batch.FieldType.Cell.STRING)
                || stages.stream()
                        .map(StageFunctions::stage)
                        .anyMatch(
                                stage ->
                                        stage.conditions().stream().anyMatch(Expressions::canFail)
                                                || stage.projection().stream()
                                                        .anyMatch(Expressions::canFail));
    }

    /**
     * {@code (row, end, slot, out) -> status}.
     *
     * @param filter false: the caller has tested the condition of the first stage
     */
    WasmFunction function(boolean filter) {
        WasmFunction inner = stagesFunction(filter);
        if (!makesText()) {
            return inner;
        }
        TextScratch scratch = library.part(TextScratch.class, TextScratch::new);
        WasmFunction self = WasmFunction.returning(I32, "texts", I32, I32, I32, I32);
        return self.define(
                code -> {
                    Value mark = code.let(scratch.mark());
                    Value[] same = {
                        self.argument(0), self.argument(1), self.argument(2), self.argument(3)
                    };
                    Value status = code.let(inner.call(same));
                    scratch.release(code, mark);
                    code.ret(status);
                });
    }

    /** True when functions make texts, which live until the row is through. */
    boolean makesText() {
        return stages.stream()
                .map(StageFunctions::stage)
                .flatMap(
                        stage ->
                                Stream.concat(
                                        stage.conditions().stream(), stage.projection().stream()))
                .anyMatch(Expressions::makesText);
    }

    private WasmFunction stagesFunction(boolean filter) {
        int last = stages.size() - 1;
        if (last == 0 && sink instanceof Sink.Output output) {
            return stages.get(0).toOutput(output.writer(), filter);
        }
        WasmFunction self = WasmFunction.returning(I32, "row", I32, I32, I32, I32);
        return self.define(
                code -> {
                    Value row = self.argument(0);
                    Value end = self.argument(1);
                    Value slot = self.argument(2);
                    for (int i = 0; i < last; i++) {
                        StageFunctions stage = stages.get(i);
                        int address = scratch(stage.stage().output());
                        keep(code, self, stage, address, 0, filter || i > 0, row, end);
                        row = i32(address);
                        end = i32(0);
                    }
                    StageFunctions stage = stages.get(last);
                    boolean lastFilter = filter || last > 0;
                    if (sink instanceof Sink.Output output) {
                        WasmFunction emit = stage.toOutput(output.writer(), lastFilter);
                        code.ret(emit.call(row, end, slot, self.argument(3)));
                    } else if (sink instanceof Sink.Pass pass) {
                        keep(code, self, stage, pass.rowAddress(), 0, lastFilter, row, end);
                        code.ret(pass.update().call(slot, self.argument(3)));
                    } else if (sink instanceof Sink.Through through) {
                        int keys = through.keys();
                        keep(code, self, stage, through.rowAddress(), keys, lastFilter, row, end);
                        code.ret(through.update().call(slot, self.argument(3)));
                    } else {
                        Sink.State state = (Sink.State) sink;
                        int address = state.rowAddress();
                        keep(code, self, stage, address, state.keys(), lastFilter, row, end);
                        code.ret(state.update().call(slot));
                    }
                });
    }

    /** Leaves the row at an address of the kernel's own, or returns. */
    private static void keep(
            Code code,
            WasmFunction self,
            StageFunctions stage,
            int address,
            int keys,
            boolean filter,
            Value row,
            Value end) {
        WasmFunction function = stage.toScratch(address, keys, filter);
        Value status = code.let(function.call(row, end, self.argument(2)));
        code.when(status.ne(Status.OK), () -> code.ret(status));
    }

    private int scratch(Schema schema) {
        return library.memory().reserve(RowLayout.stride(schema.size()));
    }
}
