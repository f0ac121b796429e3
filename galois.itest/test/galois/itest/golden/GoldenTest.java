package galois.itest.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.itest.engine.SqlEngine;
import galois.itest.engine.Variant;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every script of {@code golden} gives exactly the text beside it, in whatever way it is run. With
 * {@code -Dgolden.update=true} the texts are written instead of compared.
 */
class GoldenTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("galois.workspace", "..")).resolve("galois.itest/golden");

    private static final SqlEngine ENGINE = new SqlEngine();

    static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<Path> scripts = files.filter(f -> f.toString().endsWith(".sql")).sorted().toList();
            assertTrue(scripts.size() > 10, "scripts in " + FOLDER);
            return scripts;
        }
    }

    static Path expected(Path script) {
        return script.resolveSibling(script.getFileName().toString().replace(".sql", ".csv"));
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void givesWhatTheFileBesideItSays(Path script) throws IOException {
        String actual = new GoldenScript(ENGINE, script, Variant.USUAL).run();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(expected(script), actual);
        }
        assertEquals(Files.readString(expected(script)), actual);
        for (Variant variant :
                List.of(
                        Variant.PLAIN,
                        new Variant("heuristic", true, 1, true, true),
                        new Variant("cost", false, 2, false, true),
                        new Variant("none", true, 3, false, false))) {
            assertEquals(
                    actual, new GoldenScript(ENGINE, script, variant).run(), variant::toString);
        }
        for (Variant variant :
                List.of(
                        new Variant("heuristic", false, Variant.ALL_ROWS, false, false, 2),
                        new Variant("none", true, 2, true, true, 3))) {
            assertEquals(
                    sorted(actual),
                    sorted(new GoldenScript(ENGINE, script, variant).run()),
                    variant::toString);
        }
    }

    /** Instances that run side by side give their rows in no certain order. */
    private static List<String> sorted(String result) {
        return result.lines().sorted().toList();
    }
}
