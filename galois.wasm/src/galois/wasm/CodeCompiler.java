package galois.wasm;

import com.dylibso.chicory.wasm.types.MemoryLimits;

/** Turns a verified module into code that can be instantiated many times. Thread safe. */
interface CodeCompiler {
    /**
     * @throws com.dylibso.chicory.wasm.ChicoryException when the module cannot be compiled
     */
    Code compile(VerifiedModule module);

    /** Compiled code; its classes go with the last reference to it. */
    interface Code {
        /**
         * A fresh instance.
         *
         * @param memory initial and greatest size, within what the module declares
         */
        Sandbox instantiate(MemoryLimits memory);
    }

    /** One instance: its memory and the way into it. */
    record Sandbox(FlatMemory memory, KernelEntry entry) {}
}
