package galois.launcher;

import org.slf4j.Logger;

import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.Callable;

/**
 * Calls a command on the present thread and turns its outcome into an exit code and at most one
 * line.
 */
final class CommandCall {
    private final Callable<Integer> command;
    private final Shutdown shutdown;
    private final PrintStream err;
    private final Logger log;

    CommandCall(Callable<Integer> command, Shutdown shutdown, PrintStream err, Logger log) {
        this.command = command;
        this.shutdown = shutdown;
        this.err = err;
        this.log = log;
    }

    /**
     * A failure that only tells that the framework is being stopped under the command is not shown.
     */
    int exitCode() {
        try {
            return command.call();
        } catch (Exception e) { // boundary: the command is a bundle's code
            return failed(e);
        } catch (LinkageError | AssertionError | StackOverflowError e) {
            return failed(e);
        }
    }

    private int failed(Throwable e) {
        if (shutdown.hasBegun()) {
            return 1;
        }
        log.debug("the command failed", e);
        String text = userText(e);
        if (text == null) {
            err.println("GLS-9001 a defect in GALOIS: " + e + place(e) + "; please report it");
            return 1;
        }
        err.println(text);
        return text.startsWith("GLS-1") || text.startsWith("GLS-2") ? 2 : 1;
    }

    /**
     * GALOIS exceptions say by themselves what to show. Their class belongs to a bundle, which the
     * launcher, being outside of the framework, cannot name.
     */
    private static String userText(Throwable e) {
        try {
            return String.valueOf(e.getClass().getMethod("userText").invoke(e));
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException x) {
            return null;
        }
    }

    private static String place(Throwable e) {
        StackTraceElement[] trace = e.getStackTrace();
        return trace.length == 0 ? "" : " at " + trace[0];
    }
}
