package galois.api.pattern;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Regular expressions: the usual syntax, and that of SIMILAR TO, where {@code %} and {@code _} are
 * what they are in LIKE and {@code . ^ $ \} are plain characters. What an automaton cannot do (back
 * references, looking around) is refused.
 */
final class RegexParser {
    /** Largest number in braces: a repetition is written out. */
    private static final int REPEAT_MAX = 1000;

    private static final int DEPTH_MAX = 100;

    private static final CodePoints DIGIT = CodePoints.range('0', '9');
    private static final CodePoints WORD =
            DIGIT.plus(CodePoints.range('a', 'z'))
                    .plus(CodePoints.range('A', 'Z'))
                    .plus(CodePoints.range('_', '_'));
    private static final CodePoints SPACE = CodePoints.of(" \t\n\u000B\f\r");
    private static final CodePoints LINE_END = CodePoints.of("\n\r\u0085\u2028\u2029");

    private static final Map<String, CodePoints> NAMED =
            Map.of(
                    "alpha", CodePoints.range('a', 'z').plus(CodePoints.range('A', 'Z')),
                    "upper", CodePoints.range('A', 'Z'),
                    "lower", CodePoints.range('a', 'z'),
                    "digit", DIGIT,
                    "alnum",
                            DIGIT.plus(CodePoints.range('a', 'z')).plus(CodePoints.range('A', 'Z')),
                    "space", SPACE,
                    "whitespace", SPACE);

    private final int[] points;
    private final boolean similar;
    private final int escape;
    private boolean ignoreCase;
    private int at;
    private int groups;
    private int depth;

    /**
     * @param escape of SIMILAR TO; -1: none
     */
    RegexParser(String pattern, boolean similar, int escape, boolean ignoreCase) {
        this.points = pattern.codePoints().toArray();
        this.similar = similar;
        this.escape = similar ? escape : '\\';
        this.ignoreCase = ignoreCase;
    }

    int groups() {
        return groups;
    }

    Node parse() {
        if (!similar && starts("(?i)")) {
            at += 4;
            ignoreCase = true;
        }
        Node whole = choice();
        if (at < points.length) {
            throw wrong("an unexpected ')'");
        }
        return whole;
    }

