package galois.compiler;

import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.internal.ByteClassCollector;
import com.dylibso.chicory.compiler.internal.ClassCollector;
import com.dylibso.chicory.compiler.internal.Compiler;
import com.dylibso.chicory.wasm.Parser;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.CodeSizeEvaluator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How large the JVM methods of a kernel are. */
final class MethodSizes {
    /** One method and its bytes of code. */
    record Method(String name, int bytes) {}

    private MethodSizes() {}

    /** The methods made of the kernel's functions, largest first. */
    static List<Method> of(byte[] wasm) {
        ClassCollector collector =
                Compiler.builder(Parser.parse(wasm))
                        .withInterpreterFallback(InterpreterFallback.FAIL)
                        .withClassCollectorFactory(ByteClassCollector::new)
                        .build()
                        .compile()
                        .collector();
        List<Method> methods = new ArrayList<>();
        collector
                .classBytes()
                .forEach(
                        (name, bytes) -> {
                            if (!name.endsWith("Shaded")) {
                                read(bytes, methods);
                            }
                        });
        methods.sort(Comparator.comparingInt(Method::bytes).reversed());
        return methods;
    }

    private static void read(byte[] bytes, List<Method> methods) {
        ClassWriter ignored = new ClassWriter(0);
        new ClassReader(bytes)
                .accept(
                        new org.objectweb.asm.ClassVisitor(Opcodes.ASM9, ignored) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access,
                                    String name,
                                    String descriptor,
                                    String signature,
                                    String[] exceptions) {
                                return new CodeSizeEvaluator(Opcodes.ASM9, null) {
                                    @Override
                                    public void visitEnd() {
                                        if (name.startsWith("func_")) {
                                            methods.add(new Method(name, getMaxSize()));
                                        }
                                    }
                                };
                            }
                        },
                        ClassReader.SKIP_DEBUG);
    }
}
