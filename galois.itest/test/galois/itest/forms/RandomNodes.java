package galois.itest.forms;

import galois.batch.FieldType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Expressions over columns. */
final class RandomNodes {
    private final Random random;
    private final List<Form> columns;
    private final Map<FieldType, List<Form>> forms;

    RandomNodes(Random random, List<Form> columns, Dialect peer) {
        this.random = random;
        this.columns = columns;
        this.forms = Forms.of(peer);
    }

    FieldType type() {
        return Values.TYPES.get(random.nextInt(Values.TYPES.size()));
    }

    /** At most so many functions deep; of values that all engines give alike. */
    Node exact(FieldType type, int depth) {
        return node(type, depth, true);
    }

    /** An inexact function can only be the outermost. */
    Node any(FieldType type, int depth) {
        return node(type, depth, false);
    }

    private Node node(FieldType type, int depth, boolean exact) {
        List<Form> fitting = forms.getOrDefault(type, List.of());
        if (depth == 0 || random.nextInt(5) == 0 || fitting.isEmpty()) {
            return leaf(type);
        }
        Form form = fitting.get(random.nextInt(fitting.size()));
        while (exact && !form.exact()) {
            form = fitting.get(random.nextInt(fitting.size()));
        }
        List<Node> children = new ArrayList<>();
        form.operands().forEach(operand -> children.add(node(operand, depth - 1, true)));
        return new Node(form, children);
    }

    Node leaf(FieldType type) {
        Node column = column(type);
        return column == null || random.nextInt(5) == 0 ? literal(type) : column;
    }

    /** Null when there is none of the type. */
    Node column(FieldType type) {
        List<Form> fitting = columns.stream().filter(c -> c.type().equals(type)).toList();
        return fitting.isEmpty() ? null : Node.leaf(fitting.get(random.nextInt(fitting.size())));
    }

    private Node literal(FieldType type) {
        Object value = random.nextInt(12) == 0 ? null : Values.value(type, random);
        Form form =
                Form.of(
                        type,
                        Values.literal(type, value, Dialect.GALOIS),
                        Values.literal(type, value, Dialect.H2),
                        Values.literal(type, value, Dialect.DUCKDB));
        return Node.leaf(form);
    }
}
