package galois.sql;

import galois.api.plan.AggregateCall;
import galois.api.plan.Expr;
import galois.api.plan.LogicalOp;
import galois.api.plan.Over;
import galois.api.plan.Ranking;
import galois.api.plan.Window;
import galois.batch.Field;
import galois.batch.Schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Takes out columns and aggregates that nobody above reads. No projection is added for that: an
 * operator that only drops columns would be one more to place, and a kernel reads only what it
 * uses.
 */
final class ColumnPruning {
    /**
     * An operator without the unused columns.
     *
     * @param columns new index of each old column; -1 for one that is gone
     */
    private record Pruned(LogicalOp op, int[] columns) {
        Expr remap(Expr expr) {
            if (expr instanceof Expr.Column column) {
                return new Expr.Column(columns[column.index()], column.type());
            }
            if (expr instanceof Expr.Call call) {
                return new Expr.Call(
                        call.function(),
                        call.operands().stream().map(this::remap).toList(),
                        call.type());
            }
            return expr;
        }
    }

    private ColumnPruning() {}

    /** The same output. */
    static LogicalOp prune(LogicalOp root) {
        BitSet all = new BitSet();
        all.set(0, root.schema().size());
        return prune(root, all).op();
    }

    private static Pruned prune(LogicalOp op, BitSet used) {
        if (op instanceof LogicalOp.Filter filter) {
            BitSet below = (BitSet) used.clone();
            collect(filter.condition(), below);
            Pruned input = prune(filter.input(), below);
            Expr condition = input.remap(filter.condition());
            return new Pruned(new LogicalOp.Filter(input.op(), condition), input.columns());
        }
        if (op instanceof LogicalOp.Project project) {
            return project(project, used);
        }
        if (op instanceof LogicalOp.WindowAggregate aggregate) {
            return aggregate(aggregate, used);
        }
        if (op instanceof LogicalOp.Sort sort) {
            return sort(sort, used);
        }
        if (op instanceof Over over) {
            return over(over, used);
        }
        if (op instanceof LogicalOp.Repeat repeat) {
            return repeat(repeat, used);
        }
        if (op instanceof LogicalOp.Union union) {
            return union(union, used);
        }
        if (op instanceof LogicalOp.Join join) {
            return join(join, used);
        }
        int[] same = new int[op.schema().size()];
        Arrays.setAll(same, i -> i);
        return new Pruned(op, same);
    }

