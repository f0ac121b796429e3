package galois.wasm;

import com.dylibso.chicory.runtime.OpcodeImpl;

import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

import java.util.Map;

/**
 * Makes one jump of a comparison and the jump on its result. Chicory calls a method that gives 0 or
 * 1 for each comparison; inlining those uses up what the JVM's compiler is willing to inline in one
 * method, and the last calls of a loop stay calls.
 */
final class FusedJumps extends MethodVisitor {
    private static final String COMPARISONS = Type.getInternalName(OpcodeImpl.class);

    /**
     * How a comparison becomes a jump.
     *
     * @param three what leaves a number to compare with 0 on the stack: an opcode, or 0
     * @param unsigned class whose {@code compareUnsigned} does that; or {@code null}
     * @param jump when the comparison holds
     */
    private record Comparison(int three, Class<?> unsigned, int jump) {}

    private static final Map<String, Comparison> JUMPS =
            Map.ofEntries(
                    plain("I32_EQ(II)I", 0, Opcodes.IF_ICMPEQ),
                    plain("I32_NE(II)I", 0, Opcodes.IF_ICMPNE),
                    plain("I32_LT_S(II)I", 0, Opcodes.IF_ICMPLT),
                    plain("I32_GT_S(II)I", 0, Opcodes.IF_ICMPGT),
                    plain("I32_LE_S(II)I", 0, Opcodes.IF_ICMPLE),
                    plain("I32_GE_S(II)I", 0, Opcodes.IF_ICMPGE),
                    plain("I32_EQZ(I)I", 0, Opcodes.IFEQ),
                    plain("I64_EQ(JJ)I", Opcodes.LCMP, Opcodes.IFEQ),
                    plain("I64_NE(JJ)I", Opcodes.LCMP, Opcodes.IFNE),
                    plain("I64_LT_S(JJ)I", Opcodes.LCMP, Opcodes.IFLT),
                    plain("I64_GT_S(JJ)I", Opcodes.LCMP, Opcodes.IFGT),
                    plain("I64_LE_S(JJ)I", Opcodes.LCMP, Opcodes.IFLE),
                    plain("I64_GE_S(JJ)I", Opcodes.LCMP, Opcodes.IFGE),
                    unsigned("I32_LT_U(II)I", Integer.class, Opcodes.IFLT),
                    unsigned("I32_GT_U(II)I", Integer.class, Opcodes.IFGT),
                    unsigned("I32_LE_U(II)I", Integer.class, Opcodes.IFLE),
                    unsigned("I64_LT_U(JJ)I", Long.class, Opcodes.IFLT),
                    unsigned("I64_GT_U(JJ)I", Long.class, Opcodes.IFGT),
                    unsigned("I64_LE_U(JJ)I", Long.class, Opcodes.IFLE),
                    unsigned("I64_GE_U(JJ)I", Long.class, Opcodes.IFGE),
                    // With NaN nothing holds but "not equal".
                    plain("F64_EQ(DD)I", Opcodes.DCMPL, Opcodes.IFEQ),
                    plain("F64_NE(DD)I", Opcodes.DCMPL, Opcodes.IFNE),
                    plain("F64_LT(DD)I", Opcodes.DCMPG, Opcodes.IFLT),
                    plain("F64_LE(DD)I", Opcodes.DCMPG, Opcodes.IFLE),
                    plain("F64_GT(DD)I", Opcodes.DCMPL, Opcodes.IFGT),
                    plain("F64_GE(DD)I", Opcodes.DCMPL, Opcodes.IFGE));

    /** The call that came last, not passed on yet; or {@code null}. */
    private String name;

    private String descriptor;

    FusedJumps(MethodVisitor next) {
        super(Opcodes.ASM9, next);
    }

    private static Map.Entry<String, Comparison> plain(String call, int three, int jump) {
        return Map.entry(call, new Comparison(three, null, jump));
    }

    private static Map.Entry<String, Comparison> unsigned(String call, Class<?> type, int jump) {
        return Map.entry(call, new Comparison(0, type, jump));
    }

    @Override
    public void visitMethodInsn(
            int opcode, String owner, String called, String type, boolean isInterface) {
        pass();
        if (owner.equals(COMPARISONS) && JUMPS.containsKey(called + type)) {
            name = called;
            descriptor = type;
            return;
        }
        super.visitMethodInsn(opcode, owner, called, type, isInterface);
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
        if (name == null || opcode != Opcodes.IFNE && opcode != Opcodes.IFEQ) {
            pass();
            super.visitJumpInsn(opcode, label);
            return;
        }
        Comparison comparison = JUMPS.get(name + descriptor);
        name = null;
        if (comparison.three != 0) {
            super.visitInsn(comparison.three);
        } else if (comparison.unsigned != null) {
            super.visitMethodInsn(
                    Opcodes.INVOKESTATIC,
                    Type.getInternalName(comparison.unsigned),
                    "compareUnsigned",
                    descriptor,
                    false);
        }
        int jump = comparison.jump;
        super.visitJumpInsn(opcode == Opcodes.IFNE ? jump : opposite(jump), label);
    }

    /** Jumps come in pairs; the first of a pair has an odd number. */
    private static int opposite(int jump) {
        return (jump + 1 ^ 1) - 1;
    }

    /** Something else follows: the call stays a call. */
    private void pass() {
        if (name != null) {
            String called = name;
            name = null;
            super.visitMethodInsn(Opcodes.INVOKESTATIC, COMPARISONS, called, descriptor, false);
        }
    }

    @Override
    public void visitInsn(int opcode) {
        pass();
        super.visitInsn(opcode);
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
        pass();
        super.visitIntInsn(opcode, operand);
    }

    @Override
    public void visitVarInsn(int opcode, int local) {
        pass();
        super.visitVarInsn(opcode, local);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        pass();
        super.visitTypeInsn(opcode, type);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String field, String type) {
        pass();
        super.visitFieldInsn(opcode, owner, field, type);
    }

    @Override
    public void visitInvokeDynamicInsn(
            String called, String type, Handle bootstrap, Object... arguments) {
        pass();
        super.visitInvokeDynamicInsn(called, type, bootstrap, arguments);
    }

    @Override
    public void visitLabel(Label label) {
        pass();
        super.visitLabel(label);
    }

    @Override
    public void visitLdcInsn(Object value) {
        pass();
        super.visitLdcInsn(value);
    }

    @Override
    public void visitIincInsn(int local, int increment) {
        pass();
        super.visitIincInsn(local, increment);
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... labels) {
        pass();
        super.visitTableSwitchInsn(min, max, otherwise, labels);
    }

    @Override
    public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
        pass();
        super.visitLookupSwitchInsn(otherwise, keys, labels);
    }

    @Override
    public void visitMultiANewArrayInsn(String type, int dimensions) {
        pass();
        super.visitMultiANewArrayInsn(type, dimensions);
    }

    @Override
    public void visitFrame(
            int type, int localCount, Object[] locals, int stackCount, Object[] stack) {
        pass();
        super.visitFrame(type, localCount, locals, stackCount, stack);
    }

    @Override
    public void visitMaxs(int stack, int locals) {
        pass();
        super.visitMaxs(stack, locals);
    }
}
