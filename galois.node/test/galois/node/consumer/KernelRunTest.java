package galois.node.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import galois.api.kernel.KernelLimits;
import galois.api.node.EdgeInput.ReceivedBatch;
import galois.api.node.RoleCounters;
import galois.batch.BatchBuilder;
import galois.batch.BatchCursor;
import galois.batch.RowKind;
import galois.batch.RowLayout;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Every path through a batch, with an output area of one row, saved and restored anywhere. */
class KernelRunTest {
    private final RoleCounters counters = new RoleCounters();
    private final List<Long> out = new ArrayList<>();
    private final List<Long> watermarks = new ArrayList<>();
    private final List<Long> late = new ArrayList<>();
    private List<Integer> handingOut = List.of();
    private KernelRun run = fresh();

    @Test
    void rowsComeFirstThenTimeAndOnlyTheLastOutputCarriesTheWatermark() {
        work(batch(5, 2, 4, 7), () -> {});
        assertEquals(List.of(2L, 2L, 4L, 7L, -2L, -4L), out);
        assertEquals(
                List.of(
                        RowLayout.WATERMARK_NONE,
                        RowLayout.WATERMARK_NONE,
                        RowLayout.WATERMARK_NONE,
                        RowLayout.WATERMARK_NONE,
                        RowLayout.WATERMARK_NONE,
                        5L),
                watermarks);
        work(batch(RowLayout.WATERMARK_END, 1), () -> {});
        assertEquals(List.of(1L, -7L, -1L), out.subList(6, 9));
        assertEquals(List.of(5L, 5L, RowLayout.WATERMARK_END), watermarks.subList(6, 9));
    }

    @Test
    void aBatchWithoutRowsPassesTimeOn() {
        work(batch(0, 3), () -> {});
        assertEquals(List.of(), out);
        assertEquals(0, run.watermarkUs());
        work(batch(9), () -> {});
        assertEquals(List.of(-3L), out);
        assertEquals(9, run.watermarkUs());
    }

    @Test
    void timeNeverGoesBack() {
        work(batch(9, 3), () -> {});
        work(batch(4, 5), () -> {});
        assertEquals(9, run.watermarkUs());
    }

