package galois.demo;

import galois.api.Clock;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/** Prints to standard error when the phases of the start were reached ({@code --timing}). */
final class Phases {
    private final boolean shown;
    private final Clock clock;
    private final long jvmStartUs;

    Phases(boolean shown, Clock clock) {
        this.shown = shown;
        this.clock = clock;
        this.jvmStartUs = ManagementFactory.getRuntimeMXBean().getStartTime() * 1_000;
    }

    void reached(String phase) {
        if (shown) {
            System.err.println(
                    String.format(
                            Locale.ROOT,
                            "timing %6d ms             %s",
                            (clock.epochUs() - jvmStartUs) / 1_000,
                            phase));
        }
    }
}
