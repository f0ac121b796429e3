package galois.bench;

import galois.batch.BatchBuilder;
import galois.batch.FieldType;
import galois.batch.RowKind;
import galois.batch.RowLayout;
import galois.batch.Schema;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * Rows of the ELEC stream for both sides.
 *
 * @param numbers eight attributes a row, one row after the other
 */
public record ElecRows(double[] numbers) {
    /** Rows of the real data set, and of the uniform one. */
    public static final int COUNT = 45_312;

    private static final long SEED = 20_230_618;

    /** Every attribute uniform in [0, 1), day uniform in 1 to 7. Always the same rows. */
    public static ElecRows uniform() {
        Random random = new Random(SEED);
        double[] numbers = new double[COUNT * PaperQuery.ATTRIBUTES];
        for (int i = 0; i < numbers.length; i++) {
            boolean day = i % PaperQuery.ATTRIBUTES == PaperQuery.DAY;
            numbers[i] = day ? 1 + random.nextInt(7) : random.nextDouble();
        }
        return new ElecRows(numbers);
    }

    /** The real data set: a CSV file with a header line. */
    public static ElecRows read(Path csv) throws IOException {
        List<String> lines = Files.readAllLines(csv);
        double[] numbers = new double[(lines.size() - 1) * PaperQuery.ATTRIBUTES];
        for (int row = 0; row < lines.size() - 1; row++) {
            String[] values = lines.get(row + 1).split(",");
            for (int field = 0; field < PaperQuery.ATTRIBUTES; field++) {
                double value = Double.parseDouble(values[field]);
                numbers[row * PaperQuery.ATTRIBUTES + field] = value;
            }
        }
        return new ElecRows(numbers);
    }

    public int count() {
        return numbers.length / PaperQuery.ATTRIBUTES;
    }

    /** The rows as one batch of the stream's layout. */
    public byte[] batch() {
        return batch(0, count());
    }

    /** Rows {@code first} to {@code first + count} as a batch. */
    public byte[] batch(int first, int count) {
        Schema schema = PaperQuery.ELEC;
        BatchBuilder builder =
                new BatchBuilder(
                        schema, RowLayout.HEADER_BYTES + count * RowLayout.stride(schema.size()));
        for (int row = first; row < first + count; row++) {
            builder.beginRow();
            for (int field = 0; field < PaperQuery.ATTRIBUTES; field++) {
                double value = numbers[row * PaperQuery.ATTRIBUTES + field];
                if (schema.type(field) == FieldType.DOUBLE) {
                    builder.setDouble(field, value);
                } else {
                    builder.setLong(field, (long) value);
                }
            }
            builder.setLong(PaperQuery.ATTRIBUTES, row & 1);
            builder.commitRow(0, RowKind.INSERT, row);
        }
        byte[] batch = new byte[builder.finish(RowLayout.WATERMARK_NONE)];
        System.arraycopy(builder.array(), 0, batch, 0, batch.length);
        return batch;
    }

    /**
     * The paper's thresholds with the ranges of the seven continuous attributes narrowed, all alike
     * and from both sides, until as near as possible to half of the rows are selected.
     */
    public double[] thresholdsForHalf() {
        double narrow = 0;
        double wide = 1;
        for (int step = 0; step < 40; step++) {
            double middle = (narrow + wide) / 2;
            if (selected(thresholds(middle)) * 2 < count()) {
                narrow = middle;
            } else {
                wide = middle;
            }
        }
        return thresholds(wide);
    }

    private int selected(double[] thresholds) {
        return new HandWritten(numbers, thresholds).run();
    }

    private static double[] thresholds(double width) {
        double[] thresholds = PaperQuery.paperThresholds();
        for (int field = 0; field < PaperQuery.ATTRIBUTES; field++) {
            if (field != PaperQuery.DAY) {
                thresholds[2 * field] = (1 - width) / 2;
                thresholds[2 * field + 1] = (1 + width) / 2;
            }
        }
        return thresholds;
    }
}
