package galois.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.kernel.TimeDomain;
import galois.api.plan.AggregateCall;
import galois.api.plan.AggregateFunction;
import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.JoinKind;
import galois.api.plan.JoinMode;
import galois.api.plan.JoinTime;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.Over;
import galois.api.plan.OverCall;
import galois.api.plan.OverFrame;
import galois.api.plan.OverFunction;
import galois.api.plan.SortKey;
import galois.api.plan.Window;
import galois.batch.Bytes;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.RowError;
import galois.batch.RowLayout;
import galois.batch.Schema;
import galois.batch.SlotLayout;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What happens at each limit: an error row, and the state as it was. */
class LimitsTest {
    private static final Schema INPUT =
            Schema.of(
                    new Field("s", FieldType.VARCHAR),
                    new Field("x", FieldType.DOUBLE),
                    new Field("ts", FieldType.TIMESTAMP));
    private static final int OUT_BYTES = 4096;

    private static LogicalPlan grouped(AggregateFunction function, int argument, Window window) {
        return grouped(0, function, argument, window);
    }

    private static LogicalPlan grouped(
            int key, AggregateFunction function, int argument, Window window) {
        LogicalOp plan = new LogicalOp.Source("in", INPUT, 2);
        List<AggregateCall> calls =
                List.of(
                        new AggregateCall(AggregateFunction.COUNT, -1, FieldType.BIGINT),
                        new AggregateCall(function, argument, INPUT.type(argument)));
        plan =
                LogicalOp.WindowAggregate.of(
                        plan, window, List.of(key), calls, List.of("n", "result"));
        return new LogicalPlan(plan, List.of());
    }

    /** One slot of a kernel and its output area. */
    private static final class Bench {
        final KernelMemory kernel;
        final Schema output;
        final int slot;
        final int out;

        Bench(LogicalPlan plan, int pagesMax) {
            var module = new WasmKernelCompiler().compile(plan);
            kernel = KernelMemory.interpreted(module.wasm(), pagesMax);
            output = module.metadata().outputs().get(0);
            byte[] batch =
                    Harness.parameterBatch(module.metadata().parameters(), plan.parameters());
            int parameters = kernel.put(batch, batch.length);
            slot = (int) kernel.call("g_open", parameters);
            kernel.call("g_free", parameters);
            out = kernel.output(OUT_BYTES);
        }

        List<TestRow> process(TestRow... rows) {
            return process(0, rows);
        }

        List<TestRow> process(int port, TestRow... rows) {
            byte[] batch = TestRow.batch(INPUT, List.of(rows), slot);
            int in = kernel.put(batch, batch.length);
            assertTrue(in != 0, "no memory for the input");
            long consumed = kernel.call("g_process", port, in, 0, rows.length, slot, out);
            assertEquals(rows.length, consumed);
            kernel.call("g_free", in);
            return TestRow.read(kernel.take(out, 0), output);
        }

        List<TestRow> end() {
            return time(Long.MAX_VALUE);
        }

        List<TestRow> time(long us) {
            List<TestRow> rows = new ArrayList<>();
            long more = kernel.call("g_time", slot, 0, us, out);
            rows.addAll(TestRow.read(kernel.take(out, 0), output));
            while (more == 1) {
                more = kernel.call("g_drain", slot, out);
                rows.addAll(TestRow.read(kernel.take(out, 0), output));
            }
            return rows;
        }

        /** A version of the table is complete. */
        List<TestRow> table(long version) {
            kernel.call("g_time", slot, TimeDomain.TABLE.ordinal(), version, out);
            return TestRow.read(kernel.take(out, 0), output);
        }

        int stateBytes() {
            return kernel.word(slot + SlotLayout.STATE_BYTES);
        }
    }

    /** Adds new groups until one is refused; gives how many were taken. */
    private static int fill(Bench bench, int most) {
        for (int i = 0; i < most; i++) {
            List<TestRow> rows = bench.process(TestRow.of(i, "key " + i, 1.0, 0L));
            if (!rows.isEmpty()) {
                assertEquals(TestRow.error(i, RowError.STATE_FULL), rows.get(0));
                return i;
            }
        }
        throw new AssertionError("the limit was not reached");
    }

