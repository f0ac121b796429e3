package galois.sql;

import galois.api.ErrorCode;
import galois.api.query.Catalog;
import galois.api.query.QueryTemplate;
import galois.batch.Field;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Rewrites the words of a query for Calcite's parser: names that are columns of a stream in the
 * query, or aliases, are quoted, so that reserved words may name columns; backticks become double
 * quotes; {@code SELECT STREAM} loses its second word; {@code INTERVAL 5 SECONDS} and {@code
 * INTERVAL '5 seconds'} become {@code INTERVAL '5' SECOND}; {@code FROM TUMBLE(TABLE s, ...)} gets
 * its {@code TABLE( )}; {@link AsofWords} says how ASOF joins are written.
 */
final class CalciteDialect {
    /** Words that shape a query and therefore name a column only in quotes. */
    private static final Set<String> STRUCTURE =
            Set.of(
                    "SELECT",
                    "FROM",
                    "WHERE",
                    "GROUP",
                    "HAVING",
                    "AND",
                    "OR",
                    "NOT",
                    "CASE",
                    "WHEN",
                    "THEN",
                    "ELSE",
                    "END",
                    "AS",
                    "IN",
                    "IS",
                    "NULL",
                    "BETWEEN",
                    "TRUE",
                    "FALSE",
                    "CAST",
                    "LIKE",
                    "INTERVAL",
                    "DISTINCT",
                    "UNION",
                    "JOIN",
                    "ON",
                    "TABLE",
                    "WITH",
                    "UNKNOWN",
                    "BY",
                    "EXISTS");

    /** A word before one of these is a keyword. */
    private static final Set<String> KEYWORD_BEFORE = Set.of("BY", "JOIN", "OUTER");

    /** A number after one of these says how many rows. */
    private static final Set<String> COUNTED = Set.of("LIMIT", "OFFSET", "FIRST", "NEXT");

    private static final Set<String> UNITS =
            Set.of("SECOND", "MINUTE", "HOUR", "DAY", "WEEK", "MONTH", "QUARTER", "YEAR");

    /** Units that Calcite has not. */
    private static final Set<String> FINE_UNITS =
            Set.of("MILLISECOND", "MILLISECONDS", "MICROSECOND", "MICROSECONDS");

    private static final Set<String> WINDOWS = Set.of("TUMBLE", "HOP", "SESSION", "CUMULATE");

    private final List<Token> tokens;
    private final CalciteText out;
    private final Set<String> names = new HashSet<>();

    /** For each open parenthesis: whether CAST opened it. */
    private final Deque<Boolean> castStack = new ArrayDeque<>();

    /** Depths at which a parenthesis was added around a window function. */
    private final Deque<Integer> windowDepths = new ArrayDeque<>();

    private final TokenReader in;

    private final AsofWords asofs;

    private CalciteDialect(TokenReader in) {
        this.in = in;
        tokens = in.rest();
        out = new CalciteText(in.source().text(), tokens);
        asofs = AsofWords.of(in, tokens);
    }

