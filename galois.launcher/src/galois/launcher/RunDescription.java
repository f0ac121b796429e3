package galois.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the build wrote for one runtime: lines {@code bundle=PATH} in start order and {@code
 * property=NAME=VALUE}. Other lines are for other readers.
 */
record RunDescription(List<Path> bundles, Map<String, String> properties) {
    RunDescription {
        bundles = List.copyOf(bundles);
        properties = Map.copyOf(properties);
    }

    static RunDescription read(Path file) throws IOException {
        return parse(Files.readAllLines(file));
    }

    static RunDescription parse(List<String> lines) {
        List<Path> bundles = new ArrayList<>();
        Map<String, String> properties = new LinkedHashMap<>();
        for (String line : lines) {
            String[] parts = line.split("=", 3);
            if (parts[0].equals("bundle") && parts.length > 1) {
                bundles.add(Path.of(line.substring("bundle=".length())));
            } else if (parts[0].equals("property") && parts.length == 3) {
                properties.put(parts[1], parts[2]);
            }
        }
        return new RunDescription(bundles, properties);
    }
}
