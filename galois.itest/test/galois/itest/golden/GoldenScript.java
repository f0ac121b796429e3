package galois.itest.golden;

import galois.api.GaloisException;
import galois.api.io.Decoder;
import galois.api.io.DecoderRequest;
import galois.api.io.Encoder;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.Plans;
import galois.api.plan.StreamDefinition;
import galois.api.query.PlanText;
import galois.api.query.SourceText;
import galois.api.query.Statement;
import galois.batch.Schema;
import galois.formats.CsvFormat;
import galois.global.Lookups;
import galois.itest.engine.Input;
import galois.itest.engine.Outcome;
import galois.itest.engine.RowCollector;
import galois.itest.engine.SqlEngine;
import galois.itest.engine.Table;
import galois.itest.engine.Variant;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One script, run statement by statement; its result is what {@code ./galois sql} prints. */
final class GoldenScript {
    private static final CsvFormat CSV = new CsvFormat();

    private final SqlEngine engine;
    private final Path file;
    private final Variant variant;
    private final List<StreamDefinition> streams = new ArrayList<>();
    private final Map<String, byte[]> written = new HashMap<>();
    private final StringBuilder results = new StringBuilder();

    GoldenScript(SqlEngine engine, Path file, Variant variant) {
        this.engine = engine;
        this.file = file;
        this.variant = variant;
    }

    String run() throws IOException {
        try {
            for (SourceText text : engine.language().split(Files.readString(file))) {
                execute(engine.language().parse(text, SqlEngine.catalog(streams)));
            }
        } catch (GaloisException e) {
            results.append(e.code().text()).append(' ').append(file.getFileName());
            results.append(e.position().isKnown() ? " " + e.position() : "");
            results.append(": ").append(e.getMessage()).append('\n');
        }
        return results.toString();
    }

    private void execute(Statement statement) {
        if (statement instanceof Statement.CreateStream create) {
            streams.add(create.definition());
        } else if (statement instanceof Statement.Select select) {
            print(csv(result(select.plan())));
        } else if (statement instanceof Statement.Insert insert) {
            StreamDefinition target = stream(insert.target());
            written.put(target.option("path", ""), csv(result(insert.plan())));
        } else if (statement instanceof Statement.Explain explain) {
            print(
                    plans(((Statement.Select) explain.explained()).plan())
                            .getBytes(StandardCharsets.UTF_8));
        } else {
            throw new AssertionError("not in a golden script: " + statement);
        }
    }

    private void print(byte[] text) {
        results.append(results.isEmpty() ? "" : "\n");
        results.append(new String(text, StandardCharsets.UTF_8));
    }

    private String plans(LogicalPlan plan) {
        return "Logical plan\n"
                + PlanText.of(plan).indent(2)
                + "Optimized plan (heuristic)\n"
                + PlanText.of(
                                Lookups.find(
                                        engine.optimize(plan, "heuristic"),
                                        name -> stream(name).isTable()))
                        .indent(2);
    }

    private StreamDefinition stream(String name) {
        return SqlEngine.catalog(streams).stream(name).orElseThrow();
    }

    private Outcome result(LogicalPlan plan) {
        Map<String, Input> inputs = new LinkedHashMap<>();
        for (LogicalOp.Source leaf : Plans.sources(plan.root())) {
            StreamDefinition source = stream(leaf.stream());
            inputs.computeIfAbsent(source.name(), name -> new Input(source, read(source)));
        }
        return engine.run(plan, List.copyOf(inputs.values()), variant);
    }

    private Table read(StreamDefinition stream) {
        String path = stream.option("path", "");
        String rows = stream.option("rows", null);
        byte[] bytes =
                rows != null
                        ? rows.getBytes(StandardCharsets.UTF_8)
                        : written.containsKey(path) ? written.get(path) : bytes(path);
        RowCollector collected = new RowCollector(stream.schema());
        Decoder decoder = CSV.decoder(new DecoderRequest(stream, false));
        decoder.feed(bytes, 0, bytes.length, new Decoder.Origin(null, 0), collected);
        decoder.end(collected);
        return collected.table();
    }

    private byte[] bytes(String path) {
        try {
            return Files.readAllBytes(file.resolveSibling(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] csv(Outcome outcome) {
        Schema schema = outcome.schema();
        StreamDefinition stream = new StreamDefinition("result", schema, Map.of(), -1, 0, Map.of());
        Encoder encoder = CSV.encoder(stream, false);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        encoder.header(out);
        outcome.each(row -> encoder.row(row, out));
        return out.toByteArray();
    }
}
