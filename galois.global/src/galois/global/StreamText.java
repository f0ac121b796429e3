package galois.global;

import galois.api.io.StreamOptions;
import galois.api.plan.StreamDefinition;
import galois.batch.Field;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Streams in words, for SHOW and DESCRIBE. */
final class StreamText {
    /** Options that are set by GALOIS, not by people. */
    private static final Set<String> OWN_OPTIONS =
            Set.of("base", "query", "log", "writers", "keeps");

    private StreamText() {}

    /** The streams, or the tables, one a line. */
    static String show(List<StreamDefinition> all, boolean tables) {
        List<StreamDefinition> shown = all.stream().filter(s -> s.isTable() == tables).toList();
        if (shown.isEmpty()) {
            return tables ? "no tables\n" : "no streams\n";
        }
        return shown.stream()
                .map(s -> s.name() + " " + s.schema() + " " + s.option("transport", "") + "\n")
                .collect(Collectors.joining());
    }

    /** A column a line, then the watermark and the options. */
    static String describe(StreamDefinition stream) {
        int width =
                stream.schema().fields().stream().mapToInt(f -> f.name().length()).max().orElse(0);
        List<String> notNull =
                Arrays.stream(StreamOptions.notNull(stream))
                        .mapToObj(field -> stream.schema().field(field).name())
                        .toList();
        StringBuilder text = new StringBuilder();
        for (Field field : stream.schema().fields()) {
            text.append(field.name())
                    .append(" ".repeat(width - field.name().length() + 1))
                    .append(field.type());
            if (notNull.contains(field.name())) {
                text.append(" NOT NULL");
            }
            String origin = stream.metadata().get(field.name());
            if (origin != null) {
                text.append(" METADATA FROM '").append(origin).append('\'');
            }
            text.append('\n');
        }
        if (stream.isTable() && !stream.key().isEmpty()) {
            text.append("PRIMARY KEY (").append(String.join(", ", stream.key())).append(")\n");
        }
        if (stream.timeField() >= 0) {
            text.append("WATERMARK FOR ")
                    .append(stream.schema().field(stream.timeField()).name())
                    .append(", ")
                    .append(stream.watermarkDelayUs() / 1000)
                    .append(" ms late at most\n");
        }
        Map<String, String> options = new TreeMap<>(stream.options());
        String query = stream.isTable() ? options.get("query") : null;
        options.keySet().removeAll(OWN_OPTIONS);
        options.remove(StreamOptions.NOT_NULL);
        if (query != null) {
            options.put("query", query); // a select for its database
        }
        if (InternalStreams.isInternal(stream)) {
            options.remove("format");
        }
        for (Map.Entry<String, String> option : options.entrySet()) {
            boolean secret = option.getKey().contains("password");
            text.append(option.getKey())
                    .append(" = '")
                    .append(secret ? "***" : option.getValue().replace("'", "''"))
                    .append("'\n");
        }
        return text.toString();
    }
}
