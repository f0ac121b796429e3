package galois.sql;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.TextPosition;
import galois.api.query.SourceText;

import java.util.List;

/** Reads the tokens of one statement in order; every error it makes has a place in the script. */
final class TokenReader {
    private final List<Token> tokens;
    private final SourceText source;
    private final Parameters parameters;
    private int next;

    TokenReader(SourceText source) {
        this(source, Parameters.NONE);
    }

    /**
     * @param parameters what stands for {@code :name}
     */
    TokenReader(SourceText source, Parameters parameters) {
        this.source = source;
        this.parameters = parameters;
        tokens = Lexer.tokens(source.text(), source.start());
    }

    SourceText source() {
        return source;
    }

    Token peek() {
        return tokens.get(next);
    }

    /** The token after the next one. */
    Token peekSecond() {
        return tokens.get(Math.min(next + 1, tokens.size() - 1));
    }

    /** Takes the next token; the END token stays. */
    Token take() {
        Token token = tokens.get(next);
        next += token.kind() == Token.Kind.END ? 0 : 1;
        return token;
    }

    Parameters parameters() {
        return parameters;
    }

    /** Takes {@code IF NOT EXISTS}; false when it is not there. */
    boolean takeIfNotExists() {
        if (!takeWord("IF")) {
            return false;
        }
        expectWord("NOT");
        expectWord("EXISTS");
        return true;
    }

    /** Takes {@code IF EXISTS}; false when it is not there. */
    boolean takeIfExists() {
        if (!takeWord("IF")) {
            return false;
        }
        expectWord("EXISTS");
        return true;
    }

    /** Takes everything that is left, as a statement of its own. */
    SourceText restAsSource() {
        return takeTo(tokens.size() - 1);
    }

    /** Takes everything before the last place of two words in a row, or before the end. */
    SourceText sourceBefore(String first, String second) {
        int end = tokens.size() - 1;
        for (int i = next; i < tokens.size() - 1; i++) {
            boolean isThere = tokens.get(i).isWord(first) && tokens.get(i + 1).isWord(second);
            end = isThere ? i : end;
        }
        return takeTo(end);
    }

    private SourceText takeTo(int end) {
        int from = peek().start();
        int to = end > next ? tokens.get(end - 1).end() : from;
        SourceText taken =
                new SourceText(source.text().substring(from, to), inScript(peek().position()));
        next = Math.max(end, next);
        return taken;
    }

    /** Everything not yet taken, END included. */
    List<Token> rest() {
        return tokens.subList(next, tokens.size());
    }

    boolean takeWord(String word) {
        return takeIf(peek().isWord(word));
    }

    boolean takeSymbol(String symbol) {
        return takeIf(peek().isSymbol(symbol));
    }

    private boolean takeIf(boolean matches) {
        next += matches ? 1 : 0;
        return matches;
    }

    void expectWord(String word) {
        if (!takeWord(word)) {
            throw expected(word);
        }
    }

    void expectSymbol(String symbol) {
        if (!takeSymbol(symbol)) {
            throw expected("'" + symbol + "'");
        }
    }

    /** A name, quoted or not. */
    Token expectName(String what) {
        if (!peek().isName()) {
            throw expected(what);
        }
        return take();
    }

    /** A text in single quotes. */
    Token expectString(String what) {
        if (peek().kind() != Token.Kind.STRING) {
            throw expected(what + " in single quotes");
        }
        return take();
    }

    void expectEnd() {
        if (peek().kind() != Token.Kind.END) {
            throw expected("the end of the statement");
        }
    }

    GaloisException expected(String what) {
        return error(
                ErrorCode.SYNTAX, peek(), "expected " + what + ", found " + peek().described());
    }

    GaloisException error(ErrorCode code, Token at, String message) {
        return new GaloisException(code, message, inScript(at.position()));
    }

    TextPosition inScript(TextPosition inStatement) {
        return source.start().plus(inStatement);
    }
}
