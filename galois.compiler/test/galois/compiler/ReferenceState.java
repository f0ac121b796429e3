package galois.compiler;

import java.util.List;

/** An operator that remembers rows, in plain Java. */
interface ReferenceState {
    /**
     * Takes a row in.
     *
     * @return what passes at once
     */
    List<TestRow> add(TestRow row);

    /** Rows that are due at that time. */
    List<TestRow> time(long us);
}
