package galois.shell.output;

import galois.api.io.Encoder;
import galois.batch.BatchCursor;

import java.io.ByteArrayOutputStream;

/** Rows as one of the installed formats writes them (CSV, JSON). */
public final class EncodedText implements RowText {
    private final Encoder encoder;
    private final byte[] header;

    public EncodedText(Encoder encoder) {
        this.encoder = encoder;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        encoder.header(out);
        header = out.toByteArray();
    }

    @Override
    public void header(ByteArrayOutputStream out) {
        out.writeBytes(header);
    }

    @Override
    public void row(BatchCursor row, ByteArrayOutputStream out) {
        encoder.row(row, out);
    }

    @Override
    public void pause(ByteArrayOutputStream out) {}
}
