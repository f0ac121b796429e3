package galois.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;

class CommandCallTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Shutdown shutdown =
            new Shutdown(() -> {}, () -> {}, 10_000, Path.of(""), new PrintStream(err));

    /** Looks like the exception of the contracts bundle, which the launcher cannot see. */
    public static final class Told extends RuntimeException {
        private static final long serialVersionUID = 1;

        Told(String text) {
            super(text);
        }

        public String userText() {
            return getMessage();
        }
    }

    @Test
    void returnsWhatTheCommandReturns() {
        assertEquals(7, call(() -> 7));
        assertEquals("", printed());
    }

    @Test
    void aMistakeOfTheUserIsOneLineAndTwo() {
        assertEquals(2, call(() -> fail("GLS-2001 line 1, column 3: expected FROM")));
        assertEquals("GLS-2001 line 1, column 3: expected FROM", printed());
    }

    @Test
    void aFailureAtRunTimeIsOneLineAndOne() {
        assertEquals(1, call(() -> fail("GLS-4001 no broker at tcp://localhost:1")));
    }

    @Test
    void aDefectIsOneLineWithoutStackTrace() {
        assertEquals(1, call(() -> Integer.valueOf("x")));
        assertTrue(printed().startsWith("GLS-9001 a defect in GALOIS: "), printed());
        assertEquals(1, printed().lines().count());
    }

    @Test
    void whatBreaksWhileTheFrameworkStopsIsNotShown() {
        assertEquals(
                1,
                call(
                        () -> {
                            shutdown.run();
                            throw new IllegalStateException("bundle context is no longer valid");
                        }));
        assertEquals("", printed());
    }

    private static Integer fail(String text) {
        throw new Told(text);
    }

    private int call(Callable<Integer> command) {
        PrintStream out = new PrintStream(err, true, StandardCharsets.UTF_8);
        return new CommandCall(command, shutdown, out, NOPLogger.NOP_LOGGER).exitCode();
    }

    private String printed() {
        return err.toString(StandardCharsets.UTF_8).strip();
    }
}
