package galois.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

/** The builder at its limits: a batch that is exactly full, and one thing more. */
class BatchBuilderTest {
    private static final Schema TEXT = Schema.of(new Field("s", FieldType.VARCHAR));
    private static final int STRIDE = RowLayout.stride(1);

    @Test
    void takesRowsUntilTheLastByteAndRefusesTheNext() {
        BatchBuilder builder = new BatchBuilder(TEXT, RowLayout.HEADER_BYTES + 2 * STRIDE);
        for (int i = 0; i < 2; i++) {
            assertTrue(builder.beginRow());
            builder.commitRow(0, RowKind.INSERT, i);
        }
        assertFalse(builder.beginRow());
        assertEquals(2, builder.rows());
        assertEquals(RowLayout.HEADER_BYTES + 2 * STRIDE, builder.finish(0));
    }

    @Test
    void textMayFillTheBatchToTheLastByteAndNoFurther() {
        BatchBuilder builder = new BatchBuilder(TEXT, RowLayout.HEADER_BYTES + STRIDE + 8);
        assertTrue(builder.beginRow());
        assertFalse(builder.setString(0, "123456789"));
        assertTrue(builder.setString(0, "12345678"));
        builder.commitRow(0, RowKind.INSERT, 0);
        int bytes = builder.finish(0);
        assertEquals(
                "12345678",
                new BatchCursor().wrap(builder.array(), 0, bytes, TEXT).row(0).getString(0));
    }

    @Test
    void anAbandonedRowLeavesNothingBehind() {
        BatchBuilder builder = new BatchBuilder(TEXT, 1024);
        builder.beginRow();
        builder.setString(0, "kept");
        builder.commitRow(0, RowKind.INSERT, 0);
        builder.beginRow();
        builder.setString(0, "gone");
        builder.abandonRow();
        builder.beginRow();
        builder.setString(0, "next");
        builder.commitRow(0, RowKind.INSERT, 1);
        int bytes = builder.finish(0);
        BatchCursor cursor = new BatchCursor().wrap(builder.array(), 0, bytes, TEXT);
        assertEquals(2, cursor.rows());
        assertEquals("kept", cursor.row(0).getString(0));
        assertEquals("next", cursor.row(1).getString(0));
        assertEquals(RowLayout.HEADER_BYTES + 2 * STRIDE + 8, bytes);
    }

    @Test
    void aClearedBuilderBuildsTheSameBytesAgain() {
        BatchBuilder builder = new BatchBuilder(TEXT, 256);
        byte[] first = fill(builder);
        builder.clear();
        assertArrayEquals(first, fill(builder));
    }

    @Test
    void aRowThatSetsNothingIsAllNull() {
        BatchBuilder builder = new BatchBuilder(TEXT, 256);
        builder.beginRow();
        assertTrue(builder.currentIsNull(0));
        builder.setLong(0, 7);
        assertFalse(builder.currentIsNull(0));
        builder.setNull(0);
        assertTrue(builder.currentIsNull(0));
        assertEquals(0, builder.currentLong(0));
    }

    @Test
    void anEmptyBatchCarriesItsWatermark() {
        BatchBuilder builder = new BatchBuilder(TEXT, 256);
        assertEquals(RowLayout.HEADER_BYTES, builder.finish(42));
        BatchCursor cursor = new BatchCursor().wrap(builder.array(), 0, 32, TEXT);
        assertEquals(0, cursor.rows());
        assertEquals(42, cursor.watermarkUs());
    }

    @Test
    void aCapacityBelowOneRowIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new BatchBuilder(TEXT, RowLayout.HEADER_BYTES + STRIDE - 1));
    }

    private static byte[] fill(BatchBuilder builder) {
        builder.beginRow();
        builder.setString(0, "a text");
        builder.commitRow(1, RowKind.INSERT, 5);
        return Arrays.copyOf(builder.array(), builder.finish(3));
    }
}
