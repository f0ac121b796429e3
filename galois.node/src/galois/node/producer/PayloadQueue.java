package galois.node.producer;

import galois.api.GaloisException;
import galois.api.io.Decoder.Origin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * What one connector has read and the producer has not yet decoded: at most {@link #PAYLOADS_MAX}
 * payloads and {@link #BYTES_MAX} bytes, but always one payload. The connector's thread waits while
 * it is full: that is the back-pressure.
 */
final class PayloadQueue {
    static final int PAYLOADS_MAX = 256;
    static final int BYTES_MAX = 1 << 20;

    /** A larger array is not kept for the next payload. */
    static final int KEPT_BYTES_MAX = 4 << 10;

    private static final int MASK = PAYLOADS_MAX - 1;

    /** One thing that the connector said. Slots are used again. */
    static final class Slot {
        byte[] bytes = new byte[0];
        int length;
        Origin origin;
        boolean end;
        GaloisException failure;
    }

    private final Slot[] slots = new Slot[PAYLOADS_MAX];
    private final AtomicLong head = new AtomicLong();
    private final AtomicLong tail = new AtomicLong();
    private final Runnable wake;
    private volatile long bytesOut;
    private volatile Thread waiting;
    private volatile boolean closed;
    private long bytesIn;

    /**
     * @param wake called when something comes into the empty queue
     */
    PayloadQueue(Runnable wake) {
        this.wake = wake;
        for (int i = 0; i < slots.length; i++) {
            slots[i] = new Slot();
        }
    }

    /** Connector: copies a payload; waits for room. Dropped when the queue is closed. */
    void put(byte[] bytes, int offset, int length, Origin origin) {
        if (!awaitRoom(length)) {
            return;
        }
        Slot slot = slots[(int) tail.get() & MASK];
        if (slot.bytes.length < length || slot.bytes.length > KEPT_BYTES_MAX) {
            slot.bytes = new byte[length];
        }
        System.arraycopy(bytes, offset, slot.bytes, 0, length);
        fill(slot, length, origin, false, null);
    }

    /** Connector: the input is over. */
    void putEnd() {
        if (awaitRoom(0)) {
            fill(slots[(int) tail.get() & MASK], 0, null, true, null);
        }
    }

    /** Connector: reading cannot go on. */
    void putFailure(GaloisException failure) {
        if (awaitRoom(0)) {
            fill(slots[(int) tail.get() & MASK], 0, null, false, failure);
        }
    }

    /** Producer: the oldest slot, or null. */
    Slot peek() {
        long at = head.get();
        return at == tail.get() ? null : slots[(int) at & MASK];
    }

    /** Producer: frees the slot of {@link #peek}. */
    void release() {
        long at = head.get();
        bytesOut = bytesOut + slots[(int) at & MASK].length;
        head.set(at + 1);
        Thread blocked = waiting;
        if (blocked != null) {
            LockSupport.unpark(blocked);
        }
    }

    /** Producer, after {@link #close}: takes everything out that is still there, failures apart. */
    List<UnreadPayload> drain() {
        List<UnreadPayload> all = new ArrayList<>();
        for (Slot slot = peek(); slot != null; slot = peek()) {
            if (slot.failure == null) {
                byte[] bytes = Arrays.copyOf(slot.bytes, slot.length);
                all.add(new UnreadPayload(bytes, slot.origin, slot.end));
            }
            release();
        }
        return all;
    }

    /** Producer, before a connector uses the queue: what {@link #drain} of another one gave. */
    void fill(List<UnreadPayload> payloads) {
        for (UnreadPayload payload : payloads) {
            if (payload.end()) {
                putEnd();
            } else {
                put(payload.bytes(), 0, payload.bytes().length, payload.origin());
            }
        }
    }

    /** Lets a waiting connector go; nothing more is taken. What is there can still be read. */
    void close() {
        closed = true;
        Thread blocked = waiting;
        if (blocked != null) {
            LockSupport.unpark(blocked);
        }
    }

    private void fill(Slot slot, int length, Origin origin, boolean end, GaloisException failure) {
        slot.length = length;
        slot.origin = origin;
        slot.end = end;
        slot.failure = failure;
        bytesIn += length;
        long at = tail.get();
        tail.set(at + 1);
        if (head.get() == at) {
            wake.run();
        }
    }

    private boolean awaitRoom(int length) {
        if (hasRoom(length)) {
            return !closed;
        }
        waiting = Thread.currentThread();
        while (!hasRoom(length) && !closed && !Thread.currentThread().isInterrupted()) {
            LockSupport.park(this);
        }
        waiting = null;
        return !closed && hasRoom(length);
    }

    private boolean hasRoom(int length) {
        long count = tail.get() - head.get();
        return count == 0 || count < PAYLOADS_MAX && bytesIn - bytesOut + length <= BYTES_MAX;
    }
}
