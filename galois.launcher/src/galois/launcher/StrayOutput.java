package galois.launcher;

import org.slf4j.Logger;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * What libraries print to {@code System.out} becomes log lines: standard output belongs to the
 * results of queries, which are written to the file descriptor.
 */
final class StrayOutput extends OutputStream {
    /** Longer lines are cut into several. */
    static final int LINE_BYTES_MAX = 4_096;

    private final Logger log;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    private StrayOutput(Logger log) {
        this.log = log;
    }

    static PrintStream to(Logger log) {
        return new PrintStream(new StrayOutput(log), false, StandardCharsets.UTF_8);
    }

    /** Called under the lock of the PrintStream around it. */
    @Override
    public void write(int b) {
        if (b == '\n' || line.size() >= LINE_BYTES_MAX) {
            logLine();
        }
        if (b != '\n' && b != '\r') {
            line.write(b);
        }
    }

    private void logLine() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (text.startsWith("[WARN") || text.startsWith("[ERROR")) {
            log.warn(text);
        } else {
            log.debug(text);
        }
    }
}
