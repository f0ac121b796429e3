package galois.transport.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.plan.StreamDefinition;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Map;

class InlineSourceTest {
    private final InlineSource source = new InlineSource(() -> 42);

    private static StreamDefinition stream(Map<String, String> options) {
        Schema schema = Schema.of(new Field("a", FieldType.VARCHAR));
        return new StreamDefinition("s", schema, Map.of(), -1, 0, options);
    }

    @Test
    void handsOverEveryByteThenTheEnd() throws Exception {
        String rows = "ä\n".repeat(InlineSource.PIECE_BYTES);
        try (ReadRows reader = ReadRows.of(source, stream(Map.of("rows", rows)))) {
            reader.awaitEnd();
            assertArrayEquals(rows.getBytes(StandardCharsets.UTF_8), reader.bytes());
            assertEquals(42, reader.arrivalUs());
        }
        assertTrue(source.isBounded(stream(Map.of())));
    }

    @Test
    void withoutRowsItSaysWhatToWrite() {
        GaloisException refused =
                assertThrows(
                        GaloisException.class, () -> source.open(stream(Map.of()), new ReadRows()));
        assertEquals(ErrorCode.STREAM_OPTION, refused.code());
        assertTrue(refused.getMessage().contains("VALUES"), refused.getMessage());
    }
}
