package galois.node.producer;

import galois.batch.BatchBuilder;
import galois.batch.Bytes;
import galois.batch.FieldType;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers the values of one column in the order in which they come. Beyond {@link #MAX} values all
 * others are one. Allocates for a new value only.
 */
final class Partitions {
    /** Partitions of one source that are told apart. */
    static final int MAX = 4_096;

    private final int field;
    private final boolean isText;
    private final List<byte[]> keys = new ArrayList<>();
    private final byte[] scratch = new byte[Long.BYTES];
    private int[] slots = new int[64];
    private int last;

    /**
     * @param field the column
     */
    Partitions(int field, FieldType type) {
        this.field = field;
        this.isText = type.cell() == FieldType.Cell.STRING;
    }

    /** The number of the row in progress. */
    int of(BatchBuilder row) {
        byte[] bytes = scratch;
        int offset = 0;
        int length = Long.BYTES;
        if (row.currentIsNull(field)) {
            length = 1; // no number has one byte; a text of one byte 0 shares the partition
            scratch[0] = 0;
        } else if (isText) {
            bytes = row.array();
            offset = row.currentTextOffset(field);
            length = row.currentTextLength(field);
        } else {
            Bytes.putLong(scratch, 0, row.currentLong(field));
        }
        if (last < keys.size() && isKey(last, bytes, offset, length)) {
            return last;
        }
        last = find(bytes, offset, length);
        return last;
    }

    private int find(byte[] bytes, int offset, int length) {
        int mask = slots.length - 1;
        for (int i = hash(bytes, offset, length) & mask; ; i = i + 1 & mask) {
            if (slots[i] == 0) {
                return keys.size() < MAX ? add(i, bytes, offset, length) : MAX - 1;
            }
            if (isKey(slots[i] - 1, bytes, offset, length)) {
                return slots[i] - 1;
            }
        }
    }

    private int add(int slot, byte[] bytes, int offset, int length) {
        keys.add(Arrays.copyOfRange(bytes, offset, offset + length));
        slots[slot] = keys.size();
        if (2 * keys.size() > slots.length) {
            grow();
        }
        return keys.size() - 1;
    }

    private void grow() {
        slots = new int[2 * slots.length];
        int mask = slots.length - 1;
        for (int key = 0; key < keys.size(); key++) {
            byte[] bytes = keys.get(key);
            int i = hash(bytes, 0, bytes.length) & mask;
            while (slots[i] != 0) {
                i = i + 1 & mask;
            }
            slots[i] = key + 1;
        }
    }

    private boolean isKey(int key, byte[] bytes, int offset, int length) {
        byte[] known = keys.get(key);
        return Arrays.equals(known, 0, known.length, bytes, offset, offset + length);
    }

    private static int hash(byte[] bytes, int offset, int length) {
        int hash = 0x811C9DC5; // FNV-1a
        for (int i = offset; i < offset + length; i++) {
            hash = (hash ^ bytes[i]) * 0x01000193;
        }
        return hash ^ hash >>> 15;
    }

    void save(DataOutput out) throws IOException {
        out.writeInt(keys.size());
        for (byte[] key : keys) {
            out.writeInt(key.length);
            out.write(key);
        }
    }

    void restore(DataInput in) throws IOException {
        for (int left = in.readInt(); left > 0; left--) {
            byte[] key = new byte[in.readInt()];
            in.readFully(key);
            find(key, 0, key.length);
        }
    }
}
