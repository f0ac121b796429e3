package galois.wasm;

import com.dylibso.chicory.compiler.internal.Shaded;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rewrites the classes that Chicory generated for one module: the memory parameter gets the type
 * {@link FlatMemory}, calls to Chicory's helper go to {@link KernelOps} where that has the same
 * method, and to the helper itself otherwise; imported functions are called directly.
 */
final class FlatRewriter {
    private static final String MEMORY = Type.getDescriptor(Memory.class);
    private static final String FLAT = Type.getDescriptor(FlatMemory.class);
    private static final String OPS = Type.getInternalName(KernelOps.class);
    private static final String HELPER = Type.getInternalName(Shaded.class);
    private static final String INSTANCE = Type.getInternalName(Instance.class);
    private static final Set<String> OWN = ownOperations();

    private final String prefix;
    private final String helperCopy;
    private final List<String> imports;
    private final Map<String, String> owners = new HashMap<>();

    /**
     * @param mainClass name with dots; the other classes' names begin with it
     * @param imports names of the imported functions, by index
     */
    FlatRewriter(String mainClass, List<String> imports) {
        this.prefix = mainClass.replace('.', '/');
        this.helperCopy = prefix + "Shaded";
        this.imports = imports;
    }

    boolean isHelper(String className) {
        return className.replace('.', '/').equals(helperCopy);
    }

    /** For each function {@code func_N} seen so far: the class that has it. */
    Map<String, String> owners() {
        return owners;
    }

    byte[] rewrite(byte[] bytes) {
        ClassReader reader = new ClassReader(bytes);
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        reader.accept(new Classes(writer, reader.getClassName()), 0);
        return writer.toByteArray();
    }

    static String flat(String descriptor) {
        return descriptor.replace(MEMORY, FLAT);
    }

    private static Set<String> ownOperations() {
        Set<String> names = new HashSet<>();
        for (Method method : KernelOps.class.getDeclaredMethods()) {
            names.add(method.getName() + Type.getMethodDescriptor(method));
        }
        return names;
    }

    private final class Classes extends ClassVisitor {
        private final String className;

        Classes(ClassVisitor next, String className) {
            super(Opcodes.ASM9, next);
            this.className = className;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] thrown) {
            MethodVisitor next =
                    super.visitMethod(access, name, flat(descriptor), signature, thrown);
            if (name.startsWith("func_")) {
                owners.put(name, className);
                int index = Integer.parseInt(name.substring("func_".length()));
                if (index < imports.size()) {
                    callMath(next, imports.get(index), descriptor);
                    return null;
                }
            }
            return new Calls(new FusedJumps(next), memoryLocal(descriptor));
        }
    }

    /** The body of an imported function: its parameters to the static method of that name. */
    private static void callMath(MethodVisitor code, String name, String descriptor) {
        Type[] parameters = Type.getArgumentTypes(descriptor);
        int doubles = parameters.length - 2; // memory and instance come last
        code.visitCode();
        for (int i = 0; i < doubles; i++) {
            code.visitVarInsn(Opcodes.DLOAD, 2 * i);
        }
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                Type.getInternalName(MathFunctions.class),
                name,
                "(" + "D".repeat(doubles) + ")D",
                false);
        code.visitInsn(Opcodes.DRETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    /** The local variable of the memory where the last parameters are memory and instance. */
    private static int memoryLocal(String descriptor) {
        boolean has = descriptor.contains(MEMORY + Type.getDescriptor(Instance.class) + ")");
        return has ? (Type.getArgumentsAndReturnSizes(descriptor) >> 2) - 3 : -1;
    }

    private final class Calls extends MethodVisitor {
        private final int memoryLocal;

        Calls(MethodVisitor next, int memoryLocal) {
            super(Opcodes.ASM9, next);
            this.memoryLocal = memoryLocal;
        }

        @Override
        public void visitMethodInsn(
                int opcode, String owner, String name, String descriptor, boolean isInterface) {
            String flat = flat(descriptor);
            if (name.equals("checkInterruption") && memoryLocal >= 0) {
                super.visitVarInsn(Opcodes.ALOAD, memoryLocal);
                super.visitMethodInsn(opcode, OPS, "jumpBack", "(" + FLAT + ")V", false);
            } else if (owner.equals(helperCopy)) {
                boolean own = OWN.contains(name + flat);
                super.visitMethodInsn(
                        opcode, own ? OPS : HELPER, name, own ? flat : descriptor, false);
            } else if (name.equals("I32_GE_U")) {
                super.visitMethodInsn(opcode, OPS, "greaterOrEqual", descriptor, false);
            } else if (owner.startsWith(prefix)) {
                super.visitMethodInsn(opcode, owner, name, flat, isInterface);
            } else {
                super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
                if (owner.equals(INSTANCE) && name.equals("memory")) {
                    super.visitTypeInsn(Opcodes.CHECKCAST, Type.getInternalName(FlatMemory.class));
                }
            }
        }

        @Override
        public void visitFrame(
                int type, int localCount, Object[] locals, int stackCount, Object[] stack) {
            super.visitFrame(type, localCount, flat(locals), stackCount, flat(stack));
        }

        private Object[] flat(Object[] types) {
            if (types == null) {
                return null;
            }
            Object[] flat = types.clone();
            for (int i = 0; i < flat.length; i++) {
                if (Type.getInternalName(Memory.class).equals(flat[i])) {
                    flat[i] = Type.getInternalName(FlatMemory.class);
                }
            }
            return flat;
        }

        private String flat(String descriptor) {
            return FlatRewriter.flat(descriptor);
        }
    }
}
