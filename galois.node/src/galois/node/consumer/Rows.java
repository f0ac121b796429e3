package galois.node.consumer;

import galois.batch.BatchBuilder;
import galois.batch.BatchCursor;
import galois.batch.FieldType;
import galois.batch.RowLayout;
import galois.batch.Schema;

import java.util.Arrays;

/** Takes rows out of batches. */
final class Rows {
    private Rows() {}

    /** A batch with the row at which the cursor is, as it came. */
    static byte[] copy(BatchCursor row, Schema schema) {
        BatchBuilder builder =
                new BatchBuilder(schema, RowLayout.HEADER_BYTES + RowLayout.ROW_BYTES_MAX);
        builder.beginRow();
        for (int field = 0; field < schema.size(); field++) {
            FieldType.Cell cell = schema.type(field).cell();
            if (row.isNull(field)) {
                builder.setNull(field);
            } else if (cell == FieldType.Cell.F64) {
                builder.setDouble(field, row.getDouble(field));
            } else if (cell == FieldType.Cell.I64) {
                builder.setLong(field, row.getLong(field));
            } else {
                boolean fits =
                        builder.setBytes(
                                field,
                                row.array(),
                                row.stringOffset(field),
                                row.stringLength(field));
                assert fits : "a row that came fits a batch";
            }
        }
        builder.commitRow(0, row.kind(), row.eventTimeUs());
        return Arrays.copyOf(builder.array(), builder.finish(RowLayout.WATERMARK_NONE));
    }
}
