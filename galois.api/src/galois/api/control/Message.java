package galois.api.control;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.TextPosition;
import galois.api.node.NodeReport;
import galois.api.plan.LogicalPlan;
import galois.api.query.SourceText;
import galois.batch.Schema;

import java.util.List;
import java.util.Map;

/**
 * Everything that clients, managers and nodes say to each other. Records of plain values: the bus
 * writes them as JSON and reads them back, also within one process.
 */
public sealed interface Message {
    // ---- client -> global manager

    /**
     * Run one statement.
     *
     * @param settings of the session: {@code placement}, {@code optimizer}
     */
    record Execute(long requestId, SourceText statement, Map<String, String> settings)
            implements Message {}

    /** Stop a query and withdraw its assignments. */
    record StopQuery(String queryId) implements Message {}

    // ---- global manager -> client

    /**
     * The statement was carried out; a query is being deployed ({@link QueryChanged} follows).
     *
     * @param queryId null when the statement started no query
     * @param text what EXPLAIN, SHOW and DESCRIBE print; null otherwise
     * @param setting key and value of a SET; empty otherwise
     * @param bounded true when the query ends by itself
     */
    record Executed(
            long requestId,
            String queryId,
            String text,
            Map<String, String> setting,
            boolean bounded)
            implements Message {}

    /** The statement was refused; nothing changed. */
    record Refused(long requestId, Failure failure) implements Message {}

    // ---- upwards: what became of a query

    /**
     * @param assignments operator to node, once known
     */
    record QueryChanged(
            String queryId, QueryState state, Failure failure, Map<String, String> placement)
            implements Message {}

    /**
     * Rows that did not come in.
     *
     * @param counts by cause, since the start of the query
     * @param samples the newest, in words; limited
     */
    record RowProblems(
            String queryId, String stream, Map<String, Long> counts, List<String> samples)
            implements Message {}

    // ---- downwards: global -> region -> cluster

    /** Take over a subquery. */
    record Deploy(Subquery subquery) implements Message {}

    /** Give up every part of a query. */
    record Withdraw(String queryId) implements Message {}

    /** Say what you would do with a subquery, without doing it. */
    record ExplainPlacement(long requestId, String replyTo, Subquery subquery) implements Message {}

    /** Kernels and placement in words, or why there is none. */
    record PlacementExplained(long requestId, String text, Failure failure) implements Message {}

    // ---- membership (in a later version by group communication)

    /**
     * A node is here, with what it runs already; the state of each ({@link AssignmentChanged})
     * follows.
     */
    record NodeHello(String nodeId, String dataAddress, List<Assignment> running)
            implements Message {}

    /** A cluster manager is here. */
    record ClusterHello(String clusterId, int nodes) implements Message {}

    /** A region manager is here. */
    record RegionHello(String regionId) implements Message {}

    /** An address of the bus appeared or went. */
    record MemberChanged(String address, boolean up) implements Message {}

    // ---- cluster manager <-> node

    /**
     * Start or change an assignment. Every one is answered by an {@link AssignmentChanged}: RUNNING
     * once it is carried out (also when it changed little, such as an output more), or FAILED.
     */
    record Assign(Assignment assignment) implements Message {}

    /**
     * End an assignment; unknown ids are ignored. Answered by an {@link AssignmentChanged} STOPPED
     * once the role has let go of everything.
     */
    record Unassign(String assignmentId) implements Message {}

    record AssignmentChanged(
            String nodeId, String assignmentId, String queryId, QueryState state, Failure failure)
            implements Message {}

    /** A node lacks code. */
    record CodeRequest(String nodeId, String codeId) implements Message {}

    /**
     * @param wasm null when the id is unknown
     */
    record CodeReply(String codeId, byte[] wasm) implements Message {}

    /** What a node did since it started; sent every second while something runs. */
    record Report(NodeReport report) implements Message {}

    /**
     * An error that crosses the bus.
     *
     * @param number of {@link galois.api.ErrorCode}
     * @param line 0 when not about text
     */
    record Failure(int number, String message, int line, int column) {
        public static Failure of(GaloisException e) {
            return new Failure(
                    e.code().number(), e.getMessage(), e.position().line(), e.position().column());
        }

        /** A failure that is not about text. */
        public static Failure of(ErrorCode code, String message) {
            return new Failure(code.number(), message, 0, 0);
        }

        /** The same failure at a place in the script, unless it has one already. */
        public Failure at(TextPosition position) {
            return line > 0
                    ? this
                    : new Failure(number, message, position.line(), position.column());
        }

        /** {@code GLS-2003 line 2, column 8: unknown column ...}: what a person reads. */
        public String userText() {
            TextPosition position = new TextPosition(line, column);
            return "GLS-" + number + " " + (position.isKnown() ? position + ": " : "") + message;
        }
    }

    /**
     * The part of a query that one region, then one cluster takes.
     *
     * @param epoch rises with each deployment of the same query
     * @param sources what each source of the plan reads, from left to right
     * @param bounded true when the query ends by itself
     * @param paused true when it gets no rows for now; what it holds is kept
     */
    record Subquery(
            String queryId,
            long epoch,
            LogicalPlan plan,
            List<SourceBinding> sources,
            SinkTarget sink,
            String placement,
            boolean bounded,
            boolean paused) {
        public Subquery {
            sources = List.copyOf(sources);
        }

        /** One that runs. */
        public Subquery(
                String queryId,
                long epoch,
                LogicalPlan plan,
                List<SourceBinding> sources,
                SinkTarget sink,
                String placement,
                boolean bounded) {
            this(queryId, epoch, plan, sources, sink, placement, bounded, false);
        }

        /** The same, paused or going on. */
        public Subquery paused(boolean now) {
            return new Subquery(queryId, epoch, plan, sources, sink, placement, bounded, now);
        }
    }

    /**
     * A stream as one source of a query reads it.
     *
     * @param bounded true when the stream ends by itself: it is read for this query alone
     * @param side gets the rows that the query drops because they come too late; null: nobody
     */
    record SourceBinding(
            galois.api.plan.StreamDefinition stream,
            boolean bounded,
            galois.api.plan.StreamDefinition side) {
        /** One whose late rows go nowhere. */
        public SourceBinding(galois.api.plan.StreamDefinition stream, boolean bounded) {
            this(stream, bounded, null);
        }

        /** The same, read as that stream. */
        public SourceBinding reading(galois.api.plan.StreamDefinition other) {
            return new SourceBinding(other, bounded, side);
        }

        /** The same, whose late rows go to that stream. */
        public SourceBinding lateTo(galois.api.plan.StreamDefinition other) {
            return new SourceBinding(stream, bounded, other);
        }
    }

    /**
     * Where results go.
     *
     * @param stream name, schema and options ({@code transport}); for a client's SELECT the
     *     transport is {@code result} and option {@code query} is the query id
     */
    record SinkTarget(galois.api.plan.StreamDefinition stream) {
        public Schema schema() {
            return stream.schema();
        }
    }
}
