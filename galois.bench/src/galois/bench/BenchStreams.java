package galois.bench;

import galois.api.plan.LogicalPlan;
import galois.api.plan.StreamDefinition;
import galois.api.query.Catalog;
import galois.api.query.QueryLanguage;
import galois.api.query.SourceText;
import galois.api.query.Statement;
import galois.batch.Schema;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A catalogue of streams whose event time is their column {@code ts}. */
record BenchStreams(List<StreamDefinition> streams) implements Catalog {
    BenchStreams {
        streams = List.copyOf(streams);
    }

    /** Streams of the same columns, {@code readings} when no name is given. */
    static BenchStreams of(Schema schema, String... names) {
        List<String> all = names.length == 0 ? List.of("readings") : Arrays.asList(names);
        return new BenchStreams(all.stream().map(name -> definition(name, schema)).toList());
    }

    private static StreamDefinition definition(String name, Schema schema) {
        return new StreamDefinition(
                name,
                schema,
                Map.of(),
                schema.indexOf("ts"),
                0,
                Map.of("transport", "file", "path", name + ".csv", "format", "csv"));
    }

    /** The plan of a select over the streams, not optimised. */
    LogicalPlan plan(QueryLanguage language, String sql) {
        SourceText text = language.split(sql).get(0);
        return ((Statement.Select) language.parse(text, this)).plan();
    }

    @Override
    public Optional<StreamDefinition> stream(String name) {
        return streams.stream().filter(s -> s.name().equalsIgnoreCase(name)).findFirst();
    }
}
