package galois.compiler;

import static galois.compiler.ir.WasmType.I32;

import galois.api.kernel.KernelMetadata;
import galois.api.kernel.KernelModule;
import galois.api.plan.LogicalOp;
import galois.api.plan.Over;
import galois.api.plan.Plans;
import galois.batch.Field;
import galois.batch.Schema;
import galois.compiler.ir.Code;
import galois.compiler.ir.Value;
import galois.compiler.ir.WasmFunction;
import galois.compiler.ir.WasmModule;
import galois.compiler.runtime.Allocator;
import galois.compiler.runtime.Library;
import galois.compiler.runtime.RowOutput;

import java.util.List;

/** Puts the functions of a kernel together: the exports of docs/abi.md and all they need. */
final class KernelAssembly {
    /** 256 MB: the most an instance may ever hold; the host sets its own limit below. */
    private static final int MEMORY_PAGES_MAX = 4096;

    private final Fragment fragment;
    private final Library library = new Library();
    private final WasmModule module = new WasmModule();

    KernelAssembly(Fragment fragment) {
        this.fragment = fragment;
    }

    KernelModule module() {
        Allocator heap = library.part(Allocator.class, Allocator::new);
        RowOutput output = new RowOutput(library, "out", fragment.output());
        if (fragment.route() != null) {
            output.route(fragment.route().keys(), fragment.route().instances());
        }
        Operator operator = operator(output);
        module.export(abi());
        module.export(heap.alloc());
        module.export(heap.free());
        SlotFunctions slots =
                new SlotFunctions(
                        library,
                        fragment.parameters(),
                        operator.stateBytes(),
                        operator.initialise(),
                        operator.release());
        module.export(slots.open());
        module.export(slots.param());
        module.export(slots.close());
        module.export(process(operator, output));
        operator.exports().forEach(module::export);
        KernelMetadata metadata =
                new KernelMetadata(
                        KernelMetadata.ABI_VERSION,
                        fragment.name(),
                        fragment.ports().stream().map(port -> unnamed(port.input())).toList(),
                        List.of(unnamed(fragment.output())),
                        fragment.parameters(),
                        operator.stateLayout(),
                        operator.stateLayout().isEmpty(),
                        !operator.stateLayout().isEmpty(),
                        false,
                        watermarkDelayUs());
        library.memory().install(module, MEMORY_PAGES_MAX);
        module.customSection(AbiSection.NAME, AbiSection.of(metadata));
        return new KernelModule(module.toBytes(), metadata);
    }

    /** Rows have no names: queries that name their results differently share the code. */
    private static Schema unnamed(Schema schema) {
        Field[] fields = new Field[schema.size()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = new Field("f" + i, schema.field(i).type());
        }
        return Schema.of(fields);
    }

    private Operator operator(RowOutput output) {
        if (fragment.stateful() == null) {
            return new StatelessOperator(library, fragment, output);
        }
        if (Plans.grouping(fragment.stateful()) != null) {
            return new AggregateOperator(library, fragment, fragment.stateful(), output);
        }
        if (fragment.stateful() instanceof LogicalOp.Join join) {
            return new JoinOperator(library, fragment, join, output);
        }
        if (fragment.stateful() instanceof LogicalOp.Repeat repeat) {
            return new RepeatOperator(library, fragment, repeat, output);
        }
        if (fragment.stateful() instanceof Over over) {
            return new OverOperator(library, fragment, over, output);
        }
        LogicalOp.Sort sort = (LogicalOp.Sort) fragment.stateful();
        return sort.isLimit()
                ? new LimitOperator(library, fragment, sort, output)
                : new SortOperator(library, fragment, sort, output);
    }

    private long watermarkDelayUs() {
        boolean timed = fragment.stateful() instanceof LogicalOp.Join join && join.time() != null;
        return timed ? ((LogicalOp.Join) fragment.stateful()).time().delayUs() : 0;
    }

    private static WasmFunction abi() {
        return WasmFunction.returning(I32, "g_abi")
                .define(code -> code.ret(KernelMetadata.ABI_VERSION));
    }

    private WasmFunction process(Operator operator, RowOutput output) {
        WasmFunction self = WasmFunction.returning(I32, "g_process", I32, I32, I32, I32, I32, I32);
        List<RowPath> paths = operator.paths();
        return self.define(
                code -> {
                    code.run(output.prepare().call(self.argument(5)));
                    for (int port = 1; port < paths.size(); port++) {
                        RowPath path = paths.get(port);
                        code.when(self.argument(0).eq(port), () -> rows(code, self, path, output));
                    }
                    rows(code, self, paths.get(0), output);
                });
    }

    private void rows(Code code, WasmFunction self, RowPath path, RowOutput output) {
        WasmFunction slot = ProcessLoop.of(path, fragment.parameters(), output, true);
        WasmFunction rows = ProcessLoop.of(path, fragment.parameters(), output, false);
        Value[] arguments = {
            self.argument(1), self.argument(2), self.argument(3), self.argument(4), self.argument(5)
        };
        code.when(self.argument(4).ne(0), () -> code.ret(slot.call(arguments)));
        code.ret(rows.call(arguments));
    }
}
