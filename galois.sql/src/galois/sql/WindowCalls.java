package galois.sql;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.plan.Expr;
import galois.api.plan.LogicalOp;
import galois.api.plan.Window;
import galois.batch.FieldType;

import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

import java.math.BigDecimal;
import java.util.List;

/** Reads a tumbling window from either of its spellings. */
final class WindowCalls {
    private static final long US_PER_MS = 1000;

    private WindowCalls() {}

    static boolean isGroupCall(RexNode node) {
        return node instanceof RexCall call && call.getOperator() == SqlStdOperatorTable.TUMBLE_OLD;
    }

    /**
     * TUMBLE_END, which Calcite converts to start plus size; no other arithmetic with intervals
     * gets here. The end is the column after the start.
     */
    static boolean isWindowEnd(RexCall call) {
        return call.getOperands().size() == 2
                && call.getOperands().get(0) instanceof RexInputRef
                && SqlTypeName.DAY_INTERVAL_TYPES.contains(
                        call.getOperands().get(1).getType().getSqlTypeName());
    }

    /** {@code TUMBLE(ts, INTERVAL '1' DAY)} in GROUP BY. */
    static Window ofGroup(RexCall call, Relation input, QueryPlaces places) {
        if (call.getOperands().size() != 2) {
            throw error(
                    places,
                    ErrorCode.UNSUPPORTED,
                    "the offset of TUMBLE in GROUP BY is not supported: use FROM TABLE(TUMBLE(...))");
        }
        return window(call.getOperands().get(0), call.getOperands().subList(1, 2), input, places);
    }

    /** {@code TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '1' DAY [, offset]))}. */
    static Window ofTable(RexCall call, Relation input, QueryPlaces places) {
        RexCall descriptor = (RexCall) call.getOperands().get(0);
        List<RexNode> intervals = call.getOperands().subList(1, call.getOperands().size());
        boolean isTumble =
                call.getOperator() == SqlStdOperatorTable.TUMBLE
                        && descriptor.getKind() == SqlKind.DESCRIPTOR
                        && descriptor.getOperands().size() == 1;
        if (!isTumble) {
            throw error(
                    places,
                    ErrorCode.UNSUPPORTED,
                    "this window is not supported: write TUMBLE(TABLE stream, DESCRIPTOR(ts),"
                            + " INTERVAL '1' MINUTE)");
        }
        return window(descriptor.getOperands().get(0), intervals, input, places);
    }

    private static Window window(
            RexNode time, List<RexNode> intervals, Relation input, QueryPlaces places) {
        if (!(time instanceof RexInputRef ref) || input.isWindowBound(ref.getIndex())) {
            throw error(
                    places,
                    ErrorCode.UNSUPPORTED,
                    "TUMBLE needs the event-time column itself, not an expression");
        }
        int column = input.columns()[ref.getIndex()];
        if (input.op().schema().type(column) != FieldType.TIMESTAMP) {
            throw error(
                    places,
                    ErrorCode.TYPE_MISMATCH,
                    "TUMBLE needs a TIMESTAMP, \""
                            + input.op().schema().field(column).name()
                            + "\" is "
                            + input.op().schema().type(column));
        }
        if (!isEventTime(input.op(), column)) {
            throw error(
                    places,
                    ErrorCode.UNSUPPORTED,
                    "\""
                            + input.op().schema().field(column).name()
                            + "\" is not the event time: declare WATERMARK FOR it in CREATE STREAM");
        }
        long sizeUs = micros(intervals.get(0), places);
        long offsetUs = intervals.size() > 1 ? micros(intervals.get(1), places) : 0;
        if (sizeUs <= 0) {
            throw error(places, ErrorCode.TYPE_MISMATCH, "the size of a window is more than zero");
        }
        return Window.tumble(column, sizeUs, offsetUs);
    }

    private static long micros(RexNode node, QueryPlaces places) {
        boolean isFixed =
                node instanceof RexLiteral
                        && SqlTypeName.DAY_INTERVAL_TYPES.contains(node.getType().getSqlTypeName());
        if (!isFixed) {
            throw error(
                    places,
                    ErrorCode.UNSUPPORTED,
                    "a window needs a fixed size such as INTERVAL '1' DAY; months differ in length");
        }
        BigDecimal ms = ((RexLiteral) node).getValueAs(BigDecimal.class);
        return Math.multiplyExact(ms.longValueExact(), US_PER_MS);
    }

    /**
     * Whether rows come in the order of this column, up to the watermark: the event time of a
     * source, or the bounds of a window below.
     */
    private static boolean isEventTime(LogicalOp op, int column) {
        if (op instanceof LogicalOp.Source source) {
            return source.timeField() == column;
        }
        if (op instanceof LogicalOp.Filter filter) {
            return isEventTime(filter.input(), column);
        }
        if (op instanceof LogicalOp.Project project) {
            return project.expressions().get(column) instanceof Expr.Column lower
                    && isEventTime(project.input(), lower.index());
        }
        if (op instanceof LogicalOp.Sort sort) {
            return column < sort.input().schema().size() && isEventTime(sort.input(), column);
        }
        if (op instanceof LogicalOp.Union union) {
            return union.inputs().stream().allMatch(input -> isEventTime(input, column));
        }
        LogicalOp.WindowAggregate aggregate = (LogicalOp.WindowAggregate) op;
        int key = column - aggregate.keys().size();
        return aggregate.window().kind() != Window.Kind.NONE && (key == 0 || key == 1);
    }

    static GaloisException notGrouped(QueryPlaces places) {
        return places.errorAtWord(
                ErrorCode.UNSUPPORTED,
                List.of("WINDOW_START", "WINDOW_END"),
                "window_start and window_end are known after GROUP BY window_start, window_end");
    }

    private static GaloisException error(QueryPlaces places, ErrorCode code, String message) {
        return places.errorAtWord(code, List.of("TUMBLE"), message);
    }
}
