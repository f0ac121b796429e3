package galois.compiler.runtime;

import galois.compiler.ir.WasmModule;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The addresses below the heap: words of the runtime, scratch areas and constants. */
public final class StaticMemory {
    /** Below this address nothing lives, so that 0 is no pointer. */
    private static final int FIRST = 64;

    private static final int PAGE_BYTES = 64 * 1024;

    private final Map<ByteBuffer, Integer> constants = new LinkedHashMap<>();
    private final int heapStart;
    private int next = FIRST;

    public StaticMemory() {
        heapStart = reserve(8);
    }

    /** The address of {@code bytes} zeroed bytes, 8-aligned. */
    public int reserve(int bytes) {
        int address = next;
        next = Math.addExact(next, bytes + 7 & ~7);
        return address;
    }

    /** The address of constant text; equal texts share one. */
    public int text(String text) {
        return constant(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The address of constant bytes; equal ones are there once. */
    public int constant(byte[] bytes) {
        ByteBuffer key = ByteBuffer.wrap(bytes.clone()).asReadOnlyBuffer();
        return constants.computeIfAbsent(key, k -> reserve(bytes.length));
    }

    /** The address of the word that holds the first address of the heap. */
    int heapStart() {
        return heapStart;
    }

    /** Writes constants into the module and gives it a memory that holds everything reserved. */
    public void install(WasmModule module, int pagesMax) {
        byte[] start = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(next).array();
        module.data(heapStart, start);
        constants.forEach(
                (bytes, address) -> {
                    byte[] copy = new byte[bytes.remaining()];
                    bytes.duplicate().get(copy);
                    if (copy.length > 0) {
                        module.data(address, copy);
                    }
                });
        module.memory(next / PAGE_BYTES + 1, pagesMax);
    }
}
