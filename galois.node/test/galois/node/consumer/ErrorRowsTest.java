package galois.node.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import galois.api.node.RoleCounters;
import galois.batch.BatchBuilder;
import galois.batch.BatchCursor;
import galois.batch.Bytes;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.RowError;
import galois.batch.RowKind;
import galois.batch.RowLayout;
import galois.batch.Schema;

import org.junit.jupiter.api.Test;

class ErrorRowsTest {
    private static final Schema SCHEMA = Schema.of(new Field("s", FieldType.VARCHAR));

    private final RoleCounters counters = new RoleCounters();
    private final ErrorRows errors = new ErrorRows(counters, "filter");

    @Test
    void theRowsThatStayKeepTheirText() {
        BatchBuilder builder = new BatchBuilder(SCHEMA, 4_096);
        String[] texts = {"bad", "one", "also bad", "two, longer", "bad too"};
        for (String text : texts) {
            builder.beginRow();
            builder.setString(0, text);
            builder.commitRow(
                    0, text.contains("bad") ? RowKind.ERROR : RowKind.INSERT, text.length());
        }
        int length = builder.finish(7);
        byte[] batch = builder.array();
        for (int row : new int[] {0, 2, 4}) {
            int at = RowLayout.HEADER_BYTES + row * RowLayout.stride(1) + RowLayout.ROW_CODE;
            Bytes.putShort(batch, at, row == 4 ? RowError.LATE : RowError.BAD_CAST);
        }
        int left = errors.remove(batch, length);
        BatchCursor cursor = new BatchCursor().wrap(batch, 0, left, SCHEMA);
        assertEquals(2, cursor.rows());
        assertEquals("one", cursor.row(0).getString(0));
        assertEquals("two, longer", cursor.row(1).getString(0));
        assertEquals(11, cursor.eventTimeUs());
        assertEquals(7, cursor.watermarkUs());
        assertEquals(2, counters.problems().get("value cannot be cast"));
        assertEquals(1, counters.problems().get("late row"));
    }

    @Test
    void aBatchWithoutErrorsIsLeftAlone() {
        BatchBuilder builder = new BatchBuilder(SCHEMA, 4_096);
        builder.beginRow();
        builder.commitRow(0, RowKind.INSERT, 1);
        int length = builder.finish(7);
        assertEquals(length, errors.remove(builder.array(), length));
    }
}
