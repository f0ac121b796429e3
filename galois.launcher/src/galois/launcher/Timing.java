package galois.launcher;

import java.io.PrintStream;
import java.util.Locale;

/**
 * Prints how long after the start of the JVM each phase was reached ({@code --timing}). Main
 * thread.
 */
final class Timing {
    private final boolean enabled;
    private final PrintStream out;
    private final long startMs;
    private long lastMs;

    Timing(boolean enabled, PrintStream out, long startMs) {
        this.enabled = enabled;
        this.out = out;
        this.startMs = startMs;
        this.lastMs = startMs;
    }

    void phase(String name) {
        if (enabled) {
            long nowMs = System.currentTimeMillis();
            out.printf(
                    Locale.ROOT,
                    "timing %6d ms  +%5d ms  %s%n",
                    nowMs - startMs,
                    nowMs - lastMs,
                    name);
            lastMs = nowMs;
        }
    }
}
