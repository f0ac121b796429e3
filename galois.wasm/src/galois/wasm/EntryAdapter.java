package galois.wasm;

import com.dylibso.chicory.runtime.Instance;

import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

import java.util.Map;

/** Writes the class that implements {@link KernelEntry} by static calls into generated code. */
final class EntryAdapter {
    private static final String MEMORY = Type.getDescriptor(FlatMemory.class);
    private static final String INSTANCE = Type.getDescriptor(Instance.class);

    private EntryAdapter() {}

    /**
     * @param name of the class, with dots, in the package of the generated classes
     * @param functions index of each export
     * @param owners class of each {@code func_N}
     */
    static byte[] write(
            String name, Map<KernelExport, Integer> functions, Map<String, String> owners) {
        String self = name.replace('.', '/');
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(
                Opcodes.V11,
                Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER,
                self,
                null,
                "java/lang/Object",
                new String[] {Type.getInternalName(KernelEntry.class)});
        int field = Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL;
        writer.visitField(field, "memory", MEMORY, null, null).visitEnd();
        writer.visitField(field, "instance", INSTANCE, null, null).visitEnd();
        constructor(writer, self);
        functions.forEach(
                (export, index) -> {
                    if (export != KernelExport.ABI) {
                        call(writer, self, export, owners.get("func_" + index), index);
                    }
                });
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static void constructor(ClassWriter writer, String self) {
        MethodVisitor code =
                writer.visitMethod(
                        Opcodes.ACC_PUBLIC, "<init>", "(" + MEMORY + INSTANCE + ")V", null, null);
        code.visitCode();
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitVarInsn(Opcodes.ALOAD, 1);
        code.visitFieldInsn(Opcodes.PUTFIELD, self, "memory", MEMORY);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitVarInsn(Opcodes.ALOAD, 2);
        code.visitFieldInsn(Opcodes.PUTFIELD, self, "instance", INSTANCE);
        code.visitInsn(Opcodes.RETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private static void call(
            ClassWriter writer, String self, KernelExport export, String owner, int index) {
        String descriptor = export.methodDescriptor();
        MethodVisitor code =
                writer.visitMethod(
                        Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL,
                        export.methodName(),
                        descriptor,
                        null,
                        null);
        code.visitCode();
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitFieldInsn(Opcodes.GETFIELD, self, "memory", MEMORY);
        code.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL,
                Type.getInternalName(FlatMemory.class),
                "beginCall",
                "()V",
                false);
        int local = 1;
        for (Type parameter : Type.getArgumentTypes(descriptor)) {
            code.visitVarInsn(parameter.getOpcode(Opcodes.ILOAD), local);
            local += parameter.getSize();
        }
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitFieldInsn(Opcodes.GETFIELD, self, "memory", MEMORY);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitFieldInsn(Opcodes.GETFIELD, self, "instance", INSTANCE);
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                owner,
                "func_" + index,
                descriptor.replace(")", MEMORY + INSTANCE + ")"),
                false);
        code.visitInsn(Type.getReturnType(descriptor).getOpcode(Opcodes.IRETURN));
        code.visitMaxs(0, 0);
        code.visitEnd();
    }
}
