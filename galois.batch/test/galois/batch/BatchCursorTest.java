package galois.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Random;

/** Batches come from peers and kernels that are not trusted. */
class BatchCursorTest {
    private static final Schema SCHEMA =
            Schema.of(new Field("s", FieldType.VARCHAR), new Field("n", FieldType.BIGINT));

    @Test
    void headersThatContradictTheArrayAreRefused() {
        refused(RowLayout.BYTES, 1 << 20);
        refused(RowLayout.BYTES, -8);
        refused(RowLayout.BYTES, 31);
        refused(RowLayout.ROWS, 1_000_000);
        refused(RowLayout.ROWS, -1);
        refused(RowLayout.STRIDE, 8);
        refused(RowLayout.STRIDE, 0);
        refused(RowLayout.ARENA_BYTES, 1 << 30);
        refused(RowLayout.ARENA_BYTES, -1);
        refused(RowLayout.LAYOUT, 0);
    }

    @Test
    void rowsTimesStrideCannotOverflow() {
        byte[] bytes = batch();
        Bytes.putInt(bytes, RowLayout.ROWS, Integer.MAX_VALUE);
        assertThrows(
                IllegalArgumentException.class,
                () -> new BatchCursor().wrap(bytes, 0, bytes.length, SCHEMA));
    }

    @Test
    void stringCellsOutsideTheArenaAreRefused() {
        int cell = RowLayout.HEADER_BYTES + RowLayout.cell(2, 0);
        for (int[] backAndLength :
                new int[][] {{-1, 1}, {1, -1}, {1_000, 2}, {1, 2}, {Integer.MAX_VALUE, 1}}) {
            byte[] bytes = batch();
            Bytes.putInt(bytes, cell, backAndLength[0]);
            Bytes.putInt(bytes, cell + 4, backAndLength[1]);
            BatchCursor cursor = new BatchCursor().wrap(bytes, 0, bytes.length, SCHEMA).row(0);
            assertThrows(IllegalArgumentException.class, () -> cursor.getString(0));
        }
    }

    @Test
    void rowsOutsideTheBatchAreRefused() {
        byte[] bytes = batch();
        BatchCursor cursor = new BatchCursor().wrap(bytes, 0, bytes.length, SCHEMA);
        assertThrows(IndexOutOfBoundsException.class, () -> cursor.row(1));
        assertThrows(IndexOutOfBoundsException.class, () -> cursor.row(-1));
    }

    @Test
    void aBatchIsReadAtAnOffset() {
        byte[] bytes = batch();
        byte[] shifted = new byte[bytes.length + 24];
        System.arraycopy(bytes, 0, shifted, 16, bytes.length);
        BatchCursor cursor = new BatchCursor().wrap(shifted, 16, shifted.length, SCHEMA).row(0);
        assertEquals("text", cursor.getString(0));
        assertEquals(-3, cursor.getLong(1));
        assertEquals(bytes.length, cursor.sizeBytes());
    }

    @Test
    void damagedBytesAreRefusedOrReadWithinTheBatch() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        byte[] good = batch();
        for (int round = 0; round < 20_000; round++) {
            byte[] bad = Arrays.copyOf(good, good.length);
            for (int i = 0; i < 1 + random.nextInt(4); i++) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            try {
                BatchCursor cursor = new BatchCursor().wrap(bad, 0, bad.length, SCHEMA);
                for (int row = 0; row < cursor.rows(); row++) {
                    cursor.row(row).getString(0);
                    cursor.getLong(1);
                }
            } catch (IllegalArgumentException expected) {
                // refused: what a reader does with a peer's damage
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private static void refused(int offset, int value) {
        byte[] bytes = batch();
        Bytes.putInt(bytes, offset, value);
        assertThrows(
                IllegalArgumentException.class,
                () -> new BatchCursor().wrap(bytes, 0, bytes.length, SCHEMA));
    }

    private static byte[] batch() {
        BatchBuilder builder = new BatchBuilder(SCHEMA, 256);
        builder.beginRow();
        builder.setString(0, "text");
        builder.setLong(1, -3);
        builder.commitRow(0, RowKind.INSERT, 1);
        return Arrays.copyOf(builder.array(), builder.finish(2));
    }
}
