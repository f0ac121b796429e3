package galois.api.plan;

/** NULL arguments are ignored; without any other row the result is NULL, COUNT is 0. */
public enum AggregateFunction {
    /** Rows, or arguments that are not NULL: BIGINT. */
    COUNT,
    /** BIGINT of integers (overflow is a row error), DOUBLE of doubles. */
    SUM,
    /** Always DOUBLE. */
    AVG,
    /** Type of the argument; NaN is the greatest double. */
    MIN,
    /** Type of the argument; NaN is the greatest double. */
    MAX
}
