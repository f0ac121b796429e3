package galois.api.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.GaloisException;
import galois.api.plan.StreamDefinition;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class LateRowsTest {
    private static final Schema SCHEMA = Schema.of(new Field("ts", FieldType.TIMESTAMP));

    @Test
    void readsTheOption() {
        assertEquals(new LateRows(0, null), LateRows.of(stream(Map.of(), 0)));
        assertEquals(new LateRows(0, null), of("DROP"));
        assertEquals(new LateRows(10_000_000, null), of("allow: 10 s"));
        assertEquals(new LateRows(0, "Other"), of("Side: Other"));
        assertEquals(new LateRows(500_000, "o"), of("allow:500ms, side:o"));
        assertEquals(new LateRows(500_000, "o"), of("side:o,allow:500ms"));
    }

    @Test
    void saysWhatItMayBe() {
        List<String> bad =
                List.of(
                        "",
                        "keep",
                        "allow",
                        "allow:",
                        "allow:2",
                        "allow:0 s",
                        "side:",
                        "drop,side:o");
        for (String text : bad) {
            assertTrue(
                    refused(text)
                            .startsWith(
                                    "GLS-2007 stream \"s\": option 'late' is '"
                                            + text
                                            + "': use 'drop', 'allow:10 s'"),
                    refused(text));
        }
        assertTrue(refused("allow:1 s, allow:2 s").contains("use 'drop'"));
        assertTrue(refused("allow:99999999 h").contains("9,000 years"));
        assertTrue(refused("side:S").contains("the stream itself"), refused("side:S"));
    }

    @Test
    void aStreamWithoutAWatermarkHasNoLateRows() {
        String said =
                assertThrows(
                                GaloisException.class,
                                () -> LateRows.of(stream(Map.of("late", "allow:1 s"), -1)))
                        .userText();
        assertTrue(said.contains("declare WATERMARK FOR"), said);
    }

    private static LateRows of(String text) {
        return LateRows.of(stream(Map.of("late", text), 0));
    }

    private static String refused(String text) {
        return assertThrows(GaloisException.class, () -> of(text)).userText();
    }

    private static StreamDefinition stream(Map<String, String> options, int timeField) {
        return new StreamDefinition("s", SCHEMA, Map.of(), timeField, 0, options);
    }
}
