package galois.shell.client;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.TextPosition;
import galois.api.control.Message.Failure;

/** Errors that crossed the bus, as exceptions again. */
final class Failures {
    private Failures() {}

    static GaloisException exception(Failure failure) {
        if (failure == null) {
            return new GaloisException(ErrorCode.BUG, "the query failed and nothing says why");
        }
        for (ErrorCode code : ErrorCode.values()) {
            if (code.number() == failure.number()) {
                return new GaloisException(
                        code,
                        failure.message(),
                        new TextPosition(failure.line(), failure.column()));
            }
        }
        return new GaloisException(
                ErrorCode.BUG, "unknown error " + failure.number() + ": " + failure.message());
    }
}
