package galois.itest.forms;

import galois.batch.FieldType;

import java.util.ArrayList;
import java.util.List;

/** An expression. */
record Node(Form form, List<Node> children) {
    Node {
        children = List.copyOf(children);
    }

    static Node leaf(Form form) {
        return new Node(form, List.of());
    }

    FieldType type() {
        return form.type();
    }

    boolean isExact() {
        return form.exact() && children.stream().allMatch(Node::isExact);
    }

    String text(Dialect dialect) {
        String text = form.texts().get(dialect);
        for (int i = 0; i < children.size(); i++) {
            text = text.replace("{" + i + "}", children.get(i).text(dialect));
        }
        return text;
    }

    /** Expressions of the same type with less in them. */
    List<Node> smaller() {
        List<Node> found = new ArrayList<>();
        for (Node child : children) {
            if (child.type().equals(type())) {
                found.add(child);
            }
        }
        for (int i = 0; i < children.size(); i++) {
            for (Node other : children.get(i).smaller()) {
                List<Node> others = new ArrayList<>(children);
                others.set(i, other);
                found.add(new Node(form, others));
            }
        }
        return found;
    }
}
