package galois.node.producer;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A finished batch that some outputs do not have yet, because the role was stopped while they had
 * no room. Its rows are counted already.
 *
 * @param edgeIds the outputs that it is still for
 */
record UnsentBatch(byte[] bytes, long originUs, List<String> edgeIds) {
    void save(DataOutput out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
        out.writeLong(originUs);
        saveNames(edgeIds, out);
    }

    static UnsentBatch restore(DataInput in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new UnsentBatch(bytes, in.readLong(), restoreNames(in));
    }

    static void saveNames(List<String> names, DataOutput out) throws IOException {
        out.writeInt(names.size());
        for (String name : names) {
            out.writeUTF(name);
        }
    }

    static List<String> restoreNames(DataInput in) throws IOException {
        List<String> names = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            names.add(in.readUTF());
        }
        return names;
    }
}
