package galois.sql;

import galois.api.TextPosition;

import java.util.Locale;

/**
 * A piece of a statement.
 *
 * @param text as written, quotes included
 * @param start offset in the statement of its first character
 * @param end offset behind its last character
 * @param position of {@code start}, relative to the statement
 */
record Token(Kind kind, String text, int start, int end, TextPosition position) {
    /** What a token is made of. */
    enum Kind {
        /** A keyword or an unquoted name. */
        WORD,
        /** A name in double quotes or backticks. */
        NAME,
        /** Text in single quotes. */
        STRING,
        NUMBER,
        /** An operator or a punctuation mark. */
        SYMBOL,
        /** Behind the last token. */
        END
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean isName() {
        return kind == Kind.WORD || kind == Kind.NAME;
    }

    /** The text without its quotes; what is written without quotes comes as it is. */
    String value() {
        if (kind != Kind.NAME && kind != Kind.STRING) {
            return text;
        }
        String quote = text.substring(0, 1);
        return text.substring(1, text.length() - 1).replace(quote + quote, quote);
    }

    String upper() {
        return text.toUpperCase(Locale.ROOT);
    }

    /** How an error message calls it. */
    String described() {
        return kind == Kind.END ? "the end of the statement" : "'" + Messages.shorten(text) + "'";
    }
}
