package galois.node.role;

import galois.api.io.Decoder;
import galois.api.io.DecoderRequest;
import galois.api.io.Encoder;
import galois.api.io.Format;
import galois.api.io.MalformedRow;
import galois.api.io.RowSink;
import galois.api.plan.StreamDefinition;
import galois.batch.BatchBuilder;
import galois.batch.BatchCursor;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/**
 * Payloads {@code n,ts,text}: {@code end} ends the stream, an empty {@code ts} is NULL. A text that
 * nobody reads is not decoded.
 */
public final class LineFormat implements Format {
    public static final Schema SCHEMA =
            Schema.of(
                    new Field("n", FieldType.BIGINT),
                    new Field("ts", FieldType.TIMESTAMP),
                    new Field("text", FieldType.VARCHAR));

    @Override
    public Decoder decoder(DecoderRequest request) {
        return new Lines();
    }

    @Override
    public Encoder encoder(StreamDefinition stream, boolean framed) {
        return new Encoder() {
            @Override
            public void header(ByteArrayOutputStream out) {}

            @Override
            public void row(BatchCursor row, ByteArrayOutputStream out) {
                out.writeBytes(Long.toString(row.getLong(0)).getBytes(StandardCharsets.UTF_8));
            }
        };
    }

    private static final class Lines implements Decoder {
        private boolean readsText = true;

        @Override
        public void read(BitSet fields) {
            readsText = fields.get(2);
        }

        @Override
        public void feed(byte[] bytes, int offset, int length, Origin origin, RowSink sink) {
            String line = new String(bytes, offset, length, StandardCharsets.UTF_8);
            if (line.equals("end")) {
                sink.end();
                return;
            }
            String[] parts = line.split(",", -1);
            BatchBuilder row = sink.row();
            try {
                while (!fill(row, parts)) {
                    if (!sink.retry()) {
                        sink.reject(new MalformedRow(MalformedRow.Cause.TOO_LARGE, 0, "too large"));
                        return;
                    }
                }
                sink.commit();
            } catch (NumberFormatException e) {
                sink.reject(
                        new MalformedRow(
                                MalformedRow.Cause.WRONG_TYPE, 3, "not a number: " + line));
            }
        }

        private boolean fill(BatchBuilder row, String[] parts) {
            row.setLong(0, Long.parseLong(parts[0]));
            if (!parts[1].isEmpty()) {
                row.setLong(1, Long.parseLong(parts[1]));
            }
            return !readsText || row.setString(2, parts[2]);
        }

        @Override
        public void end(RowSink sink) {}
    }
}
