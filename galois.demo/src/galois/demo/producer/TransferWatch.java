package galois.demo.producer;

import galois.demo.elec.ElecRow;

/**
 * Follows the attribute {@code transfer}: in the real data it is constant in the first 17,424 rows,
 * and the paper's query excludes just that value. One writer, any readers.
 */
public final class TransferWatch {
    private volatile String constant;
    private volatile long changedAt = -1;

    void onRow(ElecRow row) {
        String value = row.value("transfer");
        if (constant == null) {
            constant = value;
        } else if (changedAt < 0 && !constant.equals(value)) {
            changedAt = row.n();
        }
    }

    /** The value that every row had so far; null when there was none or more than one. */
    public String constant() {
        return changedAt < 0 ? constant : null;
    }

    /** The first row with another value; -1 when there was none. */
    public long changedAt() {
        return changedAt;
    }
}
