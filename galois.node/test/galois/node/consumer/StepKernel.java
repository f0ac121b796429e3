package galois.node.consumer;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.kernel.KernelInstance;
import galois.api.kernel.KernelLimits;
import galois.api.kernel.KernelMetadata;
import galois.api.kernel.KernelRuntime;
import galois.api.kernel.TimeDomain;
import galois.batch.BatchBuilder;
import galois.batch.BatchCursor;
import galois.batch.Bytes;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.RowError;
import galois.batch.RowKind;
import galois.batch.RowLayout;
import galois.batch.Schema;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A kernel in Java with the narrowest contract there is: an output area of one row. Each input row
 * n comes out n % 3 times, and every row is remembered and comes out once more, negative, when time
 * passes it; from 1000 on, when processing time does. A row below 0 is an error row, from -100
 * downwards one that is late; the row 13 traps.
 */
final class StepKernel implements KernelInstance {
    static final Schema SCHEMA = Schema.of(new Field("n", FieldType.BIGINT));

    /** Rows from here on wait for processing time. */
    static final long CLOCKED = 1000;

    /** Rows from here downwards are late. */
    static final long LATE = -100;

    private static final KernelMetadata METADATA =
            new KernelMetadata(
                    KernelMetadata.ABI_VERSION,
                    "step",
                    List.of(SCHEMA),
                    List.of(SCHEMA),
                    Schema.of(),
                    "x",
                    false,
                    true,
                    false);

    private final BatchBuilder area =
            new BatchBuilder(SCHEMA, RowLayout.HEADER_BYTES + RowLayout.stride(1));
    private final Deque<Long> pending = new ArrayDeque<>();
    private final Deque<Long> remembered = new ArrayDeque<>();
    private final Deque<Long> clocked = new ArrayDeque<>();
    private final BatchCursor input = new BatchCursor();
    private byte[] held = new byte[0];
    private int saving = -1;
    private boolean closed;

    /** A runtime whose every code is this kernel. */
    static KernelRuntime runtime() {
        return new KernelRuntime() {
            @Override
            public String register(byte[] wasm) {
                return "step";
            }

            @Override
            public Optional<byte[]> module(String codeId) {
                return Optional.empty();
            }

            @Override
            public KernelMetadata metadata(String codeId) {
                return METADATA;
            }

            @Override
            public KernelInstance instantiate(String codeId, KernelLimits limits) {
                return new StepKernel();
            }
        };
    }

    @Override
    public KernelMetadata metadata() {
        return METADATA;
    }

    @Override
    public int open(byte[] parameterBatch, int length) {
        return 1;
    }

    @Override
    public void parameters(int slot, byte[] parameterBatch, int length) {}

    @Override
    public void closeSlot(int slot) {}

    @Override
    public void input(byte[] batch, int offset, int length) {
        check();
        held = Arrays.copyOfRange(batch, offset, offset + length);
        input.wrap(held, 0, length, SCHEMA);
    }

    @Override
    public int process(int port, int first, int count, int slot) {
        check();
        if (!pending.isEmpty()) {
            throw new AssertionError("processed while pending");
        }
        int consumed = 0;
        while (consumed < count && pending.isEmpty() && area.rows() == 0) {
            long n = input.row(first + consumed).getLong(0);
            consumed++;
            if (n == 13) {
                closed = true; // dead, as a sandbox's instance is after a trap
                throw new GaloisException(ErrorCode.KERNEL_FAILED, "trap: unlucky");
            }
            if (n < 0) {
                put(n, RowKind.ERROR);
                continue;
            }
            (n < CLOCKED ? remembered : clocked).add(n);
            for (int copy = 0; copy < n % 3; copy++) {
                pending.add(n);
            }
        }
        drain(slot);
        return consumed;
    }

    @Override
    public boolean time(int slot, TimeDomain domain, long timeUs) {
        check();
        Deque<Long> due = domain == TimeDomain.EVENT ? remembered : clocked;
        while (!due.isEmpty() && due.peek() <= timeUs) {
            pending.add(-due.remove());
        }
        return drain(slot);
    }

    @Override
    public long dueProcessingUs(int slot) {
        return clocked.isEmpty() ? Long.MAX_VALUE : clocked.peek();
    }

    @Override
    public boolean drain(int slot) {
        check();
        if (area.rows() == 0 && !pending.isEmpty()) {
            put(pending.remove(), RowKind.INSERT);
        }
        return !pending.isEmpty();
    }

    @Override
    public boolean isPending(int slot) {
        return !pending.isEmpty();
    }

    @Override
    public boolean save(int slot, boolean changesOnly) {
        check();
        List<Long> all = new ArrayList<>(pending);
        all.addAll(remembered);
        all.addAll(clocked);
        saving++;
        if (saving < all.size()) {
            put(all.get(saving), saving < pending.size() ? RowKind.DELETE : RowKind.STATE);
        }
        return saving + 1 < all.size();
    }

    @Override
    public void load(int slot, int first, int count) {
        for (int i = 0; i < count; i++) {
            input.row(first + i);
            long n = input.getLong(0);
            Deque<Long> kept = n < CLOCKED ? remembered : clocked;
            (input.kind() == RowKind.STATE ? kept : pending).add(n);
        }
    }

    @Override
    public int outputRows() {
        return area.rows();
    }

    @Override
    public int outputBytes() {
        return RowLayout.HEADER_BYTES + RowLayout.stride(1);
    }

    @Override
    public int takeOutput(byte[] target, int offset, long watermarkUs) {
        int length = area.finish(watermarkUs);
        System.arraycopy(area.array(), 0, target, offset, length);
        area.clear();
        return length;
    }

    @Override
    public long stateBytes(int slot) {
        return 0;
    }

    @Override
    public long errors(int slot) {
        return 0;
    }

    @Override
    public void close() {
        closed = true;
    }

    private void check() {
        if (closed) {
            throw new AssertionError("used after close");
        }
    }

    private void put(long n, int kind) {
        if (!area.beginRow()) {
            throw new AssertionError("the area holds one row");
        }
        area.setLong(0, n);
        area.commitRow(0, kind, n);
        Bytes.putShort(
                area.array(),
                RowLayout.HEADER_BYTES + RowLayout.ROW_CODE,
                kind != RowKind.ERROR ? 0 : n > LATE ? RowError.OVERFLOW : RowError.LATE);
    }
}
