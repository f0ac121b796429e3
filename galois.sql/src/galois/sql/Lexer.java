package galois.sql;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.TextPosition;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts text into tokens and leaves out space and comments ({@code --} to the end of the line,
 * {@code /* *}{@code /}). Positions count UTF-16 units; a line ends with LF, CR or CR LF.
 */
final class Lexer {
    private static final List<String> PAIRS = List.of("::", "<>", "!=", "<=", ">=", "||", "=>");

    private final String text;
    private final TextPosition start;
    private int at;
    private int line = 1;
    private int lineStart;

    private Lexer(String text, TextPosition start) {
        this.text = text;
        this.start = start;
    }

    /**
     * All tokens, then one of kind END.
     *
     * @param start where the text begins in the script; errors are reported relative to the script,
     *     positions of tokens relative to the text
     * @throws GaloisException SYNTAX for a quote or comment that does not end
     */
    static List<Token> tokens(String text, TextPosition start) {
        Lexer lexer = new Lexer(text, start);
        List<Token> tokens = new ArrayList<>();
        do {
            tokens.add(lexer.next());
        } while (tokens.get(tokens.size() - 1).kind() != Token.Kind.END);
        return tokens;
    }

    private Token next() {
        skipSpace();
        int from = at;
        TextPosition position = position();
        Token.Kind kind = kindAt();
        switch (kind) {
            case WORD -> skipWord();
            case NUMBER -> skipNumber();
            case STRING, NAME -> skipQuoted(position);
            case SYMBOL -> at += symbolLength();
            case END -> {}
        }
        return new Token(kind, text.substring(from, at), from, at, position);
    }

    private Token.Kind kindAt() {
        if (at >= text.length()) {
            return Token.Kind.END;
        }
        char c = text.charAt(at);
        if (Character.isLetter(c) || c == '_') {
            return Token.Kind.WORD;
        }
        if (isDigit(c) || c == '.' && isDigit(charAt(at + 1))) {
            return Token.Kind.NUMBER;
        }
        return c == '\''
                ? Token.Kind.STRING
                : c == '"' || c == '`' ? Token.Kind.NAME : Token.Kind.SYMBOL;
    }

    private void skipSpace() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c) || c == '\uFEFF' || c == '\u00A0') {
                advance();
            } else if (text.startsWith("--", at)) {
                while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
                    at++;
                }
            } else if (text.startsWith("/*", at)) {
                skipComment();
            } else {
                return;
            }
        }
    }

    private void skipComment() {
        TextPosition open = position();
        int end = text.indexOf("*/", at + 2);
        if (end < 0) {
            throw unterminated("comment", "*/", open);
        }
        while (at < end + 2) {
            advance();
        }
    }

    private void skipQuoted(TextPosition open) {
        char quote = text.charAt(at);
        advance();
        while (at < text.length()) {
            boolean isQuote = text.charAt(at) == quote;
            advance();
            if (isQuote && charAt(at) != quote) {
                return;
            }
            if (isQuote) {
                advance();
            }
        }
        throw unterminated(quote == '\'' ? "text" : "name", String.valueOf(quote), open);
    }

    private void skipWord() {
        while (Character.isLetterOrDigit(charAt(at)) || charAt(at) == '_' || charAt(at) == '$') {
            at++;
        }
    }

    private void skipNumber() {
        skipDigits();
        if (charAt(at) == '.') {
            at++;
            skipDigits();
        }
        if (charAt(at) == 'e' || charAt(at) == 'E') {
            int sign = charAt(at + 1) == '+' || charAt(at + 1) == '-' ? 1 : 0;
            if (isDigit(charAt(at + 1 + sign))) {
                at += 1 + sign;
                skipDigits();
            }
        }
    }

    private void skipDigits() {
        while (isDigit(charAt(at))) {
            at++;
        }
    }

    private int symbolLength() {
        for (String pair : PAIRS) {
            if (text.startsWith(pair, at)) {
                return pair.length();
            }
        }
        return Character.charCount(text.codePointAt(at));
    }

    private void advance() {
        char c = text.charAt(at++);
        if (c == '\n' || c == '\r' && charAt(at) != '\n') {
            line++;
            lineStart = at;
        }
    }

    private char charAt(int index) {
        return index < text.length() ? text.charAt(index) : 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private TextPosition position() {
        return new TextPosition(line, at - lineStart + 1);
    }

    private GaloisException unterminated(String what, String end, TextPosition open) {
        return new GaloisException(
                ErrorCode.SYNTAX,
                "this " + what + " does not end: " + end + " is missing",
                start.plus(open));
    }
}
