package galois.bench.flink;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Times the passes over the rows. The source calls it between two passes; what counts is the
 * processor time of the task's threads, so that neither a busy machine nor the threads that compile
 * and collect garbage are held against Flink. Used by one source in its JVM.
 */
final class Meter {
    private static final String TASK = "(1/1)#"; // in the name of each thread of a task

    private final long warmupNs;
    private final long measuredNs;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final List<Long> cpuNs = new ArrayList<>();
    private long startNs;
    private long lastCpuNs;
    private long measureStartNs;
    private long measureEndNs;

    Meter(long warmupNs, long measuredNs) {
        this.warmupNs = warmupNs;
        this.measuredNs = measuredNs;
    }

    /** A pass begins; false: there shall be none. */
    boolean next() {
        long nowNs = System.nanoTime();
        if (startNs == 0) {
            startNs = nowNs;
            return true;
        }
        long cpu = taskCpuNs();
        if (measureStartNs != 0) {
            cpuNs.add(cpu - lastCpuNs);
            measureEndNs = nowNs;
        } else if (nowNs - startNs >= warmupNs) {
            measureStartNs = nowNs;
        }
        lastCpuNs = cpu;
        return nowNs - startNs < warmupNs + measuredNs || cpuNs.size() < 3;
    }

    private long taskCpuNs() {
        long sum = 0;
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().contains(TASK)) {
                sum += Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
            }
        }
        return sum;
    }

    /** Processor time of a pass, all task threads together: the median of the measured ones. */
    long passCpuNs() {
        List<Long> sorted = new ArrayList<>(cpuNs);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    /** Mean time of a pass on the clock. */
    long passWallNs() {
        return (measureEndNs - measureStartNs) / cpuNs.size();
    }

    int passes() {
        return cpuNs.size();
    }
}
