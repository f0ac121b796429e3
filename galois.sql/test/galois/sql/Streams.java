package galois.sql;

import galois.api.plan.LogicalPlan;
import galois.api.plan.StreamDefinition;
import galois.api.query.Catalog;
import galois.api.query.QueryTemplate;
import galois.api.query.SourceText;
import galois.api.query.Statement;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A catalogue that statements fill, as the global manager would. */
final class Streams implements Catalog {
    static final String WITH = " WITH (transport = 'file', format = 'csv')";

    private final Map<String, StreamDefinition> streams = new LinkedHashMap<>();
    private final Map<String, QueryTemplate> templates = new LinkedHashMap<>();
    private final CalciteSql sql = new CalciteSql(Warmup.NONE);

    static Streams of(String... createStatements) {
        Streams streams = new Streams();
        for (String create : createStatements) {
            streams.run(create);
        }
        return streams;
    }

    @Override
    public Optional<StreamDefinition> stream(String name) {
        return Optional.ofNullable(streams.get(name.toLowerCase(Locale.ROOT)));
    }

    @Override
    public List<StreamDefinition> streams() {
        return List.copyOf(streams.values());
    }

    @Override
    public List<QueryTemplate> templates() {
        return List.copyOf(templates.values());
    }

    Statement run(String text) {
        return run(sql.split(text).get(0));
    }

    Statement run(SourceText text) {
        Statement statement = sql.parse(text, this);
        if (statement instanceof Statement.CreateStream create) {
            StreamDefinition definition = create.definition();
            streams.put(definition.name().toLowerCase(Locale.ROOT), definition);
        } else if (statement instanceof Statement.CreateTemplate create) {
            String key = create.template().name().toLowerCase(Locale.ROOT);
            if (!create.ifNotExists() || !templates.containsKey(key)) {
                templates.put(key, create.template());
            }
        } else if (statement instanceof Statement.DropTemplate drop) {
            templates.remove(drop.name().toLowerCase(Locale.ROOT));
        }
        return statement;
    }

    LogicalPlan plan(String select) {
        return ((Statement.Select) run(select)).plan();
    }
}
