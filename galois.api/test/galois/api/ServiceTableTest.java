package galois.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

@Timeout(30)
class ServiceTableTest {
    private static final long GENEROUS_MS = 20_000;

    private final ServiceTable<String> table = new ServiceTable<>("optimizer");

    @Test
    void findsByName() {
        table.bind("a", "first");
        table.bind("b", "second");
        assertEquals("first", table.get("a", 0));
        assertEquals("second", table.get("b", 0));
    }

    @Test
    void saysWhatIsInstalled() {
        assertEquals(
                "GLS-1004 unknown optimizer \"x\": none is installed",
                assertThrows(GaloisException.class, () -> table.get("x", 0)).userText());
        table.bind("none", "n");
        table.bind("heuristic", "h");
        assertEquals(
                "GLS-1004 unknown optimizer \"x\": installed are \"heuristic\", \"none\"",
                assertThrows(GaloisException.class, () -> table.get("x", 0)).userText());
        assertEquals(Set.of("none", "heuristic"), table.known().keySet());
    }

    @Test
    void waitsForAServiceThatComesLater() throws Exception {
        CompletableFuture<String> found =
                CompletableFuture.supplyAsync(() -> table.get("late", GENEROUS_MS));
        table.bind("late", "here");
        assertEquals("here", found.get(GENEROUS_MS, TimeUnit.MILLISECONDS));
    }

    @Test
    void forgetsAServiceThatWentButNotItsReplacement() {
        String old = new String("old");
        String fresh = new String("new");
        table.bind("a", old);
        table.bind("a", fresh);
        table.unbind("a", old);
        assertEquals("new", table.get("a", 0));
        table.unbind("a", fresh);
        assertThrows(GaloisException.class, () -> table.get("a", 0));
    }
}
