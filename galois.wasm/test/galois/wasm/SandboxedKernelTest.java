package galois.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.kernel.KernelInstance;
import galois.api.kernel.KernelLimits;
import galois.api.kernel.TimeDomain;
import galois.batch.BatchBuilder;
import galois.batch.BatchCursor;
import galois.batch.Bytes;
import galois.batch.RowLayout;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** Both calling paths, on the hand-assembled kernel. */
class SandboxedKernelTest {
    private static final KernelLimits LIMITS = new KernelLimits(16 << 16, 1 << 16, 32 + 4 * 32);

    private static KernelInstance start(String path) {
        return start(path, LIMITS);
    }

    private static KernelInstance start(String path, KernelLimits limits) {
        ChicoryKernelRuntime runtime =
                new ChicoryKernelRuntime(
                        path.equals("typed") ? new TypedCompiler() : new PortableCompiler());
        return runtime.instantiate(runtime.register(TinyKernel.wasm()), limits);
    }

    private static int open(KernelInstance kernel, long threshold) {
        byte[] parameters = TinyKernel.batch(0, threshold);
        return kernel.open(parameters, parameters.length);
    }

    private static long[] take(KernelInstance kernel, long watermarkUs) {
        byte[] bytes = new byte[kernel.outputBytes() + 8];
        int size = kernel.takeOutput(bytes, 8, watermarkUs);
        BatchCursor cursor = new BatchCursor().wrap(bytes, 8, 8 + size, TinyKernel.SCHEMA);
        assertEquals(watermarkUs, cursor.watermarkUs());
        return LongStream.range(0, cursor.rows())
                .map(i -> cursor.row((int) i).getLong(0))
                .toArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"typed", "portable"})
    void filtersRowsAndStopsWhenTheOutputIsFull(String path) {
        try (KernelInstance kernel = start(path)) {
            int slot = open(kernel, 3);
            byte[] batch = TinyKernel.batch(0, 1, 9, 8, 2, 7, 6, 5, 3, 4);
            kernel.input(batch, 0, batch.length);
            assertEquals(6, kernel.process(0, 0, 9, slot)); // four rows fit
            assertEquals(4, kernel.outputRows());
            assertEquals(0, kernel.process(0, 6, 3, slot));
            assertArrayEquals(new long[] {9, 8, 7, 6}, take(kernel, 77));
            assertEquals(0, kernel.outputRows());
            assertEquals(3, kernel.process(0, 6, 3, slot));
            assertArrayEquals(new long[] {5, 4}, take(kernel, 78));
            assertFalse(kernel.isPending(slot));
            kernel.closeSlot(slot);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"typed", "portable"})
    void keepsItsAreasWhenMemoryGrows(String path) {
        try (KernelInstance kernel = start(path)) {
            int slot = open(kernel, 0);
            byte[] batch = TinyKernel.batch(0, 5);
            kernel.input(batch, 0, batch.length);
            kernel.time(slot, TimeDomain.EVENT, 3); // three pages more
            assertEquals(1, kernel.process(0, 0, 1, slot));
            assertArrayEquals(new long[] {5}, take(kernel, 0));
        }
    }

    @Test
    void largerBatchesGrowTheInputArea() {
        try (KernelInstance kernel = start("typed")) {
            int slot = open(kernel, 9_998);
            byte[] batch = TinyKernel.batch(0, LongStream.range(0, 10_000).toArray());
            kernel.input(batch, 0, batch.length);
            assertEquals(10_000, kernel.process(0, 0, 10_000, slot));
            assertArrayEquals(new long[] {9_999}, take(kernel, 0));
        }
    }

    @Test
    void saysWhenMemoryIsOut() {
        KernelLimits small = new KernelLimits(2 << 16, 1 << 16, 4096);
        try (KernelInstance kernel = start("typed", small)) {
            byte[] batch = TinyKernel.batch(0, LongStream.range(0, 10_000).toArray());
            code(ErrorCode.STATE_LIMIT, () -> kernel.input(batch, 0, batch.length));
            int opened = 0;
            GaloisException e = null;
            while (e == null && opened < 10_000) {
                try {
                    open(kernel, opened++);
                } catch (GaloisException full) {
                    e = full;
                }
            }
            assertThat(e).isNotNull();
            assertEquals(ErrorCode.STATE_LIMIT, e.code());
        }
        KernelLimits none = new KernelLimits(1 << 15, 1 << 16, 4096);
        code(ErrorCode.STATE_LIMIT, () -> start("typed", none));
    }

    @Test
    void refusesABadParameter() {
        try (KernelInstance kernel = start("typed")) {
            BatchBuilder builder = new BatchBuilder(TinyKernel.SCHEMA, 64);
            builder.beginRow();
            builder.commitRow(0, 0, 0); // the field is NULL
            int length = builder.finish(0);
            code(ErrorCode.TYPE_MISMATCH, () -> kernel.open(builder.array(), length));
            assertEquals(1, open(kernel, 1) & 7 | 1); // goes on
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"typed", "portable"})
    void aTrapEndsTheInstance(String path) {
        KernelInstance kernel = start(path);
        int slot = open(kernel, 1);
        GaloisException trap =
                assertThrows(GaloisException.class, () -> kernel.drain(slot)); // address -16 + 32
        assertEquals(ErrorCode.KERNEL_FAILED, trap.code());
        assertThat(trap.getMessage()).contains("trap: address 4294967280 is outside the memory");
        GaloisException after =
                assertThrows(GaloisException.class, () -> kernel.process(0, 0, 0, slot));
        assertEquals(ErrorCode.KERNEL_FAILED, after.code());
        kernel.close();
    }

    @Test
    void aBrokenRuleEndsTheInstance() {
        KernelInstance kernel = start("typed");
        int slot = open(kernel, 1);
        GaloisException e = assertThrows(GaloisException.class, () -> kernel.save(slot, false));
        assertThat(e.getMessage()).contains("g_save returned 7");
        code(ErrorCode.KERNEL_FAILED, () -> kernel.stateBytes(slot));
    }

    @Test
    void tellsThatStateDoesNotFit() {
        try (KernelInstance kernel = start("typed")) {
            int slot = open(kernel, 1);
            byte[] batch = TinyKernel.batch(0, 1);
            kernel.input(batch, 0, batch.length);
            code(ErrorCode.STATE_LIMIT, () -> kernel.load(slot, 0, 1));
        }
    }

    @Test
    void anInterruptEndsAnEndlessLoop() throws Exception {
        KernelInstance kernel = start("typed");
        int slot = open(kernel, 1);
        CountDownLatch begun = new CountDownLatch(1);
        FutureTask<GaloisException> task =
                new FutureTask<>(
                        () -> {
                            begun.countDown();
                            return assertThrows(
                                    GaloisException.class,
                                    () -> kernel.time(slot, TimeDomain.PROCESSING, 0));
                        });
        Thread thread = new Thread(task, "galois-test-endless");
        thread.start();
        begun.await();
        thread.interrupt();
        assertEquals(ErrorCode.KERNEL_FAILED, task.get(30, TimeUnit.SECONDS).code());
    }

    @Test
    void refusesCallersMistakes() {
        try (KernelInstance kernel = start("typed")) {
            int slot = open(kernel, 1);
            byte[] batch = TinyKernel.batch(0, 1, 2);
            kernel.input(batch, 0, batch.length);
            mistake(() -> kernel.process(0, 0, 3, slot));
            mistake(() -> kernel.process(0, -1, 1, slot));
            mistake(() -> kernel.process(1, 0, 1, slot));
            mistake(() -> kernel.process(0, 0, 1, slot + 8));
            mistake(() -> kernel.closeSlot(0));
            Bytes.putInt(batch, RowLayout.ROWS, 1000);
            mistake(() -> kernel.input(batch, 0, batch.length));
            mistake(() -> kernel.process(0, 0, 1, slot)); // nothing is there now
            Bytes.putInt(batch, RowLayout.ROWS, 2);
            Bytes.putInt(batch, RowLayout.LAYOUT, 17);
            kernel.input(batch, 0, batch.length);
            mistake(() -> kernel.process(0, 0, 1, slot));
        }
    }

    private static void mistake(Runnable call) {
        assertThrows(IllegalArgumentException.class, call::run);
    }

    private static void code(ErrorCode code, Runnable call) {
        assertEquals(code, assertThrows(GaloisException.class, call::run).code());
    }
}
