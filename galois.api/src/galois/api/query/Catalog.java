package galois.api.query;

import galois.api.plan.StreamDefinition;

import org.osgi.annotation.versioning.ConsumerType;

import java.util.List;
import java.util.Optional;

/** The streams a statement may name. An immutable snapshot while a statement is planned. */
@ConsumerType
public interface Catalog {
    /** Look-up ignores case. */
    Optional<StreamDefinition> stream(String name);

    /** Every stream, in order of creation. */
    List<StreamDefinition> streams();
}
