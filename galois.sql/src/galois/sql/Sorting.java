package galois.sql;

import galois.api.plan.Expr;
import galois.api.plan.LogicalOp;
import galois.api.plan.Ranking;
import galois.api.plan.SortKey;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import org.apache.calcite.rel.RelFieldCollation.Direction;
import org.apache.calcite.rel.RelFieldCollation.NullDirection;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * ORDER BY, LIMIT and the numbering functions as {@link LogicalOp.Sort}. Where a bound of a window
 * leads, rows come out window by window; else everything comes at the end of the input. Rows that
 * are numbered or cut and equal in their keys come in the order of their other columns, so that no
 * chance decides which ones are left.
 */
final class Sorting {
    private final QueryPlaces places;
    private final BiFunction<RexNode, Relation, Expr> expressions;

    /**
     * @param expressions translates an expression over a relation
     */
    Sorting(QueryPlaces places, BiFunction<RexNode, Relation, Expr> expressions) {
        this.places = places;
        this.expressions = expressions;
    }

    /** ORDER BY, OFFSET, FETCH and LIMIT. */
    Relation sort(Sort rel, Relation input) {
        List<SortKey> keys = new ArrayList<>();
        for (var key : rel.getCollation().getFieldCollations()) {
            Expr.Column column =
                    (Expr.Column) expressions.apply(ref(key.getFieldIndex(), rel), input);
            keys.add(key(column.index(), key.direction, key.nullDirection));
        }
        long offset = count(rel.offset, 0);
        long fetch = count(rel.fetch, -1);
        return input.withOp(sorted(input.op(), keys, offset, fetch));
    }

    private static RexNode ref(int field, Sort rel) {
        return RexInputRef.of(field, rel.getInput().getRowType());
    }

    private static long count(RexNode literal, long otherwise) {
        return literal == null ? otherwise : RexLiteral.bigDecimalValue(literal).longValue();
    }

    private static LogicalOp sorted(LogicalOp op, List<SortKey> keys, long offset, long fetch) {
        boolean isCut = offset > 0 || fetch >= 0;
        if (keys.isEmpty()) {
            return isCut ? LogicalOp.Sort.of(op, keys, offset, fetch) : op;
        }
        SortKey first = keys.get(0);
        long delayUs = WindowColumns.delayUs(op, first.field());
        if (first.descending() || delayUs == WindowColumns.NONE) {
            List<SortKey> order = isCut ? withTies(op, List.of(), keys) : keys;
            return new LogicalOp.Sort(
                    op,
                    -1,
                    0,
                    List.of(),
                    order,
                    keys.size(),
                    Ranking.ROW_NUMBER,
                    offset,
                    fetch,
                    List.of(),
                    op.schema());
        }
        List<SortKey> rest = keys.subList(1, keys.size());
        List<SortKey> order = isCut && !rest.isEmpty() ? withTies(op, List.of(), rest) : rest;
        LogicalOp.Sort all = LogicalOp.Sort.of(op, order, 0, -1);
        LogicalOp.Sort byTime =
                new LogicalOp.Sort(
                        op,
                        first.field(),
                        delayUs,
                        List.of(),
                        order,
                        rest.size(),
                        all.cut(),
                        0,
                        -1,
                        List.of(),
                        op.schema());
        return isCut ? LogicalOp.Sort.of(byTime, List.of(), offset, fetch) : byTime;
    }

    private static SortKey key(int field, Direction direction, NullDirection nulls) {
        boolean isDescending = direction.isDescending();
        boolean nullsFirst =
                nulls == NullDirection.UNSPECIFIED ? !isDescending : nulls == NullDirection.FIRST;
        return new SortKey(field, isDescending, nullsFirst);
    }

    /** The keys, then every other column. */
    private static List<SortKey> withTies(
            LogicalOp op, List<Integer> constant, List<SortKey> keys) {
        Set<Integer> known = new LinkedHashSet<>(constant);
        keys.forEach(key -> known.add(key.field()));
        List<SortKey> all = new ArrayList<>(keys);
        for (int field = 0; field < op.schema().size(); field++) {
            if (!known.contains(field)) {
                all.add(SortKey.ascending(field));
            }
        }
        return all;
    }

