package galois.api.pattern;

/** A pattern that cannot be used; the message says why and what to write, for the user. */
public final class PatternException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean limit;

    private PatternException(String message, boolean limit) {
        super(message);
        this.limit = limit;
    }

    static PatternException syntax(String message) {
        return new PatternException(message, false);
    }

    static PatternException limit(String message) {
        return new PatternException(message, true);
    }

    /** True when the pattern is right but too large. */
    public boolean isLimit() {
        return limit;
    }
}
