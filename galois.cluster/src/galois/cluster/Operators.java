package galois.cluster;

import galois.api.plan.Expr;
import galois.api.plan.LogicalOp;
import galois.api.plan.Plans;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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

    /** An operator of the plan. */
    record Named(String name, LogicalOp op, List<Named> inputs) {
        boolean isSource() {
            return op instanceof LogicalOp.Source;
        }
    }

    static Operators of(LogicalOp root) {
        List<Named> inData = new ArrayList<>();
        Named last = name(root, inData, new HashSet<>());
        return new Operators(last, List.copyOf(inData));
    }

    private static Named name(LogicalOp op, List<Named> inData, Set<String> taken) {
        if (isIdentity(op)) {
            return name(op.inputs().get(0), inData, taken);
        }
        List<Named> inputs = op.inputs().stream().map(i -> name(i, inData, taken)).toList();
        String kind = kind(op);
        String name = kind;
        for (int i = 2; !taken.add(name); i++) {
            name = kind + "-" + i;
        }
        List<LogicalOp> below = inputs.stream().map(Named::op).toList();
        Named named = new Named(name, Plans.withInputs(op, below), inputs);
        inData.add(named);
        return named;
    }

    /** From left to right. */
    List<Named> sources() {
        return inData.stream().filter(Named::isSource).toList();
    }

    /** Of source {@code number} from the left, from 0. */
    static String source(int number) {
        return number == 0 ? SOURCE : SOURCE + "-" + (number + 1);
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
        if (op instanceof LogicalOp.PartialAggregate) {
            return "partial";
        }
        if (Plans.grouping(op) != null) {
            return "aggregate";
        }
        if (op instanceof LogicalOp.Sort sort) {
            return sort.isLimit() ? "limit" : "sort";
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
