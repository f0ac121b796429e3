package galois.bench;

import galois.api.plan.LogicalPlan;
import galois.api.plan.StreamDefinition;
import galois.api.query.Catalog;
import galois.api.query.QueryLanguage;
import galois.api.query.SourceText;
import galois.api.query.Statement;
import galois.batch.Schema;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A catalogue with the one stream {@code readings}, whose event time is its column {@code ts}.
 *
 * @param definition of the stream
 */
record BenchStream(StreamDefinition definition) implements Catalog {
    static BenchStream of(Schema schema) {
        return new BenchStream(
                new StreamDefinition(
                        "readings",
                        schema,
                        Map.of(),
                        schema.indexOf("ts"),
                        0,
                        Map.of("transport", "file", "path", "readings.csv", "format", "csv")));
    }

    /** The plan of a select over the stream, not optimised. */
    LogicalPlan plan(QueryLanguage language, String sql) {
        SourceText text = language.split(sql).get(0);
        return ((Statement.Select) language.parse(text, this)).plan();
    }

    @Override
    public Optional<StreamDefinition> stream(String name) {
        return name.equalsIgnoreCase(definition.name())
                ? Optional.of(definition)
                : Optional.empty();
    }

    @Override
    public List<StreamDefinition> streams() {
        return List.of(definition);
    }
}