    @Test
    void fullStateRefusesNewGroupsAndKeepsTheOldOnes() {
        Bench bench = new Bench(grouped(AggregateFunction.MAX, 1, Window.NONE), 64);
        bench.kernel.putWord(bench.slot + SlotLayout.STATE_BYTES_MAX, 10_000);
        int groups = fill(bench, 1000);
        assertTrue(groups > 20 && bench.stateBytes() <= 10_000);
        int before = bench.stateBytes();
        assertEquals(1, bench.process(TestRow.of(0, "new", 1.0, 0L)).size());
        assertEquals(before, bench.stateBytes());
        assertEquals(0, bench.process(TestRow.of(0, "key 3", 5.0, 0L)).size());
        List<TestRow> results = bench.end();
        assertEquals(groups, results.size());
        assertEquals(List.of("key 3", 2L, 5.0), results.get(3).values());
        assertEquals(List.of("key 4", 1L, 1.0), results.get(4).values());
        assertEquals(0, bench.stateBytes());
    }

    @Test
    void exhaustedMemoryRefusesNewGroupsAndKeepsTheOldOnes() {
        Bench bench = new Bench(grouped(AggregateFunction.MAX, 1, Window.NONE), 3);
        int groups = fill(bench, 100_000);
        assertTrue(groups > 200);
        assertEquals(groups, bench.end().size());
        assertEquals(0, bench.stateBytes());
        // What was freed can be used again by another slot.
        int again = (int) bench.kernel.call("g_open", 0);
        assertTrue(again > 0);
    }

    private static LogicalPlan sorted(long fetch) {
        LogicalOp source = new LogicalOp.Source("in", INPUT, 2);
        List<SortKey> keys = List.of(new SortKey(1, true, false));
        return new LogicalPlan(LogicalOp.Sort.of(source, keys, 0, fetch), List.of());
    }

    @Test
    void fullStateRefusesRowsAndKeepsThoseToSort() {
        Bench bench = new Bench(sorted(-1), 64);
        bench.kernel.putWord(bench.slot + SlotLayout.STATE_BYTES_MAX, 10_000);
        int rows = fill(bench, 1000);
        assertTrue(rows > 20 && bench.stateBytes() <= 10_000);
        int before = bench.stateBytes();
        assertEquals(1, bench.process(TestRow.of(0, "new", 9.0, 0L)).size());
        assertEquals(before, bench.stateBytes());
        List<TestRow> results = bench.end();
        assertEquals(rows, results.size());
        assertEquals(List.of("key 0", 1.0, 0L), results.get(0).values());
        assertEquals(0, bench.stateBytes());
    }

    @Test
    void exhaustedMemoryRefusesRowsAndKeepsThoseToSort() {
        Bench bench = new Bench(sorted(-1), 3);
        int rows = fill(bench, 100_000);
        assertTrue(rows > 200);
        assertEquals(rows, bench.end().size());
        assertEquals(0, bench.stateBytes());
    }

    @Test
    void topRowsNeedNoMoreStateThanTheirNumber() {
        Bench bench = new Bench(sorted(3), 64);
        bench.kernel.putWord(bench.slot + SlotLayout.STATE_BYTES_MAX, 1_000);
        for (int i = 0; i < 2_000; i++) {
            double value = (i * 7919) % 2_003;
            assertEquals(List.of(), bench.process(TestRow.of(i, "key " + i, value, 0L)));
        }
        List<Object> values = bench.end().stream().map(row -> row.values().get(1)).toList();
        assertEquals(3, values.size());
        assertEquals(0, bench.stateBytes());
        List<Object> expected =
                java.util.stream.IntStream.range(0, 2_000)
                        .mapToObj(i -> (Object) (double) ((i * 7919) % 2_003))
                        .sorted(java.util.Comparator.comparing(v -> -(Double) v))
                        .limit(3)
                        .toList();
        assertEquals(expected, values);
    }

