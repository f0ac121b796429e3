package galois.wasm;

import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.internal.ByteClassCollector;
import com.dylibso.chicory.compiler.internal.ClassCollector;
import com.dylibso.chicory.compiler.internal.Compiler;
import com.dylibso.chicory.compiler.internal.Shaded;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.Import;

import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compiles with Chicory's internal compiler, makes its classes speak {@link FlatMemory} instead of
 * the memory interface ({@link FlatRewriter}), and loads them with a typed adapter ({@link
 * EntryAdapter}) into one class loader. The helper class that Chicory copies for every module is
 * used where it is: 8 KB instead of 62 KB of metaspace a module.
 */
final class TypedCompiler implements CodeCompiler {
    @Override
    public Code compile(VerifiedModule module) {
        ClassCollector collector =
                Compiler.builder(module.wasm())
                        .withInterpreterFallback(InterpreterFallback.FAIL)
                        .withClassCollectorFactory(WithoutHelperCopy::new)
                        .build()
                        .compile()
                        .collector();
        FlatRewriter rewriter = new FlatRewriter(collector.mainClassName(), imports(module));
        Map<String, byte[]> classes = new HashMap<>();
        collector
                .classBytes()
                .forEach(
                        (name, bytes) -> {
                            if (!rewriter.isHelper(name)) {
                                classes.put(name, rewriter.rewrite(bytes));
                            }
                        });
        String adapter = collector.mainClassName() + "Entry";
        classes.put(adapter, EntryAdapter.write(adapter, module.functions(), rewriter.owners()));
        return link(module, new KernelClassLoader(classes), collector.mainClassName(), adapter);
    }

    private static Code link(
            VerifiedModule module, KernelClassLoader loader, String main, String adapter) {
        Constructor<?> machine = constructor(loader, main, Instance.class);
        Constructor<?> entry = constructor(loader, adapter, FlatMemory.class, Instance.class);
        return limits -> {
            Instance instance =
                    PortableCompiler.instance(
                            module.wasm(), it -> (Machine) create(machine, it), limits);
            FlatMemory memory = (FlatMemory) instance.memory();
            return new Sandbox(memory, (KernelEntry) create(entry, memory, instance));
        };
    }

    private static List<String> imports(VerifiedModule module) {
        return module.wasm().importSection().stream()
                .filter(entry -> entry.importType() == ExternalType.FUNCTION)
                .map(Import::name)
                .toList();
    }

    private static Constructor<?> constructor(
            ClassLoader loader, String name, Class<?>... parameters) {
        try {
            return loader.loadClass(name).getConstructor(parameters);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("generated class " + name, e);
        }
    }

    private static Object create(Constructor<?> constructor, Object... arguments) {
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new LinkageError("constructor of " + constructor.getDeclaringClass(), e);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("constructor of " + constructor.getDeclaringClass(), e);
        }
    }

    /** Hands Chicory an empty class to copy: copying the real helper takes longer than the rest. */
    private static final class WithoutHelperCopy extends ByteClassCollector {
        private static final byte[] EMPTY = empty();

        @Override
        public byte[] resolve(Class<?> type) {
            return type == Shaded.class ? EMPTY : super.resolve(type);
        }

        private static byte[] empty() {
            ClassWriter writer = new ClassWriter(0);
            writer.visit(
                    Opcodes.V11,
                    Opcodes.ACC_FINAL | Opcodes.ACC_SUPER,
                    "empty",
                    null,
                    "java/lang/Object",
                    null);
            writer.visitEnd();
            return writer.toByteArray();
        }
    }
}
