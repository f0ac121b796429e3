package galois.compiler;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.MemoryLimits;

import galois.batch.Bytes;
import galois.batch.RowLayout;
import galois.batch.Schema;
import galois.batch.SlotLayout;

/**
 * A kernel in a bare engine: the calls of the ABI with pointers, as an outsider's host makes them.
 */
final class KernelMemory {
    /** 16 MB unless a test says otherwise. */
    static final int PAGES_MAX = 256;

    private final Instance instance;

    KernelMemory(WasmModule module, int pagesMax, boolean compiled) {
        int pages = module.memorySection().orElseThrow().getMemory(0).limits().initialPages();
        Instance.Builder builder =
                Instance.builder(module)
                        .withImportValues(HostMath.imports())
                        .withMemoryLimits(new MemoryLimits(pages, Math.max(pages, pagesMax)));
        if (compiled) {
            builder.withMachineFactory(MachineFactoryCompiler::compile);
        }
        instance = builder.build();
    }

    /** Quick to make, slow to run. */
    static KernelMemory interpreted(byte[] wasm) {
        return new KernelMemory(Parser.parse(wasm), PAGES_MAX, false);
    }

    static KernelMemory interpreted(byte[] wasm, int pagesMax) {
        return new KernelMemory(Parser.parse(wasm), pagesMax, false);
    }

    /** As nodes run it. */
    static KernelMemory compiled(byte[] wasm) {
        return new KernelMemory(Parser.parse(wasm), PAGES_MAX, true);
    }

    long call(String name, long... arguments) {
        long[] result = instance.export(name).apply(arguments);
        return result == null || result.length == 0 ? 0 : result[0];
    }

    int alloc(int bytes) {
        return (int) call("g_alloc", bytes);
    }

    /** Copies bytes into a new area; 0 when there is no memory. */
    int put(byte[] bytes, int length) {
        int address = alloc(length);
        if (address != 0) {
            byte[] exact = java.util.Arrays.copyOf(bytes, length);
            instance.memory().write(address, exact);
        }
        return address;
    }

    byte[] read(int address, int length) {
        return instance.memory().readBytes(address, length);
    }

    void write(int address, byte[] bytes) {
        instance.memory().write(address, bytes);
    }

    int word(int address) {
        return Bytes.getInt(read(address, 4), 0);
    }

    long wide(int address) {
        return Bytes.getLong(read(address, 8), 0);
    }

    void putWord(int address, int value) {
        byte[] bytes = new byte[4];
        Bytes.putInt(bytes, 0, value);
        write(address, bytes);
    }

    /** A new, empty output area of that extent; {@code bytes} is a multiple of 8. */
    int output(int bytes) {
        int out = alloc(bytes);
        clear(out, bytes);
        return out;
    }

    void clear(int out, int bytes) {
        byte[] header = new byte[RowLayout.HEADER_BYTES];
        Bytes.putInt(header, RowLayout.BYTES, bytes);
        write(out, header);
    }

    /** The output area as one batch without gap; empties it. */
    byte[] take(int out, long watermarkUs) {
        int bytes = word(out + RowLayout.BYTES);
        int rows = word(out + RowLayout.ROWS);
        int stride = word(out + RowLayout.STRIDE);
        int arena = word(out + RowLayout.ARENA_BYTES);
        int head = RowLayout.HEADER_BYTES + rows * stride;
        int total = head + arena + 7 & ~7;
        byte[] batch = new byte[total];
        System.arraycopy(read(out, head), 0, batch, 0, head);
        System.arraycopy(read(out + bytes - arena, arena), 0, batch, total - arena, arena);
        Bytes.putInt(batch, RowLayout.BYTES, total);
        Bytes.putLong(batch, RowLayout.WATERMARK, watermarkUs);
        clear(out, bytes);
        return batch;
    }

    boolean pending(int slot) {
        return word(slot + SlotLayout.PENDING) != 0;
    }

    /** Extent of an output area that holds exactly one row without text. */
    static int oneRow(Schema schema) {
        return RowLayout.HEADER_BYTES + RowLayout.stride(schema.size());
    }
}
