package galois.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The golden vectors of the ABI: modules, calls and exact output bytes. To make them anew after a
 * wanted change: run this test with {@code -Dgalois.vectors=DIRECTORY}.
 */
class GoldenVectorTest {
    private static final long NODE_SECONDS_MAX = 60;

    @BeforeAll
    static void writeWhenAsked() throws IOException {
        String target = System.getProperty("galois.vectors");
        if (target == null) {
            return;
        }
        for (VectorPlans.Vector vector : VectorPlans.all()) {
            byte[] wasm = new WasmKernelCompiler().compile(vector.plan()).wasm();
            Files.write(Path.of(target, vector.name() + ".wasm"), wasm);
            Files.write(
                    Path.of(target, vector.name() + ".vector"),
                    new VectorScript(wasm).run(vector.script()));
        }
    }

    private static Path file(String name) throws URISyntaxException {
        return Path.of(GoldenVectorTest.class.getResource("/vectors/" + name).toURI());
    }

    @Test
    void storedModulesGiveTheStoredBytes() throws Exception {
        for (VectorPlans.Vector vector : VectorPlans.all()) {
            byte[] wasm = Files.readAllBytes(file(vector.name() + ".wasm"));
            List<String> lines = Files.readAllLines(file(vector.name() + ".vector"));
            assertEquals(text(lines), text(new VectorScript(wasm).run(lines)), vector.name());
        }
    }

    @Test
    void presentCompilerGivesTheStoredBytes() throws Exception {
        for (VectorPlans.Vector vector : VectorPlans.all()) {
            byte[] wasm = new WasmKernelCompiler().compile(vector.plan()).wasm();
            List<String> lines = Files.readAllLines(file(vector.name() + ".vector"));
            List<String> actual = new VectorScript(wasm).run(vector.script());
            assertEquals(text(lines), text(actual), vector.name());
        }
    }

    @Test
    void anotherEngineGivesTheSameBytes() throws Exception {
        List<String> command = new ArrayList<>(List.of("node", file("run.mjs").toString()));
        for (VectorPlans.Vector vector : VectorPlans.all()) {
            command.add(file(vector.name() + ".vector").toString());
        }
        Path output = Files.createTempFile("vectors", ".txt");
        try {
            Process node = start(command, output);
            assumeTrue(node != null, "SKIPPED: golden vectors in Node.js, because node is absent");
            boolean ended = node.waitFor(NODE_SECONDS_MAX, TimeUnit.SECONDS);
            if (!ended) {
                node.destroyForcibly();
            }
            String said = Files.readString(output, StandardCharsets.UTF_8);
            assertTrue(ended && node.exitValue() == 0, said);
        } finally {
            Files.delete(output);
        }
    }

    /** Starts Node.js; {@code null} when it is not there. */
    private static Process start(List<String> command, Path output) {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException absent) {
            return null;
        }
    }

    private static String text(List<String> lines) {
        return String.join("\n", lines);
    }
}
