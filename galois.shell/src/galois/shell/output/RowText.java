package galois.shell.output;

import galois.batch.BatchCursor;
import galois.batch.Schema;

import java.io.ByteArrayOutputStream;

/** How rows look. Stateful, one for each SELECT, called by one thread at a time. */
public interface RowText {
    /** What comes before rows, also when none follow; asked for again when outputs take turns. */
    void header(ByteArrayOutputStream out);

    /** Appends the cursor's current row; may keep it until {@link #pause}. */
    void row(BatchCursor row, ByteArrayOutputStream out);

    /** Appends what was kept: nothing more comes at this moment. */
    void pause(ByteArrayOutputStream out);

    /** Makes the text of a result with this schema. */
    @FunctionalInterface
    interface Factory {
        RowText of(Schema schema);
    }
}
