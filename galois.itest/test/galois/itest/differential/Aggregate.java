package galois.itest.differential;

import galois.api.plan.AggregateFunction;
import galois.batch.FieldType;

/**
 * One aggregate of a select list.
 *
 * @param argument null for {@code COUNT(*)}
 */
record Aggregate(AggregateFunction function, Term argument) {
    FieldType type() {
        return switch (function) {
            case COUNT -> FieldType.BIGINT;
            case SUM -> argument.type() == FieldType.DOUBLE ? FieldType.DOUBLE : FieldType.BIGINT;
            case AVG -> FieldType.DOUBLE;
            case MIN, MAX -> argument.type();
            default -> throw new IllegalStateException(function.toString());
        };
    }

    boolean adds() {
        return function == AggregateFunction.SUM || function == AggregateFunction.AVG;
    }

    String galois() {
        return function + "(" + (argument == null ? "*" : GaloisText.of(argument)) + ")";
    }

    /** Over column {@code a} of type {@code argument.type()}, in the form of GALOIS's result. */
    String h2(String a) {
        return switch (function) {
            case COUNT -> argument == null ? "COUNT(*)" : "COUNT(" + a + ")";
            case MIN, MAX -> function + "(" + a + ")";
            // GALOIS adds integers up to a BIGINT, H2 to a NUMERIC.
            case SUM ->
                    argument.type() == FieldType.DOUBLE
                            ? doubles(a, "SUM")
                            : "CAST(SUM(" + a + ") AS BIGINT)";
            // GALOIS gives the average of integers as DOUBLE.
            case AVG ->
                    doubles(
                            argument.type() == FieldType.DOUBLE
                                    ? a
                                    : "CAST(" + a + " AS DOUBLE PRECISION)",
                            "AVG");
            default -> throw new IllegalStateException(function.toString());
        };
    }

    /** H2 adds doubles as decimals, which have no infinities and no NaN. */
    private static String doubles(String a, String function) {
        String nan = "COUNT(CASE WHEN " + a + " = 'NaN' THEN 1 END) > 0";
        String plus = "COUNT(CASE WHEN " + a + " = 'Infinity' THEN 1 END) > 0";
        String minus = "COUNT(CASE WHEN " + a + " = '-Infinity' THEN 1 END) > 0";
        return "CAST(CASE WHEN "
                + nan
                + " OR "
                + plus
                + " AND "
                + minus
                + " THEN CAST('NaN' AS DOUBLE PRECISION) WHEN "
                + plus
                + " THEN CAST('Infinity' AS DOUBLE PRECISION) WHEN "
                + minus
                + " THEN CAST('-Infinity' AS DOUBLE PRECISION) ELSE CAST("
                + function
                + "(CASE WHEN ABS("
                + a
                + ") < 'Infinity' THEN "
                + a
                + " END) AS DOUBLE PRECISION) END AS DOUBLE PRECISION)";
    }
}
