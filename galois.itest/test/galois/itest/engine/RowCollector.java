package galois.itest.engine;

import galois.api.io.MalformedRow;
import galois.api.io.RowSink;
import galois.batch.BatchBuilder;
import galois.batch.BatchCursor;
import galois.batch.RowKind;
import galois.batch.RowLayout;
import galois.batch.Schema;

import java.util.ArrayList;
import java.util.List;

/** Takes the rows of a decoder; a row that does not parse is dropped. */
public final class RowCollector implements RowSink {
    private final BatchBuilder builder;
    private final List<List<Object>> rows = new ArrayList<>();

    public RowCollector(Schema schema) {
        builder = new BatchBuilder(schema, RowLayout.ROW_BYTES_MAX);
    }

    /** The rows so far. */
    public Table table() {
        return new Table(builder.schema(), rows);
    }

    @Override
    public BatchBuilder row() {
        builder.clear();
        builder.beginRow();
        return builder;
    }

    @Override
    public boolean retry() {
        return false;
    }

    @Override
    public void commit() {
        builder.commitRow(0, RowKind.INSERT, 0);
        int length = builder.finish(RowLayout.WATERMARK_NONE);
        BatchCursor cursor =
                new BatchCursor().wrap(builder.array(), 0, length, builder.schema()).row(0);
        rows.add(Batches.row(cursor, builder.schema()));
    }

    @Override
    public void reject(MalformedRow problem) {
        builder.clear();
    }

    @Override
    public void note(MalformedRow.Cause cause) {
        // the row is kept
    }

    @Override
    public void end() {
        // nothing follows
    }
}
