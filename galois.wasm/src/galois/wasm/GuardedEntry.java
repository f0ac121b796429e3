package galois.wasm;

/**
 * The edge of the sandbox: whatever a module does, what leaves a call is a value or a
 * GaloisException KERNEL_FAILED, after which the module is not entered again.
 */
record GuardedEntry(KernelEntry entry, CallGuard guard) implements KernelEntry {
    @Override
    public int alloc(int bytes) {
        guard.checkAlive();
        try {
            return entry.alloc(bytes);
        } catch (RuntimeException | StackOverflowError e) {
            throw guard.trapped(e);
        }
    }

    @Override
    public void free(int pointer) {
        guard.checkAlive();
        try {
            entry.free(pointer);
        } catch (RuntimeException | StackOverflowError e) {
            throw guard.trapped(e);
        }
    }

    @Override
    public int open(int parameterBatch) {
        guard.checkAlive();
        try {
            return entry.open(parameterBatch);
        } catch (RuntimeException | StackOverflowError e) {
            throw guard.trapped(e);
        }
    }

    @Override
    public int param(int slot, int parameterBatch) {
        guard.checkAlive();
        try {
            return entry.param(slot, parameterBatch);
        } catch (RuntimeException | StackOverflowError e) {
            throw guard.trapped(e);
        }
    }

    @Override
    public void close(int slot) {
        guard.checkAlive();
        try {
            entry.close(slot);
        } catch (RuntimeException | StackOverflowError e) {
            throw guard.trapped(e);
        }
    }

    @Override
    public int process(int port, int batch, int first, int count, int slot, int out) {
        guard.checkAlive();
        try {
            return entry.process(port, batch, first, count, slot, out);
        } catch (RuntimeException | StackOverflowError e) {
            throw guard.trapped(e);
        }
    }

    @Override
    public int time(int slot, int domain, long timeUs, int out) {
        guard.checkAlive();
        try {
            return entry.time(slot, domain, timeUs, out);
        } catch (RuntimeException | StackOverflowError e) {
            throw guard.trapped(e);
        }
    }

    @Override
    public int drain(int slot, int out) {
        guard.checkAlive();
        try {
            return entry.drain(slot, out);
        } catch (RuntimeException | StackOverflowError e) {
            throw guard.trapped(e);
        }
    }

    @Override
    public int save(int slot, int mode, int out) {
        guard.checkAlive();
        try {
            return entry.save(slot, mode, out);
        } catch (RuntimeException | StackOverflowError e) {
            throw guard.trapped(e);
        }
    }

    @Override
    public int load(int slot, int batch, int first, int count) {
        guard.checkAlive();
        try {
            return entry.load(slot, batch, first, count);
        } catch (RuntimeException | StackOverflowError e) {
            throw guard.trapped(e);
        }
    }
}
