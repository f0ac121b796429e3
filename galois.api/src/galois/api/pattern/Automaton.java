package galois.api.pattern;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A pattern as a deterministic automaton: one step for each byte, whatever the text. State 0 is the
 * one from which nothing matches, state 1 the one from which everything does.
 *
 * @param classes for each byte the class of bytes that it belongs to
 * @param classCount how many there are
 * @param next {@code next[state * classCount + class]}
 * @param accepts whether a text that ends in the state matches
 * @param start the state of the empty text
 */
public record Automaton(int[] classes, int classCount, int[] next, boolean[] accepts, int start) {
    /** More states are refused. */
    public static final int STATES_MAX = 2000;

    public static final int NEVER = 0;
    public static final int ALWAYS = 1;

    public int states() {
        return accepts.length;
    }

    /** The whole text must match. */
    public static Automaton whole(Program program) {
        return new Builder(program, false).build();
    }

    /** Some part of the text must match. */
    public static Automaton part(Program program) {
        return new Builder(program, true).build();
    }

    /** What a kernel computes; for tests and for constants. */
    public boolean matches(byte[] text) {
        int state = start;
        for (byte octet : text) {
            state = next[state * classCount + classes[octet & 255]];
        }
        return accepts[state];
    }

    /** Subset construction. */
    private static final class Builder {
        private final List<Program.Instruction> code;
        private final int first;
        private final boolean part;
        private final int[] classes = new int[256];
        private int classCount;
        private final Map<BitSet, Integer> numbers = new LinkedHashMap<>();
        private final List<int[]> rows = new ArrayList<>();
        private final List<Boolean> accepts = new ArrayList<>();
        private final ArrayDeque<BitSet> open = new ArrayDeque<>();
        private final BitSet always = new BitSet();

        Builder(Program program, boolean part) {
            this.code = program.instructions();
            this.first = program.start();
            this.part = part;
            always.set(code.size());
        }

        Automaton build() {
            classify();
            number(new BitSet());
            number(always);
            BitSet begin = new BitSet();
            close(begin, first, true, false);
            int start = number(finished(begin));
            while (!open.isEmpty()) {
                row(open.remove());
            }
            return Minimal.of(classes, classCount, rows, accepts, start);
        }

        /** Bytes that no instruction tells apart are of one class. */
        private void classify() {
            BitSet borders = new BitSet();
            borders.set(0);
            for (Program.Instruction instruction : code) {
                if (instruction.op() == Program.Op.BYTE) {
                    borders.set(instruction.low());
                    borders.set(instruction.high() + 1);
                }
            }
            int current = -1;
            for (int octet = 0; octet < 256; octet++) {
                current += borders.get(octet) ? 1 : 0;
                classes[octet] = current;
            }
            classCount = current + 1;
        }

        private int number(BitSet set) {
            Integer known = numbers.get(set);
            if (known != null) {
                return known;
            }
            if (numbers.size() >= STATES_MAX) {
                throw PatternException.limit(
                        "the pattern needs more than "
                                + STATES_MAX
                                + " states: make its repetitions smaller, or split it");
            }
            numbers.put(set, numbers.size());
            rows.add(null);
            accepts.add(set.equals(always) || acceptsAtEnd(set));
            open.add(set);
            return numbers.size() - 1;
        }

        /** Once a part has matched the rest does not matter. */
        private BitSet finished(BitSet set) {
            if (part) {
                for (int i = set.nextSetBit(0); i >= 0; i = set.nextSetBit(i + 1)) {
                    if (i < code.size() && code.get(i).op() == Program.Op.MATCH) {
                        return always;
                    }
                }
            }
            return set;
        }

        private boolean acceptsAtEnd(BitSet set) {
            BitSet end = new BitSet();
            for (int i = set.nextSetBit(0); i >= 0; i = set.nextSetBit(i + 1)) {
                if (code.get(i).op() == Program.Op.END) {
                    close(end, code.get(i).x(), false, true);
                } else {
                    end.set(i);
                }
            }
            return end.stream().anyMatch(i -> code.get(i).op() == Program.Op.MATCH);
        }

        /** Adds what can be reached without a byte. */
        private void close(BitSet set, int from, boolean atBegin, boolean atEnd) {
            ArrayDeque<Integer> todo = new ArrayDeque<>(List.of(from));
            BitSet seen = new BitSet();
            while (!todo.isEmpty()) {
                int at = todo.pop();
                if (seen.get(at)) {
                    continue;
                }
                seen.set(at);
                Program.Instruction instruction = code.get(at);
                switch (instruction.op()) {
                    case SPLIT -> {
                        todo.push(instruction.x());
                        todo.push(instruction.y());
                    }
                    case SAVE -> todo.push(instruction.x());
                    case BEGIN -> {
                        if (atBegin) {
                            todo.push(instruction.x());
                        }
                    }
                    case END -> {
                        set.set(at);
                        if (atEnd) {
                            todo.push(instruction.x());
                        }
                    }
                    case BYTE, MATCH -> set.set(at);
                }
            }
        }

        private void row(BitSet set) {
            int number = numbers.get(set);
            int[] row = new int[classCount];
            rows.set(number, row);
            if (number == NEVER || number == ALWAYS) {
                Arrays.fill(row, number);
                return;
            }
            int[] example = new int[classCount];
            for (int octet = 255; octet >= 0; octet--) {
                example[classes[octet]] = octet;
            }
            for (int c = 0; c < classCount; c++) {
                row[c] = number(step(set, example[c]));
            }
        }

        private BitSet step(BitSet set, int octet) {
            BitSet result = new BitSet();
            for (int i = set.nextSetBit(0); i >= 0; i = set.nextSetBit(i + 1)) {
                Program.Instruction instruction = code.get(i);
                boolean fits =
                        instruction.op() == Program.Op.BYTE
                                && instruction.low() <= octet
                                && octet <= instruction.high();
                if (fits) {
                    close(result, instruction.x(), false, false);
                }
            }
            if (part) {
                close(result, first, false, false);
            }
            return finished(result);
        }
    }

    /** States that no text tells apart become one. */
    private static final class Minimal {
        static Automaton of(
                int[] classes, int classCount, List<int[]> rows, List<Boolean> accepts, int start) {
            int[] group = new int[rows.size()];
            for (int s = 0; s < group.length; s++) {
                group[s] = accepts.get(s) ? 1 : 0;
            }
            int count = 0;
            while (true) {
                Map<List<Integer>, Integer> known = new HashMap<>();
                int[] finer = new int[group.length];
                for (int s = 0; s < group.length; s++) {
                    List<Integer> key = new ArrayList<>(classCount + 1);
                    key.add(group[s]);
                    for (int target : rows.get(s)) {
                        key.add(group[target]);
                    }
                    finer[s] = known.computeIfAbsent(key, k -> known.size());
                }
                group = finer;
                if (known.size() == count) {
                    break;
                }
                count = known.size();
            }
            // Of the first states, so 0 stays 0 and 1 stays 1.
            int[] next = new int[count * classCount];
            boolean[] ends = new boolean[count];
            for (int s = 0; s < group.length; s++) {
                ends[group[s]] = accepts.get(s);
                for (int c = 0; c < classCount; c++) {
                    next[group[s] * classCount + c] = group[rows.get(s)[c]];
                }
            }
            return new Automaton(classes, classCount, next, ends, group[start]);
        }
    }
}
