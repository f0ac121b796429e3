package galois.demo.elec;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Rows with the schema, the number and the rhythm of ELEC: half-hourly periods, a daily cycle with
 * a morning and an evening peak, a weekly one with quiet week-ends, price spikes. Equal seeds give
 * equal rows. Unlike in the real data, {@code transfer} moves from the start, so that the paper's
 * query has results at once; one row in twenty still carries the value that it excludes.
 */
public final class GeneratedRows implements ElecRows {
    private static final int PERIODS = 48;
    private static final int DAYS = ElecRow.ROWS / PERIODS;
    private static final double EXCLUDED_TRANSFER = 0.414912;

    private final SplittableRandom random;
    private final long rows;
    private long n;

    /**
     * @param rows after which the sequence ends
     */
    public GeneratedRows(long seed, long rows) {
        this.random = new SplittableRandom(seed);
        this.rows = rows;
    }

    @Override
    public String origin() {
        return "generated rows";
    }

    @Override
    public ElecRow next() {
        if (n >= rows) {
            return null;
        }
        long day = n / PERIODS;
        int period = (int) (n % PERIODS);
        int weekday = (int) ((day + 1) % 7) + 1;
        double hour = period / 2.0;
        double rhythm = 0.35 * peak(hour, 8.5, 2.5) + 0.45 * peak(hour, 18.5, 3);
        double week = weekday == 1 || weekday == 7 ? 0.75 : 1;
        double season = 0.08 * Math.sin(2 * Math.PI * day / 365.25);
        double nswDemand = clamp(0.25 + week * rhythm + season + noise(0.05));
        double vicDemand = clamp(0.30 + 0.8 * week * rhythm + season + noise(0.06));
        double spike = random.nextInt(100) == 0 ? random.nextDouble(0.6) : 0;
        double nswPrice = clamp(0.03 + 0.12 * nswDemand * nswDemand + spike + noise(0.01));
        double vicPrice = clamp(0.004 + 0.05 * vicDemand * vicDemand + noise(0.002));
        double transfer =
                random.nextInt(20) == 0
                        ? EXCLUDED_TRANSFER
                        : clamp(0.5 + 0.3 * (vicDemand - nswDemand) + noise(0.1));
        ElecRow row =
                new ElecRow(
                        n,
                        List.of(
                                decimal((double) (day % DAYS) / (DAYS - 1)),
                                Integer.toString(weekday),
                                decimal(period / (PERIODS - 1.0)),
                                decimal(nswPrice),
                                decimal(nswDemand),
                                decimal(vicPrice),
                                decimal(vicDemand),
                                decimal(transfer)));
        n++;
        return row;
    }

    private static double peak(double hour, double at, double width) {
        double distance = (hour - at) / width;
        return Math.exp(-distance * distance / 2);
    }

    private double noise(double amplitude) {
        return amplitude * (random.nextDouble() + random.nextDouble() - 1);
    }

    private static double clamp(double value) {
        return Math.max(0, Math.min(1, value));
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.6f", value);
    }
}
