package galois.wasm;

/**
 * Memory access of generated code: the methods of Chicory's helper with the memory's real type, so
 * that the JVM's compiler needs no type profile to inline them. Public because generated classes of
 * another class loader call it; names and parameters are Chicory's.
 */
public final class KernelOps {
    private KernelOps() {}

    public static byte memoryReadByte(int base, int offset, FlatMemory memory) {
        return memory.read(address(base, offset));
    }

    public static short memoryReadShort(int base, int offset, FlatMemory memory) {
        return memory.readShort(address(base, offset));
    }

    public static int memoryReadInt(int base, int offset, FlatMemory memory) {
        return memory.readInt(address(base, offset));
    }

    public static long memoryReadLong(int base, int offset, FlatMemory memory) {
        return memory.readLong(address(base, offset));
    }

    public static double memoryReadDouble(int base, int offset, FlatMemory memory) {
        return memory.readDouble(address(base, offset));
    }

    public static void memoryWriteByte(int base, byte value, int offset, FlatMemory memory) {
        memory.writeByte(address(base, offset), value);
    }

    public static void memoryWriteShort(int base, short value, int offset, FlatMemory memory) {
        memory.writeShort(address(base, offset), value);
    }

    public static void memoryWriteInt(int base, int value, int offset, FlatMemory memory) {
        memory.writeI32(address(base, offset), value);
    }

    public static void memoryWriteLong(int base, long value, int offset, FlatMemory memory) {
        memory.writeLong(address(base, offset), value);
    }

    public static void memoryWriteDouble(int base, double value, int offset, FlatMemory memory) {
        memory.writeF64(address(base, offset), value);
    }

    /** In place of Chicory's look at the interrupt flag at each backward jump. */
    public static void jumpBack(FlatMemory memory) {
        memory.jumpBack();
    }

    /** A base beyond 2 GB stays negative: the access traps and does not wrap around. */
    private static int address(int base, int offset) {
        return base < 0 ? base : base + offset;
    }
}