    @Test
    void fullStateRefusesRowsOfOverAndForgetsThoseBehindTheFrame() {
        OverCall lag = new OverCall(OverFunction.LAG, 1, 3, OverFrame.USUAL, null, INPUT.type(1));
        Over over =
                Over.of(
                        new LogicalOp.Source("in", INPUT, 2),
                        List.of(0),
                        List.of(SortKey.ascending(2)),
                        List.of(lag),
                        List.of("v"));
        LogicalPlan plan = new LogicalPlan(over.goingOn(1), List.of());
        Bench bench = new Bench(plan, 64);
        for (long i = 0; i < 2_000; i++) {
            assertEquals(List.of(), bench.process(TestRow.of(i, "same", (double) i, i)));
            Object before = i < 3 ? null : i - 3.0;
            assertEquals(before, bench.time(i + 1).get(0).values().get(3));
        }
        assertTrue(bench.stateBytes() < 1_000);
        Bench full = new Bench(plan, 64);
        full.kernel.putWord(full.slot + SlotLayout.STATE_BYTES_MAX, 10_000);
        assertEquals(fill(full, 1_000), full.end().size());
    }

    @Test
    void rowsTooLargeToBeSavedAreNotSorted() {
        Bench bench = new Bench(sorted(-1), 64);
        List<TestRow> rows = bench.process(TestRow.of(7, "x".repeat(65_450), 1.0, 0L));
        assertEquals(List.of(TestRow.error(7, RowError.ROW_TOO_LARGE)), rows);
        assertEquals(List.of(), bench.process(TestRow.of(8, "x".repeat(3_000), 1.0, 0L)));
        assertEquals(1, bench.end().size());
    }

    private static LogicalPlan joined(JoinKind kind, JoinTime time) {
        LogicalOp left = new LogicalOp.Source("l", INPUT, 2);
        LogicalOp right = new LogicalOp.Source("r", INPUT, 2);
        FieldType text = FieldType.VARCHAR;
        Expr equal =
                Exprs.test(Function.EQUAL, Exprs.column(0, text), Exprs.column(INPUT.size(), text));
        return new LogicalPlan(LogicalOp.Join.of(left, right, kind, equal).within(time), List.of());
    }

    @Test
    void fullStateRefusesRowsOfBothSidesOfAJoinAndKeepsTheOldOnes() {
        JoinTime time = new JoinTime(2, 2, 10_000, 0);
        Bench bench = new Bench(joined(JoinKind.LEFT, time), 64);
        bench.kernel.putWord(bench.slot + SlotLayout.STATE_BYTES_MAX, 10_000);
        int rows = fill(bench, 1000);
        assertTrue(rows > 20 && bench.stateBytes() <= 10_000);
        int before = bench.stateBytes();
        List<TestRow> full = List.of(TestRow.error(3, RowError.STATE_FULL));
        assertEquals(full, bench.process(1, TestRow.of(3, "key 3", 5.0, 3L)));
        assertEquals(before, bench.stateBytes());
        // The watermark lets the first rows go, and there is room again.
        long us = 10_004;
        List<TestRow> gone = bench.time(us);
        assertEquals(rows, gone.size());
        List<Object> first = Arrays.asList("key 0", 1.0, 0L, null, null, null);
        assertEquals(first, gone.get(0).values());
        assertEquals(List.of(), bench.process(TestRow.of(us, "again", 1.0, us)));
        List<TestRow> pair = bench.process(1, TestRow.of(us + 1, "again", 5.0, us));
        assertEquals(List.of("again", 1.0, us, "again", 5.0, us), pair.get(0).values());
        assertEquals(List.of(), bench.end());
    }

