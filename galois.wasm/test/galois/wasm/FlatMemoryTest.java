package galois.wasm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.WasmRuntimeException;
import com.dylibso.chicory.wasm.types.MemoryLimits;

import org.junit.jupiter.api.Test;

import java.util.Random;

class FlatMemoryTest {
    @Test
    void growsWithinMaximumAndStep() {
        FlatMemory memory = new FlatMemory(new MemoryLimits(1, 300));
        memory.writeLong(65_528, -7);
        assertEquals(-1, memory.grow(FlatMemory.GROW_PAGES_MAX + 1));
        assertEquals(1, memory.grow(FlatMemory.GROW_PAGES_MAX));
        assertEquals(257, memory.grow(0));
        assertEquals(-1, memory.grow(44));
        assertEquals(-1, memory.grow(-1));
        assertEquals(257, memory.pages());
        assertEquals(-7, memory.readLong(65_528));
    }

    @Test
    void trapsOutsideTheArray() {
        FlatMemory memory = new FlatMemory(new MemoryLimits(1, 1));
        trap(() -> memory.readLong(65_529));
        trap(() -> memory.readDouble(-8));
        trap(() -> memory.writeI32(65_533, 1));
        trap(() -> memory.writeByte(65_536, (byte) 1));
        trap(() -> memory.readShort(Integer.MIN_VALUE));
        trap(() -> memory.copy(65_530, 0, 7));
        trap(() -> memory.fill((byte) 1, 10, 5));
        trap(() -> memory.readBytes(65_530, Integer.MAX_VALUE));
        trap(() -> memory.write(0, new byte[4], 0, 5));
        trap(() -> memory.writeF32(65_535, 1));
    }

    /** Generated code leaves it to the guard of its calls to put that into words. */
    @Test
    void accessOfGeneratedCodeDoesNotWrapAround() {
        FlatMemory memory = new FlatMemory(new MemoryLimits(1, 1));
        outside(() -> KernelOps.memoryReadInt(-4, 8, memory));
        outside(() -> KernelOps.memoryReadByte(65_535, 1, memory));
        outside(() -> KernelOps.memoryWriteLong(65_528, 1, 1, memory));
        outside(() -> KernelOps.memoryWriteDouble(Integer.MAX_VALUE, 1, 8, memory));
    }

    private static void outside(Runnable access) {
        assertThrows(IndexOutOfBoundsException.class, access::run);
    }

    private static void trap(Runnable access) {
        assertThrows(WasmRuntimeException.class, access::run);
    }

    @Test
    void holdsWhatPagedMemoryHolds() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Memory flat = new FlatMemory(new MemoryLimits(2, 2));
        Memory paged = new ByteArrayMemory(new MemoryLimits(2, 2));
        for (int i = 0; i < 20_000; i++) {
            long bits = random.nextLong();
            int kind = random.nextInt(9);
            int address = random.nextInt(2 * 65_536 - 64);
            access(flat, kind, address, bits);
            access(paged, kind, address, bits);
            assertEquals(paged.readLong(address), flat.readLong(address), "seed " + seed);
            assertEquals(paged.readU16(address), flat.readU16(address), "seed " + seed);
            assertEquals(paged.readI32(address), flat.readI32(address), "seed " + seed);
        }
        assertArrayEquals(paged.readBytes(0, 131_072), flat.readBytes(0, 131_072), "seed " + seed);
    }

    private static void access(Memory memory, int kind, int address, long bits) {
        switch (kind) {
            case 0 -> memory.writeByte(address, (byte) bits);
            case 1 -> memory.writeShort(address, (short) bits);
            case 2 -> memory.writeI32(address, (int) bits);
            case 3 -> memory.writeLong(address, bits);
            case 4 -> memory.writeF64(address, (bits >> 8) * 0.25);
            case 5 -> memory.writeF32(address, (bits >> 40) * 0.25f);
            case 6 -> memory.copy(address, (int) (bits & 0xFFFF), (int) (bits >>> 60));
            case 7 -> memory.fill((byte) bits, address, address + (int) (bits >>> 60));
            default -> memory.write(address, new byte[] {1, 2, (byte) bits}, 1, 2);
        }
    }
}
