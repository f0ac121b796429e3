package galois.compiler;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;

/** Compares lists of rows and says where they first differ. */
final class Agreement {
    private Agreement() {}

    static void check(List<TestRow> expected, List<TestRow> actual, String what) {
        int common = Math.min(expected.size(), actual.size());
        for (int i = 0; i < common; i++) {
            if (!expected.get(i).toString().equals(actual.get(i).toString())) {
                fail(
                        String.format(
                                "row %d is %s, expected %s, of %s",
                                i, actual.get(i), expected.get(i), what));
            }
        }
        if (expected.size() != actual.size()) {
            List<TestRow> longer = expected.size() > common ? expected : actual;
            fail(
                    String.format(
                            "%d rows, expected %d, from %s, of %s",
                            actual.size(), expected.size(), longer.get(common), what));
        }
    }
}
