package galois.tool;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Optional;

/** Counts tests and prints the failed and the skipped ones with their reason. Single thread. */
final class TestTally implements TestExecutionListener {
    private final PrintStream out;
    private int passed;
    private int failed;
    private int skipped;

    TestTally(PrintStream out) {
        this.out = out;
    }

    int count() {
        return passed + failed + skipped;
    }

    int failed() {
        return failed;
    }

    void add(TestTally other) {
        passed += other.passed;
        failed += other.failed;
        skipped += other.skipped;
    }

    String line() {
        return passed + " " + failed + " " + skipped;
    }

    @Override
    public String toString() {
        return passed
                + " passed"
                + (failed > 0 ? ", " + failed + " FAILED" : "")
                + (skipped > 0 ? ", " + skipped + " skipped" : "");
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        skip(test, reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        Throwable cause = result.getThrowable().orElse(null);
        switch (result.getStatus()) {
            case SUCCESSFUL -> passed += test.isTest() ? 1 : 0;
            case ABORTED -> skip(test, cause == null ? "aborted" : cause.getMessage());
            case FAILED -> fail(test, cause);
        }
    }

    private void skip(TestIdentifier test, String reason) {
        skipped++;
        out.println("  skipped " + name(test) + ": " + reason);
    }

    private void fail(TestIdentifier test, Throwable cause) {
        failed++;
        out.println("  FAILED " + name(test));
        out.println(indent(String.valueOf(cause)));
        if (cause != null) {
            Arrays.stream(cause.getStackTrace())
                    .filter(frame -> frame.getClassName().startsWith("galois."))
                    .limit(3)
                    .forEach(frame -> out.println("      at " + frame));
            for (Throwable inner = cause.getCause(); inner != null; inner = inner.getCause()) {
                out.println(indent("caused by " + inner));
                Arrays.stream(inner.getStackTrace())
                        .limit(5)
                        .forEach(frame -> out.println("      at " + frame));
            }
        }
    }

    private static String indent(String text) {
        return "    " + text.strip().replace("\n", "\n    ");
    }

    private static String name(TestIdentifier test) {
        Optional<TestSource> source = test.getSource();
        if (source.isPresent() && source.get() instanceof MethodSource method) {
            String plain = method.getMethodName() + "()";
            String shown = test.getDisplayName();
            return method.getClassName()
                    + "."
                    + method.getMethodName()
                    + (shown.equals(plain) ? "" : " " + shown);
        }
        if (source.isPresent() && source.get() instanceof ClassSource type) {
            return type.getClassName();
        }
        return test.getDisplayName();
    }
}
