package galois.sql;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.LogicalOp;
import galois.api.plan.Over;
import galois.api.plan.Window;
import galois.api.query.Catalog;
import galois.batch.FieldType;

import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads windows from either of their spellings. */
final class WindowCalls {
    private static final long US_PER_MS = 1000;

    private static final List<String> WORDS = List.of("TUMBLE", "HOP", "SESSION", "CUMULATE");

    private WindowCalls() {}

    static boolean isGroupOperator(SqlOperator operator) {
        return operator == SqlStdOperatorTable.TUMBLE_OLD
                || operator == SqlStdOperatorTable.HOP_OLD
                || operator == SqlStdOperatorTable.SESSION_OLD;
    }

    static boolean isGroupCall(RexNode node) {
        return node instanceof RexCall call && isGroupOperator(call.getOperator());
    }

    /**
     * The end of a window whose start is the operand; calls of TUMBLE_END and its like are
     * rewritten to it, because Calcite knows no end of a session.
     */
    static final SqlFunction END =
            new SqlFunction(
                    "WINDOW_END_OF",
                    SqlKind.OTHER_FUNCTION,
                    ReturnTypes.ARG0,
                    null,
                    OperandTypes.ANY,
                    SqlFunctionCategory.SYSTEM);

    /** The last time that is in a window whose start is the operand, as {@link #END}. */
    static final SqlFunction TIME =
            new SqlFunction(
                    "WINDOW_TIME_OF",
                    SqlKind.OTHER_FUNCTION,
                    ReturnTypes.ARG0,
                    null,
                    OperandTypes.ANY,
                    SqlFunctionCategory.SYSTEM);

    /** The start that the name of an end or a row time belongs to; null for any other name. */
    static SqlOperator startOf(String name) {
        return switch (name) {
            case "TUMBLE_END", "TUMBLE_ROWTIME" -> SqlStdOperatorTable.TUMBLE_START;
            case "HOP_END", "HOP_ROWTIME" -> SqlStdOperatorTable.HOP_START;
            case "SESSION_END", "SESSION_ROWTIME" -> SqlStdOperatorTable.SESSION_START;
            default -> null;
        };
    }

    /** Of a window the end is the column after the start. */
    static boolean isWindowEnd(RexCall call) {
        return (call.getOperator() == END || call.getOperator() == TIME)
                && call.getOperands().get(0) instanceof RexInputRef;
    }

    /** Refuses a window in GROUP BY that has not its time and its lengths. */
    static void checkGroup(SqlCall call, QueryPlaces places) {
        boolean isHop = call.getOperator() == SqlStdOperatorTable.HOP_OLD;
        int expected = isHop ? 3 : 2;
        boolean isSession = call.getOperator() == SqlStdOperatorTable.SESSION_OLD;
        boolean hasOffset = call.operandCount() == expected + 1 && !isSession;
        if (hasOffset && call.operand(expected) instanceof SqlIntervalLiteral) {
            throw places.unsupported(
                    call,
                    "an interval as the offset of a window in GROUP BY",
                    "write a TIME, such as TIME '00:12:00'");
        }
        if (call.operandCount() != expected && !hasOffset) {
            String name = call.getOperator().getName().replace("$", "");
            throw places.error(
                    ErrorCode.SYNTAX,
                    call,
                    name
                            + " in GROUP BY takes the time column"
                            + (isHop ? ", a slide and a size" : " and a length")
                            + ": "
                            + name
                            + (isHop
                                    ? "(ts, INTERVAL '1' MINUTE, INTERVAL '5' MINUTE)"
                                    : "(ts, INTERVAL '5' MINUTE)"));
        }
    }

    /** {@code TUMBLE(ts, size)}, {@code HOP(ts, slide, size)}, {@code SESSION(ts, gap)}. */
    static Window ofGroup(RexCall call, Relation input, QueryPlaces places, Catalog catalog) {
        List<RexNode> operands = call.getOperands();
        return window(
                call.getKind(),
                operands.get(0),
                operands.subList(1, operands.size()),
                input,
                places,
                catalog);
    }

