package galois.wasm;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.kernel.KernelInstance;
import galois.api.kernel.KernelLimits;
import galois.api.kernel.KernelMetadata;
import galois.api.kernel.TimeDomain;
import galois.batch.Bytes;
import galois.batch.SlotLayout;

import java.util.BitSet;

/**
 * The host's side of one instance. Nothing that the module returns is believed: slots, areas,
 * counts and headers are checked against the memory before they are used, and a trap or a broken
 * rule ends the instance. The memory's array is fetched again after every call, because growing
 * swaps it.
 */
final class SandboxedKernel implements KernelInstance {
    private final KernelMetadata metadata;
    private final KernelLimits limits;
    private final CallGuard guard;
    private final FlatMemory memory;
    private final KernelEntry entry;
    private final InputArea input;
    private final OutputArea output;
    private final BitSet slots = new BitSet(); // by address / 8
    private final Runnable onClose;
    private boolean closed;

    /**
     * @param name for messages
     * @param onClose runs once, at the first {@link #close}
     * @throws GaloisException STATE_LIMIT when the areas cannot be had, KERNEL_FAILED
     */
    SandboxedKernel(
            String name,
            KernelMetadata metadata,
            CodeCompiler.Sandbox sandbox,
            KernelLimits limits,
            Runnable onClose) {
        this.metadata = metadata;
        this.limits = limits;
        this.memory = sandbox.memory();
        this.guard = new CallGuard(name);
        this.entry = new GuardedEntry(sandbox.entry(), guard);
        this.onClose = onClose;
        AreaAllocator areas = new AreaAllocator(memory, entry, guard);
        this.input = new InputArea(areas, memory, metadata.inputs());
        this.output =
                new OutputArea(
                        areas.allocate(limits.outputBytes() & ~7),
                        limits.outputBytes() & ~7,
                        memory,
                        guard,
                        metadata.outputs().get(0));
    }

    @Override
    public KernelMetadata metadata() {
        return metadata;
    }

    @Override
    public int open(byte[] parameterBatch, int length) {
        int area = input.areas().copyIn(parameterBatch, 0, length);
        int slot = entry.open(area);
        entry.free(area);
        refuseCode(slot, "g_open");
        guard.check(
                slot > 0
                        && (slot & 7) == 0
                        && slot <= memory.bytes().length - SlotLayout.HEADER_BYTES
                        && !slots.get(slot >>> 3),
                "g_open returned a slot that cannot be one");
        slots.set(slot >>> 3);
        Bytes.putInt(memory.bytes(), slot + SlotLayout.STATE_BYTES_MAX, limits.stateBytesMax());
        return slot;
    }

    @Override
    public void parameters(int slot, byte[] parameterBatch, int length) {
        checkSlot(slot);
        int area = input.areas().copyIn(parameterBatch, 0, length);
        int code = entry.param(slot, area);
        entry.free(area);
        refuseCode(code, "g_param");
    }

    private void refuseCode(int code, String function) {
        if (code == -1) {
            throw new GaloisException(
                    ErrorCode.TYPE_MISMATCH,
                    "kernel " + guard.name() + " takes " + metadata.parameters());
        }
        if (code < 0) {
            guard.check(code == -2, function + " returned the unknown code " + code);
            throw new GaloisException(
                    ErrorCode.STATE_LIMIT,
                    "kernel "
                            + guard.name()
                            + " has no room for another query within "
                            + limits.memoryBytesMax()
                            + " bytes: raise the instance's memory limit");
        }
    }

    @Override
    public void closeSlot(int slot) {
        checkSlot(slot);
        entry.close(slot);
        slots.clear(slot >>> 3);
    }

    @Override
    public void input(byte[] batch, int offset, int length) {
        input.set(batch, offset, length);
    }

    @Override
    public int process(int port, int first, int count, int slot) {
        if (slot != 0) {
            checkSlot(slot);
        }
        input.checkRows(port, first, count);
        int consumed = entry.process(port, input.pointer(), first, count, slot, output.begin());
        guard.check(consumed >= 0 && consumed <= count, "g_process consumed an impossible count");
        output.checkHeader();
        return consumed;
    }

    @Override
    public boolean time(int slot, TimeDomain domain, long timeUs) {
        checkSlot(slot);
        return more(entry.time(slot, domain.ordinal(), timeUs, output.begin()), "g_time");
    }

    @Override
    public boolean drain(int slot) {
        checkSlot(slot);
        return more(entry.drain(slot, output.begin()), "g_drain");
    }

    @Override
    public boolean save(int slot, boolean changesOnly) {
        checkSlot(slot);
        return more(entry.save(slot, changesOnly ? 1 : 0, output.begin()), "g_save");
    }

    private boolean more(int answer, String function) {
        guard.check(answer == 0 || answer == 1, function + " returned " + answer);
        output.checkHeader();
        return answer == 1;
    }

    @Override
    public void load(int slot, int first, int count) {
        checkSlot(slot);
        input.checkRows(InputArea.ANY_PORT, first, count);
        int code = entry.load(slot, input.pointer(), first, count);
        if (code == -2) {
            throw new GaloisException(
                    ErrorCode.STATE_LIMIT,
                    "the state does not fit kernel "
                            + guard.name()
                            + ": raise its state or memory limit");
        }
        if (code != 0) {
            guard.check(code < 0, "g_load returned " + code);
            throw new GaloisException(
                    ErrorCode.MODULE_REFUSED,
                    "the state was not saved by a kernel of the state layout of " + guard.name());
        }
    }

    @Override
    public boolean isPending(int slot) {
        checkSlot(slot);
        return word(slot, SlotLayout.PENDING) != 0;
    }

    @Override
    public int outputRows() {
        return output.rows();
    }

    @Override
    public int outputBytes() {
        return output.compactBytes();
    }

    @Override
    public int takeOutput(byte[] target, int offset, long watermarkUs) {
        return output.take(target, offset, watermarkUs);
    }

    @Override
    public long dueProcessingUs(int slot) {
        checkSlot(slot);
        return Bytes.getLong(memory.bytes(), slot + SlotLayout.DUE_PROCESSING);
    }

    @Override
    public long stateBytes(int slot) {
        checkSlot(slot);
        return word(slot, SlotLayout.STATE_BYTES);
    }

    @Override
    public long errors(int slot) {
        checkSlot(slot);
        return word(slot, SlotLayout.ERRORS);
    }

    /** A slot cannot lie outside: memory never shrinks. */
    private long word(int slot, int offset) {
        return Integer.toUnsignedLong(Bytes.getInt(memory.bytes(), slot + offset));
    }

    private void checkSlot(int slot) {
        guard.checkAlive();
        if (slot <= 0 || !slots.get(slot >>> 3)) {
            throw new IllegalArgumentException("slot " + slot + " is not open");
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            guard.end("it is closed");
            onClose.run();
        }
    }
}