    private boolean starts(String text) {
        int[] wanted = text.codePoints().toArray();
        for (int i = 0; i < wanted.length; i++) {
            if (at + i >= points.length || points[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private boolean has(int point) {
        return at < points.length && points[at] == point;
    }

    private boolean take(int point) {
        boolean found = has(point);
        at += found ? 1 : 0;
        return found;
    }

    private PatternException wrong(String what) {
        return PatternException.syntax(
                "the pattern has " + what + " at character " + Math.min(at + 1, points.length));
    }

    private Node choice() {
        if (++depth > DEPTH_MAX) {
            throw PatternException.limit("the pattern is nested deeper than " + DEPTH_MAX);
        }
        List<Node> options = new ArrayList<>();
        options.add(sequence());
        while (take('|')) {
            options.add(sequence());
        }
        depth--;
        return options.size() == 1 ? options.get(0) : new Node.Choice(options);
    }

    private Node sequence() {
        List<Node> parts = new ArrayList<>();
        while (at < points.length && !has('|') && !has(')')) {
            parts.add(repeated(atom()));
        }
        return new Node.Sequence(parts);
    }

    private Node repeated(Node atom) {
        Node result = atom;
        while (at < points.length) {
            int least;
            int most;
            if (take('*')) {
                least = 0;
                most = -1;
            } else if (take('+')) {
                least = 1;
                most = -1;
            } else if (take('?')) {
                least = 0;
                most = 1;
            } else if (has('{')) {
                at++;
                least = number();
                most = take(',') ? (has('}') ? -1 : number()) : least;
                if (!take('}') || most >= 0 && most < least) {
                    throw wrong("a wrong repetition");
                }
            } else {
                break;
            }
            boolean lazy = !similar && take('?');
            if (!similar && has('+')) {
                throw wrong("a possessive repetition, which an automaton does not have");
            }
            result = new Node.Repeat(result, least, most, lazy);
        }
        return result;
    }

    private int number() {
        int from = at;
        int value = 0;
        while (at < points.length && points[at] >= '0' && points[at] <= '9') {
            value = Math.min(REPEAT_MAX + 1, value * 10 + points[at++] - '0');
        }
        if (from == at) {
            throw wrong("a wrong repetition");
        }
        if (value > REPEAT_MAX) {
            throw PatternException.limit("the pattern repeats more than " + REPEAT_MAX + " times");
        }
        return value;
    }

    private Node atom() {
        int point = points[at++];
        if (point == escape) {
            return similar ? literal(next()) : escaped();
        }
        switch (point) {
            case '(':
                return group();
            case '[':
                return new Node.One(cased(set()));
            case '*', '+', '?', '{':
                at--;
                throw wrong("nothing to repeat");
            default:
                break;
        }
        if (similar) {
            return switch (point) {
                case '%' -> Node.anything();
                case '_' -> new Node.One(CodePoints.ANY);
                default -> literal(point);
            };
        }
        return switch (point) {
            case '.' -> new Node.One(LINE_END.complement());
            case '^' -> new Node.Begin();
            case '$' -> new Node.End();
            default -> literal(point);
        };
    }

    private int next() {
        if (at == points.length) {
            throw wrong("nothing behind its escape character");
        }
        return points[at++];
    }

    private Node literal(int point) {
        return LikeParser.literal(point, ignoreCase);
    }

    private CodePoints cased(CodePoints set) {
        return ignoreCase ? set.ignoringCase() : set;
    }

    private Node group() {
        int number = -1;
        if (!similar && take('?')) {
            if (take('<') && !has('=') && !has('!')) {
                while (at < points.length && !take('>')) {
                    at++;
                }
                number = ++groups;
            } else if (!take(':')) {
                throw wrong("a group that an automaton does not have");
            }
        } else {
            number = ++groups;
        }
        Node inside = choice();
        if (!take(')')) {
            throw wrong("a group that does not end");
        }
        return number < 0 ? inside : new Node.Group(inside, number);
    }

    private Node escaped() {
        int point = next();
        CodePoints shorthand = shorthand(point);
        if (shorthand != null) {
            return new Node.One(shorthand);
        }
        return switch (point) {
            case 'A' -> new Node.Begin();
            case 'z', 'Z' -> new Node.End();
            default -> literal(character(point));
        };
    }

    private static CodePoints shorthand(int point) {
        return switch (point) {
            case 'd' -> DIGIT;
            case 'D' -> DIGIT.complement();
            case 'w' -> WORD;
            case 'W' -> WORD.complement();
            case 's' -> SPACE;
            case 'S' -> SPACE.complement();
            default -> null;
        };
    }

    /** The character behind a backslash. */
    private int character(int point) {
        switch (point) {
            case 't':
                return '\t';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 'f':
                return '\f';
            case 'x':
                return hexadecimal(2);
            case 'u':
                return hexadecimal(4);
            default:
                break;
        }
        boolean isLetter = Character.isLetterOrDigit(point) && point < 0x80;
        if (isLetter) {
            at--;
            throw wrong("'\\" + Character.toString(point) + "', which an automaton does not have,");
        }
        return point;
    }

    private int hexadecimal(int digits) {
        int value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = Character.digit(next(), 16);
            if (digit < 0) {
                throw wrong("a wrong hexadecimal number");
            }
            value = value * 16 + digit;
        }
        return value;
    }

    private CodePoints set() {
        boolean negated = take('^');
        CodePoints set = CodePoints.NONE;
        boolean first = true;
        while (first || !has(']')) {
            if (at == points.length) {
                throw wrong("a '[' without its ']'");
            }
            set = set.plus(member());
            first = false;
        }
        at++;
        CodePoints all = cased(set);
        return negated ? all.complement() : all;
    }

    private CodePoints member() {
        if (starts("[:")) {
            return named();
        }
        if (!similar && has('[') || !similar && starts("&&")) {
            throw wrong("a set inside a set");
        }
        int point = next();
        if (point == escape) {
            point = next();
            CodePoints shorthand = similar ? null : shorthand(point);
            if (shorthand != null) {
                return shorthand;
            }
            point = similar ? point : character(point);
        }
        boolean isRange = has('-') && at + 1 < points.length && points[at + 1] != ']';
        if (!isRange) {
            return CodePoints.range(point, point);
        }
        at++;
        int last = next();
        if (last == escape) {
            last = similar ? next() : character(next());
        }
        if (last < point) {
            throw wrong("a range that ends before it begins");
        }
        return CodePoints.range(point, last);
    }

    private CodePoints named() {
        int from = at + 2;
        while (at < points.length && !starts(":]")) {
            at++;
        }
        CodePoints set = at == points.length ? null : NAMED.get(name(from));
        if (set == null) {
            throw wrong("an unknown set: known are [:alpha:], [:digit:], [:alnum:], [:upper:],");
        }
        at += 2;
        return set;
    }

    private String name(int from) {
        return new String(points, from, at - from).toLowerCase(java.util.Locale.ROOT);
    }
}
