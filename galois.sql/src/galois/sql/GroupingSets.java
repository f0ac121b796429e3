package galois.sql;

import galois.api.plan.AggregateCall;
import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.LogicalOp;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Several groupings of the same rows: each row comes once for each of them, with NULL for the keys
 * that the grouping has not; the number of the grouping is a key too, so that these NULLs meet no
 * others.
 *
 * @param sets for each grouping the keys that it has, by their place among the keys
 */
record GroupingSets(List<Set<Integer>> sets) {
    GroupingSets {
        sets = List.copyOf(sets);
    }

    /** True when there is one, with all the keys. */
    boolean isSimple(int keys) {
        return sets.size() == 1 && sets.get(0).size() == keys;
    }

    /**
     * The rows with the keys of their grouping behind the columns of the input, then the number of
     * the grouping.
     *
     * @param keys columns of the input
     */
    LogicalOp repeated(LogicalOp input, List<Integer> keys) {
        LogicalOp.Repeat repeat = LogicalOp.Repeat.of(input, sets.size());
        Expr copy = new Expr.Column(repeat.copy(), FieldType.BIGINT);
        List<Expr> columns = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        Schema schema = input.schema();
        for (int i = 0; i < schema.size(); i++) {
            columns.add(new Expr.Column(i, schema.type(i)));
            fields.add(schema.field(i));
        }
        for (int key = 0; key < keys.size(); key++) {
            int column = keys.get(key);
            columns.add(masked(key, new Expr.Column(column, schema.type(column)), copy));
            Field field = schema.field(column);
            fields.add(Projections.unique(fields, field.name() + "_key", field.type()));
        }
        columns.add(copy);
        fields.add(Projections.unique(fields, "grouping", FieldType.BIGINT));
        return new LogicalOp.Project(repeat, columns, new Schema(fields));
    }

    private Expr masked(int key, Expr value, Expr copy) {
        List<Expr> among = new ArrayList<>();
        for (int set = 0; set < sets.size(); set++) {
            if (sets.get(set).contains(key)) {
                among.add(is(copy, set));
            }
        }
        if (among.size() == sets.size()) {
            return value;
        }
        Expr none = new Expr.Literal(value.type(), null);
        return among.isEmpty()
                ? none
                : Exprs.call(
                        Function.CASE,
                        List.of(
                                among.size() == 1 ? among.get(0) : Exprs.call(Function.OR, among),
                                value,
                                none));
    }

    private static Expr is(Expr copy, long number) {
        return Exprs.call(Function.EQUAL, List.of(copy, number(number)));
    }

    private static Expr number(long number) {
        return new Expr.Literal(FieldType.BIGINT, Long.toString(number));
    }

    /**
     * GROUPING of keys: a bit for each, the first one is the highest, 1 when the grouping has it
     * not.
     *
     * @param copy the number of the grouping
     */
    Expr grouping(List<Integer> keys, Expr copy) {
        List<Expr> operands = new ArrayList<>();
        for (int set = 0; set < sets.size(); set++) {
            long bits = 0;
            for (int key : keys) {
                bits = 2 * bits + (sets.get(set).contains(key) ? 0 : 1);
            }
            boolean isLast = set == sets.size() - 1;
            operands.addAll(isLast ? List.of(number(bits)) : List.of(is(copy, set), number(bits)));
        }
        return operands.size() == 1
                ? operands.get(0)
                : new Expr.Call(Function.CASE, operands, FieldType.BIGINT);
    }

    /** The place of the grouping without keys; -1: there is none. */
    int empty() {
        for (int set = 0; set < sets.size(); set++) {
            if (sets.get(set).isEmpty()) {
                return set;
            }
        }
        return -1;
    }

    /** The same without the grouping at that place: its rows do not come. */
    LogicalOp without(int set, LogicalOp repeated) {
        Expr copy = new Expr.Column(repeated.schema().size() - 1, FieldType.BIGINT);
        Expr isOther = Exprs.call(Function.NOT_EQUAL, List.of(copy, number(set)));
        return new LogicalOp.Filter(repeated, isOther);
    }

    /** A row for all rows of the input, also of none, in the form of the other groupings. */
    static LogicalOp ofAll(
            LogicalOp.WindowAggregate groups,
            LogicalOp input,
            int set,
            List<AggregateCall> calls,
            QueryPlaces places) {
        int keys = groups.keys().size() - 1;
        List<String> names = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            names.add(groups.schema().field(keys + 1 + i).name());
        }
        LogicalOp.WindowAggregate all =
                LogicalOp.WindowAggregate.of(
                        input, galois.api.plan.Window.NONE, List.of(), calls, names);
        List<Expr> columns = new ArrayList<>();
        for (int key = 0; key < keys; key++) {
            columns.add(new Expr.Literal(groups.schema().type(key), null));
        }
        columns.add(number(set));
        for (int i = 0; i < calls.size(); i++) {
            columns.add(new Expr.Column(i, all.schema().type(i)));
        }
        return new LogicalOp.Project(
                DistinctAggregates.expand(all, places), columns, groups.schema());
    }
}
