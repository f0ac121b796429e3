package galois.wasm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import galois.api.kernel.KernelMetadata;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the custom section {@code galois.abi} (its JSON is described at {@link KernelMetadata}).
 */
final class AbiSection {
    static final String NAME = "galois.abi";

    /** Limit on the section's size: a schema of the largest row fits many times. */
    static final int BYTES_MAX = 512 * 1024;

    /** Limit on input and on output ports. */
    static final int PORTS_MAX = 16;

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private AbiSection() {}

    /**
     * @throws IllegalArgumentException with the defect
     */
    static KernelMetadata parse(byte[] section) {
        if (section.length > BYTES_MAX) {
            throw new IllegalArgumentException("it is larger than " + BYTES_MAX + " bytes");
        }
        JsonNode json;
        try {
            json = JSON.readTree(section);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("it is not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("it is not UTF-8 text", e);
        }
        int abi = member(json, "abi").asInt();
        if (abi != KernelMetadata.ABI_VERSION) {
            throw new IllegalArgumentException(
                    "it says abi " + abi + ", this runtime has " + KernelMetadata.ABI_VERSION);
        }
        return new KernelMetadata(
                abi,
                text(json, "name"),
                ports(json, "inputs"),
                ports(json, "outputs"),
                schema(member(json, "parameters"), "parameters"),
                text(json, "stateLayout"),
                flag(json, "stateless"),
                flag(json, "timers"),
                flag(json, "singleSlot"),
                delay(json));
    }

    private static long delay(JsonNode json) {
        JsonNode delay = json.path("watermarkDelayUs");
        if (!delay.isMissingNode() && (!delay.isIntegralNumber() || delay.asLong() < 0)) {
            throw new IllegalArgumentException("watermarkDelayUs is not a number from 0");
        }
        return delay.asLong();
    }

    private static List<Schema> ports(JsonNode json, String name) {
        JsonNode array = member(json, name);
        if (!array.isArray() || array.isEmpty() || array.size() > PORTS_MAX) {
            throw new IllegalArgumentException(
                    name + " is not an array of 1 to " + PORTS_MAX + " schemas");
        }
        List<Schema> ports = new ArrayList<>();
        array.forEach(port -> ports.add(schema(port, name)));
        return ports;
    }

    private static Schema schema(JsonNode array, String where) {
        if (!array.isArray()) {
            throw new IllegalArgumentException(where + " has a schema that is not an array");
        }
        List<Field> fields = new ArrayList<>();
        for (JsonNode field : array) {
            fields.add(new Field(text(field, "name"), type(text(field, "type"))));
        }
        return new Schema(fields);
    }

    private static FieldType type(String name) {
        try {
            return FieldType.parse(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("type \"" + name + "\" is not known", e);
        }
    }

    private static String text(JsonNode json, String name) {
        JsonNode value = member(json, name);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(name + " is not a string");
        }
        return value.textValue();
    }

    private static boolean flag(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw new IllegalArgumentException(name + " is neither true nor false");
        }
        return value.asBoolean();
    }

    private static JsonNode member(JsonNode json, String name) {
        JsonNode value = json == null ? null : json.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }
}
