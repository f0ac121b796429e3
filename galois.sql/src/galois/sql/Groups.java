package galois.sql;

import galois.api.ErrorCode;
import galois.api.plan.AggregateCall;
import galois.api.plan.AggregateFunction;
import galois.api.plan.Expr;
import galois.api.plan.LogicalOp;
import galois.api.plan.Window;
import galois.batch.FieldType;

import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** GROUP BY in all its forms as {@link LogicalOp.WindowAggregate}. */
final class Groups {
    private final QueryPlaces places;

    Groups(QueryPlaces places) {
        this.places = places;
    }

    /**
     * The groups; their columns are numbered as Calcite does: the fields grouped by, then the
     * aggregates.
     */
    Relation aggregate(Aggregate aggregate, Relation lazy) {
        Relation input = rows(aggregate, lazy);
        List<Integer> group = aggregate.getGroupSet().asList();
        List<Integer> keys = new ArrayList<>();
        List<Integer> keyFields = new ArrayList<>();
        for (int field : group) {
            if (!input.isWindowBound(field)) {
                keyFields.add(field);
                keys.add(input.columns()[field]);
            }
        }
        boolean isWindowed = keys.size() < group.size();
        if (input.window() != null) {
            WindowCalls.checkGroups(input, isWindowed, keys, places);
        }
        GroupingSets sets = sets(aggregate, keyFields);
        List<AggregateCall> calls = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<String> fields = aggregate.getRowType().getFieldNames();
        for (int i = 0; i < aggregate.getAggCallList().size(); i++) {
            var call = aggregate.getAggCallList().get(i);
            if (call.getAggregation().getKind() != SqlKind.GROUPING) {
                names.add(fields.get(aggregate.getGroupCount() + i));
                calls.add(call(call, input));
            }
        }
        boolean isSimple = sets.isSimple(keys.size());
        if (isWindowed && input.counted() != null && (!isSimple || input.window() != null)) {
            throw places.errorAtWord(
                    ErrorCode.UNSUPPORTED,
                    List.of("COUNT_WINDOW", "COUNTWINDOW"),
                    "COUNT_WINDOW stands in GROUP BY beside columns, not beside GROUPING SETS or"
                            + " another window");
        }
        LogicalOp op;
        if (isSimple) {
            op = simple(input, keys, calls, names, isWindowed);
        } else {
            op = repeated(input, sets, keys, calls, names, isWindowed);
        }
        int keyCount = keys.size() + (isSimple ? 0 : 1);
        return result(aggregate, input, sets, keyFields, op, keyCount);
    }

    private LogicalOp simple(
            Relation input,
            List<Integer> keys,
            List<AggregateCall> calls,
            List<String> names,
            boolean isWindowed) {
        if (isWindowed && input.counted() != null) {
            return input.counted().aggregate(input.op(), keys, calls, names, places);
        }
        LogicalOp.WindowAggregate op =
                LogicalOp.WindowAggregate.of(
                        withoutArguments(keys, calls, isWindowed)
                                ? Projections.below(input.op())
                                : input.op(),
                        isWindowed ? input.window() : WindowCalls.attached(input.op(), keys),
                        keys,
                        calls,
                        names);
        return DistinctAggregates.expand(op, places);
    }

    private LogicalOp repeated(
            Relation input,
            GroupingSets sets,
            List<Integer> keys,
            List<AggregateCall> calls,
            List<String> names,
            boolean isWindowed) {
        LogicalOp rows = sets.repeated(input.op(), keys);
        List<Integer> masked = new ArrayList<>();
        for (int i = input.op().schema().size(); i < rows.schema().size(); i++) {
            masked.add(i);
        }
        Window window = isWindowed ? input.window() : WindowCalls.attached(rows, masked);
        int empty = window.kind() == Window.Kind.NONE ? sets.empty() : -1;
        LogicalOp.WindowAggregate groups =
                LogicalOp.WindowAggregate.of(
                        empty < 0 ? rows : sets.without(empty, rows), window, masked, calls, names);
        LogicalOp some = DistinctAggregates.expand(groups, places);
        if (empty < 0) {
            return some;
        }
        LogicalOp all = GroupingSets.ofAll(groups, input.op(), empty, calls, places);
        return sets.sets().size() == 1
                ? all
                : new LogicalOp.Union(List.of(some, all), groups.schema());
    }

