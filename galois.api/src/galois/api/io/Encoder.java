package galois.api.io;

import galois.batch.BatchCursor;

import org.osgi.annotation.versioning.ConsumerType;

import java.io.ByteArrayOutputStream;

/** Turns rows into bytes. Stateful, one per open sink, called by one thread at a time. */
@ConsumerType
public interface Encoder {
    /**
     * What precedes the first row of a byte stream (a CSV header with line end); may write nothing.
     */
    void header(ByteArrayOutputStream out);

    /** Appends the cursor's current row; with line end when the target is a byte stream. */
    void row(BatchCursor row, ByteArrayOutputStream out);
}
