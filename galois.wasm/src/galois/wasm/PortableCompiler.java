package galois.wasm;

import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.InterpreterMachine;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.Import;
import com.dylibso.chicory.wasm.types.MemoryLimits;

import java.util.Map;
import java.util.function.Function;

/**
 * Uses Chicory's public interface only, at about 10 ns more a call and 60 KB more metaspace a
 * module than {@link TypedCompiler}: taken when that one does not work with the Chicory at hand.
 */
final class PortableCompiler implements CodeCompiler {
    private final Function<WasmModule, Function<Instance, Machine>> compiler;

    PortableCompiler() {
        this(
                module ->
                        MachineFactoryCompiler.builder(module)
                                .withInterpreterFallback(InterpreterFallback.FAIL)
                                .compile());
    }

    private PortableCompiler(Function<WasmModule, Function<Instance, Machine>> compiler) {
        this.compiler = compiler;
    }

    /** Runs modules as they are: quick to make, slow to run. */
    static PortableCompiler interpreting() {
        return new PortableCompiler(module -> InterpreterMachine::new);
    }

    @Override
    public Code compile(VerifiedModule module) {
        Function<Instance, Machine> machines = compiler.apply(module.wasm());
        return memory -> {
            Instance instance = instance(module.wasm(), machines, memory);
            return new Sandbox(
                    (FlatMemory) instance.memory(),
                    new BoxedEntry(instance.getMachine(), module.functions()));
        };
    }

    /** Links the module with flat memory and the functions of {@code galois_math}. */
    static Instance instance(
            WasmModule module, Function<Instance, Machine> machines, MemoryLimits memory) {
        return Instance.builder(module)
                .withMachineFactory(machines)
                .withMemoryFactory(FlatMemory::new)
                .withMemoryLimits(memory)
                .withImportValues(
                        ImportValues.builder()
                                .addFunction(
                                        module.importSection().stream()
                                                .map(PortableCompiler::mathFunction)
                                                .toArray(ImportFunction[]::new))
                                .build())
                .withStart(false)
                .build();
    }

    private static ImportFunction mathFunction(Import entry) {
        String name = entry.name();
        return new HostFunction(
                entry.module(),
                name,
                MathFunctions.type(name),
                (instance, arguments) -> new long[] {MathFunctions.apply(name, arguments)});
    }

    /** Calls with boxed arguments. */
    private record BoxedEntry(Machine machine, Map<KernelExport, Integer> functions)
            implements KernelEntry {
        private int call(KernelExport export, long... arguments) {
            long[] results = machine.call(functions.get(export), arguments);
            return results == null || results.length == 0 ? 0 : (int) results[0];
        }

        @Override
        public int alloc(int bytes) {
            return call(KernelExport.ALLOC, bytes);
        }

        @Override
        public void free(int pointer) {
            call(KernelExport.FREE, pointer);
        }

        @Override
        public int open(int parameterBatch) {
            return call(KernelExport.OPEN, parameterBatch);
        }

        @Override
        public int param(int slot, int parameterBatch) {
            return call(KernelExport.PARAM, slot, parameterBatch);
        }

        @Override
        public void close(int slot) {
            call(KernelExport.CLOSE, slot);
        }

        @Override
        public int process(int port, int batch, int first, int count, int slot, int out) {
            return call(KernelExport.PROCESS, port, batch, first, count, slot, out);
        }

        @Override
        public int time(int slot, int domain, long timeUs, int out) {
            return call(KernelExport.TIME, slot, domain, timeUs, out);
        }

        @Override
        public int drain(int slot, int out) {
            return call(KernelExport.DRAIN, slot, out);
        }

        @Override
        public int save(int slot, int mode, int out) {
            return call(KernelExport.SAVE, slot, mode, out);
        }

        @Override
        public int load(int slot, int batch, int first, int count) {
            return call(KernelExport.LOAD, slot, batch, first, count);
        }
    }
}
