package galois.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.GaloisException;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.StreamDefinition;
import galois.api.query.PlanText;
import galois.api.query.SourceText;
import galois.api.query.Statement;
import galois.api.query.StreamEstimates;

import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.hep.HepProgram;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Every file of {@code golden} is a script; what comes of a statement follows it in lines that
 * begin with {@code -->}. With {@code -Dgolden.update=true} the files are written instead of
 * compared.
 */
class GoldenTest {
    private static final String MARK = "-->";

    static List<Path> files() throws IOException {
        Path folder = Path.of("test", "golden");
        Path found = Files.isDirectory(folder) ? folder : Path.of("galois.sql").resolve(folder);
        try (Stream<Path> files = Files.list(found)) {
            List<Path> sorted = files.filter(f -> f.toString().endsWith(".sql")).sorted().toList();
            assertTrue(sorted.size() > 3, "golden files in " + found.toAbsolutePath());
            return sorted;
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyStatementGivesWhatTheFileSays(Path file) throws IOException {
        List<String> written = Files.readAllLines(file);
        String actual = rerun(written);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, actual);
        }
        assertEquals(String.join("\n", written) + "\n", actual);
    }

    private static String rerun(List<String> lines) {
        Streams streams = new Streams();
        List<String> out = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        for (String line : lines) {
            if (line.startsWith(MARK)) {
                continue;
            }
            out.add(line);
            boolean isRemark = statement.isEmpty() && (line.isBlank() || line.startsWith("--"));
            if (isRemark) {
                continue;
            }
            statement.append(line).append('\n');
            if (line.endsWith(";")) {
                result(streams, statement.toString())
                        .lines()
                        .forEach(result -> out.add((MARK + " " + result).stripTrailing()));
                statement.setLength(0);
            }
        }
        return String.join("\n", out) + "\n";
    }

    private static String result(Streams streams, String text) {
        try {
            StringBuilder result = new StringBuilder();
            for (SourceText statement : new CalciteSql(Warmup.NONE).split(text)) {
                result.append(result(streams.run(statement))).append('\n');
            }
            return result.toString().strip();
        } catch (GaloisException error) {
            return error.userText();
        }
    }

    private static String result(Statement statement) {
        if (statement instanceof Statement.Select select) {
            return plans(select.plan());
        }
        if (statement instanceof Statement.Insert insert) {
            return "Insert into " + insert.target() + "\n" + plans(insert.plan());
        }
        if (statement instanceof Statement.Explain explain) {
            return "Explain\n" + result(explain.explained());
        }
        if (statement instanceof Statement.CreateStream create) {
            return "Create"
                    + (create.ifNotExists() ? " if not there" : "")
                    + " "
                    + definition(create.definition());
        }
        if (statement instanceof Statement.AlterStream alter) {
            return "Alter " + alter.name() + " to " + definition(alter.definition());
        }
        if (statement instanceof Statement.CreateQuery create) {
            return "Query " + create.name() + "\n" + result(create.query());
        }
        if (statement instanceof Statement.Validate validate) {
            return "Validate\n" + result(validate.statement());
        }
        if (statement instanceof Statement.DryRun dry) {
            StringBuilder text = new StringBuilder("Dry run\n").append(plans(dry.plan()));
            dry.streams().forEach(s -> text.append('\n').append(definition(s)));
            return text.toString();
        }
        if (statement instanceof Statement.Describe describe) {
            return "Describe " + definition(describe.definition());
        }
        return statement.toString();
    }

    private static String definition(StreamDefinition stream) {
        return stream.name()
                + " "
                + stream.schema()
                + "\n  metadata "
                + new TreeMap<>(stream.metadata())
                + "\n  time field "
                + stream.timeField()
                + ", delay "
                + stream.watermarkDelayUs()
                + " us\n  options "
                + new TreeMap<>(stream.options())
                + (stream.isTable() ? "\n  a table by " + stream.key() : "");
    }

    private static String plans(LogicalPlan plan) {
        String text = text(plan);
        survivesCalcite(plan.root());
        String optimised = text(new HeuristicOptimizer(() -> 0).rewrite(plan));
        LogicalPlan ordered = new CostOptimizer(() -> 0).rewrite(plan, StreamEstimates.UNKNOWN);
        assertEquals(plan.root().schema(), ordered.root().schema());
        return (optimised.equals(text) ? text : text + "optimised:\n" + optimised).strip();
    }

    /** Calcite gives other names to fields of one name. */
    private static void survivesCalcite(LogicalOp root) {
        Set<String> names = new HashSet<>();
        if (root.schema().fields().stream().allMatch(field -> names.add(field.name()))) {
            RelOptCluster cluster =
                    Clusters.cluster(Clusters.planner(HepProgram.builder().build(), () -> {}));
            RelToPlan back = new RelToPlan(cluster.getRexBuilder());
            assertEquals(root, back.read(new PlanToRel(cluster).write(root)));
        }
    }

    /** Sources without their schema: it is in the file already. */
    private static String text(LogicalPlan plan) {
        return PlanText.of(plan).replaceAll("(Source \\w+) \\(.*\\)", "$1");
    }
}
