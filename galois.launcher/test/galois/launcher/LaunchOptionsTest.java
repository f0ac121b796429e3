package galois.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class LaunchOptionsTest {
    @Test
    void separatesItsOwnOptionsFromTheCommands() throws LaunchFailure {
        LaunchOptions options =
                LaunchOptions.parse(
                        "--run",
                        "sql.run",
                        "--main",
                        "sql",
                        "--set",
                        "a=b=c",
                        "--timing",
                        "--",
                        "-e",
                        "SELECT 1",
                        "--run");
        assertEquals(Path.of("sql.run"), options.runFile());
        assertEquals(Optional.of("sql"), options.main());
        assertEquals(Map.of("a", "b=c"), options.properties());
        assertTrue(options.timing());
        assertTrue(options.dataDir().isEmpty());
        assertEquals(List.of("-e", "SELECT 1", "--run"), options.arguments());
    }

    @Test
    void refusesUnknownOptionsMissingValuesAndAMissingRunFile() {
        assertUsage("unknown launcher option --rum", "--rum", "x");
        assertUsage("--main needs a value", "--run", "x", "--main");
        assertUsage("--run FILE is missing", "--timing");
    }

    private static void assertUsage(String what, String... args) {
        LaunchFailure failure = assertThrows(LaunchFailure.class, () -> LaunchOptions.parse(args));
        assertEquals(2, failure.exitCode());
        assertTrue(failure.getMessage().startsWith("GLS-1001 " + what), failure.getMessage());
    }
}
