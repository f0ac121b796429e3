package galois.api;

import java.util.Objects;

/**
 * A failure with a number. The message is one line that names the thing and the remedy; users see
 * {@link #userText} and never a stack trace.
 */
public final class GaloisException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ErrorCode code;
    private final transient TextPosition position;

    public GaloisException(ErrorCode code, String message) {
        this(code, message, TextPosition.NONE, null);
    }

    public GaloisException(ErrorCode code, String message, Throwable cause) {
        this(code, message, TextPosition.NONE, cause);
    }

    public GaloisException(ErrorCode code, String message, TextPosition position) {
        this(code, message, position, null);
    }

    private GaloisException(
            ErrorCode code, String message, TextPosition position, Throwable cause) {
        super(message, cause);
        this.code = Objects.requireNonNull(code, "code");
        this.position = position;
    }

    public ErrorCode code() {
        return code;
    }

    /** Where in the query text; {@link TextPosition#NONE} when the error is not about text. */
    public TextPosition position() {
        return position == null ? TextPosition.NONE : position;
    }

    /** {@code GLS-2003 line 2, column 8: unknown column "temps": columns are "temp", "hum"}. */
    public String userText() {
        String where = position().isKnown() ? position() + ": " : "";
        return code.text() + " " + where + getMessage();
    }
}
