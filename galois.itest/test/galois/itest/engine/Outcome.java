package galois.itest.engine;

import galois.batch.BatchCursor;
import galois.batch.RowError;
import galois.batch.RowLayout;
import galois.batch.Schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What came out of a query.
 *
 * @param rows in order
 * @param errors rows that could not be computed, by the text of their cause
 */
public record Outcome(Schema schema, List<List<Object>> rows, Map<String, Integer> errors) {
    static Outcome empty(Schema schema) {
        return new Outcome(schema, new ArrayList<>(), new TreeMap<>());
    }

    void countError(int code) {
        errors.merge(RowError.text(code), 1, Integer::sum);
    }

    /** Shows every row to {@code reader}, one at a time. */
    public void each(Consumer<BatchCursor> reader) {
        for (List<Object> row : rows) {
            byte[] batch = Batches.of(schema, List.of(row), -1, RowLayout.WATERMARK_NONE);
            reader.accept(new BatchCursor().wrap(batch, 0, batch.length, schema).row(0));
        }
    }

    public int errorCount() {
        return errors.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The rows with how often each came. */
    public Map<List<Object>, Integer> multiset() {
        return multiset(rows);
    }

    /** Rows with how often each comes; 0.0 and -0.0 are one value. */
    public static Map<List<Object>, Integer> multiset(List<List<Object>> rows) {
        Map<List<Object>, Integer> counts = new HashMap<>();
        for (List<Object> row : rows) {
            List<Object> key = new ArrayList<>();
            row.forEach(value -> key.add(Table.comparable(value)));
            counts.merge(key, 1, Integer::sum);
        }
        return counts;
    }
}
