package galois.compiler;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.plan.Expr;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.Over;
import galois.api.plan.Plans;
import galois.batch.Field;
import galois.batch.Schema;

import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;

/**
 * A plan in the shape that a kernel has: for each input port stages, at most one operator with
 * state into which they lead, stages behind it.
 *
 * @param ports the sources of the plan from left to right; the stages of each
 * @param stateful an aggregate, a sort or a join; may be {@code null}: then rows go from the ports
 *     to the output
 * @param after behind it; empty without one
 * @param route how rows are dealt out to several readers; {@code null}: all go to one
 * @param name for people: the operators from the sources upwards
 */
record Fragment(
        List<Port> ports,
        Schema output,
        Schema parameters,
        LogicalOp stateful,
        List<LogicalOp> after,
        LogicalOp.Exchange route,
        String name) {
    /** One more is refused: cut the plan, a union of unions has more inputs. */
    static final int PORTS_MAX = 16;

    /**
     * An input.
     *
     * @param before the filters and projections that its rows go through first
     * @param side input of the operator with state that it leads into, from 0
     * @param updating its rows may update and delete others
     */
    record Port(Schema input, List<LogicalOp> before, int side, boolean updating) {
        Port {
            before = List.copyOf(before);
        }

        Port then(LogicalOp op) {
            List<LogicalOp> more = new ArrayList<>(before);
            more.add(op);
            return new Port(input, more, side, updating);
        }
    }

    static Fragment of(LogicalPlan plan) {
        LinkedList<LogicalOp> after = new LinkedList<>();
        LogicalOp.Exchange route =
                plan.root() instanceof LogicalOp.Exchange exchange ? exchange : null;
        LogicalOp root = route == null ? plan.root() : route.input();
        LogicalOp below = root;
        while (below instanceof LogicalOp.Filter || below instanceof LogicalOp.Project) {
            after.addFirst(below);
            below = below.inputs().get(0);
        }
        boolean hasState = Plans.isStateful(below);
        List<Port> ports = new ArrayList<>();
        List<LogicalOp> inputs = hasState ? below.inputs() : List.of(root);
        for (int side = 0; side < inputs.size(); side++) {
            ports.addAll(ports(inputs.get(side), side));
        }
        if (ports.size() > PORTS_MAX) {
            throw new GaloisException(
                    ErrorCode.QUERY_LIMIT,
                    "a kernel has "
                            + ports.size()
                            + " inputs, the limit is "
                            + PORTS_MAX
                            + ": split the query");
        }
        return new Fragment(
                ports,
                plan.root().schema(),
                parameters(plan.parameters()),
                hasState ? below : null,
                hasState ? after : List.of(),
                route,
                name(plan.root()));
    }

    private static List<Port> ports(LogicalOp op, int side) {
        if (op instanceof LogicalOp.Source source) {
            return List.of(new Port(source.schema(), List.of(), side, source.updating()));
        }
        if (Plans.isStateful(op) || op instanceof LogicalOp.Exchange) {
            throw new GaloisException(
                    ErrorCode.UNSUPPORTED,
                    "a kernel holds one aggregate, sort or join: cut the plan between them");
        }
        List<Port> ports = new ArrayList<>();
        for (LogicalOp input : op.inputs()) {
            for (Port port : ports(input, side)) {
                ports.add(op instanceof LogicalOp.Union ? port : port.then(op));
            }
        }
        return ports;
    }

    private static String name(LogicalOp root) {
        List<String> names = new ArrayList<>();
        for (LogicalOp op : Plans.operators(root)) {
            if (!(op instanceof LogicalOp.Source)) {
                names.add(kind(op));
            }
        }
        return names.isEmpty() ? "copy" : String.join("-", names);
    }

    private static String kind(LogicalOp op) {
        if (op instanceof LogicalOp.Filter) {
            return "filter";
        }
        if (op instanceof LogicalOp.Project) {
            return "project";
        }
        if (op instanceof LogicalOp.Union) {
            return "union";
        }
        if (op instanceof LogicalOp.Join) {
            return "join";
        }
        if (op instanceof LogicalOp.Exchange) {
            return "exchange";
        }
        if (op instanceof LogicalOp.PartialAggregate) {
            return "partial";
        }
        if (op instanceof LogicalOp.Repeat) {
            return "repeat";
        }
        if (op instanceof Over) {
            return "over";
        }
        return Plans.grouping(op) != null ? "aggregate" : "sort";
    }

    private static Schema parameters(List<Expr.Literal> literals) {
        if (literals.size() > Schema.FIELDS_MAX) {
            throw new GaloisException(
                    ErrorCode.QUERY_LIMIT,
                    "the query has "
                            + literals.size()
                            + " constants, the limit is "
                            + Schema.FIELDS_MAX
                            + ": split it");
        }
        List<Field> fields = new ArrayList<>();
        for (Expr.Literal literal : literals) {
            fields.add(new Field("p" + fields.size(), literal.type()));
        }
        return new Schema(fields);
    }
}
