package galois.node.producer;

import galois.batch.RowLayout;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * How far event time has come in one source. Each partition has a time of its own, the newest of
 * its rows; the source is where the slowest partition is. A partition without rows for the idle
 * time is left out until it gives a row again; when all are, the source is idle and stands at the
 * time of its fastest partition. A watermark never goes back. The clock is an argument.
 */
final class SourceTime {
    /** Without an idle time. */
    static final long NEVER_NS = Long.MAX_VALUE;

    private static final int NO_PARTITION = -1;

    private final long delayUs;
    private final long idleNs;
    private long[] newestUs = new long[1];
    private long[] lastNs = new long[1];
    private boolean[] idle = new boolean[1];
    private int partitions;
    private int idlePartitions;
    private int slowest = NO_PARTITION;
    private long fastestUs = RowLayout.WATERMARK_NONE;
    private long reachedUs = RowLayout.WATERMARK_NONE;
    private long startNs;
    private long blockedNs;
    private boolean silent;

    /**
     * @param delayUs how far the rows of a partition may be out of order
     * @param idleNs after how long without rows a partition is left out; or {@link #NEVER_NS}
     */
    SourceTime(long delayUs, long idleNs) {
        this.delayUs = delayUs;
        this.idleNs = idleNs;
    }

    /** Reading begins: silence counts from now. */
    void start(long nowNs) {
        startNs = nowNs - blockedNs;
        Arrays.fill(lastNs, startNs);
    }

    /** Nothing was read for that long because nobody took the rows: that is no silence. */
    void blocked(long ns) {
        blockedNs += ns;
    }

    /**
     * A row has come.
     *
     * @param partition from 0; a new one is the next number
     */
    void row(int partition, long timeUs, long nowNs) {
        if (partition == partitions) {
            add(timeUs);
        } else if (timeUs > newestUs[partition]) {
            newestUs[partition] = timeUs;
            if (partition == slowest) {
                slowest = NO_PARTITION;
            }
        }
        fastestUs = Math.max(fastestUs, timeUs);
        lastNs[partition] = nowNs - blockedNs;
        if (idle[partition]) {
            idle[partition] = false;
            idlePartitions--;
            slowest = NO_PARTITION;
        }
        silent = false;
    }

    /** No row with a smaller time follows, or it is late. */
    long watermarkUs() {
        if (partitions > 0 && slowest == NO_PARTITION) {
            slowest = findSlowest();
            long us = newestUs[slowest] - delayUs - 1;
            if (us < newestUs[slowest]) { // not below the smallest time
                reachedUs = Math.max(reachedUs, us);
            }
        }
        return reachedUs;
    }

    /** True when time has gone past that already. */
    boolean isBehind(long timeUs) {
        return timeUs < fastestUs - delayUs && timeUs < watermarkUs();
    }

    /** Every partition is silent, or none has ever given a row in the idle time. */
    boolean isIdle() {
        return partitions == 0 ? silent : idlePartitions == partitions;
    }

    /**
     * Leaves out what was silent for too long.
     *
     * @return in how many nanoseconds there may be more to leave out; {@link #NEVER_NS}: not before
     *     the next row
     */
    long expire(long nowNs) {
        if (idleNs == NEVER_NS) {
            return NEVER_NS;
        }
        long now = nowNs - blockedNs;
        long nextNs = NEVER_NS;
        if (partitions == 0) {
            silent |= now - startNs >= idleNs;
            return silent ? NEVER_NS : startNs + idleNs - now;
        }
        for (int i = 0; i < partitions; i++) {
            if (idle[i]) {
                continue;
            }
            long leftNs = lastNs[i] + idleNs - now;
            if (leftNs <= 0) {
                idle[i] = true;
                idlePartitions++;
                slowest = NO_PARTITION;
            } else {
                nextNs = Math.min(nextNs, leftNs);
            }
        }
        return nextNs;
    }

    /** The slowest that counts; when none does, the fastest of all. */
    private int findSlowest() {
        boolean all = idlePartitions == partitions;
        int found = NO_PARTITION;
        for (int i = 0; i < partitions; i++) {
            if (!all && idle[i]) {
                continue;
            }
            boolean better =
                    found == NO_PARTITION
                            || (all
                                    ? newestUs[i] > newestUs[found]
                                    : newestUs[i] < newestUs[found]);
            found = better ? i : found;
        }
        return found;
    }

    private void add(long timeUs) {
        if (partitions == newestUs.length) {
            newestUs = Arrays.copyOf(newestUs, 2 * partitions);
            lastNs = Arrays.copyOf(lastNs, 2 * partitions);
            idle = Arrays.copyOf(idle, 2 * partitions);
        }
        newestUs[partitions++] = timeUs;
        fastestUs = Math.max(fastestUs, timeUs);
        slowest = NO_PARTITION;
    }

    void save(DataOutput out) throws IOException {
        out.writeLong(reachedUs);
        out.writeInt(partitions);
        for (int i = 0; i < partitions; i++) {
            out.writeLong(newestUs[i]);
        }
    }

    /** Silence counts anew. */
    void restore(DataInput in) throws IOException {
        reachedUs = in.readLong();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            add(in.readLong());
        }
    }
}
