package galois.api.pattern;

import java.util.ArrayList;
import java.util.List;

/**
 * A pattern as a program over the bytes of UTF-8: a non-deterministic automaton whose branches are
 * in the order of preference, so that the first that ends gives the match that people expect.
 */
public final class Program {
    /** More instructions are refused. */
    public static final int INSTRUCTIONS_MAX = 5000;

    /** What an instruction does. */
    public enum Op {
        /** One byte between low and high; on to {@code x}. */
        BYTE,
        /** To {@code x}, or else {@code y}. */
        SPLIT,
        /** Notes the position as number {@code y}; on to {@code x}. */
        SAVE,
        /** On to {@code x} at the start of the text. */
        BEGIN,
        /** On to {@code x} at the end of the text. */
        END,
        MATCH
    }

    /** One instruction. */
    public record Instruction(Op op, int low, int high, int x, int y) {}

    private final List<Instruction> instructions = new ArrayList<>();
    private int start;
    private int groups;

    private Program() {}

    /** The text of LIKE and ILIKE. */
    public static Program like(String pattern, String escape, boolean ignoreCase) {
        return of(LikeParser.parse(pattern, escape(escape), ignoreCase), 0);
    }

    /** The text of SIMILAR TO. */
    public static Program similar(String pattern, String escape) {
        RegexParser parser = new RegexParser(pattern, true, escape(escape), false);
        return of(parser.parse(), 0);
    }

    /** A regular expression. */
    public static Program regex(String pattern) {
        RegexParser parser = new RegexParser(pattern, false, -1, false);
        Node node = parser.parse();
        return of(node, parser.groups());
    }

    private static int escape(String escape) {
        if (escape == null || escape.isEmpty()) {
            return -1;
        }
        if (escape.codePointCount(0, escape.length()) != 1) {
            throw PatternException.syntax("the escape must be one character");
        }
        return escape.codePointAt(0);
    }

    private static Program of(Node node, int groups) {
        Program program = new Program();
        program.groups = groups;
        program.start = program.write(node, program.add(Op.MATCH, 0, 0, -1, -1));
        return program;
    }

    public List<Instruction> instructions() {
        return List.copyOf(instructions);
    }

    /** The first instruction. */
    public int start() {
        return start;
    }

    /** Numbered groups. */
    public int groups() {
        return groups;
    }

    private int add(Op op, int low, int high, int x, int y) {
        if (instructions.size() == INSTRUCTIONS_MAX) {
            throw PatternException.limit(
                    "the pattern needs more than "
                            + INSTRUCTIONS_MAX
                            + " steps when its repetitions are written out: make them smaller");
        }
        instructions.add(new Instruction(op, low, high, x, y));
        return instructions.size() - 1;
    }

    private void patch(int index, int x, int y) {
        Instruction old = instructions.get(index);
        instructions.set(index, new Instruction(old.op(), old.low(), old.high(), x, y));
    }

    /** Writes the node ahead of {@code next}; the index of its first instruction. */
    private int write(Node node, int next) {
        if (node instanceof Node.One one) {
            return one(one.points(), next);
        }
        if (node instanceof Node.Sequence sequence) {
            int at = next;
            for (int i = sequence.parts().size() - 1; i >= 0; i--) {
                at = write(sequence.parts().get(i), at);
            }
            return at;
        }
        if (node instanceof Node.Choice choice) {
            int at = write(choice.options().get(choice.options().size() - 1), next);
            for (int i = choice.options().size() - 2; i >= 0; i--) {
                at = add(Op.SPLIT, 0, 0, write(choice.options().get(i), next), at);
            }
            return at;
        }
        if (node instanceof Node.Repeat repeat) {
            return repeat(repeat, next);
        }
        if (node instanceof Node.Group group) {
            int after = add(Op.SAVE, 0, 0, next, 2 * group.number() + 1);
            return add(Op.SAVE, 0, 0, write(group.part(), after), 2 * group.number());
        }
        if (node instanceof Node.AnyByte) {
            return add(Op.BYTE, 0, 255, next, -1);
        }
        return add(node instanceof Node.Begin ? Op.BEGIN : Op.END, 0, 0, next, -1);
    }

    private int repeat(Node.Repeat repeat, int next) {
        int at = next;
        if (repeat.most() < 0) {
            int split = add(Op.SPLIT, 0, 0, -1, -1);
            int body = write(repeat.part(), split);
            patch(split, repeat.lazy() ? next : body, repeat.lazy() ? body : next);
            at = split;
        } else {
            for (int i = repeat.least(); i < repeat.most(); i++) {
                int body = write(repeat.part(), at);
                at = add(Op.SPLIT, 0, 0, repeat.lazy() ? next : body, repeat.lazy() ? body : next);
            }
        }
        for (int i = 0; i < repeat.least(); i++) {
            at = write(repeat.part(), at);
        }
        return at;
    }

    private int one(CodePoints points, int next) {
        List<int[]> sequences = new ArrayList<>();
        for (int[] range : points.ranges()) {
            Utf8Ranges.of(range[0], range[1], sequences);
        }
        if (sequences.isEmpty()) {
            return add(Op.END, 0, 0, add(Op.BYTE, 0, 255, next, -1), -1);
        }
        int at = -1;
        for (int i = sequences.size() - 1; i >= 0; i--) {
            int[] bytes = sequences.get(i);
            int first = next;
            for (int b = bytes.length - 2; b >= 0; b -= 2) {
                first = add(Op.BYTE, bytes[b], bytes[b + 1], first, -1);
            }
            at = at < 0 ? first : add(Op.SPLIT, 0, 0, first, at);
        }
        return at;
    }
}
