package galois.itest.engine;

import galois.batch.BatchBuilder;
import galois.batch.BatchCursor;
import galois.batch.FieldType;
import galois.batch.RowKind;
import galois.batch.Schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Values to row batches and back. */
final class Batches {
    private static final int CAPACITY_BYTES = 1 << 16;

    private Batches() {}

    /**
     * @param timeField the event time of the rows, or -1: then it is 0
     */
    static byte[] of(Schema schema, List<List<Object>> rows, int timeField, long watermarkUs) {
        BatchBuilder builder = new BatchBuilder(schema, CAPACITY_BYTES);
        for (List<Object> row : rows) {
            if (!builder.beginRow()) {
                throw new AssertionError("the test has too many rows for one batch");
            }
            for (int i = 0; i < row.size(); i++) {
                set(builder, i, schema.type(i), row.get(i));
            }
            Object time = timeField < 0 ? null : row.get(timeField);
            builder.commitRow(0, RowKind.INSERT, time == null ? 0 : (Long) time);
        }
        return Arrays.copyOf(builder.array(), builder.finish(watermarkUs));
    }

    private static void set(BatchBuilder builder, int field, FieldType type, Object value) {
        if (value == null) {
            return;
        }
        switch (type.kind()) {
            case BOOLEAN -> builder.setLong(field, (Boolean) value ? 1 : 0);
            case TINYINT,
                    SMALLINT,
                    INTEGER,
                    BIGINT,
                    DECIMAL,
                    DATE,
                    TIME,
                    TIMESTAMP,
                    INTERVAL_MONTH,
                    INTERVAL_DAY ->
                    builder.setLong(field, (Long) value);
            case REAL, DOUBLE -> builder.setDouble(field, (Double) value);
            case VARCHAR, VARBINARY -> {
                if (!builder.setString(field, (String) value)) {
                    throw new AssertionError("the test has too much text for one batch");
                }
            }
        }
    }

    static List<Object> row(BatchCursor cursor, Schema schema) {
        List<Object> row = new ArrayList<>(schema.size());
        for (int i = 0; i < schema.size(); i++) {
            row.add(cursor.isNull(i) ? null : value(cursor, i, schema.type(i)));
        }
        return row;
    }

    private static Object value(BatchCursor cursor, int field, FieldType type) {
        return switch (type.kind()) {
            case BOOLEAN -> cursor.getLong(field) != 0;
            case TINYINT,
                    SMALLINT,
                    INTEGER,
                    BIGINT,
                    DECIMAL,
                    DATE,
                    TIME,
                    TIMESTAMP,
                    INTERVAL_MONTH,
                    INTERVAL_DAY ->
                    cursor.getLong(field);
            case REAL, DOUBLE -> cursor.getDouble(field);
            case VARCHAR, VARBINARY -> cursor.getString(field);
        };
    }
}
