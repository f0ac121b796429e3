package galois.formats;

import galois.api.plan.StreamDefinition;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Short ways to write stream definitions in tests. */
final class Streams {
    private Streams() {}

    /**
     * @param columns {@code "a BIGINT, t VARCHAR METADATA topic[1]"}
     * @param options key, value, key, value ...
     */
    static StreamDefinition stream(String columns, String... options) {
        List<Field> fields = new ArrayList<>();
        Map<String, String> metadata = new HashMap<>();
        for (String column : columns.split(", (?![0-9])")) {
            String[] parts = column.split(" METADATA ");
            String[] words = parts[0].split(" ", 2);
            fields.add(new Field(words[0], FieldType.parse(words[1])));
            if (parts.length > 1) {
                metadata.put(words[0], parts[1]);
            }
        }
        Map<String, String> with = new HashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            with.put(options[i], options[i + 1]);
        }
        return new StreamDefinition("s", new Schema(fields), metadata, -1, 0, with);
    }
}
