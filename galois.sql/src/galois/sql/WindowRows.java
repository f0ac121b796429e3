package galois.sql;

import galois.api.ErrorCode;
import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.LogicalOp;
import galois.api.plan.Window;
import galois.api.plan.WindowBound;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexVisitorImpl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows with the bounds of their windows as columns, for everything but GROUP BY: that knows windows
 * itself. A row that is in several windows comes once for each of them.
 */
final class WindowRows {
    private WindowRows() {}

    /** The relation as it is to be read from outside: with all columns, once for each window. */
    static Relation complete(Relation relation, QueryPlaces places) {
        Window window = relation.window();
        boolean isRepeated = window != null && window.kind() == Window.Kind.HOP;
        boolean hasBounds = Arrays.stream(relation.columns()).anyMatch(column -> column < 0);
        return isRepeated || hasBounds ? of(relation, places) : relation;
    }

    /** The relation with the bounds as columns when an expression reads one of them. */
    static Relation readBy(List<? extends RexNode> nodes, Relation relation, QueryPlaces places) {
        if (relation.window() == null) {
            return relation;
        }
        boolean[] found = {false};
        for (RexNode node : nodes) {
            node.accept(
                    new RexVisitorImpl<Void>(true) {
                        @Override
                        public Void visitInputRef(RexInputRef ref) {
                            found[0] |= relation.isWindowBound(ref.getIndex());
                            return null;
                        }
                    });
        }
        return found[0] ? of(relation, places) : relation;
    }

    /** The same for expressions of an inner select, which name columns of the outer one. */
    static Relation readInside(List<RexNode> nodes, Relation outer, QueryPlaces places) {
        if (outer.window() == null) {
            return outer;
        }
        boolean[] found = {false};
        for (RexNode node : nodes) {
            node.accept(
                    new RexVisitorImpl<Void>(true) {
                        @Override
                        public Void visitFieldAccess(RexFieldAccess access) {
                            found[0] |=
                                    access.getReferenceExpr() instanceof RexCorrelVariable
                                            && outer.isWindowBound(access.getField().getIndex());
                            return null;
                        }
                    });
        }
        return found[0] ? of(outer, places) : outer;
    }

    /** The relation without a remembered window: its bounds are columns. */
    static Relation of(Relation relation, QueryPlaces places) {
        Window window = relation.window();
        if (window == null) {
            return relation;
        }
        if (window.kind() == Window.Kind.SESSION) {
            throw WindowCalls.sessionRows(places);
        }
        return put(relation, window, window, places);
    }

    /**
     * Windows that grow by a step until their size and then begin anew: the ends are those of
     * hopping windows, as far as they are not beyond the whole.
     *
     * @param steps from one end to the next is the slide
     */
    static Relation growing(Relation relation, Window steps, QueryPlaces places) {
        if (steps.sizeUs() % steps.slideUs() != 0) {
            throw WindowCalls.error(
                    places,
                    ErrorCode.TYPE_MISMATCH,
                    "the size of CUMULATE is a multiple of its step");
        }
        Window whole = Window.tumble(steps.timeField(), steps.sizeUs(), steps.offsetUs());
        return put(relation, whole, steps, places);
    }

    /**
     * @param starts the windows whose start counts
     * @param window those whose end counts
     */
    private static Relation put(
            Relation relation, Window starts, Window window, QueryPlaces places) {
        LogicalOp input = relation.op();
        long windows = WindowBound.windows(window.sizeUs(), window.slideUs());
        check(window, windows, places);
        Expr copy = null;
        if (windows > 1) {
            LogicalOp.Repeat repeat = LogicalOp.Repeat.of(input, windows);
            copy = new Expr.Column(repeat.copy(), FieldType.BIGINT);
            input = repeat;
        }
        Expr time = new Expr.Column(window.timeField(), FieldType.TIMESTAMP);
        Expr end = WindowBound.call(Function.WINDOW_END, time, window, copy);
        List<Expr> expressions = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        Schema schema = relation.op().schema();
        for (int i = 0; i < schema.size(); i++) {
            expressions.add(new Expr.Column(i, schema.type(i)));
            fields.add(schema.field(i));
        }
        Expr start =
                starts == window
                        ? WindowBound.call(Function.WINDOW_START, time, window, copy)
                        : WindowBound.call(Function.WINDOW_START, time, starts, null);
        expressions.add(start);
        expressions.add(end);
        expressions.add(timeOf(end));
        for (String name : WindowTables.COLUMNS) {
            fields.add(Projections.unique(fields, name, FieldType.TIMESTAMP));
        }
        LogicalOp op = new LogicalOp.Project(input, expressions, new Schema(fields));
        Expr endColumn = new Expr.Column(schema.size() + 1, FieldType.TIMESTAMP);
        if (window.sizeUs() % window.slideUs() != 0) {
            op = new LogicalOp.Filter(op, Exprs.call(Function.LESS, List.of(time, endColumn)));
        } else if (starts != window) {
            Expr most = WindowBound.call(Function.WINDOW_END, time, starts, null);
            op =
                    new LogicalOp.Filter(
                            op, Exprs.call(Function.LESS_OR_EQUAL, List.of(endColumn, most)));
        }
        int[] columns = relation.columns().clone();
        for (int i = 0; i < columns.length; i++) {
            // Bounds are counted down from -1.
            columns[i] = columns[i] < 0 ? schema.size() - 1 - columns[i] : columns[i];
        }
        return new Relation(op, columns, null, null);
    }

    static Expr timeOf(Expr end) {
        return new Expr.Call(Function.WINDOW_TIME, List.of(end), FieldType.TIMESTAMP);
    }

    private static void check(Window window, long windows, QueryPlaces places) {
        if (window.sizeUs() > WindowBound.SIZE_US_MAX
                || window.slideUs() > WindowBound.SIZE_US_MAX) {
            throw WindowCalls.error(
                    places,
                    ErrorCode.QUERY_LIMIT,
                    "the rows of a window longer than 36,000 years: use a shorter one");
        }
        if (windows > LogicalOp.Repeat.TIMES_MAX) {
            throw WindowCalls.error(
                    places,
                    ErrorCode.QUERY_LIMIT,
                    "each row would come in "
                            + windows
                            + " windows, the limit is "
                            + LogicalOp.Repeat.TIMES_MAX
                            + ": use a longer slide, or GROUP BY window_start, window_end, which"
                            + " shares them");
        }
    }
}
