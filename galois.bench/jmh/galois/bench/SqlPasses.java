package galois.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Passes over the rows by each side in turn, in one JVM: what slows the machine down meets all of
 * them alike. Counted is the processor time of the thread, so that other work of the machine counts
 * for little.
 */
public final class SqlPasses {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private SqlPasses() {}

    /**
     * @param args the data, seconds to warm up, passes to measure; prints {@code RESULT} and the
     *     median processor time of a row in ns: hand-written Java, the kernel, Agrona or 0
     */
    public static void main(String[] args) {
        SqlSides side = new SqlSides(args[0]);
        List<IntSupplier> sides = new ArrayList<>(List.of(side.handWritten(), side.kernel()));
        if (side.agrona() != null) {
            sides.add(side.agrona());
        }
        warmUp(sides, TimeUnit.SECONDS.toNanos(Long.parseLong(args[1])));
        double[][] times = new double[3][Integer.parseInt(args[2])];
        for (int pass = 0; pass < times[0].length; pass++) {
            for (int i = 0; i < sides.size(); i++) {
                times[i][pass] = (double) time(sides.get(i)) / SensorRows.COUNT;
            }
        }
        System.out.printf(
                Locale.ROOT,
                "RESULT %.4f %.4f %.4f%n",
                Measurement.median(times[0]),
                Measurement.median(times[1]),
                Measurement.median(times[2]));
        System.exit(0);
    }

    /** By processor time too: a busy machine gives no more of it in the same time. */
    private static void warmUp(List<IntSupplier> sides, long perSideNs) {
        for (IntSupplier side : sides) {
            for (long spent = 0; spent < perSideNs; ) {
                spent += time(side);
            }
        }
    }

    private static long time(IntSupplier pass) {
        long start = THREADS.getCurrentThreadCpuTime();
        pass.getAsInt();
        return THREADS.getCurrentThreadCpuTime() - start;
    }
}
