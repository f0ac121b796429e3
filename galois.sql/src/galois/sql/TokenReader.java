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
    private int next;

    TokenReader(SourceText source) {
        this.source = source;
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
