package galois.batch;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The ordered fields of a row. Immutable. Every field may be NULL.
 *
 * @param fields in row order; at most {@link #FIELDS_MAX}
 */
public record Schema(List<Field> fields) {
    /** Limit on fields: a row of this many string cells still fits the 64 KB row limit. */
    public static final int FIELDS_MAX = 1024;

    public Schema {
        fields = List.copyOf(fields);
        if (fields.size() > FIELDS_MAX) {
            throw new IllegalArgumentException(
                    "a row has " + fields.size() + " fields, the limit is " + FIELDS_MAX);
        }
    }

    public static Schema of(Field... fields) {
        return new Schema(List.of(fields));
    }

    public int size() {
        return fields.size();
    }

    public Field field(int index) {
        return fields.get(index);
    }

    public FieldType type(int index) {
        return fields.get(index).type();
    }

    /** The index of the field with that name, ignoring case; an exact match wins; -1 if none. */
    public int indexOf(String name) {
        int loose = -1;
        for (int i = 0; i < fields.size(); i++) {
            String candidate = fields.get(i).name();
            if (candidate.equals(name)) {
                return i;
            }
            if (loose < 0
                    && candidate.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
                loose = i;
            }
        }
        return loose;
    }

    /**
     * The {@code layout} word of a batch: FNV-1a over the type names. Two schemas with the same
     * types in the same order have the same layout, whatever their names.
     */
    public int layout() {
        int hash = 0x811C9DC5;
        for (Field field : fields) {
            String type = field.type().toString();
            for (int i = 0; i < type.length(); i++) {
                hash = (hash ^ type.charAt(i)) * 0x01000193;
            }
            hash = (hash ^ ',') * 0x01000193;
        }
        return hash;
    }

    @Override
    public String toString() {
        return fields.stream()
                .map(f -> f.name() + " " + f.type())
                .collect(Collectors.joining(", ", "(", ")"));
    }
}
