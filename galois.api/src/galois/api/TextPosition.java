package galois.api;

/**
 * A place in a script, counted from 1.
 *
 * @param line 0 when unknown
 * @param column in UTF-16 units, 0 when unknown
 */
public record TextPosition(int line, int column) {
    public static final TextPosition NONE = new TextPosition(0, 0);

    public boolean isKnown() {
        return line > 0;
    }

    /** The position in the script of a position inside a piece of it that starts here. */
    public TextPosition plus(TextPosition inner) {
        if (!isKnown() || !inner.isKnown()) {
            return inner;
        }
        return inner.line == 1
                ? new TextPosition(line, column + inner.column - 1)
                : new TextPosition(line + inner.line - 1, inner.column);
    }

    @Override
    public String toString() {
        return "line " + line + ", column " + column;
    }
}
