package galois.compiler;

import galois.api.plan.LogicalOp;

import java.util.ArrayList;
import java.util.List;

/** Copies in plain Java. */
record ReferenceRepeat(LogicalOp.Repeat op) implements ReferenceState {
    @Override
    public List<TestRow> add(TestRow row) {
        List<TestRow> copies = new ArrayList<>();
        for (long copy = 0; copy < op.times(); copy++) {
            List<Object> values = new ArrayList<>(row.values());
            values.add(copy);
            copies.add(new TestRow(0, 0, row.time(), values));
        }
        return copies;
    }

    @Override
    public List<TestRow> time(long us) {
        return List.of();
    }
}
