package galois.sql;

import galois.api.ErrorCode;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The spellings of an ASOF join in the one that Calcite's parser has: {@code ASOF LEFT JOIN}
 * becomes {@code LEFT ASOF JOIN}, and a join that compares the times in its ON, as in {@code ASOF
 * JOIN q ON t.k = q.k AND t.ts >= q.ts}, gets a {@code MATCH_CONDITION TRUE} before it; one without
 * ON an {@code ON TRUE}.
 */
final class AsofWords {
    /** A word behind the condition of a join. */
    private static final Set<String> ENDS =
            Set.of(
                    "WHERE",
                    "GROUP",
                    "HAVING",
                    "WINDOW",
                    "QUALIFY",
                    "ORDER",
                    "LIMIT",
                    "OFFSET",
                    "FETCH",
                    "UNION",
                    "EXCEPT",
                    "INTERSECT",
                    "JOIN",
                    "LEFT",
                    "RIGHT",
                    "FULL",
                    "INNER",
                    "CROSS",
                    "ASOF");

    private static final String NO_KEYS = "ON TRUE ";

    private final TokenReader in;
    private final List<Token> tokens;
    private final Map<Integer, String> written = new HashMap<>();
    private final Map<Integer, String> ahead = new HashMap<>();

    /** The joins whose condition is still to come, the innermost first. */
    private final Deque<Open> open = new ArrayDeque<>();

    /**
     * A join whose ON has not come.
     *
     * @param at index of its {@code ASOF}
     * @param join index of its {@code JOIN}
     * @param depth of parentheses
     * @param isMatched its {@code MATCH_CONDITION} has come
     */
    private record Open(int at, int join, int depth, boolean isMatched) {}

    private AsofWords(TokenReader in, List<Token> tokens) {
        this.in = in;
        this.tokens = tokens;
    }

    /** What to write for tokens, by their index. */
    static AsofWords of(TokenReader in, List<Token> tokens) {
        AsofWords words = new AsofWords(in, tokens);
        words.find();
        return words;
    }

    /** In place of a token; null: the token. */
    String inPlaceOf(int index) {
        return written.get(index);
    }

    /** Ahead of a token. */
    String aheadOf(int index) {
        return ahead.getOrDefault(index, "");
    }

    private void find() {
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.isSymbol("(")) {
                depth++;
                continue;
            }
            Open join = open.peek();
            if (join != null && join.depth() == depth && join.join() < i) {
                of(join, i);
            }
            if (token.isSymbol(")")) {
                depth--;
            } else if (token.isWord("ASOF") && isJoin(i)) {
                open.push(new Open(i, join(i), depth, false));
            }
        }
    }

    /** A token that may belong to the condition of a join. */
    private void of(Open join, int index) {
        Token token = tokens.get(index);
        if (token.isWord("MATCH_CONDITION")) {
            open.pop();
            open.push(new Open(join.at(), join.join(), join.depth(), true));
        } else if (token.isWord("ON")) {
            open.pop();
            if (!join.isMatched()) {
                written.put(index, "MATCH_CONDITION TRUE ON");
            }
        } else if (token.isWord("USING")) {
            throw in.error(
                    ErrorCode.UNSUPPORTED,
                    token,
                    "USING in an ASOF join is not supported: " + AsofJoins.REMEDY);
        } else if (isEnd(token)) {
            open.pop();
            if (!join.isMatched()) {
                throw in.error(
                        ErrorCode.SYNTAX,
                        tokens.get(join.at()),
                        "an ASOF join without a condition: " + AsofJoins.REMEDY);
            }
            ahead.put(index, NO_KEYS);
        }
    }

    private static boolean isEnd(Token token) {
        return token.kind() == Token.Kind.END
                || token.isSymbol(")")
                || token.isSymbol(",")
                || token.isSymbol(";")
                || token.kind() == Token.Kind.WORD && ENDS.contains(token.upper());
    }

    /** {@code ASOF} and then words that say what kind of a join it is. */
    private boolean isJoin(int index) {
        int next = index + 1;
        while (isKind(word(next))) {
            next++;
        }
        return word(next).equals("JOIN");
    }

    /** The words of a join; gives the index of the last one. */
    private int join(int index) {
        String before = index == 0 ? "" : word(index - 1);
        boolean isLeft = false;
        int last = index + 1;
        for (; isKind(word(last)); last++) {
            isLeft |= word(last).equals("LEFT");
            refuse(last);
            written.put(last, "");
        }
        if (isKind(before)) {
            refuse(index - 1);
        }
        if (before.equals("NATURAL")) {
            throw in.error(
                    ErrorCode.UNSUPPORTED,
                    tokens.get(index - 1),
                    "NATURAL before an ASOF join is not supported: " + AsofJoins.REMEDY);
        }
        if (isLeft) {
            written.put(index, "LEFT ASOF");
        }
        return last;
    }

    private void refuse(int index) {
        String kind = word(index);
        if (kind.equals("RIGHT") || kind.equals("FULL")) {
            throw in.error(
                    ErrorCode.UNSUPPORTED,
                    tokens.get(index),
                    "an ASOF join of kind "
                            + kind
                            + " is not supported: each left row meets one right row at most, so"
                            + " write ASOF JOIN or LEFT ASOF JOIN, with the sides the other way"
                            + " round if need be");
        }
    }

    private static boolean isKind(String word) {
        return switch (word) {
            case "LEFT", "RIGHT", "FULL", "INNER", "OUTER" -> true;
            default -> false;
        };
    }

    private String word(int index) {
        Token token = tokens.get(Math.min(index, tokens.size() - 1));
        return token.kind() == Token.Kind.WORD ? token.upper() : "";
    }
}
