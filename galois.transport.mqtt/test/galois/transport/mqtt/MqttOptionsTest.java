package galois.transport.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.GaloisException;
import galois.api.plan.StreamDefinition;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HashMap;
import java.util.Map;

class MqttOptionsTest {
    private static MqttOptions parse(String... options) {
        Map<String, String> with = new HashMap<>();
        with.put("url", "tcp://localhost:1883");
        with.put("topic", "a/+");
        for (int i = 0; i < options.length; i += 2) {
            with.put(options[i], options[i + 1]);
        }
        Schema schema = Schema.of(new Field("a", FieldType.BIGINT));
        StreamDefinition stream = new StreamDefinition("s", schema, Map.of(), -1, 0, with);
        MqttOptions parsed = MqttOptions.of(stream, Map.of("PW", "secret")::get, "x1");
        parsed.filter(stream);
        return parsed;
    }

    @Test
    void hasDefaults() {
        MqttOptions options = parse();
        assertEquals(1, options.qos());
        assertTrue(options.clean());
        assertEquals("galois-s-x1", options.clientId());
        assertNull(options.user());
        assertEquals("galois-s", parse("clean", "false").clientId());
    }

    @Test
    void takesPasswordsFromTheEnvironmentAndDoesNotPrintThem() {
        MqttOptions options = parse("user", "u", "password", "env:PW");
        assertEquals("secret", new String(options.connectOptions().getPassword()));
        assertFalse(options.toString().contains("secret"), options::toString);
    }

    @ParameterizedTest
    @CsvSource({
        "url, http://x, use tcp://host:port",
        "url, tcp:/x, use tcp://host:port",
        "topic, '', is missing",
        "topic, a/#/b, '#' the whole last level",
        "topic, a+/b, '+' must be a whole level",
        "topic, $share/g, a shared topic is",
        "qos, 2, use a number 0 to 1",
        "inflight, 0, use a number 1 to 10000",
        "client_id, a/b, has no '+'",
        "flow_topic, a/+, are for reading only",
        "password, env:NO, environment variable NO: set it",
    })
    void refusesBadValues(String key, String value, String message) {
        GaloisException e = assertThrows(GaloisException.class, () -> parse(key, value));
        assertTrue(e.userText().startsWith("GLS-2007 stream \"s\": option '" + key), e::userText);
        assertTrue(e.userText().contains(message), e::userText);
    }
}
