package galois.formats;

import galois.api.io.MalformedRow;
import galois.api.io.RowSink;
import galois.batch.BatchBuilder;
import galois.batch.BatchCursor;
import galois.batch.Field;
import galois.batch.Schema;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Keeps rows as text ({@code [1, NULL, "a"]}) and problems as {@code cause@line message}. */
final class CollectingSink implements RowSink {
    final List<String> rows = new ArrayList<>();
    final List<String> problems = new ArrayList<>();
    int notes;
    boolean ended;
    long count;

    private final Schema schema;
    private final BatchBuilder builder;
    private final BatchCursor cursor = new BatchCursor();
    private boolean begun;

    CollectingSink(Schema schema) {
        this(schema, 64 * 1024);
    }

    CollectingSink(Schema schema, int capacityBytes) {
        this.schema = schema;
        builder = new BatchBuilder(schema, capacityBytes);
    }

    @Override
    public BatchBuilder row() {
        if (!builder.beginRow()) {
            flush();
            builder.beginRow();
        }
        begun = true;
        return builder;
    }

    @Override
    public boolean retry() {
        if (builder.rows() == 0) {
            return false;
        }
        builder.abandonRow();
        flush();
        return builder.beginRow();
    }

    @Override
    public void commit() {
        if (!begun) {
            throw new IllegalStateException("no row begun");
        }
        begun = false;
        builder.commitRow(0, 0, 0);
        count++;
    }

    @Override
    public void reject(MalformedRow problem) {
        if (begun) {
            builder.abandonRow();
            begun = false;
        }
        problems.add(problem.cause() + "@" + problem.line() + " " + problem.message());
    }

    @Override
    public void note(MalformedRow.Cause cause) {
        notes++;
    }

    @Override
    public void end() {
        ended = true;
    }

    /** All rows so far. */
    List<String> rows() {
        flush();
        return rows;
    }

    void flush() {
        int size = builder.finish(0);
        cursor.wrap(builder.array(), 0, size, schema);
        for (int i = 0; i < cursor.rows(); i++) {
            rows.add(text(cursor.row(i)));
        }
        builder.clear();
    }

    private String text(BatchCursor row) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            Field field = schema.field(i);
            cells.add(
                    row.isNull(i)
                            ? "NULL"
                            : switch (field.type().kind()) {
                                case REAL, DOUBLE -> Double.toString(row.getDouble(i));
                                case VARCHAR -> '"' + row.getString(i) + '"';
                                case VARBINARY ->
                                        HexFormat.of()
                                                .formatHex(
                                                        row.array(),
                                                        row.stringOffset(i),
                                                        row.stringOffset(i) + row.stringLength(i));
                                default -> Long.toString(row.getLong(i));
                            });
        }
        return cells.toString();
    }
}
