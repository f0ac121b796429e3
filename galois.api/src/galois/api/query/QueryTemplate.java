package galois.api.query;

import galois.batch.FieldType;

import java.util.List;
import java.util.Objects;

/**
 * A query with parameters.
 *
 * @param name as written; look-up ignores case
 * @param body a select or insert in which {@code :name} stands for a parameter
 */
public record QueryTemplate(String name, List<Parameter> parameters, SourceText body) {
    /**
     * A parameter.
     *
     * @param fallback SQL text of its value when none is given; null: one must be given
     */
    public record Parameter(String name, FieldType type, String fallback) {
        public Parameter {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(type, "type");
        }

        /** {@code max DOUBLE DEFAULT 30}. */
        @Override
        public String toString() {
            return name + " " + type + (fallback == null ? "" : " DEFAULT " + fallback);
        }
    }

    /**
     * True for a select without parameters, which FROM may name like a stream; {@code CREATE VIEW}
     * makes one.
     */
    public boolean isView() {
        String first = body.text().strip();
        return parameters.isEmpty() && !first.regionMatches(true, 0, "INSERT", 0, 6);
    }

    public QueryTemplate {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(body, "body");
        parameters = List.copyOf(parameters);
    }
}
