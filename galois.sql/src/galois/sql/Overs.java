package galois.sql;

import galois.api.ErrorCode;
import galois.api.plan.AggregateCall;
import galois.api.plan.AggregateFunction;
import galois.api.plan.LogicalOp;
import galois.api.plan.Over;
import galois.api.plan.OverCall;
import galois.api.plan.OverFrame;
import galois.api.plan.OverFunction;
import galois.api.plan.SortKey;
import galois.batch.FieldType;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Functions with OVER of one partition and order as {@link Over}. */
final class Overs {
    private static final long US_PER_MS = 1000;

    private final QueryPlaces places;
    private final RexBuilder rex;

    Overs(QueryPlaces places, RexBuilder rex) {
        this.places = places;
        this.rex = rex;
    }

    /** True when the function numbers rows: a sort can do that. */
    static boolean isRanking(RexOver over) {
        return switch (OverOperators.function(over.getAggOperator())) {
            case ROW_NUMBER, RANK, DENSE_RANK -> true;
            default -> false;
        };
    }

    /**
     * Computes functions of equal partition and order.
     *
     * @param functions with the names that their columns get
     * @param columns of {@code input}, with those of partition and order
     * @param values gets what stands for each function, over the fields of the result
     */
    Relation over(
            Relation input,
            Map<RexOver, String> functions,
            MoreColumns columns,
            List<Integer> partition,
            List<SortKey> order,
            Map<RexOver, RexNode> values) {
        List<OverCall> calls = new ArrayList<>();
        List<String> names = new ArrayList<>();
        int fields = input.columns().length;
        for (Map.Entry<RexOver, String> entry : functions.entrySet()) {
            RexOver over = entry.getKey();
            OverCall call = call(over, columns, order);
            RexNode value = new RexInputRef(fields + calls.size(), over.getType());
            add(call, entry.getValue(), calls, names);
            boolean hasDefault =
                    over.getOperands().size() > 2 && !isNull(over.getOperands().get(2));
            if (hasDefault) {
                RexNode yes = rex.makeLiteral(true);
                OverCall there =
                        new OverCall(
                                call.function(),
                                columns.of(yes),
                                call.offset(),
                                call.frame(),
                                null,
                                FieldType.BOOLEAN);
                int field = fields + calls.size();
                add(there, "has_" + entry.getValue(), calls, names);
                value = orElse(over, new RexInputRef(field, nullable(yes)), value);
            }
            values.put(over, value);
        }
        LogicalOp op = columns.op();
        Over all = Over.of(op, partition, order, calls, names);
        int[] wider = Arrays.copyOf(input.columns(), fields + calls.size());
        for (int i = 0; i < calls.size(); i++) {
            wider[fields + i] = op.schema().size() + i;
        }
        return new Relation(inWindows(all), wider, input.window(), input.partition());
    }

    private RelDataType nullable(RexNode node) {
        return rex.getTypeFactory().createTypeWithNullability(node.getType(), true);
    }

    /** The third operand where there is no such row. */
    private RexNode orElse(RexOver over, RexNode there, RexNode value) {
        FieldType type = SqlTypes.from(over.getType());
        FieldType given = SqlTypes.from(over.getOperands().get(2).getType());
        if (given == null || ResultTypes.common(type, given) != type) {
            throw error(
                    ErrorCode.TYPE_MISMATCH,
                    "the value that "
                            + OverOperators.function(over.getAggOperator())
                            + " gives where there is no row is "
                            + given
                            + ", not "
                            + type
                            + ": use CAST");
        }
        RexNode otherwise = rex.ensureType(over.getType(), over.getOperands().get(2), true);
        RexNode isMissing = rex.makeCall(SqlStdOperatorTable.IS_NULL, there);
        return rex.makeCall(
                over.getType(), SqlStdOperatorTable.CASE, List.of(isMissing, otherwise, value));
    }

    private static void add(OverCall call, String name, List<OverCall> calls, List<String> names) {
        String free = name;
        for (int i = 2; names.contains(free); i++) {
            free = name + i;
        }
        names.add(free);
        calls.add(call);
    }

    private static boolean isNull(RexNode node) {
        return node instanceof RexLiteral literal && literal.isNull();
    }

    private OverCall call(RexOver over, MoreColumns columns, List<SortKey> order) {
        OverFunction function = OverOperators.function(over.getAggOperator());
        List<RexNode> operands = over.getOperands();
        switch (function) {
            case ROW_NUMBER, RANK, DENSE_RANK -> {
                return OverCall.ranking(function);
            }
            case LAG, LEAD -> {
                needsOrder(over);
                long rows = operands.size() < 2 ? 1 : count(operands.get(1));
                int column = columns.of(operands.get(0));
                return new OverCall(
                        function, column, rows, OverFrame.USUAL, null, columns.type(column));
            }
            case FIRST_VALUE, LAST_VALUE, NTH_VALUE -> {
                needsOrder(over);
                long number = function == OverFunction.NTH_VALUE ? count(operands.get(1)) : 0;
                int column = columns.of(operands.get(0));
                OverFrame frame = frame(over.getWindow(), columns, order);
                return new OverCall(function, column, number, frame, null, columns.type(column));
            }
            case AGGREGATE -> {
                return OverCall.of(
                        aggregate(over, columns), frame(over.getWindow(), columns, order));
            }
        }
        throw new AssertionError(function);
    }

