package galois.group;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import galois.batch.FieldType;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes values as JSON and reads them back, by their declared types alone: records by component, a
 * sealed interface as its record with the record's simple name in {@code @}, enums by name, bytes
 * as base64, types of fields as text, lists, maps with string keys (order kept), strings, numbers
 * and booleans. What a record refuses in its constructor is refused here. Thread safe.
 */
final class RecordCodec {
    private static final String TYPE = "@";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final RecordShapes shapes = new RecordShapes();

    /** The JSON of a value of a declared type; null becomes JSON null. */
    JsonNode encode(Object value, Type type) {
        if (value == null) {
            return JSON.nullNode();
        }
        if (type instanceof ParameterizedType generic) {
            return encodeGeneric(value, generic);
        }
        Class<?> declared = (Class<?>) type;
        if (declared.isSealed()) {
            ObjectNode node = encodeRecord(value);
            node.put(TYPE, value.getClass().getSimpleName());
            return node;
        }
        if (declared.isRecord()) {
            return encodeRecord(value);
        }
        if (declared.isEnum()) {
            return JSON.textNode(((Enum<?>) value).name());
        }
        return encodeScalar(value, declared);
    }

    private JsonNode encodeGeneric(Object value, ParameterizedType type) {
        Type[] arguments = type.getActualTypeArguments();
        if (type.getRawType() == List.class) {
            ArrayNode array = JSON.arrayNode();
            ((List<?>) value).forEach(element -> array.add(encode(element, arguments[0])));
            return array;
        }
        if (type.getRawType() == Map.class && arguments[0] == String.class) {
            ObjectNode object = JSON.objectNode();
            ((Map<?, ?>) value)
                    .forEach(
                            (key, element) ->
                                    object.set((String) key, encode(element, arguments[1])));
            return object;
        }
        throw noSuchType(type);
    }

    private ObjectNode encodeRecord(Object value) {
        ObjectNode object = JSON.objectNode();
        for (RecordComponent component : shapes.components(value.getClass())) {
            Object field = shapes.read(component, value);
            object.set(component.getName(), encode(field, component.getGenericType()));
        }
        return object;
    }

    private static JsonNode encodeScalar(Object value, Class<?> type) {
        if (type == String.class) {
            return JSON.textNode((String) value);
        }
        if (type == long.class || type == Long.class) {
            return JSON.numberNode((Long) value);
        }
        if (type == int.class || type == Integer.class) {
            return JSON.numberNode((Integer) value);
        }
        if (type == boolean.class || type == Boolean.class) {
            return JSON.booleanNode((Boolean) value);
        }
        if (type == FieldType.class) {
            return JSON.textNode(value.toString());
        }
        if (type == byte[].class) {
            return JSON.textNode(Base64.getEncoder().encodeToString((byte[]) value));
        }
        throw noSuchType(type);
    }

    /**
     * The value that {@link #encode} wrote.
     *
     * @throws IllegalArgumentException naming what does not fit the type
     */
    Object decode(JsonNode node, Type type) {
        if (node == null || node.isNull()) {
            return absent(type);
        }
        if (type instanceof ParameterizedType generic) {
            return decodeGeneric(node, generic);
        }
        Class<?> declared = (Class<?>) type;
        if (declared.isSealed()) {
            String name = node.path(TYPE).asText();
            return decodeRecord(
                    node,
                    shapes.permitted(declared, name)
                            .orElseThrow(() -> new UnknownType(name, declared)));
        }
        if (declared.isRecord()) {
            return decodeRecord(node, declared);
        }
        if (declared.isEnum()) {
            return decodeEnum(node, declared);
        }
        return decodeScalar(node, declared);
    }

    private Object decodeGeneric(JsonNode node, ParameterizedType type) {
        Type[] arguments = type.getActualTypeArguments();
        if (type.getRawType() == List.class && node.isArray()) {
            List<Object> list = new ArrayList<>(node.size());
            node.forEach(element -> list.add(decode(element, arguments[0])));
            return Collections.unmodifiableList(list);
        }
        if (type.getRawType() == Map.class && arguments[0] == String.class && node.isObject()) {
            Map<String, Object> map = new LinkedHashMap<>();
            node.fields()
                    .forEachRemaining(e -> map.put(e.getKey(), decode(e.getValue(), arguments[1])));
            return Collections.unmodifiableMap(map);
        }
        throw new IllegalArgumentException("not a " + type + ": " + shortText(node));
    }

    private Object decodeRecord(JsonNode node, Class<?> type) {
        if (!node.isObject()) {
            throw new IllegalArgumentException("not a " + type + ": " + shortText(node));
        }
        List<RecordComponent> components = shapes.components(type);
        Object[] fields = new Object[components.size()];
        for (int i = 0; i < fields.length; i++) {
            RecordComponent component = components.get(i);
            fields[i] = decode(node.get(component.getName()), component.getGenericType());
        }
        return shapes.create(type, fields);
    }

    private static Object decodeEnum(JsonNode node, Class<?> type) {
        Optional<?> constant =
                List.of(type.getEnumConstants()).stream()
                        .filter(c -> ((Enum<?>) c).name().equals(node.asText()))
                        .findFirst();
        return constant.orElseThrow(
                () -> new IllegalArgumentException("not a " + type + ": " + shortText(node)));
    }

    private static Object decodeScalar(JsonNode node, Class<?> type) {
        if (type == String.class && node.isTextual()) {
            return node.textValue();
        }
        if ((type == long.class || type == Long.class) && node.canConvertToLong()) {
            return node.longValue();
        }
        if ((type == int.class || type == Integer.class) && node.canConvertToInt()) {
            return node.intValue();
        }
        if ((type == boolean.class || type == Boolean.class) && node.isBoolean()) {
            return node.booleanValue();
        }
        if (type == FieldType.class && node.isTextual()) {
            return FieldType.parse(node.textValue());
        }
        if (type == byte[].class && node.isTextual()) {
            return Base64.getDecoder().decode(node.textValue());
        }
        throw new IllegalArgumentException("not a " + type + ": " + shortText(node));
    }

    /** A member that an older peer does not know is 0, false or null. */
    private static Object absent(Type type) {
        if (type == long.class) {
            return 0L;
        }
        if (type == int.class) {
            return 0;
        }
        return type == boolean.class ? Boolean.FALSE : null;
    }

    private static String shortText(JsonNode node) {
        String text = node.toString();
        return text.length() <= 80 ? text : text.substring(0, 80) + "...";
    }

    private static IllegalStateException noSuchType(Type type) {
        return new IllegalStateException("a message may not hold a " + type);
    }

    /** A record that this version does not know: the message is from a newer peer. */
    static final class UnknownType extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        UnknownType(String name, Class<?> sealed) {
            super("unknown " + sealed.getSimpleName() + " \"" + name + "\"");
        }
    }
}
