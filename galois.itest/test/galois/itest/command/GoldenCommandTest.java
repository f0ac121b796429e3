package galois.itest.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import galois.itest.command.GaloisCommand.Result;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The golden scripts once more, through every tier: {@code ./galois sql --each}. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class GoldenCommandTest {
    private static final Path GOLDEN = GaloisCommand.ROOT.resolve("galois.itest/golden");

    @TempDir Path folder;

    @Test
    void everyScriptPrintsWhatTheFileBesideItSays() throws Exception {
        for (Path file : files(GOLDEN)) {
            copy(file);
        }
        Files.createDirectory(folder.resolve("data"));
        for (Path file : files(GOLDEN.resolve("data"))) {
            copy(file);
        }
        Result result = GaloisCommand.run("sql", "--each", folder.toString());
        List<Path> scripts = files(folder).stream().filter(f -> name(f).endsWith(".sql")).toList();
        assumeTrue(
                result.err().contains(scripts.size() + " scripts"),
                () -> "./galois sql --each does not run here: " + result.text());
        StringBuilder expected = new StringBuilder();
        StringBuilder actual = new StringBuilder();
        for (Path script : scripts) {
            String base = name(script).replaceFirst("\\.sql$", "");
            expected.append("== ").append(base).append('\n');
            expected.append(Files.readString(folder.resolve(base + ".csv")));
            actual.append("== ").append(base).append('\n');
            actual.append(withoutKernels(Files.readString(folder.resolve(base + ".out"))));
        }
        assertEquals(expected.toString(), actual.toString(), result::err);
    }

    /** Kernels and placement, which follow the plans, are not the same with every compiler. */
    private static String withoutKernels(String text) {
        return text.replaceAll("(?m)^Kernels.*\\n(  .*\\n)*", "")
                .replaceAll("(?m)^Placement.*\\n(  .*\\n)*", "");
    }

    private void copy(Path file) throws IOException {
        Files.copy(file, folder.resolve(GOLDEN.relativize(file)));
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
