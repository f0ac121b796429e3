package galois.itest.forms;

/**
 * Groups by time, in hours.
 *
 * @param kind of {@code TUMBLE}, {@code HOP} or {@code SESSION}
 * @param slide of hopping windows
 */
record TimeWindow(String kind, int hours, int slide) {
    private static final long HOUR_US = 3_600_000_000L;

    /** What stands in brackets behind the name of the kind. */
    String arguments(String time) {
        String first = kind.equals("HOP") ? ", INTERVAL '" + slide + "' HOUR" : "";
        return "(" + time + first + ", INTERVAL '" + hours + "' HOUR)";
    }

    long us() {
        return hours * HOUR_US;
    }

    /** The other engine's rows with the start of their window in {@code w_}, time in {@code m_}. */
    String theirs(Dialect peer, String rows, int keys) {
        switch (kind) {
            case "TUMBLE":
                return "SELECT g.*, " + floor(us()) + " AS w_ FROM (" + rows + ") AS g";
            case "HOP":
                long slideUs = slide * HOUR_US;
                long count = (us() + slideUs - 1) / slideUs;
                String numbers =
                        peer == Dialect.H2
                                ? "SYSTEM_RANGE(0, " + (count - 1) + ") AS h(n_)"
                                : "RANGE(0, " + count + ") AS h(n_)";
                String start = "(" + floor(slideUs) + " - h.n_ * " + slideUs + ")";
                return "SELECT * FROM (SELECT g.*, "
                        + start
                        + " AS w_ FROM ("
                        + rows
                        + ") AS g CROSS JOIN "
                        + numbers
                        + ") AS s WHERE w_ + "
                        + us()
                        + " > m_";
            default:
                StringBuilder partition = new StringBuilder();
                for (int i = 0; i < keys; i++) {
                    partition.append(i == 0 ? "PARTITION BY k" : ", k").append(i);
                }
                String over = " OVER (" + partition + " ORDER BY m_, id_)";
                return "SELECT s.*, SUM(n_)"
                        + over
                        + " AS w_ FROM (SELECT g.*, CASE WHEN m_ - LAG(m_)"
                        + over
                        + " < "
                        + us()
                        + " THEN 0 ELSE 1 END AS n_ FROM ("
                        + rows
                        + ") AS g) AS s";
        }
    }

    /** The start of a window in a select of groups. */
    String start() {
        return kind.equals("SESSION") ? "MIN(m_)" : "w_";
    }

    private static String floor(long size) {
        return "(m_ - MOD(MOD(m_, " + size + ") + " + size + ", " + size + "))";
    }
}