    private GroupingSets sets(Aggregate aggregate, List<Integer> keyFields) {
        List<Set<Integer>> sets = new ArrayList<>();
        for (ImmutableBitSet set : aggregate.getGroupSets()) {
            Set<Integer> members = new HashSet<>();
            for (int key = 0; key < keyFields.size(); key++) {
                if (set.get(keyFields.get(key))) {
                    members.add(key);
                }
            }
            sets.add(members);
        }
        return new GroupingSets(sets);
    }

    /** Where the columns are, and what has to be computed of them. */
    private static Relation result(
            Aggregate aggregate,
            Relation input,
            GroupingSets sets,
            List<Integer> keyFields,
            LogicalOp op,
            int keyCount) {
        List<Integer> group = aggregate.getGroupSet().asList();
        boolean hasBounds = keyFields.size() < group.size();
        int[] columns = new int[group.size() + aggregate.getAggCallList().size()];
        List<Expr> more = new ArrayList<>();
        int width = op.schema().size();
        int key = 0;
        for (int i = 0; i < group.size(); i++) {
            int column = input.columns()[group.get(i)];
            if (column == Relation.WINDOW_TIME) {
                columns[i] = width + more.size();
                Expr end = new Expr.Column(keyCount + 1, FieldType.TIMESTAMP);
                more.add(WindowRows.timeOf(end));
            } else {
                columns[i] = column >= 0 ? key++ : keyCount - 1 - column;
            }
        }
        int next = keyCount + (hasBounds ? 2 : 0);
        for (int i = 0; i < aggregate.getAggCallList().size(); i++) {
            var call = aggregate.getAggCallList().get(i);
            if (call.getAggregation().getKind() == SqlKind.GROUPING) {
                columns[group.size() + i] = width + more.size();
                List<Integer> asked = call.getArgList().stream().map(keyFields::indexOf).toList();
                more.add(sets.grouping(asked, new Expr.Column(keyCount - 1, FieldType.BIGINT)));
            } else {
                columns[group.size() + i] = next++;
            }
        }
        return new Relation(Projections.more(op, more), columns, null, null);
    }

    /**
     * Aggregates of bounds, groups across hopping windows, and groupings of which some are without
     * the window, need rows.
     */
    private Relation rows(Aggregate aggregate, Relation input) {
        if (input.window() == null) {
            return input;
        }
        List<Integer> group = aggregate.getGroupSet().asList();
        List<Integer> bounds = group.stream().filter(input::isWindowBound).toList();
        boolean isOfBounds =
                aggregate.getAggCallList().stream()
                        .anyMatch(
                                call ->
                                        call.getArgList().stream().anyMatch(input::isWindowBound)
                                                || call.hasFilter()
                                                        && input.isWindowBound(call.filterArg));
        boolean isMixed =
                aggregate.getGroupSets().stream()
                        .anyMatch(set -> !set.asList().containsAll(bounds));
        boolean isRepeated = bounds.isEmpty() && input.window().kind() == Window.Kind.HOP;
        return isOfBounds || isMixed || isRepeated ? WindowRows.of(input, places) : input;
    }

    /** Then a projection below, which Calcite makes for lack of a row without columns, is void. */
    private static boolean withoutArguments(
            List<Integer> keys, List<AggregateCall> calls, boolean isWindowed) {
        return keys.isEmpty()
                && !isWindowed
                && calls.stream().allMatch(call -> call.fields().findAny().isEmpty());
    }

    private AggregateCall call(org.apache.calcite.rel.core.AggregateCall call, Relation input) {
        AggregateFunction function = AggregateOperators.function(call.getAggregation());
        List<Integer> arguments =
                call.getArgList().stream().map(field -> argument(field, input)).toList();
        int filter = call.hasFilter() ? argument(call.filterArg, input) : -1;
        if (arguments.isEmpty()) {
            return new AggregateCall(function, -1, -1, false, filter, "", FieldType.BIGINT);
        }
        int argument = arguments.get(0);
        boolean isPair = function == AggregateFunction.COUNT && arguments.size() == 2;
        if (isPair) {
            return new AggregateCall(
                    function, argument, arguments.get(1), true, filter, "", FieldType.BIGINT);
        }
        boolean hasOption = arguments.size() > 1 && !function.isBy();
        return new AggregateCall(
                function,
                argument,
                function.isBy() ? arguments.get(1) : -1,
                call.isDistinct() && AggregateOptions.minds(function),
                filter,
                hasOption
                        ? AggregateOptions.of(function, input.op(), arguments.get(1), places)
                        : "",
                PlanBuilder.resultType(function, input.op().schema().type(argument)));
    }

    private int argument(int field, Relation input) {
        if (input.isWindowBound(field)) {
            throw WindowCalls.notGrouped(places);
        }
        return input.columns()[field];
    }
}