    private AggregateCall aggregate(RexOver over, MoreColumns columns) {
        AggregateFunction function = OverOperators.aggregate(over.getAggOperator());
        List<Integer> arguments = over.getOperands().stream().map(columns::of).toList();
        if (arguments.isEmpty()) {
            return new AggregateCall(function, -1, FieldType.BIGINT);
        }
        boolean hasOption = arguments.size() > 1 && !function.isBy();
        return new AggregateCall(
                function,
                arguments.get(0),
                function.isBy() ? arguments.get(1) : -1,
                false,
                -1,
                hasOption
                        ? AggregateOptions.of(function, columns.op(), arguments.get(1), places)
                        : "",
                PlanBuilder.resultType(function, columns.type(arguments.get(0))));
    }

    private void needsOrder(RexOver over) {
        if (over.getWindow().orderKeys.isEmpty()) {
            throw error(
                    ErrorCode.SYNTAX,
                    "a function that asks for a certain row needs an order: write OVER (PARTITION BY"
                            + " ... ORDER BY ts)");
        }
    }

    private static long count(RexNode node) {
        return RexLiteral.bigDecimalValue(node).longValue();
    }

    private OverFrame frame(RexWindow window, MoreColumns columns, List<SortKey> order) {
        RexWindowBound lower = window.getLowerBound();
        RexWindowBound upper = window.getUpperBound();
        boolean isRows = window.isRows();
        if (!isRows && window.orderKeys.isEmpty()) {
            return OverFrame.ALL;
        }
        boolean isMeasured = lower.getOffset() != null || upper.getOffset() != null;
        if (!isRows && isMeasured) {
            checkRange(window, columns, order);
        }
        long preceding = distance(lower, true, isRows);
        long following = distance(upper, false, isRows);
        if (isRows) {
            return new OverFrame(OverFrame.Unit.ROWS, preceding, following);
        }
        boolean isKnown = preceding >= 0 && (following == 0 || following == OverFrame.UNBOUNDED);
        if (!isKnown) {
            throw error(
                    ErrorCode.UNSUPPORTED,
                    "RANGE goes back in time: write RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND"
                            + " CURRENT ROW, or count rows with ROWS");
        }
        return new OverFrame(OverFrame.Unit.RANGE, preceding, following);
    }

    private void checkRange(RexWindow window, MoreColumns columns, List<SortKey> order) {
        SortKey first = order.get(0);
        boolean isTime = columns.type(first.field()) == FieldType.TIMESTAMP;
        boolean isFixed =
                Stream.of(window.getLowerBound(), window.getUpperBound())
                        .map(RexWindowBound::getOffset)
                        .filter(Objects::nonNull)
                        .map(offset -> offset.getType().getSqlTypeName())
                        .allMatch(SqlTypeName.DAY_INTERVAL_TYPES::contains);
        if (isTime && !isFixed) {
            throw error(
                    ErrorCode.UNSUPPORTED,
                    "RANGE needs a fixed length such as INTERVAL '1' DAY; months differ in length,"
                            + " and rows are counted with ROWS");
        }
        if (!isTime || first.descending() || window.orderKeys.size() > 1) {
            throw error(
                    ErrorCode.UNSUPPORTED,
                    "RANGE with an interval needs ORDER BY of one TIMESTAMP, ascending: count rows"
                            + " with ROWS in any other order");
        }
    }

    /** How far a bound is ahead of the row, or behind it. */
    private long distance(RexWindowBound bound, boolean isAhead, boolean isRows) {
        if (bound.isUnbounded()) {
            if (bound.isPreceding() != isAhead) {
                throw error(ErrorCode.SYNTAX, "the frame ends before it begins");
            }
            return OverFrame.UNBOUNDED;
        }
        if (bound.isCurrentRow()) {
            return 0;
        }
        BigDecimal offset = RexLiteral.bigDecimalValue(bound.getOffset());
        long amount =
                isRows ? offset.longValue() : Math.multiplyExact(offset.longValue(), US_PER_MS);
        return bound.isPreceding() == isAhead ? amount : -amount;
    }

    /** Partitions by the bound of a window, and an order by one, are complete in time. */
    static LogicalOp inWindows(Over over) {
        LogicalOp input = over.input();
        int time = -1;
        for (int column : over.partition()) {
            long delayUs = WindowColumns.delayUs(input, column);
            boolean isBetter = time < 0 || delayUs < WindowColumns.delayUs(input, time);
            time = delayUs != WindowColumns.NONE && isBetter ? column : time;
        }
        if (time >= 0) {
            return over.at(time, WindowColumns.delayUs(input, time));
        }
        if (over.order().isEmpty() || over.order().get(0).descending() || !over.looksBack()) {
            return over;
        }
        long delayUs = WindowColumns.delayUs(input, over.order().get(0).field());
        return delayUs == WindowColumns.NONE ? over : over.goingOn(delayUs);
    }

    private RuntimeException error(ErrorCode code, String message) {
        return places.errorAtWord(code, List.of("OVER"), message);
    }
}
