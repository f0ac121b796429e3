package galois.cluster;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.plan.Expr;
import galois.api.plan.LogicalOp;
import galois.api.plan.Plans;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The operators of a chain by the names people see: {@code source}, {@code filter}, {@code
 * project}, {@code aggregate}, {@code project-2}. A projection that gives each row unchanged is
 * left out: it only renames fields, and rows have no names.
 *
 * @param source the leaf
 * @param byName the operators above it, in the order of the data
 */
record Operators(LogicalOp.Source source, Map<String, LogicalOp> byName) {
    static final String SOURCE = "source";
    static final String SINK = "sink";

    /**
     * @throws GaloisException UNSUPPORTED when the plan is not a chain over one source
     */
    static Operators of(LogicalOp root) {
        Map<String, LogicalOp> byName = new LinkedHashMap<>();
        List<LogicalOp> chain = chain(root);
        for (LogicalOp op : chain.subList(1, chain.size())) {
            if (!isIdentity(op)) {
                String kind = kind(op);
                String name = kind;
                for (int i = 2; byName.containsKey(name); i++) {
                    name = kind + "-" + i;
                }
                byName.put(name, op);
            }
        }
        return new Operators((LogicalOp.Source) chain.get(0), byName);
    }

    /** Source and sink included. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        names.add(SOURCE);
        names.addAll(byName.keySet());
        names.add(SINK);
        return names;
    }

    private static List<LogicalOp> chain(LogicalOp root) {
        try {
            return Plans.chain(root);
        } catch (IllegalArgumentException e) {
            throw new GaloisException(
                    ErrorCode.UNSUPPORTED, "a query over several streams cannot be placed yet", e);
        }
    }

    private static String kind(LogicalOp op) {
        if (op instanceof LogicalOp.Filter) {
            return "filter";
        }
        if (op instanceof LogicalOp.Project) {
            return "project";
        }
        if (op instanceof LogicalOp.WindowAggregate) {
            return "aggregate";
        }
        if (op instanceof LogicalOp.Sort sort) {
            return sort.isLimit() ? "limit" : "sort";
        }
        throw new IllegalArgumentException(op.getClass() + " inside a chain");
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
