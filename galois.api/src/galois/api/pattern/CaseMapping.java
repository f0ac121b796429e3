package galois.api.pattern;

import java.util.function.IntUnaryOperator;

/**
 * Upper and lower case as Unicode's simple mapping says, for the letters of Latin, Greek, Cyrillic
 * and Armenian: U+0000 to U+058F and U+1E00 to U+1FFF. Others stay. The ranges are closed: a later
 * version of Unicode changes nothing in them.
 */
public final class CaseMapping {
    /** Behind the last letter that has another case. */
    public static final int END = 0x2000;

    private static final int LOW_END = 0x590;
    private static final int HIGH_START = 0x1E00;

    private CaseMapping() {}

    public static int upper(int point) {
        return map(Character::toUpperCase, point);
    }

    public static int lower(int point) {
        return map(Character::toLowerCase, point);
    }

    private static int map(IntUnaryOperator mapping, int point) {
        int mapped = mapping.applyAsInt(point);
        return isCovered(point) && isCovered(mapped) ? mapped : point;
    }

    private static boolean isCovered(int point) {
        return point < LOW_END || point >= HIGH_START && point < END;
    }
}
