package galois.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.dylibso.chicory.runtime.OpcodeImpl;

import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;

/** A fused jump goes where the comparison of Chicory says. */
class FusedJumpsTest {
    private static final String NAMES = "(I32|I64|F32|F64)_(EQZ|(EQ|NE|LT|GT|LE|GE)(_[SU])?)";

    private static final List<Integer> INTS =
            List.of(0, 1, -1, 7, Integer.MIN_VALUE, Integer.MAX_VALUE);

    private static final List<Long> LONGS = List.of(0L, 1L, -1L, Long.MIN_VALUE, Long.MAX_VALUE);

    private static final List<Double> DOUBLES =
            List.of(0.0, -0.0, 1.5, -1.5, Double.NaN, Double.NEGATIVE_INFINITY);

    @Test
    void goesWhereTheComparisonSays() throws ReflectiveOperationException {
        List<Method> comparisons =
                Arrays.stream(OpcodeImpl.class.getDeclaredMethods())
                        .filter(method -> method.getName().matches(NAMES))
                        .toList();
        assertTrue(comparisons.size() >= 32, comparisons.toString());
        for (Method comparison : comparisons) {
            Class<?> jumps = jumps(comparison);
            Class<?>[] types = comparison.getParameterTypes();
            for (Object a : values(types[0])) {
                for (Object b : values(types[types.length - 1])) {
                    Object[] operands = types.length == 1 ? new Object[] {a} : new Object[] {a, b};
                    String what = comparison.getName() + Arrays.toString(operands);
                    int expected = (int) comparison.invoke(null, operands);
                    assertEquals(expected, call(jumps, "ifTrue", types, operands), what);
                    assertEquals(1 - expected, call(jumps, "ifFalse", types, operands), what);
                    assertEquals(expected, call(jumps, "value", types, operands), what);
                }
            }
        }
    }

    @Test
    void comparesUnsignedIntegers() {
        for (int a : INTS) {
            for (int b : INTS) {
                int expected = Integer.compareUnsigned(a, b) >= 0 ? 1 : 0;
                assertEquals(expected, KernelOps.greaterOrEqual(a, b), a + ", " + b);
            }
        }
    }

    private static List<?> values(Class<?> type) {
        if (type == int.class) {
            return INTS;
        }
        if (type == long.class) {
            return LONGS;
        }
        return type == double.class ? DOUBLES : DOUBLES.stream().map(Double::floatValue).toList();
    }

    private static int call(Class<?> type, String name, Class<?>[] types, Object[] operands)
            throws ReflectiveOperationException {
        return (int) type.getMethod(name, types).invoke(null, operands);
    }

    /** A class with a jump if the comparison holds, one if it does not, and its value. */
    private static Class<?> jumps(Method comparison) throws IllegalAccessException {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES);
        String name = "galois/wasm/Jumps" + comparison.getName();
        writer.visit(Opcodes.V11, Opcodes.ACC_PUBLIC, name, null, "java/lang/Object", null);
        method(writer, "ifTrue", comparison, Opcodes.IFNE);
        method(writer, "ifFalse", comparison, Opcodes.IFEQ);
        method(writer, "value", comparison, Opcodes.NOP);
        writer.visitEnd();
        return MethodHandles.lookup().defineClass(writer.toByteArray());
    }

    private static void method(ClassWriter writer, String name, Method comparison, int jump) {
        String descriptor = Type.getMethodDescriptor(comparison);
        int access = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC;
        MethodVisitor code =
                new FusedJumps(writer.visitMethod(access, name, descriptor, null, null));
        code.visitCode();
        int local = 0;
        for (Type type : Type.getArgumentTypes(descriptor)) {
            code.visitVarInsn(type.getOpcode(Opcodes.ILOAD), local);
            local += type.getSize();
        }
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                Type.getInternalName(OpcodeImpl.class),
                comparison.getName(),
                descriptor,
                false);
        if (jump != Opcodes.NOP) {
            Label target = new Label();
            code.visitJumpInsn(jump, target);
            code.visitInsn(Opcodes.ICONST_0);
            code.visitInsn(Opcodes.IRETURN);
            code.visitLabel(target);
            code.visitInsn(Opcodes.ICONST_1);
        }
        code.visitInsn(Opcodes.IRETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }
}
