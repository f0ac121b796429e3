package galois.batch;

import java.util.Objects;

/**
 * A named, typed column. Case of the name is kept; look-up ignores it ({@link Schema#indexOf}).
 *
 * @param name as the user wrote it, not blank
 * @param type its SQL type
 */
public record Field(String name, FieldType type) {
    public Field {
        Objects.requireNonNull(type, "type");
        if (name == null || name.isEmpty()) {
            throw new IllegalArgumentException("a field needs a name");
        }
    }
}
