package galois.demo;

import galois.api.client.ClientQuery;
import galois.api.client.ResultHandler;
import galois.api.node.NodeReport;
import galois.batch.BatchCursor;
import galois.batch.FieldType;
import galois.batch.Schema;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * A query of the demo: its rows are counted, the newest is kept for people. Written by the sink's
 * thread, read by any.
 */
final class WatchedQuery implements ResultHandler {
    private final String title;
    private final Supplier<List<NodeReport>> reports;
    private volatile ClientQuery query;
    private volatile Schema schema;
    private volatile long rows;
    private volatile String newest = "";
    private volatile List<NodeReport> reportsAtEnd;

    /**
     * @param reports of every node, now
     */
    WatchedQuery(String title, Supplier<List<NodeReport>> reports) {
        this.title = title;
        this.reports = reports;
    }

    void started(ClientQuery started) {
        query = started;
    }

    String title() {
        return title;
    }

    ClientQuery query() {
        return query;
    }

    long rows() {
        return rows;
    }

    /** {@code date 0.5, period 0.25}; empty before the first row. */
    String newest() {
        return newest;
    }

    /** What the nodes had counted when the last row was out; null before. */
    List<NodeReport> reportsAtEnd() {
        return reportsAtEnd;
    }

    @Override
    public void onOpen(Schema opened) {
        schema = opened;
    }

    @Override
    public void onRows(BatchCursor batch) {
        if (batch.rows() > 0) {
            rows += batch.rows();
            newest = text(batch.row(batch.rows() - 1), schema);
        }
    }

    @Override
    public void onEnd() {
        reportsAtEnd = reports.get();
    }

    private static String text(BatchCursor row, Schema schema) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < schema.size(); i++) {
            text.append(i == 0 ? "" : ", ").append(schema.field(i).name()).append(' ');
            text.append(value(row, schema.type(i), i));
        }
        return text.toString();
    }

    private static String value(BatchCursor row, FieldType type, int field) {
        if (row.isNull(field)) {
            return "NULL";
        }
        return switch (type.kind()) {
            case DOUBLE -> String.format(Locale.ROOT, "%.4f", row.getDouble(field));
            case TIMESTAMP ->
                    Instant.EPOCH
                            .plus(row.getLong(field), ChronoUnit.MICROS)
                            .truncatedTo(ChronoUnit.MINUTES)
                            .toString()
                            .replace("T00:00:00Z", "");
            case VARCHAR -> row.getString(field);
            case REAL -> Float.toString((float) row.getDouble(field));
            case VARBINARY -> row.stringLength(field) + " bytes";
            default -> Long.toString(row.getLong(field));
        };
    }
}
