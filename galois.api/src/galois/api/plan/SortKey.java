package galois.api.plan;

/**
 * A field that orders rows. Numbers by value with NaN the greatest, texts by code point.
 *
 * @param field of the input
 * @param nullsFirst where NULL goes, whatever the direction
 */
public record SortKey(int field, boolean descending, boolean nullsFirst) {
    public SortKey {
        if (field < 0) {
            throw new IllegalArgumentException("a sort key needs a field");
        }
    }

    /** Smallest first; NULL is the smallest. */
    public static SortKey ascending(int field) {
        return new SortKey(field, false, true);
    }

    /** The same direction over another field. */
    public SortKey over(int other) {
        return new SortKey(other, descending, nullsFirst);
    }
}