    /**
     * {@code TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), size [, offset]))}, {@code HOP(..., slide, size
     * [, offset])}, {@code SESSION(... [, DESCRIPTOR(key)], gap)}.
     */
    static Window ofTable(RexCall call, Relation input, QueryPlaces places, Catalog catalog) {
        List<RexNode> operands = call.getOperands();
        RexCall descriptor = (RexCall) operands.get(0);
        boolean isWindow =
                (call.getOperator() == WindowTables.TUMBLE
                                || call.getOperator() == WindowTables.HOP
                                || call.getOperator() == WindowTables.CUMULATE
                                || call.getOperator() == WindowTables.SESSION)
                        && descriptor.getKind() == SqlKind.DESCRIPTOR
                        && descriptor.getOperands().size() == 1;
        if (!isWindow) {
            throw error(
                    places,
                    ErrorCode.UNSUPPORTED,
                    "this window is not supported: write TUMBLE(TABLE stream, DESCRIPTOR(ts),"
                            + " INTERVAL '1' MINUTE)");
        }
        List<RexNode> intervals =
                operands.stream()
                        .skip(1)
                        .filter(operand -> operand.getKind() != SqlKind.DESCRIPTOR)
                        .toList();
        if (call.getOperator() == WindowTables.CUMULATE) {
            if (intervals.size() != 2) {
                throw error(places, ErrorCode.SYNTAX, "CUMULATE takes a step and a size");
            }
            return window(
                    SqlKind.HOP,
                    descriptor.getOperands().get(0),
                    intervals,
                    input,
                    places,
                    catalog);
        }
        return window(
                kind(call), descriptor.getOperands().get(0), intervals, input, places, catalog);
    }

    /** The columns of PARTITION BY, which a session may have; else null. */
    static List<Integer> partition(RexCall call, Relation input, QueryPlaces places) {
        if (call.getOperator() != WindowTables.SESSION) {
            return null;
        }
        List<Integer> columns = new ArrayList<>();
        for (RexNode operand : call.getOperands().subList(1, call.getOperands().size())) {
            if (operand.getKind() == SqlKind.DESCRIPTOR) {
                for (RexNode key : ((RexCall) operand).getOperands()) {
                    int field = ((RexInputRef) key).getIndex();
                    if (input.isWindowBound(field)) {
                        throw notGrouped(places);
                    }
                    columns.add(input.columns()[field]);
                }
            }
        }
        return columns;
    }

    /** Calcite has no kinds for its table functions. */
    private static SqlKind kind(RexCall call) {
        return SqlKind.valueOf(call.getOperator().getName().replace("$", ""));
    }

    private static Window window(
            SqlKind kind,
            RexNode time,
            List<RexNode> intervals,
            Relation input,
            QueryPlaces places,
            Catalog catalog) {
        int column = timeColumn(kind, time, input, places, catalog);
        boolean isHop = kind == SqlKind.HOP;
        int lengths = isHop ? 2 : 1;
        boolean isComplete =
                intervals.size() == lengths
                        || intervals.size() == lengths + 1 && kind != SqlKind.SESSION;
        if (!isComplete) {
            throw error(
                    places,
                    ErrorCode.SYNTAX,
                    kind
                            + (isHop
                                    ? " takes a slide, a size and perhaps an offset"
                                    : kind == SqlKind.SESSION
                                            ? " takes a gap"
                                            : " takes a size and perhaps an offset"));
        }
        long offsetUs = intervals.size() > lengths ? micros(intervals.get(lengths), places) : 0;
        long firstUs = micros(intervals.get(0), places);
        long sizeUs = isHop ? micros(intervals.get(1), places) : firstUs;
        if (sizeUs <= 0 || firstUs <= 0) {
            throw error(places, ErrorCode.TYPE_MISMATCH, "the size of a window is more than zero");
        }
        Window window =
                switch (kind) {
                    case HOP -> Window.hop(column, sizeUs, firstUs, offsetUs);
                    case SESSION -> Window.session(column, sizeUs);
                    default -> Window.tumble(column, sizeUs, offsetUs);
                };
        WindowStarts.check(window, input.op(), places);
        return window;
    }

    /** True for a window in GROUP BY over PROCTIME(): the last column has to be that. */
    static boolean isByArrival(RexNode node) {
        return isGroupCall(node) && isArrival(((RexCall) node).getOperands().get(0));
    }

    private static boolean isArrival(RexNode time) {
        return time instanceof RexCall call
                && call.getOperator() instanceof LibraryFunction function
                && function.function() == Function.ARRIVAL_TIME;
    }

    private static int timeColumn(
            SqlKind kind, RexNode time, Relation input, QueryPlaces places, Catalog catalog) {
        if (isArrival(time)) {
            return input.op().schema().size() - 1;
        }
        if (!(time instanceof RexInputRef ref) || input.isWindowBound(ref.getIndex())) {
            throw error(
                    places,
                    ErrorCode.UNSUPPORTED,
                    kind + " needs the event-time column itself, not an expression");
        }
        int column = input.columns()[ref.getIndex()];
        if (input.op().schema().type(column) != FieldType.TIMESTAMP) {
            throw error(
                    places,
                    ErrorCode.TYPE_MISMATCH,
                    kind
                            + " needs a TIMESTAMP, \""
                            + input.op().schema().field(column).name()
                            + "\" is "
                            + input.op().schema().type(column));
        }
        if (!isEventTime(input.op(), column, catalog)) {
            throw error(
                    places,
                    ErrorCode.UNSUPPORTED,
                    "\""
                            + input.op().schema().field(column).name()
                            + "\" is not the event time: declare WATERMARK FOR it in CREATE STREAM");
        }
        return column;
    }

