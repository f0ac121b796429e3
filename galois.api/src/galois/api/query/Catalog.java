package galois.api.query;

import galois.api.plan.StreamDefinition;

import org.osgi.annotation.versioning.ConsumerType;

import java.util.List;
import java.util.Optional;

/**
 * The streams and templates a statement may name. An immutable snapshot while a statement is
 * planned.
 */
@ConsumerType
public interface Catalog {
    /** Look-up ignores case. */
    Optional<StreamDefinition> stream(String name);

    /** Every stream, in order of creation. */
    List<StreamDefinition> streams();

    /** Look-up ignores case. */
    default Optional<QueryTemplate> template(String name) {
        return templates().stream().filter(t -> t.name().equalsIgnoreCase(name)).findFirst();
    }

    /** Every template, in order of creation. */
    default List<QueryTemplate> templates() {
        return List.of();
    }
}