    /** Numbers rows of equal columns; if one of these is the bound of a window, in that window. */
    private static LogicalOp.Sort ranked(
            LogicalOp op,
            List<Integer> columns,
            List<SortKey> keys,
            Map<String, Ranking> rankings) {
        int time = -1;
        for (int column : columns) {
            long delayUs = WindowColumns.delayUs(op, column);
            boolean isBetter = time < 0 || delayUs < WindowColumns.delayUs(op, time);
            time = delayUs != WindowColumns.NONE && isBetter ? column : time;
        }
        int timeField = time;
        // One bound of a window whose length is known says where the other is.
        List<Integer> partition =
                columns.stream()
                        .filter(c -> c != timeField)
                        .filter(c -> WindowColumns.delayUs(op, c) == WindowColumns.NONE)
                        .distinct()
                        .sorted(Comparator.naturalOrder())
                        .toList();
        List<Field> fields = new ArrayList<>(op.schema().fields());
        rankings.keySet().forEach(name -> fields.add(new Field(name, FieldType.BIGINT)));
        return new LogicalOp.Sort(
                op,
                timeField,
                timeField < 0 ? 0 : WindowColumns.delayUs(op, timeField),
                partition,
                keys.isEmpty() ? keys : withTies(op, columns, keys),
                keys.size(),
                Ranking.ROW_NUMBER,
                0,
                -1,
                List.copyOf(rankings.values()),
                new Schema(fields));
    }

    /** Expressions in which functions with OVER are columns. */
    record Numbered(Relation relation, List<RexNode> expressions) {}

    /** Computes the functions with OVER of a projection. */
    Numbered number(Project project, List<RexNode> nodes, Relation input) {
        List<String> names = project.getRowType().getFieldNames();
        Map<Window, Map<RexOver, String>> windows = new LinkedHashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            String name = nodes.get(i) instanceof RexOver ? names.get(i) : "over";
            nodes.get(i)
                    .accept(
                            new RexShuttle() {
                                @Override
                                public RexNode visitOver(RexOver over) {
                                    windows.computeIfAbsent(
                                                    Window.of(over), w -> new LinkedHashMap<>())
                                            .putIfAbsent(over, name);
                                    return over;
                                }
                            });
        }
        Relation relation = input;
        Map<RexOver, RexNode> values = new LinkedHashMap<>();
        Overs overs = new Overs(places, project.getCluster().getRexBuilder());
        for (Map.Entry<Window, Map<RexOver, String>> window : windows.entrySet()) {
            relation = number(window.getKey(), window.getValue(), relation, overs, values);
        }
        return new Numbered(relation, new FunctionsAsColumns(values).apply(nodes));
    }

    /** What the functions of one operator have in common. */
    private record Window(List<RexNode> partition, List<RexFieldCollation> order) {
        static Window of(RexOver over) {
            return new Window(over.getWindow().partitionKeys, over.getWindow().orderKeys);
        }
    }

    private Relation number(
            Window window,
            Map<RexOver, String> functions,
            Relation input,
            Overs overs,
            Map<RexOver, RexNode> values) {
        MoreColumns more = new MoreColumns(input, expressions);
        List<Integer> partition = window.partition().stream().map(more::of).toList();
        List<SortKey> keys = new ArrayList<>();
        for (RexFieldCollation key : window.order()) {
            keys.add(key(more.of(key.left), key.getDirection(), key.getNullDirection()));
        }
        if (!functions.keySet().stream().allMatch(Overs::isRanking)) {
            return overs.over(input, functions, more, partition, keys, values);
        }
        LogicalOp op = more.op();
        Map<String, Ranking> rankings = new LinkedHashMap<>();
        int[] columns = Arrays.copyOf(input.columns(), input.columns().length + functions.size());
        int next = input.columns().length;
        for (Map.Entry<RexOver, String> function : functions.entrySet()) {
            String name = function.getValue();
            for (int i = 2; rankings.containsKey(name); i++) {
                name = function.getValue() + i;
            }
            columns[next] = op.schema().size() + rankings.size();
            RexOver over = function.getKey();
            rankings.put(name, ranking(over.getAggOperator().getKind()));
            values.put(over, new RexInputRef(next++, over.getType()));
        }
        LogicalOp.Sort sort = ranked(op, partition, keys, rankings);
        return new Relation(sort, columns, input.window(), input.partition());
    }

    private static Ranking ranking(SqlKind kind) {
        return switch (kind) {
            case RANK -> Ranking.RANK;
            case DENSE_RANK -> Ranking.DENSE_RANK;
            default -> Ranking.ROW_NUMBER;
        };
    }

    /** Puts what stands for the functions where they were. */
    private static final class FunctionsAsColumns extends RexShuttle {
        private final Map<RexOver, RexNode> values;

        FunctionsAsColumns(Map<RexOver, RexNode> values) {
            this.values = values;
        }

        @Override
        public RexNode visitOver(RexOver over) {
            return values.get(over);
        }
    }
}
