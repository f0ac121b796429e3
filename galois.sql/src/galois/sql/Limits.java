package galois.sql;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.TextPosition;

import java.util.concurrent.TimeUnit;

/** What one statement may cost; beyond a limit it is refused with GLS-2008. */
final class Limits {
    /** Length of a statement. */
    static final int TEXT_CHARS_MAX = 16 * 1024;

    /** Nesting of parentheses, calls, CASE and prefix operators. */
    static final int DEPTH_MAX = 100;

    /** Operators of a plan. */
    static final int OPERATORS_MAX = 100;

    /** Joins of a statement. */
    static final int JOINS_MAX = 16;

    /** Processor time for logical optimisation. */
    static final long PLANNING_NS_MAX = TimeUnit.SECONDS.toNanos(2);

    private Limits() {}

    static void checkText(String text, TextPosition start) {
        if (text.length() > TEXT_CHARS_MAX) {
            throw new GaloisException(
                    ErrorCode.QUERY_LIMIT,
                    "the statement has "
                            + text.length()
                            + " characters, the limit is "
                            + TEXT_CHARS_MAX
                            + ": split it",
                    start);
        }
    }

    static void checkPlanningTime(long takenNs) {
        if (takenNs > PLANNING_NS_MAX) {
            throw new GaloisException(
                    ErrorCode.QUERY_LIMIT,
                    "planning took longer than "
                            + TimeUnit.NANOSECONDS.toMillis(PLANNING_NS_MAX)
                            + " ms: simplify the query, or SET 'optimizer' = 'none'");
        }
    }

    static GaloisException tooManyOperators(TextPosition position) {
        return new GaloisException(
                ErrorCode.QUERY_LIMIT,
                "the plan has more than " + OPERATORS_MAX + " operators: nest fewer selects",
                position);
    }

    static GaloisException tooManyJoins(TextPosition position) {
        return new GaloisException(
                ErrorCode.QUERY_LIMIT,
                "the statement has more than "
                        + JOINS_MAX
                        + " joins: write a part of them into a stream with INSERT INTO, and join that",
                position);
    }

    static GaloisException tooDeep(TextPosition position) {
        return new GaloisException(
                ErrorCode.QUERY_LIMIT,
                "the statement is nested deeper than "
                        + DEPTH_MAX
                        + " levels: simplify the expression",
                position);
    }
}
