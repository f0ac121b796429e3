package galois.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

class BundleRuntimeTest {
    @TempDir Path folder;

    @Test
    void startsBundlesAndStops() throws Exception {
        BundleRuntime runtime = runtime(bundle("good", ""));
        runtime.startFramework();
        runtime.startBundles();
        runtime.stop();
        runtime.awaitStop();
    }

    @Test
    void namesEveryBundleThatDoesNotStart() throws Exception {
        Path absent = folder.resolve("absent.jar");
        BundleRuntime runtime = runtime(bundle("lonely", "nobody.exports.this"), absent);
        runtime.startFramework();
        LaunchFailure failure = assertThrows(LaunchFailure.class, runtime::startBundles);
        runtime.stop();
        List<String> lines = failure.getMessage().lines().toList();
        assertEquals(1, failure.exitCode());
        assertEquals(2, lines.size(), failure.getMessage());
        assertTrue(lines.get(0).startsWith("GLS-1005 cannot install " + absent), lines.get(0));
        assertTrue(lines.get(1).startsWith("GLS-1005 cannot start bundle lonely: "), lines.get(1));
        assertTrue(lines.get(1).contains("nobody.exports.this"), lines.get(1));
    }

    private BundleRuntime runtime(Path... bundles) throws IOException {
        LaunchOptions options =
                new LaunchOptions(
                        Path.of("x.run"),
                        Optional.empty(),
                        Optional.empty(),
                        5_000,
                        false,
                        Map.of(),
                        List.of());
        RunDescription description = new RunDescription(List.of(bundles), Map.of());
        return new BundleRuntime(
                description, options, Files.createTempDirectory(folder, "storage"));
    }

    private Path bundle(String name, String imports) throws IOException {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", name);
        if (!imports.isEmpty()) {
            headers.putValue("Import-Package", imports);
        }
        Path jar = folder.resolve(name + ".jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            out.finish();
        }
        return jar;
    }
}
