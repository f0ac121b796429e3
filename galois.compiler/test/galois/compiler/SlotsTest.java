package galois.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.kernel.KernelModule;
import galois.api.plan.AggregateCall;
import galois.api.plan.AggregateFunction;
import galois.api.plan.Function;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.Window;
import galois.batch.Bytes;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.RowLayout;
import galois.batch.Schema;

import org.junit.jupiter.api.Test;

import java.util.List;

/** Several queries in one instance. */
class SlotsTest {
    private static final FieldType D = FieldType.DOUBLE;
    private static final Schema INPUT =
            Schema.of(new Field("x", D), new Field("ts", FieldType.TIMESTAMP));

    private static LogicalPlan plan() {
        LogicalOp plan = new LogicalOp.Source("in", INPUT, 1);
        plan =
                new LogicalOp.Filter(
                        plan,
                        Exprs.test(Function.GREATER, Exprs.column(0, D), Exprs.parameter(0, D)));
        List<AggregateCall> calls = List.of(new AggregateCall(AggregateFunction.SUM, 0, D));
        plan =
                LogicalOp.WindowAggregate.of(
                        plan, Window.tumble(1, 10, 0), List.of(0), calls, List.of("total"));
        return new LogicalPlan(plan, List.of(Exprs.literal(D, "0")));
    }

    private final KernelModule module = new WasmKernelCompiler().compile(plan());
    private final KernelMemory kernel = KernelMemory.interpreted(module.wasm());
    private final Schema output = module.metadata().outputs().get(0);

    private int open(String parameter) {
        Schema schema = module.metadata().parameters();
        byte[] batch = Harness.parameterBatch(schema, List.of(Exprs.literal(D, parameter)));
        return (int) kernel.call("g_open", kernel.put(batch, batch.length));
    }

    /** Rows 1.0 ... 6.0, in turn of the first and the second slot. */
    private int rows(int first, int second) {
        TestRow[] rows = new TestRow[6];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = TestRow.of(i, i + 1.0, (long) i);
        }
        byte[] batch = TestRow.batch(INPUT, List.of(rows), 0);
        int stride = RowLayout.stride(INPUT.size());
        for (int i = 0; i < rows.length; i++) {
            Bytes.putInt(batch, RowLayout.HEADER_BYTES + i * stride, i % 2 == 0 ? first : second);
        }
        return kernel.put(batch, batch.length);
    }

    @Test
    void eachRowMeetsTheParametersAndTheStateOfItsSlot() {
        int low = open("0");
        int high = open("3");
        int out = kernel.output(4096);
        assertEquals(6, kernel.call("g_process", 0, rows(low, high), 0, 6, 0, out));
        assertEquals(0, kernel.call("g_time", low, 0, Long.MAX_VALUE, out));
        List<TestRow> lows = TestRow.read(kernel.take(out, 0), output);
        assertEquals(List.of(1.0, 3.0, 5.0), lows.stream().map(r -> r.values().get(0)).toList());
        assertEquals(0, kernel.call("g_time", high, 0, Long.MAX_VALUE, out));
        List<TestRow> highs = TestRow.read(kernel.take(out, 0), output);
        assertEquals(List.of(4.0, 6.0), highs.stream().map(r -> r.values().get(0)).toList());
    }

    @Test
    void aPendingSlotTakesNoRowsAndTheOthersGoOn() {
        int waits = open("0");
        int goesOn = open("0");
        int small = kernel.output(KernelMemory.oneRow(output));
        assertEquals(6, kernel.call("g_process", 0, rows(waits, goesOn), 0, 6, 0, small));
        assertEquals(1, kernel.call("g_time", waits, 0, Long.MAX_VALUE, small));
        assertTrue(kernel.pending(waits));
        assertFalse(kernel.pending(goesOn));
        int in = rows(goesOn, waits);
        assertEquals(0, kernel.call("g_process", 0, in, 0, 6, waits, small));
        assertEquals(1, kernel.call("g_process", 0, in, 0, 6, 0, small));
        assertEquals(1, kernel.call("g_process", 0, in, 2, 1, goesOn, small));
    }

    @Test
    void closingOneSlotLeavesTheOther() {
        int first = open("0");
        int second = open("0");
        int out = kernel.output(4096);
        kernel.call("g_process", 0, rows(first, second), 0, 6, 0, out);
        kernel.call("g_close", first);
        assertEquals(0, kernel.call("g_time", second, 0, Long.MAX_VALUE, out));
        assertEquals(3, TestRow.read(kernel.take(out, 0), output).size());
    }
}
