package galois.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.plan.AggregateFunction;
import galois.api.plan.Function;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The functions that the planner knows, those it lists and those that the docs tell are one set.
 */
class FunctionListTest {
    @Test
    void everyFunctionIsInTheDocs() throws IOException {
        String page = Files.readString(Path.of("docs/sql-functions.md"));
        Set<String> words = new TreeSet<>(List.of(page.split("[^A-Z0-9_]+")));
        Set<String> missing = new TreeSet<>(FunctionTable.names());
        FunctionList.entries().forEach(entry -> missing.add(entry.name()));
        missing.removeAll(words);
        assertEquals(Set.of(), missing);
    }

    @Test
    void everyScalarFunctionOfTheAlgebraHasAnOperator() {
        for (Function function : Function.values()) {
            boolean isWritten = function != Function.CHANGE; // the planner adds it
            if (function.isScalar() && isWritten) {
                assertNotNull(FunctionTable.of(function), function.name());
            }
        }
    }

    @Test
    void theListHasOneLineForEach() {
        List<String> lines = new ArrayList<>(FunctionList.text().lines().toList());
        int aggregates = AggregateFunction.values().length;
        assertEquals(FunctionList.entries().size() + aggregates, lines.size());
        assertTrue(
                lines.contains(
                        "ROUND(number [, integer]) -> type of the argument: to digits behind"
                                + " the point, half away from zero"));
    }
}
