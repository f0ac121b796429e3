package galois.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

class RowRouterTest {
    private static final Schema SCHEMA =
            Schema.of(
                    new Field("s", FieldType.VARCHAR),
                    new Field("n", FieldType.BIGINT),
                    new Field("t", FieldType.VARCHAR));

    private final Random random = new Random(7);

    @Test
    void everyRowGoesToItsPortInOrder() {
        RowRouter router = new RowRouter(SCHEMA, 3);
        for (int round = 0; round < 20; round++) {
            List<List<String>> expected =
                    List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            byte[] batch = batch(random.nextInt(40), expected);
            router.deal(batch, batch.length);
            for (int port = 0; port < 3; port++) {
                byte[] part = Arrays.copyOf(router.batch(port), router.length(port));
                BatchCursor cursor = new BatchCursor().wrap(part, 0, part.length, SCHEMA);
                assertEquals(42, cursor.watermarkUs());
                List<String> actual = new ArrayList<>();
                for (int row = 0; row < cursor.rows(); row++) {
                    cursor.row(row);
                    assertEquals(0, cursor.outPort());
                    actual.add(text(cursor));
                }
                assertEquals(expected.get(port), actual);
            }
        }
    }

    @Test
    void refusesAPortThatIsNotThere() {
        List<List<String>> all = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        byte[] batch = batch(20, all);
        RowRouter router = new RowRouter(SCHEMA, 2);
        assertThrows(IllegalArgumentException.class, () -> router.deal(batch, batch.length));
    }

    private byte[] batch(int rows, List<List<String>> byPort) {
        BatchBuilder builder = new BatchBuilder(SCHEMA, 8192);
        int[] ports = new int[rows];
        for (int row = 0; row < rows; row++) {
            builder.beginRow();
            if (random.nextInt(4) > 0) {
                builder.setString(0, "x".repeat(random.nextInt(9)) + row);
            }
            builder.setLong(1, row);
            if (random.nextInt(4) > 0) {
                builder.setString(2, random.nextBoolean() ? "" : "ü" + row);
            }
            builder.commitRow(5, RowKind.INSERT, row);
            ports[row] = random.nextInt(3);
        }
        byte[] batch = Arrays.copyOf(builder.array(), builder.finish(42));
        BatchCursor cursor = new BatchCursor();
        for (int row = 0; row < rows; row++) {
            int at = RowLayout.HEADER_BYTES + row * RowLayout.stride(SCHEMA.size());
            batch[at + RowLayout.ROW_OUT_PORT] = (byte) ports[row];
            byPort.get(ports[row]).add(text(cursor.wrap(batch, 0, batch.length, SCHEMA).row(row)));
        }
        return batch;
    }

    private static String text(BatchCursor row) {
        return (row.isNull(0) ? null : row.getString(0))
                + "|"
                + row.getLong(1)
                + "|"
                + (row.isNull(2) ? null : row.getString(2))
                + "|"
                + row.eventTimeUs();
    }
}