    private static Pruned project(LogicalOp.Project project, BitSet used) {
        int[] columns = new int[project.expressions().size()];
        Arrays.fill(columns, -1);
        BitSet below = new BitSet();
        List<Expr> kept = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < columns.length; i++) {
            boolean isLastChance = kept.isEmpty() && i == columns.length - 1;
            if (used.get(i) || isLastChance) {
                columns[i] = kept.size();
                kept.add(project.expressions().get(i));
                fields.add(project.schema().field(i));
                collect(project.expressions().get(i), below);
            }
        }
        Pruned input = prune(project.input(), below);
        List<Expr> outputs = kept.stream().map(input::remap).toList();
        return new Pruned(new LogicalOp.Project(input.op(), outputs, new Schema(fields)), columns);
    }

    private static Pruned aggregate(LogicalOp.WindowAggregate aggregate, BitSet used) {
        int groupFields = aggregate.schema().size() - aggregate.aggregates().size();
        int[] columns = new int[aggregate.schema().size()];
        Arrays.fill(columns, -1);
        List<Field> fields = new ArrayList<>(aggregate.schema().fields().subList(0, groupFields));
        Arrays.setAll(columns, i -> i < groupFields ? i : -1);
        BitSet below = new BitSet();
        aggregate.keys().forEach(below::set);
        List<AggregateCall> calls = new ArrayList<>();
        for (int i = groupFields; i < columns.length; i++) {
            boolean isLastChance = fields.isEmpty() && i == columns.length - 1;
            if (used.get(i) || isLastChance) {
                columns[i] = fields.size();
                fields.add(aggregate.schema().field(i));
                calls.add(aggregate.aggregates().get(i - groupFields));
            }
        }
        calls.forEach(call -> call.fields().forEach(below::set));
        Window window = aggregate.window();
        if (window.isInTime()) {
            below.set(window.timeField());
        }
        Pruned input = prune(aggregate.input(), below);
        return new Pruned(
                new LogicalOp.WindowAggregate(
                        input.op(),
                        remap(window, input),
                        aggregate.keys().stream().map(key -> input.columns()[key]).toList(),
                        calls.stream().map(call -> call.over(i -> input.columns()[i])).toList(),
                        new Schema(fields)),
                columns);
    }

    private static Pruned repeat(LogicalOp.Repeat repeat, BitSet used) {
        Pruned input = prune(repeat.input(), used.get(0, repeat.copy()));
        LogicalOp.Repeat pruned = LogicalOp.Repeat.of(input.op(), repeat.times());
        int[] columns = Arrays.copyOf(input.columns(), repeat.schema().size());
        columns[repeat.copy()] = pruned.copy();
        return new Pruned(pruned, columns);
    }

    /** Numbers that nobody reads are not computed. */
    private static Pruned sort(LogicalOp.Sort sort, BitSet used) {
        int inputs = sort.input().schema().size();
        BitSet below = used.get(0, inputs);
        sort.partition().forEach(below::set);
        sort.order().forEach(key -> below.set(key.field()));
        if (sort.timeField() >= 0) {
            below.set(sort.timeField());
        }
        Pruned input = prune(sort.input(), below);
        int[] columns = Arrays.copyOf(input.columns(), sort.schema().size());
        List<Ranking> rankings = new ArrayList<>();
        List<Field> fields = new ArrayList<>(input.op().schema().fields());
        for (int i = 0; i < sort.rankings().size(); i++) {
            columns[inputs + i] = used.get(inputs + i) ? fields.size() : -1;
            if (used.get(inputs + i)) {
                rankings.add(sort.rankings().get(i));
                fields.add(sort.schema().field(inputs + i));
            }
        }
        return new Pruned(
                new LogicalOp.Sort(
                        input.op(),
                        sort.timeField() < 0 ? -1 : input.columns()[sort.timeField()],
                        sort.delayUs(),
                        sort.partition().stream().map(field -> input.columns()[field]).toList(),
                        sort.order().stream()
                                .map(key -> key.over(input.columns()[key.field()]))
                                .toList(),
                        sort.ranked(),
                        sort.cut(),
                        sort.offset(),
                        sort.fetch(),
                        rankings,
                        new Schema(fields)),
                columns);
    }

    /** Calls that nobody reads are not computed. */
    private static Pruned over(Over over, BitSet used) {
        int inputs = over.input().schema().size();
        List<Integer> kept = new ArrayList<>();
        int[] columns = new int[over.schema().size()];
        Arrays.fill(columns, -1);
        BitSet below = used.get(0, inputs);
        over.partition().forEach(below::set);
        over.order().forEach(key -> below.set(key.field()));
        if (over.timeField() >= 0) {
            below.set(over.timeField());
        }
        for (int i = 0; i < over.calls().size(); i++) {
            if (used.get(inputs + i)) {
                kept.add(i);
                over.calls().get(i).fields().forEach(below::set);
            }
        }
        Pruned input = narrow(over.input(), below);
        System.arraycopy(input.columns(), 0, columns, 0, inputs);
        List<Field> fields = new ArrayList<>(input.op().schema().fields());
        for (int call : kept) {
            columns[inputs + call] = fields.size();
            fields.add(over.schema().field(inputs + call));
        }
        return new Pruned(
                new Over(
                        input.op(),
                        over.timeField() < 0 ? -1 : input.columns()[over.timeField()],
                        over.delayUs(),
                        over.goesOn(),
                        over.partition().stream().map(field -> input.columns()[field]).toList(),
                        over.order().stream()
                                .map(key -> key.over(input.columns()[key.field()]))
                                .toList(),
                        over.first(),
                        over.every(),
                        kept.stream()
                                .map(call -> over.calls().get(call))
                                .map(call -> call.over(field -> input.columns()[field]))
                                .toList(),
                        new Schema(fields)),
                columns);
    }

    /** Rows are kept: each side has the columns that are read and no other. */
    private static Pruned join(LogicalOp.Join join, BitSet used) {
        int leftFields = join.left().schema().size();
        BitSet wanted = (BitSet) used.clone();
        collect(join.condition(), wanted);
        Pruned left = narrow(join.left(), wanted.get(0, leftFields));
        int both = leftFields + join.right().schema().size();
        Pruned right = narrow(join.right(), wanted.get(leftFields, both));
        int[] columns = new int[both];
        for (int i = 0; i < both; i++) {
            int side = i < leftFields ? left.columns()[i] : right.columns()[i - leftFields];
            columns[i] = side < 0 || i < leftFields ? side : left.op().schema().size() + side;
        }
        Expr condition = new Pruned(join, columns).remap(join.condition());
        return new Pruned(
                LogicalOp.Join.of(left.op(), right.op(), join.kind(), condition).in(join.mode()),
                Arrays.copyOf(columns, join.schema().size()));
    }

    /** The operator with those columns alone. */
    private static Pruned narrow(LogicalOp op, BitSet used) {
        BitSet wanted = (BitSet) used.clone();
        if (wanted.isEmpty()) {
            wanted.set(0);
        }
        Pruned pruned = prune(op, wanted);
        int[] columns = new int[op.schema().size()];
        Arrays.fill(columns, -1);
        List<Expr> outputs = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (int i = wanted.nextSetBit(0); i >= 0; i = wanted.nextSetBit(i + 1)) {
            columns[i] = outputs.size();
            outputs.add(pruned.remap(new Expr.Column(i, op.schema().type(i))));
            fields.add(op.schema().field(i));
        }
        return new Pruned(Projections.project(pruned.op(), outputs, new Schema(fields)), columns);
    }

    /** Every input gives the same columns; where one gives more, a projection drops them. */
    private static Pruned union(LogicalOp.Union union, BitSet used) {
        BitSet wanted = (BitSet) used.clone();
        if (wanted.isEmpty()) {
            wanted.set(0);
        }
        List<Pruned> inputs = union.inputs().stream().map(input -> prune(input, wanted)).toList();
        int[] columns = inputs.get(0).columns();
        if (inputs.stream().allMatch(input -> Arrays.equals(input.columns(), columns))) {
            List<LogicalOp> same = inputs.stream().map(Pruned::op).toList();
            return new Pruned(new LogicalOp.Union(same, same.get(0).schema()), columns);
        }
        int[] picked = new int[union.schema().size()];
        Arrays.fill(picked, -1);
        List<Field> fields = new ArrayList<>();
        for (int column = wanted.nextSetBit(0);
                column >= 0;
                column = wanted.nextSetBit(column + 1)) {
            picked[column] = fields.size();
            fields.add(union.schema().field(column));
        }
        Schema schema = new Schema(fields);
        List<LogicalOp> projected = new ArrayList<>();
        for (Pruned input : inputs) {
            List<Expr> outputs =
                    wanted.stream()
                            .mapToObj(i -> new Expr.Column(i, union.schema().type(i)))
                            .map(input::remap)
                            .toList();
            projected.add(Projections.project(input.op(), outputs, schema));
        }
        return new Pruned(new LogicalOp.Union(projected, schema), picked);
    }

    private static Window remap(Window window, Pruned input) {
        return !window.isInTime() ? window : window.over(input.columns()[window.timeField()]);
    }

    private static void collect(Expr expr, BitSet columns) {
        if (expr instanceof Expr.Column column) {
            columns.set(column.index());
        } else if (expr instanceof Expr.Call call) {
            call.operands().forEach(operand -> collect(operand, columns));
        }
    }
}
