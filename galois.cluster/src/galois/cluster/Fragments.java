package galois.cluster;

import galois.api.control.Assignment.Reading;
import galois.api.plan.Expr;
import galois.api.plan.JoinMode;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.Plans;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Cuts a placed plan into the parts that become kernels: neighbours on one node go together; a
 * kernel holds at most one operator with state, and what has several inputs leads into it.
 */
final class Fragments {
    /** Inputs of a kernel: what would bring more becomes a kernel of its own. */
    static final int PORTS_MAX = 16;

    /** Every kernel reads this; the stream's own name must not change the code's identity. */
    private static final String INPUT = "input";

    private final List<Expr.Literal> parameters;
    private final Map<String, String> placement;
    private final List<Fragment> fragments = new ArrayList<>();
    private final Map<String, Sender> exchanges = new HashMap<>();
    private final Predicate<String> ends;

    private Fragments(
            List<Expr.Literal> parameters, Map<String, String> placement, Predicate<String> ends) {
        this.parameters = parameters;
        this.placement = placement;
        this.ends = ends;
    }

    /**
     * What sends rows.
     *
     * @param source its name, or null
     * @param fragment the part that sends, when it is no source
     * @param port of an exchange; -1: all rows
     */
    record Sender(String source, int fragment, int port) {}

    /** A port. */
    record Input(Sender sender, Reading reading) {}

    /**
     * A part of the plan on one node.
     *
     * @param inputs by port
     * @param plan over sources {@code input}, its parameters numbered from 0
     */
    record Fragment(String nodeId, List<String> operators, List<Input> inputs, LogicalPlan plan) {}

    /**
     * All parts.
     *
     * @param fragments in the order of the data
     * @param last what goes to the sink
     */
    record Cut(List<Fragment> fragments, Sender last) {}

    /**
     * A part that may still grow.
     *
     * @param nodeId null: only a source
     * @param isResult groups or the first rows of an order, over sources that do not end: a kernel
     *     of its own, which queries that go on with the same result share
     */
    private record Open(
            String nodeId,
            List<String> operators,
            List<Input> inputs,
            LogicalOp op,
            boolean branches,
            boolean hasState,
            boolean ends,
            boolean isResult) {}

    /**
     * @param ends by the name of a source: it ends by itself
     */
    static Cut cut(
            Operators operators,
            List<Expr.Literal> parameters,
            Map<String, String> placement,
            Predicate<String> ends) {
        Fragments fragments = new Fragments(parameters, placement, ends);
        Sender last = fragments.close(fragments.open(operators.root()));
        return new Cut(fragments.fragments, last);
    }

    private Open open(Operators.Named named) {
        if (named.isSource()) {
            Input input = new Input(new Sender(named.name(), -1, -1), Reading.STREAM);
            boolean isOver = ends.test(named.name());
            LogicalOp leaf = leaf(named.op());
            return new Open(null, List.of(), List.of(input), leaf, false, false, isOver, false);
        }
        String nodeId = placement.get(named.name());
        boolean state = Plans.isStateful(named.op());
        boolean branches = named.inputs().size() > 1;
        boolean isOver = false;
        List<String> names = new ArrayList<>();
        List<Input> inputs = new ArrayList<>();
        List<LogicalOp> below = new ArrayList<>();
        int portsLeft = PORTS_MAX - named.inputs().size();
        for (Operators.Named input : named.inputs()) {
            if (input.isExchange()) {
                inputs.add(new Input(exchange(input), reading(named, below)));
                below.add(leaf(input.op()));
                isOver = true; // what instances do is not shared
                continue;
            }
            Open part = open(input);
            isOver |= part.ends();
            boolean fits =
                    part.nodeId() == null
                            || part.nodeId().equals(nodeId)
                                    && !part.isResult()
                                    && !(part.hasState() && (state || branches))
                                    && part.inputs().size() - 1 <= portsLeft;
            if (fits) {
                portsLeft -= part.inputs().size() - 1;
                names.addAll(part.operators());
                Reading reading = reading(named, below);
                for (Input inner : part.inputs()) {
                    boolean asItComes = reading == Reading.STREAM;
                    inputs.add(asItComes ? inner : new Input(inner.sender(), reading));
                }
                below.add(part.op());
                branches |= part.branches();
                state |= part.hasState();
            } else {
                inputs.add(new Input(close(part), reading(named, below)));
                below.add(leaf(part.op()));
            }
        }
        names.add(named.name());
        LogicalOp op = Plans.withInputs(named.op(), below);
        boolean isResult =
                !isOver
                        && (Plans.grouping(op) != null || op instanceof LogicalOp.Sort)
                        && Plans.isForgetting(op);
        return new Open(nodeId, names, inputs, op, branches, state, isOver, isResult);
    }

    /** An exchange is one part, however many read it. */
    private Sender exchange(Operators.Named named) {
        Sender sender = exchanges.get(named.name());
        if (sender == null) {
            sender = close(open(named));
            exchanges.put(named.name(), sender);
        }
        return new Sender(null, sender.fragment(), named.port());
    }

    /** How the next input of an operator is read; those before it are there already. */
    private static Reading reading(Operators.Named named, List<LogicalOp> before) {
        if (!(named.op() instanceof LogicalOp.Join join) || before.size() != 1) {
            return named.isMerge() ? Reading.ANY : Reading.STREAM;
        }
        if (join.mode() == JoinMode.LOOKUP) {
            return Reading.TABLE;
        }
        return join.time() == null ? Reading.TO_END : Reading.STREAM;
    }

    private static LogicalOp leaf(LogicalOp op) {
        return new LogicalOp.Source(INPUT, op.schema(), -1, Plans.isUpdating(op));
    }

    /** The part is complete; a mere source is none. */
    private Sender close(Open part) {
        if (part.nodeId() == null) {
            return part.inputs().get(0).sender();
        }
        fragments.add(
                new Fragment(
                        part.nodeId(),
                        part.operators(),
                        part.inputs(),
                        ParameterNumbering.fromZero(part.op(), parameters)));
        return new Sender(null, fragments.size() - 1, -1);
    }
}
