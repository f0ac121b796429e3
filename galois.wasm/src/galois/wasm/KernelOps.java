package galois.wasm;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Memory access of generated code: the methods of Chicory's helper with the memory's real type, so
 * that the JVM's compiler needs no type profile to inline them. Each goes to the array at once: the
 * compiler stops inlining in a method when it has seen too much, and a loop that ends in calls is
 * twice as slow. An address outside the array is the JVM's exception, which {@link CallGuard} puts
 * into words. Public because generated classes of another class loader call it; names and
 * parameters are Chicory's.
 */
public final class KernelOps {
    private static final VarHandle SHORT = handle(short[].class);
    private static final VarHandle INT = handle(int[].class);
    private static final VarHandle LONG = handle(long[].class);
    private static final VarHandle DOUBLE = handle(double[].class);

    private KernelOps() {}

    private static VarHandle handle(Class<?> arrayType) {
        return MethodHandles.byteArrayViewVarHandle(arrayType, ByteOrder.LITTLE_ENDIAN);
    }

    public static byte memoryReadByte(int base, int offset, FlatMemory memory) {
        return memory.bytes[address(base, offset)];
    }

    public static short memoryReadShort(int base, int offset, FlatMemory memory) {
        return (short) SHORT.get(memory.bytes, address(base, offset));
    }

    public static int memoryReadInt(int base, int offset, FlatMemory memory) {
        return (int) INT.get(memory.bytes, address(base, offset));
    }

    public static long memoryReadLong(int base, int offset, FlatMemory memory) {
        return (long) LONG.get(memory.bytes, address(base, offset));
    }

    public static double memoryReadDouble(int base, int offset, FlatMemory memory) {
        return (double) DOUBLE.get(memory.bytes, address(base, offset));
    }

    public static void memoryWriteByte(int base, byte value, int offset, FlatMemory memory) {
        memory.bytes[address(base, offset)] = value;
    }

    public static void memoryWriteShort(int base, short value, int offset, FlatMemory memory) {
        SHORT.set(memory.bytes, address(base, offset), value);
    }

    public static void memoryWriteInt(int base, int value, int offset, FlatMemory memory) {
        INT.set(memory.bytes, address(base, offset), value);
    }

    public static void memoryWriteLong(int base, long value, int offset, FlatMemory memory) {
        LONG.set(memory.bytes, address(base, offset), value);
    }

    public static void memoryWriteDouble(int base, double value, int offset, FlatMemory memory) {
        DOUBLE.set(memory.bytes, address(base, offset), value);
    }

    /**
     * {@code i32.ge_u}. Chicory calls it through an interface, since the compiler of some JVMs gets
     * the comparison of unsigned integers wrong; of longs it does not.
     */
    public static int greaterOrEqual(int a, int b) {
        return Integer.toUnsignedLong(a) >= Integer.toUnsignedLong(b) ? 1 : 0;
    }

    /** In place of Chicory's look at the interrupt flag at each backward jump. */
    public static void jumpBack(FlatMemory memory) {
        if (--memory.jumpsLeft < 0) {
            memory.lookForInterrupt();
        }
    }

    /** A base beyond 2 GB stays negative: the access traps and does not wrap around. */
    private static int address(int base, int offset) {
        return base < 0 ? base : base + offset;
    }
}
