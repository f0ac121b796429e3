package galois.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class RunDescriptionTest {
    @Test
    void keepsTheOrderOfBundlesAndEqualSignsInValues() {
        RunDescription description =
                RunDescription.parse(
                        List.of(
                                "# comment",
                                "property=packages=a;version=\"1\",b",
                                "classpath=/x/launcher.jar",
                                "bundle=/x/b=1.jar",
                                "bundle=/x/a.jar"));
        assertEquals(List.of(Path.of("/x/b=1.jar"), Path.of("/x/a.jar")), description.bundles());
        assertEquals(Map.of("packages", "a;version=\"1\",b"), description.properties());
    }
}
