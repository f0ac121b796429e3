package galois.node.producer;

import galois.api.io.Decoder.Origin;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What a source gave and nobody has decoded yet; it may be the only copy, because the source knows
 * that it was taken.
 *
 * @param end the input is over; then there are no bytes
 */
record UnreadPayload(byte[] bytes, Origin origin, boolean end) {
    void save(DataOutput out) throws IOException {
        out.writeBoolean(end);
        if (end) {
            return;
        }
        out.writeInt(bytes.length);
        out.write(bytes);
        out.writeLong(origin.arrivalUs());
        out.writeBoolean(origin.topic() != null);
        if (origin.topic() != null) {
            out.writeUTF(origin.topic());
        }
    }

    static UnreadPayload restore(DataInput in) throws IOException {
        if (in.readBoolean()) {
            return new UnreadPayload(new byte[0], null, true);
        }
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        long arrivalUs = in.readLong();
        return new UnreadPayload(
                bytes, new Origin(in.readBoolean() ? in.readUTF() : null, arrivalUs), false);
    }
}
