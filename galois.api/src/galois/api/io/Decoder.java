package galois.api.io;

import org.osgi.annotation.versioning.ConsumerType;

import java.util.BitSet;

/** Turns bytes into rows. Stateful, one per open source, called by one thread at a time. */
@ConsumerType
public interface Decoder {
    /**
     * Decodes a message, or the next piece of a byte stream. Never throws for bad input: it is
     * rejected to the sink, and the next row is found again.
     *
     * @param origin topic and arrival of a message; fills metadata columns
     */
    void feed(byte[] bytes, int offset, int length, Origin origin, RowSink sink);

    /**
     * From the next row on only these fields of the stream are read: the others may be NULL in the
     * rows, and a value that is wrong for its column is not noticed there. At first all are read.
     * Who reads all the same may do so.
     */
    default void read(BitSet fields) {}

    /** The byte stream is over: a last line without line end is a row. */
    void end(RowSink sink);

    /**
     * Where a payload came from.
     *
     * @param topic null for a byte stream
     * @param arrivalUs epoch microseconds
     */
    record Origin(String topic, long arrivalUs) {}
}
