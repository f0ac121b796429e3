package galois.api;

/**
 * Numbers of the errors a user can meet: 1 configuration and command line, 2 query, 3 runtime, 4
 * source, sink and format, 5 network and membership, 9 a bug of ours. A number is never reused.
 */
public enum ErrorCode {
    /** Command line: unknown option, missing file, bad value. */
    USAGE(1001),
    /** A configuration value is missing or out of range. */
    CONFIGURATION(1002),
    /** A port is taken. */
    PORT_IN_USE(1003),
    /** A service that the query names is not installed (optimiser, strategy, transport, format). */
    UNKNOWN_SERVICE(1004),
    /** The framework or a bundle does not start (said by the launcher). */
    START_FAILED(1005),
    /** The runtime has no such command (said by the launcher). */
    UNKNOWN_COMMAND(1006),
    /** The statement is not well formed. */
    SYNTAX(2001),
    /** A name that the catalogue does not know. */
    UNKNOWN_STREAM(2002),
    /** A column that the stream does not have, or an ambiguous one. */
    UNKNOWN_COLUMN(2003),
    /** Operands of the wrong type. */
    TYPE_MISMATCH(2004),
    /** Correct SQL that GALOIS does not run (yet, or on purpose). */
    UNSUPPORTED(2005),
    /** The name is already taken. */
    DUPLICATE_NAME(2006),
    /** An option of a stream is missing, unknown or has a bad value. */
    STREAM_OPTION(2007),
    /** A limit on text, depth, joins or planning time. */
    QUERY_LIMIT(2008),
    /** The stream is used by a query that runs. */
    STREAM_IN_USE(2009),
    /** A kernel trapped or broke its contract. */
    KERNEL_FAILED(3001),
    /** A module was refused before it ran. */
    MODULE_REFUSED(3002),
    /** The state of a query reached its limit. */
    STATE_LIMIT(3003),
    /** A row could not be computed (overflow, division by zero, cast). */
    ROW_FAILED(3004),
    /** Code with this id is not known. */
    UNKNOWN_CODE(3005),
    /** Bundles did not stop in time (said by the launcher). */
    STOP_TIMEOUT(3006),
    /** A source could not be opened. */
    SOURCE_OPEN(4001),
    /** A sink could not be opened or written. */
    SINK_FAILED(4002),
    /** A row of the input does not parse. */
    ROW_MALFORMED(4003),
    /** The connection of a source or sink was lost (it is being restored). */
    CONNECTION_LOST(4004),
    /** No node can take the work. */
    PLACEMENT_INFEASIBLE(5001),
    /** A peer broke the wire protocol. */
    PROTOCOL(5002),
    /** A manager or node does not answer. */
    UNREACHABLE(5003),
    /** A defect in GALOIS. */
    BUG(9001);

    private final int number;

    ErrorCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** {@code GLS-2001}. */
    public String text() {
        return "GLS-" + number;
    }
}
