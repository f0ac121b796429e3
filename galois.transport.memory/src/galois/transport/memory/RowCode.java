package galois.transport.memory;

import galois.api.io.Decoder;
import galois.api.io.Encoder;
import galois.api.io.RowSink;
import galois.batch.BatchBuilder;
import galois.batch.BatchCursor;
import galois.batch.FieldType;
import galois.batch.Schema;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * Rows as bytes inside one runtime: for each field one byte, 0 for NULL, else 1 and its cell: 8
 * bytes, or the length and the bytes of a text. Nothing is kept longer than the runtime lives, so
 * the code may change.
 */
final class RowCode {
    private RowCode() {}

    /** Rows to bytes. */
    static final class Writer implements Encoder {
        private final Schema schema;
        private final ByteBuffer cell = ByteBuffer.allocate(8);

        Writer(Schema schema) {
            this.schema = schema;
        }

        @Override
        public void header(ByteArrayOutputStream out) {
            // none
        }

        @Override
        public void row(BatchCursor row, ByteArrayOutputStream out) {
            for (int field = 0; field < schema.size(); field++) {
                boolean isNull = row.isNull(field);
                out.write(isNull ? 0 : 1);
                if (isNull) {
                    continue;
                }
                if (isText(schema.type(field))) {
                    int length = row.stringLength(field);
                    out.write(cell.putLong(0, length).array(), 0, 8);
                    out.write(row.array(), row.stringOffset(field), length);
                } else {
                    out.write(cell.putLong(0, row.getLong(field)).array(), 0, 8);
                }
            }
        }
    }

    /** Bytes to rows. */
    static final class Reader implements Decoder {
        private final Schema schema;

        Reader(Schema schema) {
            this.schema = schema;
        }

        @Override
        public void feed(byte[] bytes, int offset, int length, Origin origin, RowSink sink) {
            ByteBuffer in = ByteBuffer.wrap(bytes, offset, length);
            while (in.hasRemaining()) {
                int start = in.position();
                BatchBuilder row = sink.row();
                if (!read(in, row)) {
                    in.position(start);
                    if (!sink.retry() || !read(in, row)) {
                        throw new AssertionError("a row that was in a batch fits in an empty one");
                    }
                }
                sink.commit();
            }
        }

        /** False when the batch has no room for a text. */
        private boolean read(ByteBuffer in, BatchBuilder row) {
            for (int field = 0; field < schema.size(); field++) {
                if (in.get() == 0) {
                    continue;
                }
                FieldType type = schema.type(field);
                long value = in.getLong();
                if (isText(type)) {
                    int length = (int) value;
                    if (!row.setBytes(field, in.array(), in.position(), length)) {
                        return false;
                    }
                    in.position(in.position() + length);
                } else if (type == FieldType.DOUBLE || type == FieldType.REAL) {
                    row.setDouble(field, Double.longBitsToDouble(value));
                } else {
                    row.setLong(field, value);
                }
            }
            return true;
        }

        @Override
        public void end(RowSink sink) {
            // rows are whole
        }
    }

    static boolean isText(FieldType type) {
        return type == FieldType.VARCHAR || type == FieldType.VARBINARY;
    }
}