    @Test
    void errorRowsAreCountedAndTakenOut() {
        work(batch(0, 1, -1, -2, 1), () -> {});
        assertEquals(List.of(1L, 1L), out);
        assertEquals(2, counters.problems().get("integer overflow"));
        assertEquals("step: integer overflow", counters.samples().get(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void savedAndRestoredBetweenAnyTwoStepsTheRowsAreTheSame(int number) {
        long seed = number == 6 ? new Random().nextLong() : number;
        List<ReceivedBatch> batches = randomBatches(new Random(seed));
        batches.forEach(batch -> work(batch, () -> {}));
        List<Long> expected = List.copyOf(out);
        out.clear();
        run = fresh();
        Random random = new Random(seed + 1);
        for (ReceivedBatch batch : batches) {
            work(
                    batch,
                    () -> {
                        if (random.nextInt(3) == 0) {
                            replace(batch);
                        }
                    });
        }
        assertEquals(expected, out, "seed " + seed);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void lateRowsAreHandedOutOnceAsTheyCame(int seed) {
        run.close();
        handingOut = List.of(0);
        run = fresh();
        work(batch(0), () -> {});
        Random random = new Random(seed);
        List<Long> expected = new ArrayList<>();
        List<Long> others = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            long[] rows =
                    random.longs(random.nextInt(8), 0, 6)
                            .map(n -> n < 3 ? 3 * n : n == 3 ? -1 : StepKernel.LATE - n)
                            .toArray();
            Arrays.stream(rows).filter(n -> n <= StepKernel.LATE).forEach(expected::add);
            Arrays.stream(rows).filter(n -> n >= 0).map(n -> -n).forEach(others::add);
            ReceivedBatch batch = batch(10 + i, rows);
            work(
                    batch,
                    () -> {
                        if (random.nextInt(3) == 0) {
                            replace(batch);
                        }
                    });
        }
        assertEquals(expected, late, "seed " + seed);
        out.sort(null);
        others.sort(null);
        assertEquals(others, out, "seed " + seed);
        Long counted = counters.problems().get("late row");
        assertEquals(expected.size(), counted == null ? 0 : counted, "seed " + seed);
    }

    @Test
    void theClockFiresWithoutABatchAndCanBeSavedInBetween() {
        work(batch(2000, 1002, 1001 + 2, 1004), () -> {});
        out.clear();
        assertEquals(1002, run.dueProcessingUs());
        run.beginClock(1003);
        int steps = 0;
        while (run.phase() == KernelRun.Phase.CLOCK || run.outputLength() > 0) {
            replace(null);
            if (run.outputLength() > 0) {
                keepOutput();
            } else {
                run.step();
            }
            steps++;
        }
        assertEquals(KernelRun.Phase.IDLE, run.phase(), steps + " steps");
        assertEquals(List.of(-1002L, -1003L), out);
        assertEquals(1004, run.dueProcessingUs());
        assertEquals(2000, run.watermarkUs());
    }

    /** What the consumer does, without edges: before each step anything may happen. */
    private void work(ReceivedBatch batch, Runnable between) {
        work(0, batch, between);
    }

    private void work(int port, ReceivedBatch batch) {
        work(port, batch, () -> {});
    }

    private void work(int port, ReceivedBatch batch, Runnable between) {
        run.begin(port, batch);
        while (run.phase() != KernelRun.Phase.DONE
                || run.outputLength() > 0
                || run.lateRow().length > 0) {
            between.run();
            if (run.outputLength() > 0) {
                keepOutput();
            } else if (run.lateRow().length > 0) {
                byte[] row = run.lateRow();
                late.add(
                        new BatchCursor()
                                .wrap(row, 0, row.length, StepKernel.SCHEMA)
                                .row(0)
                                .getLong(0));
                run.lateRowSent();
            } else if (run.phase() != KernelRun.Phase.DONE) {
                run.step();
            }
        }
        between.run();
        run.end();
    }

    private void replace(ReceivedBatch batch) {
        SavedKernel saved = SavedKernel.parse(run.save().toBytes());
        int inputs = saved.inputIdle().length;
        run.close();
        run = fresh(inputs);
        run.restore(saved, batch);
    }

    private void keepOutput() {
        BatchCursor cursor =
                new BatchCursor().wrap(run.output(), 0, run.outputLength(), StepKernel.SCHEMA);
        for (int i = 0; i < cursor.rows(); i++) {
            out.add(cursor.row(i).getLong(0));
        }
        watermarks.add(cursor.watermarkUs());
        run.outputSent();
    }

    private KernelRun fresh() {
        return fresh(1);
    }

    private KernelRun fresh(int inputs) {
        return new KernelRun(
                StepKernel.runtime().instantiate("step", KernelLimits.DEFAULT),
                Collections.nCopies(inputs, StepKernel.SCHEMA),
                Collections.nCopies(inputs, null),
                handingOut,
                new byte[0],
                new ErrorRows(counters, "step"));
    }

    @Test
    void aSilentInputDoesNotHoldTimeBackAndOneThatIsOpenDoesNotEnd() {
        run.close();
        run = fresh(2);
        work(0, batch(5, 3));
        assertEquals(RowLayout.WATERMARK_NONE, run.watermarkUs());
        work(1, silent(RowLayout.WATERMARK_NONE));
        assertEquals(5, run.watermarkUs());
        assertEquals(List.of(-3L), out);
        work(0, silent(5));
        assertEquals(true, run.isIdle());
        replace(null);
        assertEquals(true, run.isIdle());
        work(1, batch(9, 7));
        assertEquals(false, run.isIdle());
        assertEquals(9, run.watermarkUs());
        work(0, batch(10));
        work(1, batch(RowLayout.WATERMARK_END));
        assertEquals(10, run.watermarkUs());
        work(0, silent(11));
        assertEquals(11, run.watermarkUs());
        work(0, batch(RowLayout.WATERMARK_END));
        assertEquals(RowLayout.WATERMARK_END, run.watermarkUs());
        assertEquals(false, run.isIdle());
    }

    private static ReceivedBatch silent(long watermarkUs) {
        byte[] bytes = KernelRun.watermarkOnly(StepKernel.SCHEMA, watermarkUs, true);
        return new ReceivedBatch(bytes, 0, bytes.length, 0);
    }

    private static List<ReceivedBatch> randomBatches(Random random) {
        List<ReceivedBatch> batches = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            long[] rows = random.longs(random.nextInt(6), -2, 13).toArray();
            batches.add(batch(random.nextInt(15), rows));
        }
        batches.add(batch(RowLayout.WATERMARK_END));
        return batches;
    }

    static ReceivedBatch batch(long watermarkUs, long... rows) {
        BatchBuilder builder = new BatchBuilder(StepKernel.SCHEMA, RowLayout.ROW_BYTES_MAX);
        for (long n : rows) {
            builder.beginRow();
            builder.setLong(0, n);
            builder.commitRow(0, RowKind.INSERT, n);
        }
        int length = builder.finish(watermarkUs);
        return new ReceivedBatch(Arrays.copyOf(builder.array(), length), 0, length, 0);
    }
}
