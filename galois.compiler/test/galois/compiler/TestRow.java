package galois.compiler;

import galois.batch.BatchBuilder;
import galois.batch.BatchCursor;
import galois.batch.FieldType;
import galois.batch.RowKind;
import galois.batch.RowLayout;
import galois.batch.Schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A row as tests see it: values are {@code null}, Long (also BOOLEAN 0 or 1), Double or String. */
record TestRow(int kind, int code, long time, List<Object> values) {
    static TestRow of(long time, Object... values) {
        return new TestRow(RowKind.INSERT, 0, time, Arrays.asList(values));
    }

    static TestRow error(long time, int code) {
        return new TestRow(RowKind.ERROR, code, time, List.of());
    }

    /** One batch; {@code capacity} bytes must do. */
    static byte[] batch(Schema schema, List<TestRow> rows, int slot, int capacity) {
        BatchBuilder builder = new BatchBuilder(schema, capacity);
        for (TestRow row : rows) {
            if (!builder.beginRow()) {
                throw new IllegalArgumentException("the batch is too small for the test");
            }
            for (int i = 0; i < schema.size(); i++) {
                set(builder, schema.type(i), i, row.values().get(i));
            }
            builder.commitRow(slot, row.kind(), row.time());
        }
        return Arrays.copyOf(builder.array(), builder.finish(0));
    }

    private static void set(BatchBuilder builder, FieldType type, int field, Object value) {
        if (value == null) {
            return;
        }
        switch (type.cell()) {
            case I64 -> builder.setLong(field, (Long) value);
            case F64 -> builder.setDouble(field, (Double) value);
            case STRING -> {
                if (!builder.setString(field, (String) value)) {
                    throw new IllegalArgumentException("the batch is too small for the test");
                }
            }
        }
    }

    static List<TestRow> read(byte[] batch, Schema schema) {
        BatchCursor cursor = new BatchCursor().wrap(batch, 0, batch.length, schema);
        List<TestRow> rows = new ArrayList<>();
        for (int i = 0; i < cursor.rows(); i++) {
            cursor.row(i);
            if (cursor.kind() == RowKind.ERROR) {
                rows.add(error(cursor.eventTimeUs(), cursor.code()));
                continue;
            }
            Object[] values = new Object[schema.size()];
            for (int f = 0; f < values.length; f++) {
                values[f] = cursor.isNull(f) ? nullOf(cursor, f) : value(cursor, schema, f);
            }
            rows.add(new TestRow(cursor.kind(), 0, cursor.eventTimeUs(), Arrays.asList(values)));
        }
        return rows;
    }

    private static Object nullOf(BatchCursor cursor, int field) {
        if (cursor.getLong(field) != 0) {
            throw new AssertionError("the cell of a NULL is not 0");
        }
        return null;
    }

    private static Object value(BatchCursor cursor, Schema schema, int field) {
        return switch (schema.type(field).cell()) {
            case I64 -> cursor.getLong(field);
            case F64 -> {
                double value = cursor.getDouble(field);
                if (Double.isNaN(value)
                        && cursor.getLong(field) != Double.doubleToLongBits(Double.NaN)) {
                    throw new AssertionError("a NaN is not canonical");
                }
                yield value;
            }
            case STRING -> cursor.getString(field);
        };
    }

    static int arenaBytes(List<TestRow> rows) {
        return rows.stream()
                .flatMap(row -> row.values().stream())
                .mapToInt(value -> value instanceof String text ? 4 * text.length() : 0)
                .sum();
    }

    static byte[] batch(Schema schema, List<TestRow> rows, int slot) {
        int fixed = RowLayout.HEADER_BYTES + rows.size() * RowLayout.stride(schema.size());
        return batch(schema, rows, slot, fixed + arenaBytes(rows) + 64);
    }

    @Override
    public String toString() {
        return (kind == RowKind.ERROR
                        ? "error " + code
                        : kind == RowKind.INSERT ? "row" : "row of kind " + kind)
                + " @"
                + time
                + values.stream().map(String::valueOf).collect(Collectors.joining(", ", " (", ")"));
    }
}
