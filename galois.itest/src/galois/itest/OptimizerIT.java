package galois.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.client.ClientSession;
import galois.api.client.QueryClient;
import galois.api.query.SourceText;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** A strategy of logical optimisation is a bundle that is dropped in at run time. */
@Timeout(180)
class OptimizerIT {
    private static final String SELECT = "SELECT a FROM readings WHERE a > 1";

    @TempDir Path folder;

    @Test
    void aBundleBringsAStrategyThatIsChosenByNameAndTakesItAway() throws Exception {
        Path file = Files.writeString(folder.resolve("readings.csv"), "a\n1\n2\n3\n");
        BundleContext context = FrameworkUtil.getBundle(OptimizerIT.class).getBundleContext();
        try (Installation installation = new Installation();
                ClientSession session =
                        installation.await(QueryClient.class, "").open(problems -> {})) {
            execute(
                    session,
                    "CREATE STREAM readings (a INTEGER) WITH (transport = 'file', path = '"
                            + file
                            + "', format = 'csv', header = 'true')",
                    null);
            Bundle bundle = context.installBundle("itest:twice", optimizerBundle());
            try {
                bundle.start();
                execute(session, "SET 'optimizer' = 'twice'", null);
                String text = execute(session, "EXPLAIN " + SELECT, null).text();
                String optimized = text.substring(text.indexOf("Optimized plan (twice)"));
                assertEquals(3, optimized.split("Filter ").length, text);
                Rows rows = new Rows();
                execute(session, SELECT, rows).query().ended().get(60, TimeUnit.SECONDS);
                assertEquals(List.of("2", "3"), rows.list());
            } finally {
                bundle.uninstall();
            }
            GaloisException gone =
                    assertThrows(GaloisException.class, () -> execute(session, SELECT, new Rows()));
            assertEquals(ErrorCode.UNKNOWN_SERVICE, gone.code());
            assertTrue(gone.userText().startsWith("GLS-1004 "), gone::userText);
            assertTrue(gone.getMessage().contains("\"twice\""), gone::userText);
            assertTrue(gone.getMessage().contains("\"heuristic\""), gone::userText);
        }
    }

    private static ClientSession.Outcome execute(ClientSession session, String sql, Rows rows) {
        SourceText statement = session.split(sql).get(0);
        return session.execute(statement, rows);
    }

    /** A bundle with nothing but the one class. */
    private static InputStream optimizerBundle() throws IOException {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", "galois.itest.twice");
        headers.putValue("Bundle-Activator", TwiceOptimizer.class.getName());
        headers.putValue("Import-Package", "galois.api.plan,galois.api.query,org.osgi.framework");
        String entry = TwiceOptimizer.class.getName().replace('.', '/') + ".class";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest);
                InputStream code = TwiceOptimizer.class.getResourceAsStream("/" + entry)) {
            jar.putNextEntry(new ZipEntry(entry));
            code.transferTo(jar);
            jar.closeEntry();
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}
