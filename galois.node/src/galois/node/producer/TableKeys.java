package galois.node.producer;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.plan.StreamDefinition;
import galois.batch.BatchBuilder;
import galois.batch.FieldType;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;

/** The keys of one version of a table: no two rows have equal ones, and none is NULL. */
final class TableKeys {
    /** A version with more rows fails. */
    static final int KEYS_MAX = 2_000_000;

    private final StreamDefinition table;
    private final int[] fields;
    private final Set<ByteBuffer> keys = new HashSet<>();

    TableKeys(StreamDefinition table) {
        this.table = table;
        fields = table.key().stream().mapToInt(table.schema()::indexOf).toArray();
    }

    /** The columns of the key: they must be decoded whoever reads them. */
    BitSet fields() {
        BitSet set = new BitSet();
        for (int field : fields) {
            set.set(field);
        }
        return set;
    }

    /** A new version begins. */
    void clear() {
        keys.clear();
    }

    /**
     * Takes the key of the row in progress.
     *
     * @return what is wrong with it; {@code null}: nothing
     * @throws GaloisException STATE_LIMIT
     */
    String take(BatchBuilder row) {
        if (fields.length == 0) {
            return null;
        }
        int bytes = 0;
        for (int field : fields) {
            if (row.currentIsNull(field)) {
                return "the key " + table.schema().field(field).name() + " is NULL";
            }
            bytes += 8 + (isText(field) ? row.currentTextLength(field) : 0);
        }
        ByteBuffer key = ByteBuffer.allocate(bytes);
        for (int field : fields) {
            if (isText(field)) {
                key.putLong(row.currentTextLength(field));
                key.put(row.array(), row.currentTextOffset(field), row.currentTextLength(field));
            } else {
                key.putLong(value(row, field));
            }
        }
        if (!keys.add(key.flip())) {
            return "the key " + text(row) + " was there before: the first row with it stays";
        }
        if (keys.size() > KEYS_MAX) {
            throw new GaloisException(
                    ErrorCode.STATE_LIMIT,
                    "the table \""
                            + table.name()
                            + "\" has more than "
                            + KEYS_MAX
                            + " rows: look them up in a database by another way");
        }
        return null;
    }

    private boolean isText(int field) {
        return table.schema().type(field).cell() == FieldType.Cell.STRING;
    }

    /** -0.0 is 0.0. */
    private long value(BatchBuilder row, int field) {
        long cell = row.currentLong(field);
        boolean isNumber = table.schema().type(field).cell() == FieldType.Cell.F64;
        return isNumber && Double.longBitsToDouble(cell) == 0 ? 0 : cell;
    }

    /** The columns of the key, for people. */
    private String text(BatchBuilder row) {
        StringBuilder text = new StringBuilder();
        for (int field : fields) {
            text.append(text.isEmpty() ? "" : ", ");
            if (isText(field)) {
                int length = Math.min(40, row.currentTextLength(field));
                int from = row.currentTextOffset(field);
                String start =
                        new String(
                                row.array(), from, length, java.nio.charset.StandardCharsets.UTF_8);
                text.append('"').append(start).append('"');
            } else if (table.schema().type(field).cell() == FieldType.Cell.F64) {
                text.append(Double.longBitsToDouble(row.currentLong(field)));
            } else {
                text.append(row.currentLong(field));
            }
        }
        return text.toString();
    }
}
