package galois.cluster;

import galois.api.plan.Expr;
import galois.api.plan.LogicalOp;
import galois.api.plan.Over;
import galois.api.plan.Plans;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The operators of a plan by the names people see: {@code source}, {@code filter}, {@code
 * aggregate}, {@code project-2}. A projection that gives each row unchanged is left out: it only
 * renames fields, and rows have no names.
 *
 * @param root the last operator
 * @param inData every operator in the order of the data: inputs, from left to right, before who
 *     reads
 */
record Operators(Named root, List<Named> inData) {
    static final String SOURCE = "source";
    static final String SINK = "sink";

    /** Before the number of a source: the sink of its late rows. */
    private static final String LATE = "late";

    /** Reads all instances of what is below. */
    static final String MERGE = "merge";

    /**
     * An operator of the plan, or one of its instances.
     *
     * @param port of an exchange: where this reader's rows leave; else -1
     */
    record Named(String name, LogicalOp op, List<Named> inputs, int port) {
        boolean isSource() {
            return op instanceof LogicalOp.Source;
        }

        boolean isExchange() {
            return port >= 0;
        }

        boolean isMerge() {
            return name.startsWith(MERGE);
        }

        private Named at(int readerPort) {
            return new Named(name, op, inputs, readerPort);
        }
    }

    /**
     * The instances of an operator.
     *
     * @param isDealt true when rows came by keys, and nothing has gathered them since
     */
    private record Instances(List<Named> all, boolean isDealt) {
        static Instances one(Named named) {
            return new Instances(List.of(named), false);
        }
    }

    /** Gives the names. */
    private static final class Naming {
        private final Set<String> taken = new HashSet<>();

        private Named named(String kind, LogicalOp op, List<Named> inputs) {
            String name = kind;
            for (int i = 2; !taken.add(name); i++) {
                name = kind + "-" + i;
            }
            List<LogicalOp> below = inputs.stream().map(Named::op).toList();
            return new Named(name, Plans.withInputs(op, below), inputs, -1);
        }

        Instances name(LogicalOp op) {
            if (isIdentity(op)) {
                return name(op.inputs().get(0));
            }
            if (op instanceof LogicalOp.Exchange exchange) {
                Named sender = named(kind(op), op, List.of(gathered(op.inputs().get(0))));
                List<Named> readers = new ArrayList<>();
                for (int port = 0; port < exchange.instances(); port++) {
                    readers.add(sender.at(port));
                }
                return new Instances(readers, true);
            }
            if (op.inputs().isEmpty()) {
                return Instances.one(named(kind(op), op, List.of()));
            }
            if (op.inputs().size() > 1) {
                return branches(op);
            }
            Instances below = name(op.inputs().get(0));
            boolean isStateful = Plans.isStateful(op);
            if (isStateful && !below.isDealt()) {
                below = Instances.one(gather(below));
            }
            List<Named> all =
                    below.all().stream().map(input -> named(kind(op), op, List.of(input))).toList();
            return new Instances(all, below.isDealt() && !isStateful);
        }

        /** A join reads both sides in as many instances as their rows are dealt out to. */
        private Instances branches(LogicalOp op) {
            List<Instances> below = op.inputs().stream().map(this::name).toList();
            int count = below.get(0).all().size();
            boolean isDealt =
                    op instanceof LogicalOp.Join
                            && below.stream()
                                    .allMatch(side -> side.isDealt() && side.all().size() == count);
            List<Named> all = new ArrayList<>();
            for (int i = 0; isDealt && i < count; i++) {
                int instance = i;
                List<Named> inputs = below.stream().map(side -> side.all().get(instance)).toList();
                all.add(named(kind(op), op, inputs));
            }
            return isDealt
                    ? new Instances(all, false)
                    : Instances.one(named(kind(op), op, below.stream().map(this::gather).toList()));
        }

        Named gathered(LogicalOp op) {
            return gather(name(op));
        }

        private Named gather(Instances instances) {
            List<Named> all = instances.all();
            if (all.size() == 1) {
                return all.get(0);
            }
            List<LogicalOp> ops = all.stream().map(Named::op).toList();
            return named(MERGE, new LogicalOp.Union(ops, ops.get(0).schema()), all);
        }
    }

    static Operators of(LogicalOp root) {
        Named last = new Naming().gathered(root);
        Map<String, Named> inData = new LinkedHashMap<>();
        collect(last, inData);
        return new Operators(last, List.copyOf(inData.values()));
    }

    private static void collect(Named named, Map<String, Named> inData) {
        if (!inData.containsKey(named.name())) {
            named.inputs().forEach(input -> collect(input, inData));
            inData.put(named.name(), named);
        }
    }

    /** From left to right. */
    List<Named> sources() {
        return inData.stream().filter(Named::isSource).toList();
    }

    /** Of source {@code number} from the left, from 0. */
    static String source(int number) {
        return number == 0 ? SOURCE : SOURCE + "-" + (number + 1);
    }

    /** The sink of the late rows of source {@code number} from the left, from 0. */
    static String lateSink(int number) {
        return number == 0 ? LATE : LATE + "-" + (number + 1);
    }

    /** Sources and sink included. */
    List<String> names() {
        List<String> names = new ArrayList<>(inData.stream().map(Named::name).toList());
        names.add(SINK);
        return names;
    }

    private static String kind(LogicalOp op) {
        if (op instanceof LogicalOp.Source) {
            return SOURCE;
        }
        if (op instanceof LogicalOp.Filter) {
            return "filter";
        }
        if (op instanceof LogicalOp.Project) {
            return "project";
        }
        if (op instanceof LogicalOp.Exchange) {
            return "exchange";
        }
        if (op instanceof LogicalOp.PartialAggregate) {
            return "partial";
        }
        if (Plans.grouping(op) != null) {
            return "aggregate";
        }
        if (op instanceof LogicalOp.Sort sort) {
            return sort.isLimit() ? "limit" : "sort";
        }
        if (op instanceof Over) {
            return "over";
        }
        if (op instanceof LogicalOp.Join) {
            return "join";
        }
        if (op instanceof LogicalOp.Repeat) {
            return "repeat";
        }
        if (op instanceof LogicalOp.Union) {
            return "union";
        }
        throw new IllegalArgumentException(op.getClass() + " has no name");
    }

    private static boolean isIdentity(LogicalOp op) {
        if (!(op instanceof LogicalOp.Project project)
                || project.expressions().size() != project.input().schema().size()) {
            return false;
        }
        for (int i = 0; i < project.expressions().size(); i++) {
            if (!(project.expressions().get(i) instanceof Expr.Column column)
                    || column.index() != i) {
                return false;
            }
        }
        return true;
    }
}
