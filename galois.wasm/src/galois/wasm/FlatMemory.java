package galois.wasm;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.runtime.ConstantEvaluators;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.WasmRuntimeException;
import com.dylibso.chicory.wasm.types.ActiveDataSegment;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.PassiveDataSegment;

import galois.batch.Bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Linear memory as one byte array: twice as fast as paged memory. Growing swaps the array, so
 * nobody may keep {@link #bytes()} across a call into the module. An address outside the array is a
 * trap; an address beyond 2 GB is negative here and traps as well. Not shared between threads.
 */
public final class FlatMemory implements Memory {
    /** Largest single growth, in pages (16 MB): a larger one fails, as if memory were out. */
    public static final int GROW_PAGES_MAX = 256;

    private static final VarHandle FLOAT =
            MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

    /** Backward jumps between two looks at the thread's interrupt flag: some 10 ms of work. */
    static final int JUMPS_UNWATCHED_MAX = 1 << 24;

    private final MemoryLimits limits;
    private DataSegment[] segments = {};

    /** Read and written by {@link KernelOps} too. */
    byte[] bytes;

    /** See {@link #lookForInterrupt}; counted by {@link KernelOps}. */
    int jumpsLeft = JUMPS_UNWATCHED_MAX;

    FlatMemory(MemoryLimits limits) {
        this.limits = limits;
        this.bytes = new byte[Memory.bytes(limits.initialPages())];
    }

    /** The memory as it is now. */
    byte[] bytes() {
        return bytes;
    }

    /** A call into the module begins. Public for generated classes. */
    public void beginCall() {
        jumpsLeft = JUMPS_UNWATCHED_MAX;
    }

    /**
     * The module has jumped backward so often that it is time to look. To look at the interrupt
     * flag each time would cost a fifth of a row's time: after that volatile read the JVM's
     * compiler forgets what it knew about this memory. Counting costs next to nothing, and a call
     * that ends in time never looks.
     */
    void lookForInterrupt() {
        jumpsLeft = JUMPS_UNWATCHED_MAX;
        if (Thread.currentThread().isInterrupted()) {
            throw new ChicoryInterruptedException("interrupted");
        }
    }

    @Override
    public int pages() {
        return bytes.length / PAGE_SIZE;
    }

    /** Adds pages; -1 (nothing changed) beyond the maximum, the step limit or the JVM's heap. */
    @Override
    public int grow(int pages) {
        int before = pages();
        if (pages < 0 || pages > GROW_PAGES_MAX || before + pages > maximumPages()) {
            return -1;
        }
        try {
            bytes = Arrays.copyOf(bytes, (before + pages) * PAGE_SIZE);
        } catch (OutOfMemoryError e) {
            return -1; // one large array: the heap is as usable as before
        }
        return before;
    }

    @Override
    public int initialPages() {
        return limits.initialPages();
    }

    @Override
    public int maximumPages() {
        return Math.min(limits.maximumPages(), RUNTIME_MAX_PAGES);
    }

    @Override
    public boolean shared() {
        return false;
    }

    @Override
    @SuppressWarnings("removal")
    public Object lock(int address) {
        throw noThreads();
    }

    @Override
    @SuppressWarnings("removal")
    public int waitOn(int address, int expected, long timeout) {
        throw noThreads();
    }

    @Override
    @SuppressWarnings("removal")
    public int waitOn(int address, long expected, long timeout) {
        throw noThreads();
    }

    @Override
    @SuppressWarnings("removal")
    public int notify(int address, int maxThreads) {
        throw noThreads();
    }

    @Override
    public void initialize(Instance instance, DataSegment[] dataSegments) {
        segments = dataSegments == null ? new DataSegment[0] : dataSegments.clone();
        for (DataSegment segment : segments) {
            if (segment instanceof ActiveDataSegment active) {
                long[] offset =
                        ConstantEvaluators.computeConstantValue(
                                instance, active.offsetInstructions());
                write((int) offset[0], active.data(), 0, active.data().length);
            }
        }
    }

    @Override
    public void initPassiveSegment(int segmentId, int dest, int offset, int size) {
        write(dest, segments[segmentId].data(), offset, size);
    }

    @Override
    public void drop(int segment) {
        segments[segment] = PassiveDataSegment.EMPTY;
    }

    @Override
    public void write(int address, byte[] data, int offset, int size) {
        try {
            System.arraycopy(data, offset, bytes, address, size);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(address);
        }
    }

    @Override
    public byte[] readBytes(int address, int length) {
        byte[] copy = new byte[Math.max(0, Math.min(length, bytes.length))];
        try {
            System.arraycopy(bytes, address, copy, 0, length);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(address);
        }
        return copy;
    }

    @Override
    public void copy(int target, int source, int size) {
        try {
            System.arraycopy(bytes, source, bytes, target, size);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(target);
        }
    }

    @Override
    public void fill(byte value, int from, int to) {
        try {
            Arrays.fill(bytes, from, to, value);
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw outOfBounds(from);
        }
    }

    @Override
    public void zero() {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public byte read(int address) {
        try {
            return bytes[address];
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(address);
        }
    }

    @Override
    public void writeByte(int address, byte value) {
        try {
            bytes[address] = value;
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(address);
        }
    }

    @Override
    public short readShort(int address) {
        try {
            return (short) Bytes.getShort(bytes, address);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(address);
        }
    }

    @Override
    public long readU16(int address) {
        return readShort(address) & 0xFFFFL;
    }

    @Override
    public void writeShort(int address, short value) {
        try {
            Bytes.putShort(bytes, address, value);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(address);
        }
    }

    @Override
    public int readInt(int address) {
        try {
            return Bytes.getInt(bytes, address);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(address);
        }
    }

    @Override
    public void writeI32(int address, int value) {
        try {
            Bytes.putInt(bytes, address, value);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(address);
        }
    }

    @Override
    public long readLong(int address) {
        try {
            return Bytes.getLong(bytes, address);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(address);
        }
    }

    @Override
    public void writeLong(int address, long value) {
        try {
            Bytes.putLong(bytes, address, value);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(address);
        }
    }

    @Override
    public float readFloat(int address) {
        try {
            return (float) FLOAT.get(bytes, address);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(address);
        }
    }

    @Override
    public long readF32(int address) {
        return readInt(address);
    }

    @Override
    public void writeF32(int address, float value) {
        try {
            FLOAT.set(bytes, address, value);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(address);
        }
    }

    @Override
    public double readDouble(int address) {
        try {
            return Bytes.getDouble(bytes, address);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(address);
        }
    }

    @Override
    public long readF64(int address) {
        return readLong(address);
    }

    @Override
    public void writeF64(int address, double value) {
        try {
            Bytes.putDouble(bytes, address, value);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(address);
        }
    }

    private WasmRuntimeException outOfBounds(int address) {
        return new WasmRuntimeException(
                "address "
                        + Integer.toUnsignedString(address)
                        + " is outside the memory of "
                        + bytes.length
                        + " bytes");
    }

    private static WasmRuntimeException noThreads() {
        return new WasmRuntimeException("a kernel has no threads, atomic access is not possible");
    }
}
