package galois.shell.client;

import galois.api.GaloisException;
import galois.api.plan.StreamDefinition;
import galois.api.query.Catalog;
import galois.api.query.QueryLanguage;
import galois.api.query.SourceText;
import galois.api.query.Statement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The streams that a session created and has not dropped, so that it can leave nothing behind. */
final class CreatedStreams {
    private static final Catalog EMPTY =
            new Catalog() {
                @Override
                public Optional<StreamDefinition> stream(String name) {
                    return Optional.empty();
                }

                @Override
                public List<StreamDefinition> streams() {
                    return List.of();
                }
            };

    private final QueryLanguage language;
    private final List<String> names = new ArrayList<>();

    CreatedStreams(QueryLanguage language) {
        this.language = language;
    }

    /** The statement was carried out. */
    void onExecuted(SourceText statement) {
        try {
            Statement parsed = language.parse(statement, EMPTY);
            if (parsed instanceof Statement.CreateStream create) {
                remove(create.definition().name());
                names.add(create.definition().name());
            } else if (parsed instanceof Statement.DropStream drop) {
                remove(drop.name());
            }
        } catch (GaloisException e) {
            // It names a stream, so it is a query or the like: it created none.
            assert e.code().number() / 1000 == 2 : e.userText();
        }
    }

    private void remove(String name) {
        names.removeIf(name::equalsIgnoreCase);
    }

    /** Statements that drop what is left, newest first. */
    List<String> drops() {
        List<String> drops = new ArrayList<>();
        for (String name : names) {
            drops.add(0, "DROP STREAM IF EXISTS \"" + name.replace("\"", "\"\"") + '"');
        }
        return drops;
    }
}
