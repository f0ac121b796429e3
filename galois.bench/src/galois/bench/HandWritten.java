package galois.bench;

/**
 * The baseline: the paper's query as a person would write it in Java for speed. Rows of eight
 * doubles one after the other, short-circuit conditions in the order of the text, results into an
 * array.
 */
public final class HandWritten {
    private final double[] rows;
    private final double[] p;
    private final double[] results;

    /**
     * @param rows eight attributes a row
     * @param thresholds of {@link PaperQuery}
     */
    public HandWritten(double[] rows, double[] thresholds) {
        this.rows = rows;
        this.p = thresholds;
        this.results = new double[rows.length / PaperQuery.ATTRIBUTES * 2];
    }

    /** Date and period of each selected row since the last {@link #run}, one after the other. */
    public double[] results() {
        return results;
    }

    /** Filters all rows and returns how many were selected. */
    public int run() {
        final double[] r = rows;
        final double[] out = results;
        final double p0 = p[0], p1 = p[1], p2 = p[2], p3 = p[3], p4 = p[4], p5 = p[5];
        final double p6 = p[6], p7 = p[7], p8 = p[8], p9 = p[9], p10 = p[10], p11 = p[11];
        final double p12 = p[12], p13 = p[13], p14 = p[14], p15 = p[15];
        final double slack = p[PaperQuery.SLACK], silent = p[PaperQuery.SILENT];
        int n = 0;
        for (int i = 0; i + 7 < r.length; i += PaperQuery.ATTRIBUTES) {
            if (r[i] >= p0
                    && r[i] <= p1
                    && r[i + 1] >= p2
                    && r[i + 1] <= p3
                    && r[i + 2] >= p4
                    && r[i + 2] <= p5
                    && r[i + 3] >= p6
                    && r[i + 3] <= p7
                    && r[i + 4] >= p8
                    && r[i + 4] <= p9
                    && r[i + 5] >= p10
                    && r[i + 5] <= p11
                    && r[i + 6] >= p12
                    && r[i + 6] <= p13
                    && r[i + 7] >= p14
                    && r[i + 7] <= p15
                    && r[i + 3] <= r[i + 5] + slack
                    && r[i + 7] != silent) {
                out[n++] = r[i];
                out[n++] = r[i + 2];
            }
        }
        return n / 2;
    }
}
