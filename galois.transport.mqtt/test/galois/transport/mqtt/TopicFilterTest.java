package galois.transport.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Random;

class TopicFilterTest {
    @ParameterizedTest
    @CsvSource({
        "a/b, a/b, true",
        "a/b, a/bc, false",
        "a/b, a, false",
        "a/+, a/b, true",
        "a/+, a/, true",
        "a/+, a, false",
        "a/+, a/b/c, false",
        "+/b, /b, true",
        "a/#, a, true",
        "a/#, a/b/c, true",
        "a/#, ab, false",
        "#, a/b, true",
        "#, $SYS/x, false",
        "+/x, $SYS/x, false",
        "$SYS/#, $SYS/x, true",
        "$share/g/a/+, a/b, true",
    })
    void matches(String filter, String topic, boolean matches) {
        assertEquals(matches, TopicFilter.parse(filter).matches(topic));
    }

    @Test
    void agreesWithARegularExpression() {
        Random random = new Random(1);
        String[] levels = {"a", "b", "", "+", "#", "ab"};
        for (int i = 0; i < 20_000; i++) {
            StringBuilder filter = new StringBuilder(levels[random.nextInt(6)]);
            StringBuilder topic = new StringBuilder(levels[random.nextInt(2)]);
            for (int n = random.nextInt(4); n > 0 && !filter.toString().endsWith("#"); n--) {
                filter.append('/').append(levels[random.nextInt(6)]);
            }
            for (int n = random.nextInt(4); n > 0; n--) {
                topic.append('/').append(levels[random.nextInt(3)]);
            }
            if (filter.length() > 0) {
                assertEquals(
                        topic.toString().matches(regex(filter.toString())),
                        TopicFilter.parse(filter.toString()).matches(topic.toString()),
                        filter + " for " + topic);
            }
        }
    }

    private static String regex(String filter) {
        String regex = filter.replace("+", "[^/]*");
        if (regex.equals("#")) {
            return ".*";
        }
        return regex.endsWith("/#") ? regex.substring(0, regex.length() - 2) + "(/.*)?" : regex;
    }

    @Test
    void limitsItsLength() {
        TopicFilter.parse("x".repeat(TopicFilter.BYTES_MAX));
        assertThrows(
                IllegalArgumentException.class,
                () -> TopicFilter.parse("x".repeat(TopicFilter.BYTES_MAX + 1)));
    }
}
