package galois.api.plan;

/**
 * NULL arguments are ignored; without any other row the result is NULL, that of COUNT and
 * APPROX_COUNT_DISTINCT is 0.
 */
public enum AggregateFunction {
    /** Rows, or arguments that are not NULL: BIGINT. */
    COUNT,
    /** BIGINT of integers (overflow is a row error), DOUBLE of doubles, DECIMAL of DECIMAL. */
    SUM,
    /** Always DOUBLE. */
    AVG,
    /** Type of the argument; NaN is the greatest double. */
    MIN,
    /** Type of the argument; NaN is the greatest double. */
    MAX,
    /** Variance of the population: DOUBLE. */
    VAR_POP,
    /** Variance of a sample: DOUBLE, NULL of one value. */
    VAR_SAMP,
    /** Square root of {@link #VAR_POP}. */
    STDDEV_POP,
    /** Square root of {@link #VAR_SAMP}. */
    STDDEV_SAMP,
    /** True when all arguments are true. */
    EVERY,
    /** True when some argument is true. */
    ANY,
    /** The bits that all arguments, whole numbers, have: their type. */
    BIT_AND,
    /** The bits that some argument has. */
    BIT_OR,
    /** The bits that an odd number of arguments have. */
    BIT_XOR,
    /** The argument of the row that came first, NULLs ignored. */
    FIRST,
    /** The argument of the row that came last, NULLs ignored. */
    LAST,
    /** The argument in the row with the smallest {@code by}, of equal ones in the first. */
    ARG_MIN,
    /** The argument in the row with the greatest {@code by}, of equal ones in the first. */
    ARG_MAX,
    /** The texts one after the other with a separator between: VARCHAR. */
    LISTAGG,
    /** About how many different arguments: BIGINT. */
    APPROX_COUNT_DISTINCT,
    /** About the value that a fraction of the arguments does not exceed: DOUBLE. */
    APPROX_QUANTILE;

    /** True when a second argument is compared. */
    public boolean isBy() {
        return this == ARG_MIN || this == ARG_MAX;
    }
}
