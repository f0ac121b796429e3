package galois.batch;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Little-endian access to a byte array; bounds are checked by the JVM. */
public final class Bytes {
    private static final VarHandle SHORT = handle(short[].class);
    private static final VarHandle INT = handle(int[].class);
    private static final VarHandle LONG = handle(long[].class);
    private static final VarHandle DOUBLE = handle(double[].class);

    private Bytes() {}

    private static VarHandle handle(Class<?> arrayType) {
        return MethodHandles.byteArrayViewVarHandle(arrayType, ByteOrder.LITTLE_ENDIAN);
    }

    public static int getShort(byte[] array, int index) {
        return (short) SHORT.get(array, index) & 0xFFFF;
    }

    public static void putShort(byte[] array, int index, int value) {
        SHORT.set(array, index, (short) value);
    }

    public static int getInt(byte[] array, int index) {
        return (int) INT.get(array, index);
    }

    public static void putInt(byte[] array, int index, int value) {
        INT.set(array, index, value);
    }

    public static long getLong(byte[] array, int index) {
        return (long) LONG.get(array, index);
    }

    public static void putLong(byte[] array, int index, long value) {
        LONG.set(array, index, value);
    }

    public static double getDouble(byte[] array, int index) {
        return (double) DOUBLE.get(array, index);
    }

    public static void putDouble(byte[] array, int index, double value) {
        DOUBLE.set(array, index, value);
    }
}