    /** The query for Calcite: all tokens that the reader has left. */
    static CalciteText of(TokenReader in, Catalog catalog) {
        CalciteDialect dialect = new CalciteDialect(in);
        List<Token> tokens = dialect.tokens;
        dialect.collectNames(catalog, 0);
        int copied = tokens.get(0).start();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            dialect.out.copy(copied, token.start());
            dialect.append(i);
            copied = token.end();
        }
        return dialect.out;
    }

    private void collectNames(Catalog catalog, int depth) {
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.isName()) {
                catalog.stream(token.value())
                        .ifPresent(s -> s.schema().fields().forEach(this::addName));
                collectView(catalog, token.value(), depth);
            }
            track(token, i);
            if (isAlias(i)) {
                names.add(lower(token));
            }
        }
        castStack.clear();
    }

    private void collectView(Catalog catalog, String name, int depth) {
        QueryTemplate view = catalog.template(name).orElse(null);
        if (view != null && view.isView() && depth < NamedSelects.NESTING_MAX) {
            CalciteDialect inside = new CalciteDialect(new TokenReader(view.body()));
            inside.collectNames(catalog, depth + 1);
            names.addAll(inside.names);
        }
    }

    private void addName(Field field) {
        names.add(field.name().toLowerCase(Locale.ROOT));
    }

    private void track(Token token, int index) {
        if (token.isSymbol("(")) {
            castStack.push(index > 0 && tokens.get(index - 1).isWord("CAST"));
        } else if (token.isSymbol(")") && !castStack.isEmpty()) {
            castStack.pop();
        }
    }

    private boolean isInCast() {
        return !castStack.isEmpty() && castStack.peek();
    }

    private boolean isAlias(int index) {
        boolean isTime = tokens.get(index).isWord("OF") && before(index, 2).isWord("SYSTEM_TIME");
        return before(index, 1).isWord("AS")
                && tokens.get(index).isName()
                && !isInCast()
                && !isTime;
    }

    private void append(int index) {
        Token token = tokens.get(index);
        track(token, index);
        out.replace(asofs.aheadOf(index), token.start());
        String words = asofs.inPlaceOf(index);
        if (words != null) {
            out.replace(words, token.start());
            return;
        }
        switch (token.kind()) {
            case NAME -> appendName(token);
            case WORD -> appendWord(token, index);
            case NUMBER -> appendNumber(token, index);
            case SYMBOL -> appendSymbol(token, index);
            case STRING -> appendString(token, index);
            case END -> {}
        }
    }

    /** {@code INTERVAL '1 hour'} and {@code INTERVAL '5' MILLISECOND} in the standard's form. */
    private void appendString(Token token, int index) {
        String standard = standardInterval(index);
        if (standard == null) {
            out.copy(token.start(), token.end());
        } else {
            out.replace(standard, token.start());
        }
    }

    private String standardInterval(int index) {
        boolean isAmount =
                tokens.get(index).kind() == Token.Kind.STRING
                        && before(index, 1).isWord("INTERVAL");
        if (!isAmount) {
            return null;
        }
        String amount = tokens.get(index).value();
        Token unit = after(index, 1);
        boolean isFine = FINE_UNITS.contains(unit.upper());
        String standard = Intervals.standard(isFine ? amount + unit.text() : amount);
        if (standard == null && !UNITS.contains(unit.upper().replaceAll("S$", ""))) {
            throw in.error(
                    ErrorCode.SYNTAX,
                    tokens.get(index),
                    "this interval has no unit: write INTERVAL '5' SECOND or INTERVAL '2 hours'");
        }
        return standard;
    }

    private void appendName(Token token) {
        out.replace("\"", token.start());
        for (int i = token.start() + 1; i < token.end() - 1; i++) {
            boolean isTick = token.text().startsWith("``", i - token.start());
            boolean isBacktick = token.text().charAt(0) == '`';
            i += isBacktick && isTick ? 1 : 0;
            boolean mustDouble = isBacktick && token.text().charAt(i - token.start()) == '"';
            out.replace(mustDouble ? "\"" : "", i);
            out.copy(i, i + 1);
        }
        out.replace("\"", token.end() - 1);
    }

    private void appendWord(Token token, int index) {
        boolean isParameterName = index > 0 && isParameter(index - 1);
        boolean isPartOfInterval =
                FINE_UNITS.contains(token.upper())
                        && index > 0
                        && standardInterval(index - 1) != null;
        boolean isOfSelect =
                token.isWord("TABLE")
                        && after(index, 1).isSymbol("(")
                        && (after(index, 2).isWord("SELECT") || after(index, 2).isWord("WITH"));
        boolean isLeftOut = isParameterName || isPartOfInterval || isOfSelect;
        if (isLeftOut || isStreamKeyword(token, index)) {
            return;
        }
        if (isAggregateAny(token, index)) {
            out.replace("BOOL_OR", token.start());
        } else if (isIntervalUnit(index)) {
            out.replace(token.upper().replaceAll("S$", ""), token.start());
        } else if (isWindowWithoutTable(token, index)) {
            out.replace("TABLE(", token.start());
            out.copy(token.start(), token.end());
            windowDepths.push(castStack.size());
        } else if (isIdentifier(token, index)) {
            out.replace("\"", token.start());
            out.copy(token.start(), token.end());
            out.replace("\"", token.end() - 1);
        } else {
            out.copy(token.start(), token.end());
        }
    }

    /** The parser takes ANY and SOME for words behind a comparison. */
    private boolean isAggregateAny(Token token, int index) {
        Token previous = before(index, 1);
        boolean isCompared =
                previous.kind() == Token.Kind.SYMBOL
                        && "=<>!".contains(previous.text().substring(0, 1));
        return (token.isWord("ANY") || token.isWord("SOME"))
                && after(index, 1).isSymbol("(")
                && !isCompared
                && !previous.isSymbol(".");
    }

    private void appendNumber(Token token, int index) {
        boolean isInterval = before(index, 1).isWord("INTERVAL");
        out.replace(isInterval ? "'" : "", token.start());
        out.copy(token.start(), token.end());
        out.replace(isInterval ? "'" : "", token.start());
    }

    /** {@code :name} without a space between: a parameter of a template. */
    private boolean isParameter(int index) {
        Token next = after(index, 1);
        return tokens.get(index).isSymbol(":")
                && next.kind() == Token.Kind.WORD
                && next.start() == tokens.get(index).end();
    }

    private void appendSymbol(Token token, int index) {
        if (isParameter(index)) {
            String name = after(index, 1).value();
            out.replace(in.parameters().text(in, token, name), token.start());
            return;
        }
        out.copy(token.start(), token.end());
        boolean closesWindow =
                token.isSymbol(")")
                        && !windowDepths.isEmpty()
                        && windowDepths.peek() == castStack.size();
        if (closesWindow) {
            windowDepths.pop();
            out.replace(")", token.start());
        }
    }

    private boolean isIdentifier(Token token, int index) {
        boolean isDescribed =
                before(index, 1).isSymbol("(") && before(index, 2).isWord("DESCRIPTOR");
        if (before(index, 1).isSymbol(".") || isDescribed) {
            return true;
        }
        Token next = after(index, 1);
        boolean isKeyword =
                STRUCTURE.contains(token.upper())
                        || next.isSymbol("(")
                        || next.kind() == Token.Kind.STRING
                        || next.kind() == Token.Kind.WORD && KEYWORD_BEFORE.contains(next.upper())
                        || isOfOrder(token, index)
                        || before(index, 1).isSymbol("::")
                        || before(index, 1).isSymbol(")") && next.isWord("TO")
                        || before(index, 1).isWord("INTERVAL") && isInCast()
                        || before(index, 1).isWord("TO")
                        || before(index, 1).isWord("AS") && isInCast();
        return !isKeyword && (isAlias(index) || names.contains(lower(token)));
    }

    /** LIMIT 5, OFFSET 2 ROWS, FETCH FIRST 3 ROWS, NULLS FIRST. */
    private boolean isOfOrder(Token token, int index) {
        if (after(index, 1).kind() == Token.Kind.NUMBER) {
            return COUNTED.contains(token.upper());
        }
        boolean isNumbered = before(index, 1).kind() == Token.Kind.NUMBER;
        return isNumbered && (token.isWord("ROW") || token.isWord("ROWS"))
                || before(index, 1).isWord("NULLS")
                        && (token.isWord("FIRST") || token.isWord("LAST"));
    }

    private boolean isIntervalUnit(int index) {
        Token amount = before(index, 1);
        boolean isAmount = amount.kind() == Token.Kind.STRING || amount.kind() == Token.Kind.NUMBER;
        return isAmount
                && before(index, 2).isWord("INTERVAL")
                && standardInterval(index - 1) == null;
    }

    private boolean isStreamKeyword(Token token, int index) {
        Token next = after(index, 1);
        return token.isWord("STREAM")
                && before(index, 1).isWord("SELECT")
                && !next.isSymbol(",")
                && !next.isWord("FROM")
                && !next.isWord("AS")
                && (next.kind() != Token.Kind.SYMBOL || next.isSymbol("*") || next.isSymbol("("));
    }

    private boolean isWindowWithoutTable(Token token, int index) {
        return WINDOWS.contains(token.upper())
                && before(index, 1).isWord("FROM")
                && after(index, 1).isSymbol("(");
    }

    private Token before(int index, int distance) {
        return index >= distance ? tokens.get(index - distance) : tokens.get(tokens.size() - 1);
    }

    private Token after(int index, int distance) {
        return tokens.get(Math.min(index + distance, tokens.size() - 1));
    }

    private static String lower(Token token) {
        return token.value().toLowerCase(Locale.ROOT);
    }
}