    @Test
    void exhaustedMemoryRefusesRowsOfAJoinAndKeepsTheOldOnes() {
        Bench bench = new Bench(joined(JoinKind.RIGHT, null), 4);
        int rows = 0;
        while (bench.process(1, TestRow.of(rows, "key " + rows, 1.0, 0L)).isEmpty()) {
            rows++;
        }
        assertTrue(rows > 200);
        assertEquals(rows, bench.end().size());
        bench.kernel.call("g_close", bench.slot);
        assertTrue((int) bench.kernel.call("g_open", 0) > 0);
    }

    @Test
    void aVersionOfATableThatDoesNotFitLeavesTheOneBeforeInUse() {
        LogicalOp.Join plain = (LogicalOp.Join) joined(JoinKind.LEFT, null).root();
        Bench bench = new Bench(new LogicalPlan(plain.lookup(), List.of()), 64);
        bench.kernel.putWord(bench.slot + SlotLayout.STATE_BYTES_MAX, 10_000);
        assertEquals(List.of(), bench.process(1, TestRow.of(1, "a", 1.0, 0L)));
        assertEquals(List.of(), bench.table(1));
        int before = bench.stateBytes();
        List<TestRow> problems = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            problems.addAll(bench.process(1, TestRow.of(2, "key " + i, 2.0, 0L)));
        }
        assertEquals(List.of(TestRow.error(2, RowError.TABLE_FULL)), problems);
        assertEquals(before, bench.stateBytes());
        assertEquals(List.of(), bench.table(2));
        List<TestRow> pair = bench.process(0, TestRow.of(3, "a", 5.0, 3L));
        assertEquals(List.of("a", 5.0, 3L, "a", 1.0, 0L), pair.get(0).values());
        // The next one that fits takes its place.
        bench.process(1, TestRow.of(3, "b", 3.0, 0L));
        assertEquals(List.of(), bench.table(3));
        List<TestRow> other = bench.process(0, TestRow.of(4, "b", 5.0, 4L));
        assertEquals(List.of("b", 5.0, 4L, "b", 3.0, 0L), other.get(0).values());
    }

    @Test
    void textsOfAConditionLastNoLongerThanItsPair() {
        LogicalOp.Join plain = (LogicalOp.Join) joined(JoinKind.INNER, null).root();
        FieldType text = FieldType.VARCHAR;
        Expr both = Exprs.call(Function.CONCAT, text, Exprs.column(0, text), Exprs.column(3, text));
        Expr match = Exprs.test(Function.EQUAL, both, Exprs.literal(text, "x".repeat(2_000) + "b"));
        Bench bench = new Bench(new LogicalPlan(plain.over(plain.inputs(), match), List.of()), 64);
        for (int i = 0; i < 500; i++) {
            bench.process(1, TestRow.of(i, i == 499 ? "b" : "a", 1.0, 0L));
        }
        List<TestRow> pairs = bench.process(0, TestRow.of(3, "x".repeat(2_000), 5.0, 3L));
        assertEquals(1, pairs.size());
        assertEquals("b", pairs.get(0).values().get(3));
    }

    @Test
    void fullStateRefusesRowsOfBothSidesOfAnAsofJoin() {
        JoinTime time = new JoinTime(2, 2, 0, 0);
        LogicalOp.Join equal = (LogicalOp.Join) joined(JoinKind.INNER, null).root();
        Expr match =
                Exprs.test(
                        Function.GREATER_OR_EQUAL,
                        Exprs.column(2, FieldType.TIMESTAMP),
                        Exprs.column(5, FieldType.TIMESTAMP));
        LogicalOp asof =
                equal.over(equal.inputs(), Exprs.test(Function.AND, equal.condition(), match))
                        .within(time)
                        .in(JoinMode.ASOF);
        Bench bench = new Bench(new LogicalPlan(asof, List.of()), 64);
        bench.kernel.putWord(bench.slot + SlotLayout.STATE_BYTES_MAX, 10_000);
        int rows = 0;
        while (bench.process(1, TestRow.of(rows, "key " + rows % 5, 1.0, (long) rows)).isEmpty()) {
            rows++;
        }
        assertTrue(rows > 20 && bench.stateBytes() <= 10_000);
        // Of each key one row is left, and there is room again.
        assertEquals(List.of(), bench.time(rows));
        assertTrue(bench.stateBytes() < 4_000, bench.stateBytes() + " bytes");
        assertEquals(List.of(), bench.process(TestRow.of(rows, "key 0", 7.0, (long) rows)));
        List<TestRow> pair = bench.time(rows + 1);
        assertEquals("key 0", pair.get(0).values().get(3));
        assertEquals(List.of(), bench.end());
    }

    @Test
    void growingTextIsRefusedWithoutAnyChange() {
        Bench bench = new Bench(grouped(2, AggregateFunction.MAX, 0, Window.NONE), 64);
        bench.kernel.putWord(bench.slot + SlotLayout.STATE_BYTES_MAX, 500);
        assertEquals(0, bench.process(TestRow.of(1, "a", 1.0, 7L)).size());
        int before = bench.stateBytes();
        List<TestRow> full = List.of(TestRow.error(2, RowError.STATE_FULL));
        assertEquals(full, bench.process(TestRow.of(2, "b".repeat(400), 1.0, 7L)));
        assertEquals(full, bench.process(TestRow.of(2, "b".repeat(400), 1.0, 8L)));
        assertEquals(before, bench.stateBytes());
        List<TestRow> results = bench.end();
        assertEquals(1, results.size());
        assertEquals(List.of(7L, 1L, "a"), results.get(0).values());
    }

    @Test
    void refusedFirstGroupLeavesNoWindow() {
        Bench bench = new Bench(grouped(AggregateFunction.MAX, 1, Window.tumble(2, 10, 0)), 64);
        bench.kernel.putWord(bench.slot + SlotLayout.STATE_BYTES_MAX, 120);
        assertEquals(
                List.of(TestRow.error(2, RowError.STATE_FULL)),
                bench.process(TestRow.of(2, "b".repeat(200), 1.0, 0L)));
        assertEquals(0, bench.stateBytes());
        assertEquals(SlotLayout.NEVER, bench.kernel.wide(bench.slot + SlotLayout.DUE_EVENT));
        assertEquals(List.of(), bench.end());
    }

    @Test
    void groupWithTooLongAKeyIsAnErrorRow() {
        Bench bench = new Bench(grouped(AggregateFunction.MAX, 1, Window.NONE), 64);
        assertEquals(
                List.of(TestRow.error(2, RowError.ROW_TOO_LARGE)),
                bench.process(TestRow.of(2, "b".repeat(30_001), 1.0, 0L)));
        assertEquals(0, bench.process(TestRow.of(2, "b".repeat(30_000), 1.0, 0L)).size());
    }

    @Test
    void dueTimeIsTheEndOfTheFirstWindow() {
        Bench bench = new Bench(grouped(AggregateFunction.MAX, 1, Window.tumble(2, 10, 0)), 64);
        bench.process(TestRow.of(0, "a", 1.0, 27L), TestRow.of(0, "a", 1.0, 12L));
        assertEquals(20, bench.kernel.wide(bench.slot + SlotLayout.DUE_EVENT));
    }

    private static LogicalPlan copyText(int times) {
        LogicalOp plan = new LogicalOp.Source("in", INPUT, -1);
        List<Expr> expressions = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            expressions.add(Exprs.column(0, FieldType.VARCHAR));
            fields.add(new Field("s" + i, FieldType.VARCHAR));
        }
        return new LogicalPlan(
                new LogicalOp.Project(plan, expressions, new Schema(fields)), List.of());
    }

    @Test
    void rowAbove64KilobytesIsAnErrorRow() {
        Bench bench = new Bench(copyText(3), 64);
        int large = bench.kernel.output(256 * 1024);
        byte[] batch = TestRow.batch(INPUT, List.of(TestRow.of(9, "x".repeat(25_000), 1.0, 0L)), 0);
        int in = bench.kernel.put(batch, batch.length);
        assertEquals(1, bench.kernel.call("g_process", 0, in, 0, 1, bench.slot, large));
        assertEquals(
                List.of(TestRow.error(9, RowError.ROW_TOO_LARGE)),
                TestRow.read(bench.kernel.take(large, 0), bench.output));
    }

    @Test
    void rowLargerThanTheEmptyOutputIsAnErrorRow() {
        Bench bench = new Bench(copyText(1), 64);
        assertEquals(
                List.of(TestRow.error(9, RowError.ROW_TOO_LARGE)),
                bench.process(TestRow.of(9, "x".repeat(OUT_BYTES), 1.0, 0L)));
    }

    @Test
    void fullOutputStopsBeforeTheRowThatDoesNotFit() {
        Bench bench = new Bench(copyText(1), 64);
        List<TestRow> rows = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            rows.add(TestRow.of(i, "x".repeat(900), 1.0, 0L));
        }
        byte[] batch = TestRow.batch(INPUT, rows, bench.slot);
        int in = bench.kernel.put(batch, batch.length);
        assertEquals(4, bench.kernel.call("g_process", 0, in, 0, 10, bench.slot, bench.out));
        assertEquals(4, TestRow.read(bench.kernel.take(bench.out, 0), bench.output).size());
    }

    @Test
    void parametersOfAnotherLayoutAreRefused() {
        LogicalPlan plan = PaperPlan.plan();
        var module = new WasmKernelCompiler().compile(plan);
        KernelMemory kernel = KernelMemory.interpreted(module.wasm());
        byte[] batch = Harness.parameterBatch(module.metadata().parameters(), plan.parameters());
        int good = kernel.put(batch, batch.length);
        Bytes.putInt(batch, RowLayout.LAYOUT, 1);
        int bad = kernel.put(batch, batch.length);
        assertEquals(-1, (int) kernel.call("g_open", bad));
        int slot = (int) kernel.call("g_open", good);
        assertTrue(slot > 0);
        assertEquals(-1, (int) kernel.call("g_param", slot, bad));
        assertEquals(0, kernel.call("g_param", slot, good));
    }

    @Test
    void newParametersHoldFromTheNextCallOn() {
        LogicalOp plan = new LogicalOp.Source("in", INPUT, -1);
        FieldType text = FieldType.VARCHAR;
        Expr less = Exprs.test(Function.LESS, Exprs.column(0, text), Exprs.parameter(0, text));
        LogicalPlan whole =
                new LogicalPlan(
                        new LogicalOp.Filter(plan, less), List.of(Exprs.literal(text, "m")));
        Bench bench = new Bench(whole, 64);
        TestRow row = TestRow.of(1, "k", 1.0, 0L);
        assertEquals(1, bench.process(row).size());
        Schema schema = Schema.of(new Field("p0", text));
        byte[] batch = Harness.parameterBatch(schema, List.of(Exprs.literal(text, "b")));
        int parameters = bench.kernel.put(batch, batch.length);
        assertEquals(0, bench.kernel.call("g_param", bench.slot, parameters));
        assertEquals(0, bench.process(row).size());
    }

    @Test
    void openIsRefusedWithoutMemory() {
        var module = new WasmKernelCompiler().compile(PaperPlan.plan());
        KernelMemory kernel = KernelMemory.interpreted(module.wasm(), 1);
        byte[] batch =
                Harness.parameterBatch(
                        module.metadata().parameters(), PaperPlan.plan().parameters());
        int parameters = kernel.put(batch, batch.length);
        int slots = 0;
        int slot = (int) kernel.call("g_open", parameters);
        int last = slot;
        while (slot > 0) {
            slots++;
            last = slot;
            slot = (int) kernel.call("g_open", parameters);
        }
        assertEquals(-2, slot);
        assertTrue(slots > 200);
        kernel.call("g_close", last);
        assertTrue((int) kernel.call("g_open", parameters) > 0);
    }
}
