package galois.sql;

import galois.api.TextPosition;

import java.util.Arrays;
import java.util.List;

/**
 * The text given to Calcite's parser, and where each of its characters came from: names are quoted
 * and spellings unified on the way, errors are still reported where the user wrote them.
 */
final class CalciteText {
    private final StringBuilder text = new StringBuilder();
    private final String original;
    private final List<Token> tokens;
    private int[] origins = new int[64];

    /**
     * Starts empty.
     *
     * @param tokens of the original from the query on
     */
    CalciteText(String original, List<Token> tokens) {
        this.original = original;
        this.tokens = List.copyOf(tokens);
    }

    /** Appends characters {@code from} to {@code to} of the original as they are. */
    void copy(int from, int to) {
        for (int i = from; i < to; i++) {
            append(original.charAt(i), i);
        }
    }

    /** Appends other text in place of the original at {@code origin}. */
    void replace(String replacement, int origin) {
        for (int i = 0; i < replacement.length(); i++) {
            append(replacement.charAt(i), origin);
        }
    }

    private void append(char c, int origin) {
        if (text.length() == origins.length) {
            origins = Arrays.copyOf(origins, origins.length * 2);
        }
        origins[text.length()] = origin;
        text.append(c);
    }

    List<Token> originalTokens() {
        return tokens;
    }

    String text() {
        return text.toString();
    }

    /** The place in the original statement of a line and column, from 1, of the new text. */
    TextPosition original(int line, int column) {
        int offset = 0;
        for (int l = 1; l < line; l++) {
            offset = nextLine(text, offset);
        }
        int index = Math.min(offset + Math.max(column, 1) - 1, text.length());
        int origin = index < text.length() ? origins[index] : original.length();
        int lineNumber = 1;
        int lineStart = 0;
        for (int next = nextLine(original, 0); next <= origin && next > lineStart; ) {
            lineNumber++;
            lineStart = next;
            next = nextLine(original, lineStart);
        }
        return new TextPosition(lineNumber, origin - lineStart + 1);
    }

    /** The start of the line after the one that contains {@code from}; {@code from} if none. */
    private static int nextLine(CharSequence text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isCrLf = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
            if (c == '\n' || c == '\r' && !isCrLf) {
                return i + 1;
            }
        }
        return from;
    }
}
