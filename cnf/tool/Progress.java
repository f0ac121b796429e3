package galois.tool;

import java.util.Locale;

/** What the user sees of a build: one line per thing that was made, on standard error. */
final class Progress {
    private final long startNs = System.nanoTime();
    private final boolean quiet;
    private int made;

    Progress(boolean quiet) {
        this.quiet = quiet;
    }

    /**
     * Reports that {@code what} took from {@code sinceNs} (of {@link System#nanoTime}) until now.
     */
    void made(String what, long sinceNs) {
        made++;
        if (!quiet) {
            System.err.printf(
                    Locale.ROOT, "%-32s %5d ms%n", what, (System.nanoTime() - sinceNs) / 1_000_000);
        }
    }

    void warn(String line) {
        System.err.println("warning: " + line);
    }

    void done() {
        if (made > 0 && !quiet) {
            System.err.printf(
                    Locale.ROOT, "built in %.1f s%n", (System.nanoTime() - startNs) / 1e9);
        }
    }

    void failed(String why) {
        System.err.println("build failed: " + why);
    }
}
