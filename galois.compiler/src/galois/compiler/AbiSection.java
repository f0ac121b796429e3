package galois.compiler;

import galois.api.kernel.KernelMetadata;
import galois.batch.Field;
import galois.batch.Schema;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** The custom section {@code galois.abi}: the metadata as JSON, always with the same bytes. */
final class AbiSection {
    static final String NAME = "galois.abi";

    private AbiSection() {}

    static byte[] of(KernelMetadata metadata) {
        String json =
                "{\"abi\":"
                        + metadata.abi()
                        + ",\"name\":"
                        + quoted(metadata.name())
                        + ",\"inputs\":"
                        + schemas(metadata.inputs())
                        + ",\"outputs\":"
                        + schemas(metadata.outputs())
                        + ",\"parameters\":"
                        + schema(metadata.parameters())
                        + ",\"stateLayout\":"
                        + quoted(metadata.stateLayout())
                        + ",\"stateless\":"
                        + metadata.stateless()
                        + ",\"timers\":"
                        + metadata.timers()
                        + ",\"singleSlot\":"
                        + metadata.singleSlot()
                        + delay(metadata.watermarkDelayUs())
                        + "}";
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static String delay(long us) {
        return us == 0 ? "" : ",\"watermarkDelayUs\":" + us;
    }

    private static String schemas(List<Schema> schemas) {
        return schemas.stream().map(AbiSection::schema).collect(Collectors.joining(",", "[", "]"));
    }

    private static String schema(Schema schema) {
        return schema.fields().stream()
                .map(AbiSection::field)
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String field(Field field) {
        return "{\"name\":" + quoted(field.name()) + ",\"type\":\"" + field.type() + "\"}";
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
