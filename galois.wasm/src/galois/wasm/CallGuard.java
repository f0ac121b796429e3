package galois.wasm;

import galois.api.ErrorCode;
import galois.api.GaloisException;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether an instance may still be used. One trap or one broken rule ends it for good. */
final class CallGuard {
    private static final Pattern INDEX = Pattern.compile("-?\\d{1,10}");

    private final String name;
    private String end;

    CallGuard(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /**
     * @throws GaloisException KERNEL_FAILED after the end
     */
    void checkAlive() {
        if (end != null) {
            throw new GaloisException(
                    ErrorCode.KERNEL_FAILED,
                    "kernel " + name + " is not usable any more: " + end + "; start it anew");
        }
    }

    /** Nothing is called after this. */
    void end(String reason) {
        if (end == null) {
            end = reason;
        }
    }

    /** Ends the instance when a rule of docs/abi.md is broken. */
    void check(boolean rule, String breach) {
        if (!rule) {
            throw failed(breach, null);
        }
    }

    /** Ends the instance: the module trapped. */
    GaloisException trapped(Throwable trap) {
        String text = trap.getMessage();
        if (trap instanceof StackOverflowError) {
            text = "call stack exhausted";
        } else if (trap instanceof IndexOutOfBoundsException) {
            text = outside(String.valueOf(text));
        } else if (text == null) {
            text = trap.getClass().getSimpleName();
        }
        return failed("trap: " + text.lines().findFirst().orElse(""), trap);
    }

    /** The JVM says "Index -16 out of bounds for length 65529". */
    private static String outside(String text) {
        Matcher index = INDEX.matcher(text);
        String address =
                index.find() ? Integer.toUnsignedString(Integer.parseInt(index.group())) : "";
        return "address " + address + " is outside the memory";
    }

    private GaloisException failed(String reason, Throwable cause) {
        end(reason);
        return new GaloisException(
                ErrorCode.KERNEL_FAILED, "kernel " + name + " failed: " + reason, cause);
    }
}
