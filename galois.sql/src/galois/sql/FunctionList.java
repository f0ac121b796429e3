package galois.sql;

import galois.api.plan.AggregateFunction;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What SHOW FUNCTIONS prints: a function a line, by name, with what it gives. */
final class FunctionList {
    private FunctionList() {}

    static String text() {
        Map<String, String> lines = new TreeMap<>();
        for (LibraryFunction function : FunctionTable.all()) {
            lines.put(function.getName(), function.description());
        }
        for (AggregateFunction aggregate : AggregateFunction.values()) {
            lines.put(aggregate.name(), "aggregate");
        }
        int width = lines.keySet().stream().mapToInt(String::length).max().orElse(0);
        return lines.entrySet().stream()
                .map(e -> e.getKey() + " ".repeat(width - e.getKey().length() + 2) + e.getValue())
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
