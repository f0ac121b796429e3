package galois.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

class ShutdownTest {
    @TempDir Path folder;
    private final List<String> done = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(printed, true, StandardCharsets.UTF_8);

    @Test
    void cleansUpAfterStopping() {
        Shutdown shutdown =
                new Shutdown(
                        () -> done.add("stopped"), () -> done.add("cleaned"), 10_000, folder, err);
        shutdown.run();
        assertTrue(shutdown.hasBegun());
        assertEquals(List.of("stopped", "cleaned"), done);
    }

    @Test
    void doesNotWaitForABundleThatDoesNotStop() throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        Runnable hanging =
                () -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                };
        new Shutdown(hanging, () -> done.add("cleaned"), 1, folder, err).run();
        assertEquals(List.of("cleaned"), done);
        Path stacks = folder.resolve("galois-stacks-" + ProcessHandle.current().pid() + ".txt");
        assertEquals(
                "GLS-3006 bundles did not stop in 1 ms: ending without them;"
                        + " what they were doing is in "
                        + stacks,
                printed.toString(StandardCharsets.UTF_8).strip());
        assertTrue(Files.readString(stacks).contains("galois-stop"));
    }
}
