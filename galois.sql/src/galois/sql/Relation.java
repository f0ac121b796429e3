package galois.sql;

import galois.api.plan.Expr;
import galois.api.plan.LogicalOp;
import galois.api.plan.Window;

import java.util.List;

/**
 * What a part of a converted query is in our algebra.
 *
 * @param columns for each field of Calcite's operator the column of {@code op}, or one of {@link
 *     #WINDOW_START}, {@link #WINDOW_END} and {@link #WINDOW_TIME} for a window that no GROUP BY
 *     has met yet
 * @param window that window over {@code op}; null if there is none
 * @param partition columns of {@code op} whose sessions are meant; null when the keys of the GROUP
 *     BY decide
 * @param counted the window that GROUP BY counts rows for, over {@code op}; null if there is none
 */
record Relation(
        LogicalOp op, int[] columns, Window window, List<Integer> partition, CountWindow counted) {
    static final int WINDOW_START = -1;
    static final int WINDOW_END = -2;
    static final int WINDOW_TIME = -3;

    Relation(LogicalOp op, int[] columns, Window window, List<Integer> partition) {
        this(op, columns, window, partition, null);
    }

    static Relation of(LogicalOp op) {
        int[] columns = new int[op.schema().size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = i;
        }
        return new Relation(op, columns, null, null);
    }

    Relation withOp(LogicalOp changed) {
        return new Relation(changed, columns, window, partition, counted);
    }

    /** Three fields more: the bounds of the window each row is in. */
    Relation withWindow(Window remembered, List<Integer> keys) {
        int[] more = java.util.Arrays.copyOf(columns, columns.length + 3);
        more[columns.length] = WINDOW_START;
        more[columns.length + 1] = WINDOW_END;
        more[columns.length + 2] = WINDOW_TIME;
        return new Relation(op, more, remembered, keys);
    }

    boolean isWindowBound(int field) {
        return columns[field] < 0;
    }

    /** Not for a window's bound. */
    Expr column(int field) {
        return new Expr.Column(columns[field], op.schema().type(columns[field]));
    }
}
