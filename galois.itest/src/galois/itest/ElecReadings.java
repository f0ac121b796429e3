package galois.itest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Rows of the demo's stream and what a plain loop makes of them. */
final class ElecReadings {
    static final int ROWS_OF_A_DAY = 48;

    private static final Instant START = Instant.parse("1996-05-07T00:00:00Z");
    private static final long SEED = 19960507;
    private static final double CONSTANT_TRANSFER = 0.414912;

    private final List<double[]> rows = new ArrayList<>();

    /** Date, period, nswprice, nswdemand, vicprice, vicdemand, transfer. */
    ElecReadings(int count) {
        Random random = new Random(SEED);
        for (int n = 0; n < count; n++) {
            double transfer = n % 5 == 0 ? CONSTANT_TRANSFER : random.nextDouble();
            rows.add(
                    new double[] {
                        random.nextDouble(),
                        n % ROWS_OF_A_DAY / (ROWS_OF_A_DAY - 1.0),
                        random.nextDouble(),
                        random.nextDouble(),
                        random.nextDouble() * 0.6,
                        random.nextDouble(),
                        transfer
                    });
        }
    }

    String json(long n) {
        double[] row = rows.get((int) n);
        return String.format(
                Locale.ROOT,
                "{\"n\":%d,\"ts\":\"%s\",\"day\":%d,\"date\":%s,\"period\":%s,\"nswprice\":%s,"
                        + "\"nswdemand\":%s,\"vicprice\":%s,\"vicdemand\":%s,\"transfer\":%s}",
                n,
                START.plusSeconds(n * 1_800),
                n / ROWS_OF_A_DAY % 7 + 1,
                row[0],
                row[1],
                row[2],
                row[3],
                row[4],
                row[5],
                row[6]);
    }

    /** The conditions of the paper's query. */
    List<String> wanted() {
        return rows.stream()
                .filter(row -> row[2] >= 0.02 && row[2] <= 0.9 && row[3] >= 0.1 && row[3] <= 0.95)
                .filter(row -> row[4] <= 0.5 && row[5] >= 0.05 && row[5] <= 0.98)
                .filter(row -> row[6] >= 0.05 && row[6] <= 0.99 && row[6] != CONSTANT_TRANSFER)
                .filter(row -> row[2] <= row[4] + 0.3)
                .map(row -> row[0] + " " + row[1])
                .toList();
    }

    int days() {
        return (rows.size() + ROWS_OF_A_DAY - 1) / ROWS_OF_A_DAY;
    }
}