    /** Refuses a GROUP BY over windowed rows that would count a row more or less than is meant. */
    static void checkGroups(
            Relation input, boolean isWindowed, List<Integer> keys, QueryPlaces places) {
        Window.Kind kind = input.window().kind();
        boolean isOther =
                isWindowed
                        && kind == Window.Kind.SESSION
                        && input.partition() != null
                        && !Set.copyOf(input.partition()).equals(Set.copyOf(keys));
        if (isOther) {
            throw error(
                    places,
                    ErrorCode.UNSUPPORTED,
                    "sessions are those of their PARTITION BY columns: group by window_start,"
                            + " window_end and just these");
        }
    }

    /** The window that rows were put into below, when one of its bounds is a key; else none. */
    static Window attached(LogicalOp op, List<Integer> keys) {
        Window best = Window.NONE;
        for (int key : keys) {
            long toEndUs = WindowColumns.delayUs(op, key);
            if (toEndUs == 0 || toEndUs > 0 && best.kind() == Window.Kind.NONE) {
                best = Window.attached(key, toEndUs);
            }
        }
        return best;
    }

    private static long micros(RexNode node, QueryPlaces places) {
        if (node instanceof RexLiteral time
                && time.getType().getSqlTypeName() == SqlTypeName.TIME) {
            return US_PER_MS * time.getValueAs(Integer.class);
        }
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
    static boolean isEventTime(LogicalOp op, int column, Catalog catalog) {
        if (op instanceof LogicalOp.Source source) {
            return source.timeField() == column || isArrival(source, column, catalog);
        }
        if (op instanceof LogicalOp.Filter filter) {
            return isEventTime(filter.input(), column, catalog);
        }
        if (op instanceof LogicalOp.Repeat repeat) {
            return column != repeat.copy() && isEventTime(repeat.input(), column, catalog);
        }
        if (op instanceof LogicalOp.Project project) {
            return isEventTime(project, project.expressions().get(column), catalog);
        }
        if (op instanceof Over over) {
            return column < over.input().schema().size()
                    && isEventTime(over.input(), column, catalog);
        }
        if (op instanceof LogicalOp.Sort sort) {
            return column < sort.input().schema().size()
                    && isEventTime(sort.input(), column, catalog);
        }
        if (op instanceof LogicalOp.Union union) {
            return union.inputs().stream().allMatch(input -> isEventTime(input, column, catalog));
        }
        if (op instanceof LogicalOp.Join join) {
            int left = join.left().schema().size();
            return column < left
                    ? isEventTime(join.left(), column, catalog)
                    : isEventTime(join.right(), column - left, catalog);
        }
        LogicalOp.WindowAggregate aggregate = (LogicalOp.WindowAggregate) op;
        int key = column - aggregate.keys().size();
        return aggregate.window().hasBounds() && (key == 0 || key == 1);
    }

    /** Windows over the time of arrival go by the clock when the event time is another column. */
    private static boolean isArrival(LogicalOp.Source source, int column, Catalog catalog) {
        String name = source.schema().field(column).name();
        return catalog.stream(source.stream())
                .filter(stream -> "arrival".equals(stream.metadata().get(name)))
                .isPresent();
    }

    /** A column, the end of a window, or its {@code window_time} when it has a fixed length. */
    private static boolean isEventTime(LogicalOp.Project project, Expr expr, Catalog catalog) {
        if (expr instanceof Expr.Column lower) {
            return isEventTime(project.input(), lower.index(), catalog);
        }
        if (!(expr instanceof Expr.Call call)) {
            return false;
        }
        return switch (call.function()) {
            case WINDOW_END, ARRIVAL_TIME -> true;
            case WINDOW_TIME ->
                    !(call.operands().get(0) instanceof Expr.Column end)
                            || WindowColumns.isEnd(project.input(), end.index());
            default -> false;
        };
    }

    static GaloisException sessionRows(QueryPlaces places) {
        return places.errorAtWord(
                ErrorCode.UNSUPPORTED,
                List.of("SESSION"),
                "the rows of a session without GROUP BY are not supported: group by window_start and"
                        + " window_end, or use TUMBLE or HOP");
    }

    static GaloisException notGrouped(QueryPlaces places) {
        return places.errorAtWord(
                ErrorCode.UNSUPPORTED,
                List.of("WINDOW_START", "WINDOW_END"),
                "window_start and window_end are known after GROUP BY window_start, window_end");
    }

    static GaloisException error(QueryPlaces places, ErrorCode code, String message) {
        return places.errorAtWord(code, WORDS, message);
    }
}
