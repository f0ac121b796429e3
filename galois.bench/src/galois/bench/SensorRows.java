package galois.bench;

import galois.batch.BatchBuilder;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.RowKind;
import galois.batch.RowLayout;
import galois.batch.Schema;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
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

    /**
     * The same rows with times of whole milliseconds, as Flink has them: what compares times of two
     * rows gives the same on both sides.
     */
    public SensorRows inMilliseconds() {
        long[] times = new long[count()];
        Arrays.setAll(times, i -> Math.floorDiv(timeUs[i], 1_000L) * 1_000);
        return new SensorRows(sensor, times, value);
    }

    /** Every second row, from {@code first} on. */
    private SensorRows half(int first) {
        int rows = (count() + 1 - first) / 2;
        SensorRows half = new SensorRows(new int[rows], new long[rows], new double[rows]);
        for (int i = 0; i < rows; i++) {
            half.sensor[i] = sensor[2 * i + first];
            half.timeUs[i] = timeUs[2 * i + first];
            half.value[i] = value[2 * i + first];
        }
        return half;
    }

    /** All rows in batches of that layout; each carries the time of its last row as watermark. */
    public List<byte[]> batches(Schema schema) {
        return batches(schema, BATCH_ROWS);
    }

    private List<byte[]> batches(Schema schema, int rows) {
        List<byte[]> batches = new ArrayList<>();
        for (int first = 0; first < count(); first += rows) {
            batches.add(batch(schema, first, Math.min(count(), first + rows)));
        }
        return batches;
    }

    /** Batches of the rows at even places and of those at odd ones, in turn. */
    public List<byte[]> halves(Schema schema) {
        List<byte[]> lefts = half(0).batches(schema, BATCH_ROWS / 2);
        List<byte[]> rights = half(1).batches(schema, BATCH_ROWS / 2);
        List<byte[]> both = new ArrayList<>();
        for (int i = 0; i < lefts.size(); i++) {
            both.add(lefts.get(i));
            both.add(rights.get(i));
        }
        return both;
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
