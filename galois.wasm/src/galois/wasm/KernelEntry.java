package galois.wasm;

/**
 * The exports of one instance as typed calls: no boxing, and the compiler of the JVM sees through
 * them. Arguments and results are those of docs/abi.md, unchecked. Public because generated classes
 * of another class loader implement it.
 */
public interface KernelEntry {
    /** {@code g_alloc}. */
    int alloc(int bytes);

    /** {@code g_free}. */
    void free(int pointer);

    /** {@code g_open}. */
    int open(int parameterBatch);

    /** {@code g_param}. */
    int param(int slot, int parameterBatch);

    /** {@code g_close}. */
    void close(int slot);

    /** {@code g_process}. */
    int process(int port, int batch, int first, int count, int slot, int out);

    /** {@code g_time}. */
    int time(int slot, int domain, long timeUs, int out);

    /** {@code g_drain}. */
    int drain(int slot, int out);

    /** {@code g_save}. */
    int save(int slot, int mode, int out);

    /** {@code g_load}. */
    int load(int slot, int batch, int first, int count);
}
