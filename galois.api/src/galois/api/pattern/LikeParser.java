package galois.api.pattern;

import java.util.ArrayList;
import java.util.List;

/** Patterns of LIKE: {@code %} any text, {@code _} any one character. */
final class LikeParser {
    private LikeParser() {}

    /**
     * @param escape the next character stands for itself; -1: there is none
     */
    static Node parse(String pattern, int escape, boolean ignoreCase) {
        List<Node> parts = new ArrayList<>();
        int[] points = pattern.codePoints().toArray();
        for (int i = 0; i < points.length; i++) {
            int point = points[i];
            if (point == escape) {
                if (++i == points.length) {
                    throw PatternException.syntax("the pattern ends with its escape character");
                }
                parts.add(literal(points[i], ignoreCase));
            } else if (point == '%') {
                parts.add(Node.anything());
            } else if (point == '_') {
                parts.add(new Node.One(CodePoints.ANY));
            } else {
                parts.add(literal(point, ignoreCase));
            }
        }
        return new Node.Sequence(parts);
    }

    static Node literal(int point, boolean ignoreCase) {
        CodePoints points = CodePoints.range(point, point);
        return new Node.One(ignoreCase ? points.ignoringCase() : points);
    }
}
