package galois.bench;

import galois.batch.BatchBuilder;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.RowKind;
import galois.batch.RowLayout;
import galois.batch.Schema;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Readings of {@link #SENSORS} sensors in the order of time, {@link #PER_WINDOW} a second: always
 * the same rows, as arrays for the baselines and as a batch for kernels.
 *
 * @param sensor number of the sensor of each row
 * @param timeUs microseconds, ascending
 * @param value the reading
 */
public record SensorRows(int[] sensor, long[] timeUs, double[] value) {
    /** Different keys. */
    public static final int SENSORS = 10_000;

    /** Rows of a tumbling window of a second. */
    public static final int PER_WINDOW = 100_000;

    /** Rows of a batch: about what a producer puts into 64 KB. */
    private static final int BATCH_ROWS = 1_000;

    /** Rows of one pass. */
    public static final int COUNT = 4 * PER_WINDOW;

    /** A tumbling window. */
    public static final long WINDOW_US = 1_000_000;

    /** Panes of a hopping window. */
    public static final int PANES = 10;

    /** What a hopping window moves on. */
    public static final long SLIDE_US = WINDOW_US;

    private static final long SEED = 20_210_707;

    private static final long FIRST_US = 1_767_225_600_000_000L; // 2026-01-01

    /** The stream with the sensor's number as key, as {@code CREATE STREAM} declares it. */
    public static final Schema NUMBERED =
            Schema.of(
                    new Field("sensor", FieldType.BIGINT),
                    new Field("ts", FieldType.TIMESTAMP),
                    new Field("reading", FieldType.DOUBLE));

    /** The same stream with the sensor's name as key. */
    public static final Schema NAMED =
            Schema.of(
                    new Field("sensor", FieldType.VARCHAR),
                    new Field("ts", FieldType.TIMESTAMP),
                    new Field("reading", FieldType.DOUBLE));

    /** {@link #COUNT} rows of sensors drawn uniformly. */
    public static SensorRows uniform() {
        Random random = new Random(SEED);
        SensorRows rows = new SensorRows(new int[COUNT], new long[COUNT], new double[COUNT]);
        for (int i = 0; i < COUNT; i++) {
            rows.sensor[i] = random.nextInt(SENSORS);
            rows.timeUs[i] = FIRST_US + i * (WINDOW_US / PER_WINDOW);
            // 10 bits behind the point: sums are exact in whatever order.
            rows.value[i] = 20 + Math.rint(1024 * random.nextGaussian()) / 1024;
        }
        return rows;
    }

    /** What the key of a sensor is in {@link #NUMBERED}: no small dense numbers. */
    public static long number(int sensor) {
        return 7_000_000_000L + 1_009L * sensor;
    }

    /** What it is in {@link #NAMED}. */
    public static String name(int sensor) {
        return "plant-3/line-%02d/sensor-%05d".formatted(sensor % 40, sensor);
    }

    public int count() {
        return sensor.length;
    }

    /** All rows in batches of that layout; each carries the time of its last row as watermark. */
    public List<byte[]> batches(Schema schema) {
        List<byte[]> batches = new ArrayList<>();
        for (int first = 0; first < count(); first += BATCH_ROWS) {
            batches.add(batch(schema, first, Math.min(count(), first + BATCH_ROWS)));
        }
        return batches;
    }

    private byte[] batch(Schema schema, int first, int end) {
        boolean named = schema.type(0) == FieldType.VARCHAR;
        int rowBytes = RowLayout.stride(schema.size()) + (named ? name(0).length() : 0);
        BatchBuilder builder =
                new BatchBuilder(schema, RowLayout.HEADER_BYTES + (end - first) * rowBytes + 8);
        for (int i = first; i < end; i++) {
            builder.beginRow();
            if (named) {
                byte[] text = name(sensor[i]).getBytes(StandardCharsets.UTF_8);
                builder.setBytes(0, text, 0, text.length);
            } else {
                builder.setLong(0, number(sensor[i]));
            }
            builder.setLong(1, timeUs[i]);
            builder.setDouble(2, value[i]);
            builder.commitRow(0, RowKind.INSERT, timeUs[i]);
        }
        byte[] batch = new byte[builder.finish(timeUs[end - 1])];
        System.arraycopy(builder.array(), 0, batch, 0, batch.length);
        return batch;
    }
}
