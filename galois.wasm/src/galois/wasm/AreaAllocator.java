package galois.wasm;

import galois.api.ErrorCode;
import galois.api.GaloisException;

/** Areas of the host inside a kernel's memory, from the kernel's own allocator. */
record AreaAllocator(FlatMemory memory, KernelEntry entry, CallGuard guard) {
    /**
     * An area of that size, aligned to 8.
     *
     * @throws GaloisException STATE_LIMIT when the kernel has no memory left
     */
    int allocate(int bytes) {
        int pointer = entry.alloc(bytes);
        if (pointer == 0) {
            throw new GaloisException(
                    ErrorCode.STATE_LIMIT,
                    "kernel "
                            + guard.name()
                            + " has no memory for an area of "
                            + bytes
                            + " bytes: raise the instance's memory limit");
        }
        guard.check(
                pointer > 0 && (pointer & 7) == 0 && pointer <= memory.bytes().length - bytes,
                "g_alloc returned an area that cannot be one");
        return pointer;
    }

    void free(int pointer) {
        entry.free(pointer);
    }

    /** A new area with a copy of the data. */
    int copyIn(byte[] data, int offset, int length) {
        int pointer = allocate(length);
        System.arraycopy(data, offset, memory.bytes(), pointer, length);
        return pointer;
    }
}
