package galois.transport.memory;

import galois.api.io.MalformedRow;
import galois.api.io.RowSink;
import galois.batch.BatchBuilder;
import galois.batch.BatchCursor;
import galois.batch.RowKind;
import galois.batch.Schema;

/** Rows as text, through small batches so that they fill up. */
final class CollectedRows implements RowSink {
    private static final int BATCH_BYTES = 1024;

    private final Schema schema;
    private final BatchBuilder builder;
    private final StringBuilder text = new StringBuilder();

    CollectedRows(Schema schema) {
        this.schema = schema;
        builder = new BatchBuilder(schema, BATCH_BYTES);
    }

    String text() {
        flush();
        return text.toString();
    }

    void add(BatchCursor rows) {
        for (int i = 0; i < rows.rows(); i++) {
            rows.row(i);
            text.append(rows.isNull(0) ? "null" : rows.getLong(0)).append(' ');
            text.append(rows.isNull(1) ? "null" : rows.getDouble(1)).append(' ');
            text.append(rows.isNull(2) ? "null" : rows.getString(2)).append('\n');
        }
    }

    private void flush() {
        int length = builder.finish(0);
        add(new BatchCursor().wrap(builder.array(), 0, length, schema));
        builder.clear();
    }

    @Override
    public BatchBuilder row() {
        if (!builder.beginRow()) {
            flush();
            builder.beginRow();
        }
        return builder;
    }

    @Override
    public boolean retry() {
        builder.abandonRow();
        flush();
        return builder.beginRow();
    }

    @Override
    public void commit() {
        builder.commitRow(0, RowKind.INSERT, 0);
    }

    @Override
    public void reject(MalformedRow problem) {
        throw new AssertionError(problem);
    }

    @Override
    public void note(MalformedRow.Cause cause) {
        throw new AssertionError(cause);
    }

    @Override
    public void end() {
        throw new AssertionError("rows have no end marker");
    }
}
