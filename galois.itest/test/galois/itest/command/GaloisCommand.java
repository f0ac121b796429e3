package galois.itest.command;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs {@code ./galois} as a person would, with the Java of the tests. */
final class GaloisCommand {
    static final Path ROOT = Path.of(System.getProperty("galois.workspace", "..")).toAbsolutePath();

    /** Generous: the first command may have to build. */
    static final long TIMEOUT_S = 240;

    private GaloisCommand() {}

    /** What a command left behind. */
    record Result(int exitCode, String out, String err) {
        /** For a failure message. */
        String text() {
            return "exit code " + exitCode + "\n" + out + "\n" + err;
        }

        String lastLine() {
            String[] lines = out.strip().split("\n");
            return lines[lines.length - 1];
        }
    }

    static Result run(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("./galois"));
        command.addAll(List.of(words));
        return run(command, Map.of());
    }

    /** A line of a shell, from the root of the workspace. */
    static Result shell(String line) throws IOException, InterruptedException {
        return run(List.of("bash", "-c", line), Map.of());
    }

    static Result run(List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("galois", ".out");
        Path err = Files.createTempFile("galois", ".err");
        try {
            Process process = start(command, environment, out.toFile(), err.toFile());
            if (!process.waitFor(TIMEOUT_S, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new IOException(command + " did not end within " + TIMEOUT_S + " s");
            }
            return new Result(process.exitValue(), text(out), text(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** Starts without waiting; the caller ends it. */
    static Process start(List<String> command, Map<String, String> environment, File out, File err)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(ROOT.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        return builder.redirectOutput(out).redirectError(err).start();
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
