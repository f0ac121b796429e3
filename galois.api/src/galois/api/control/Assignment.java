package galois.api.control;

import galois.api.plan.Expr;
import galois.api.plan.StreamDefinition;
import galois.batch.Schema;

import java.util.List;

/** A role given to a node, with an epoch. */
public sealed interface Assignment {
    /** Cause under which a role counts rows that a paused output missed; the edge's id follows. */
    String MISSED_BY = "missed by ";

    /** Unique in the cluster, stable over updates of the same assignment. */
    String id();

    String queryId();

    long epoch();

    String nodeId();

    /**
     * Role p: read a stream and send its rows along every output. Unbounded sources are shared by
     * queries: outputs come and go by an {@code Assign} with the same id.
     *
     * @param queryId empty for a shared one
     * @param paused ids of outputs that get no rows for now: a bounded source waits when all are,
     *     an unbounded one drops and counts what they miss
     */
    record Producer(
            String id,
            String queryId,
            long epoch,
            String nodeId,
            StreamDefinition stream,
            List<Edge> outputs,
            List<String> paused)
            implements Assignment {
        public Producer {
            outputs = List.copyOf(outputs);
            paused = List.copyOf(paused);
        }

        /** One with no output paused. */
        public Producer(
                String id,
                String queryId,
                long epoch,
                String nodeId,
                StreamDefinition stream,
                List<Edge> outputs) {
            this(id, queryId, epoch, nodeId, stream, outputs, List.of());
        }
    }

    /** How a kernel reads an input. */
    enum Reading {
        /** As rows come. */
        STREAM,
        /** To its end, before any row of an input of another kind is taken. */
        TO_END,
        /**
         * As the versions of a table: the first one before any row of an input of another kind is
         * taken, the others whenever they come. It has no part in the time of the kernel.
         */
        TABLE,
        /** As rows come, also when all inputs are bounded: nobody waits for this one. */
        ANY
    }

    /**
     * An input port of a kernel.
     *
     * @param edge brings its rows
     * @param table name of the table that is read; {@code null}: none
     */
    record Port(Edge edge, Reading reading, String table) {
        /** An input that is no table. */
        public Port(Edge edge, Reading reading) {
            this(edge, reading, null);
        }

        /** The only input of a kernel, or one of several that are alike. */
        public static Port of(Edge edge) {
            return new Port(edge, Reading.STREAM);
        }
    }

    /**
     * An output of a kernel.
     *
     * @param port takes the rows that name it; -1: takes all
     */
    record Output(Edge edge, int port) {
        /** One that takes all rows. */
        public static Output of(Edge edge) {
            return new Output(edge, -1);
        }
    }

    /**
     * Where the rows of an input go, as they came, for which the kernel gives an error row LATE.
     *
     * @param input number of the port
     */
    record Late(int input, Edge edge) {}

    /**
     * Role c: run a kernel. Queries share one whose inputs do not end: its outputs come and go by
     * an {@code Assign} with the same id.
     *
     * @param queryId empty for a shared one
     * @param inputs in the order of the kernel's ports
     * @param bounded every input ends by itself: they are read side by side, in the order of their
     *     time
     * @param operators names of the operators inside, for people: {@code filter}, {@code project}
     * @param parameters the row for {@code g_open}
     * @param outputs at least one; all get every watermark
     * @param paused ids of edges that get nothing for now; what they miss is counted
     * @param late at most one for each input
     */
    record Consumer(
            String id,
            String queryId,
            long epoch,
            String nodeId,
            String codeId,
            List<String> operators,
            List<Expr.Literal> parameters,
            List<Port> inputs,
            boolean bounded,
            List<Output> outputs,
            List<String> paused,
            List<Late> late)
            implements Assignment {
        public Consumer {
            inputs = List.copyOf(inputs);
            outputs = List.copyOf(outputs);
            paused = List.copyOf(paused);
            late = List.copyOf(late);
        }

        /** One with no output paused. */
        public Consumer(
                String id,
                String queryId,
                long epoch,
                String nodeId,
                String codeId,
                List<String> operators,
                List<Expr.Literal> parameters,
                List<Port> inputs,
                boolean bounded,
                List<Output> outputs) {
            this(
                    id,
                    queryId,
                    epoch,
                    nodeId,
                    codeId,
                    operators,
                    parameters,
                    inputs,
                    bounded,
                    outputs,
                    List.of(),
                    List.of());
        }

        /** One with a single output. */
        public Consumer(
                String id,
                String queryId,
                long epoch,
                String nodeId,
                String codeId,
                List<String> operators,
                List<Expr.Literal> parameters,
                List<Port> inputs,
                boolean bounded,
                Edge output) {
            this(
                    id,
                    queryId,
                    epoch,
                    nodeId,
                    codeId,
                    operators,
                    parameters,
                    inputs,
                    bounded,
                    List.of(Output.of(output)));
        }

        /** The same, whose late rows go there. */
        public Consumer withLate(List<Late> others) {
            return new Consumer(
                    id,
                    queryId,
                    epoch,
                    nodeId,
                    codeId,
                    operators,
                    parameters,
                    inputs,
                    bounded,
                    outputs,
                    paused,
                    others);
        }

        /** The same with other outputs. */
        public Consumer withOutputs(List<Output> others, List<String> pausedEdges) {
            return new Consumer(
                    id,
                    queryId,
                    epoch,
                    nodeId,
                    codeId,
                    operators,
                    parameters,
                    inputs,
                    bounded,
                    others,
                    pausedEdges,
                    late);
        }

        /** Fields of the rows that it emits. */
        public Schema schema() {
            return outputs.get(0).edge().schema();
        }
    }

    /** Role z: give rows to people and applications. */
    record Sink(
            String id,
            String queryId,
            long epoch,
            String nodeId,
            Edge input,
            StreamDefinition target)
            implements Assignment {}
}
