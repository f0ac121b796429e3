package galois.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.HexFormat;
import java.util.stream.IntStream;

class BatchLayoutTest {
    private static final Schema READING =
            Schema.of(
                    new Field("device", FieldType.VARCHAR),
                    new Field("n", FieldType.BIGINT),
                    new Field("temp", FieldType.DOUBLE));

    @Test
    void bytesOfABatchAreTheDocumentedOnes() {
        BatchBuilder builder = new BatchBuilder(READING, 1024);
        assertTrue(builder.beginRow());
        builder.setString(0, "ab");
        builder.setLong(1, -2);
        builder.setDouble(2, 1.5);
        builder.commitRow(0, RowKind.INSERT, 77);
        assertTrue(builder.beginRow());
        builder.setString(0, "xyz");
        builder.commitRow(3, RowKind.DELETE, -1);
        int bytes = builder.finish(12);
        String layout = HexFormat.of().toHexDigits(Integer.reverseBytes(READING.layout()));
        String expected =
                "88000000 02000000 30000000 "
                        + layout
                        + " 0c00000000000000 05000000 00000000"
                        + " 00000000 00 00 0000 4d00000000000000 0000000000000000"
                        + " 02000000 02000000 feffffffffffffff 000000000000f83f"
                        + " 03000000 03 00 0000 ffffffffffffffff 0600000000000000"
                        + " 05000000 03000000 0000000000000000 0000000000000000"
                        + " 000000 78797a 6162";
        assertEquals(
                expected.replace(" ", ""), HexFormat.of().formatHex(builder.array(), 0, bytes));
    }

    @Test
    void aRowIsReadBackFieldByField() {
        BatchBuilder builder = new BatchBuilder(READING, 256);
        builder.beginRow();
        builder.setString(0, "grün");
        builder.setDouble(2, Double.NaN);
        builder.commitRow(9, RowKind.UPDATE_AFTER, Long.MIN_VALUE);
        int bytes = builder.finish(RowLayout.WATERMARK_END);
        BatchCursor cursor = new BatchCursor().wrap(builder.array(), 0, bytes, READING).row(0);
        assertEquals("grün", cursor.getString(0));
        assertTrue(cursor.isNull(1));
        assertEquals(0, cursor.getLong(1));
        assertTrue(Double.isNaN(cursor.getDouble(2)));
        assertEquals(9, cursor.slot());
        assertEquals(RowKind.UPDATE_AFTER, cursor.kind());
        assertEquals(Long.MIN_VALUE, cursor.eventTimeUs());
        assertEquals(RowLayout.WATERMARK_END, cursor.watermarkUs());
    }

    @Test
    void everyNanIsTheCanonicalOne() {
        BatchBuilder builder = new BatchBuilder(READING, 256);
        builder.beginRow();
        builder.setDouble(2, Double.longBitsToDouble(0xFFF8000000000001L));
        assertEquals(0x7FF8000000000000L, builder.currentLong(2));
    }

    @Test
    void fieldSixtyFourHasItsOwnNullWord() {
        Schema wide =
                new Schema(
                        IntStream.range(0, 65)
                                .mapToObj(i -> new Field("f" + i, FieldType.BIGINT))
                                .toList());
        assertEquals(16 + 16 + 65 * 8, RowLayout.stride(65));
        BatchBuilder builder = new BatchBuilder(wide, 1024);
        builder.beginRow();
        builder.setLong(64, 5);
        builder.commitRow(0, RowKind.INSERT, 0);
        int bytes = builder.finish(0);
        BatchCursor cursor = new BatchCursor().wrap(builder.array(), 0, bytes, wide).row(0);
        assertFalse(cursor.isNull(64));
        assertTrue(cursor.isNull(63));
        assertTrue(cursor.isNull(0));
        assertEquals(5, cursor.getLong(64));
    }

    @Test
    void layoutDependsOnTypesAndTheirOrderOnly() {
        Schema renamed =
                Schema.of(
                        new Field("a", FieldType.VARCHAR),
                        new Field("b", FieldType.BIGINT),
                        new Field("c", FieldType.DOUBLE));
        Schema swapped = Schema.of(READING.field(1), READING.field(0), READING.field(2));
        assertEquals(READING.layout(), renamed.layout());
        assertNotEquals(READING.layout(), swapped.layout());
    }

    @Test
    void aSchemaLooksNamesUpIgnoringCaseButPrefersTheExactOne() {
        Schema schema =
                Schema.of(new Field("Temp", FieldType.DOUBLE), new Field("temp", FieldType.BIGINT));
        assertEquals(1, schema.indexOf("temp"));
        assertEquals(0, schema.indexOf("Temp"));
        assertEquals(0, schema.indexOf("TEMP"));
        assertEquals(-1, schema.indexOf("hum"));
    }

    @Test
    void moreFieldsThanTheLimitAreRefused() {
        var fields =
                IntStream.rangeClosed(0, Schema.FIELDS_MAX)
                        .mapToObj(i -> new Field("f" + i, FieldType.DOUBLE))
                        .toList();
        assertThrows(IllegalArgumentException.class, () -> new Schema(fields));
        assertEquals(Schema.FIELDS_MAX, new Schema(fields.subList(0, Schema.FIELDS_MAX)).size());
    }
}
