package galois.shell;

import java.io.PrintStream;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** One line on a terminal's standard error, drawn again every second while queries run. */
final class StatusLine implements AutoCloseable {
    private static final long REDRAW_MS = 1_000;

    private final PrintStream err;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread thread = new Thread(task, "galois-shell-status");
                        thread.setDaemon(true);
                        return thread;
                    });

    StatusLine(PrintStream err, Supplier<String> text) {
        this.err = err;
        timer.scheduleWithFixedDelay(
                () -> err.print("\r" + text.get() + "\033[K"),
                REDRAW_MS,
                REDRAW_MS,
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        err.print("\r\033[K");
    }
}
