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

    /** The same for an operator with several inputs. */
    default List<TestRow> add(int side, TestRow row) {
        return add(row);
    }

    /** Rows that are due at that time. */
    List<TestRow> time(long us);

    /** Rows that are due at that processing time. */
    default List<TestRow> clock(long us) {
        return List.of();
    }
}
