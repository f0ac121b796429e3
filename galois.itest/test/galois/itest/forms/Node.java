package galois.itest.forms;

import galois.batch.FieldType;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An expression. */
record Node(Form form, List<Node> children) {
    private static final Pattern PLACE = Pattern.compile("\\{(\\d)}");

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
        return fill(form.texts().get(dialect), children, dialect);
    }

    /** The text with operands at their places; what looks like a place in an operand is none. */
    static String fill(String text, List<Node> operands, Dialect dialect) {
        return PLACE.matcher(text)
                .replaceAll(
                        place -> {
                            int number = Integer.parseInt(place.group(1));
                            boolean isThere = number < operands.size();
                            return Matcher.quoteReplacement(
                                    isThere ? operands.get(number).text(dialect) : place.group());
                        });
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
