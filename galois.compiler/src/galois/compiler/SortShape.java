package galois.compiler;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.plan.Expr;
import galois.api.plan.LogicalOp;
import galois.api.plan.Ranking;
import galois.api.plan.SortKey;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.RowLayout;
import galois.batch.Schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What a sort keeps of a row and in which order its fields are there.
 *
 * @param row the fields kept: the partition, the other fields of the input, the numbers
 * @param fields the input fields those are; without the numbers
 * @param partition so many leading fields are the partition
 * @param order keys over {@code row}
 */
record SortShape(
        LogicalOp.Sort sort, Schema row, List<Integer> fields, int partition, List<SortKey> order) {
    /** Fields of a state row ahead of the row. */
    static final int STATE_HEAD = 8;

    private static final List<String> HEAD = List.of("record", "a", "b", "c", "d", "e", "f", "g");

    /**
     * @param after what its rows go through next: a field that nobody reads is not kept
     */
    static SortShape of(LogicalOp.Sort sort, List<LogicalOp> after) {
        Schema input = sort.input().schema();
        Set<Integer> read = read(sort, after);
        LinkedHashSet<Integer> fields = new LinkedHashSet<>(sort.partition());
        int partition = fields.size();
        for (int i = 0; i < input.size(); i++) {
            if (read.contains(i)) {
                fields.add(i);
            }
        }
        List<Integer> order = List.copyOf(fields);
        List<Field> row = new ArrayList<>(order.stream().map(input::field).toList());
        row.addAll(sort.schema().fields().subList(input.size(), sort.schema().size()));
        if (STATE_HEAD + row.size() > Schema.FIELDS_MAX) {
            throw new GaloisException(
                    ErrorCode.QUERY_LIMIT,
                    "ORDER BY keeps "
                            + row.size()
                            + " columns, the limit is "
                            + (Schema.FIELDS_MAX - STATE_HEAD)
                            + ": select fewer");
        }
        List<SortKey> keys =
                sort.order().stream().map(key -> key.over(order.indexOf(key.field()))).toList();
        return new SortShape(sort, new Schema(row), order, partition, keys);
    }

    /** The fields of the sort's rows that it reads itself or that are read behind it. */
    private static Set<Integer> read(LogicalOp.Sort sort, List<LogicalOp> after) {
        Set<Integer> read = new HashSet<>();
        sort.order().forEach(key -> read.add(key.field()));
        read.add(sort.timeField());
        for (LogicalOp op : after) {
            if (op instanceof LogicalOp.Project project) {
                project.expressions().forEach(e -> columns(e, read));
                return read;
            }
            columns(((LogicalOp.Filter) op).condition(), read);
        }
        IntStream.range(0, sort.schema().size()).forEach(read::add);
        return read;
    }

    private static void columns(Expr expr, Set<Integer> read) {
        Expressions.leaves(expr)
                .filter(leaf -> leaf instanceof Expr.Column)
                .forEach(leaf -> read.add(((Expr.Column) leaf).index()));
    }

    /** From the input to the fields kept; the numbers are not known yet. */
    LogicalOp.Project projection() {
        Schema input = sort.input().schema();
        List<Expr> columns = new ArrayList<>();
        fields.forEach(field -> columns.add(new Expr.Column(field, input.type(field))));
        sort.rankings().forEach(r -> columns.add(new Expr.Literal(FieldType.BIGINT, "0")));
        return new LogicalOp.Project(sort.input(), columns, row);
    }

    /** From the fields kept to the output; a field that nobody reads is NULL. */
    LogicalOp.Project result() {
        int inputs = sort.input().schema().size();
        List<Expr> columns = new ArrayList<>();
        for (int i = 0; i < sort.schema().size(); i++) {
            int at = i < inputs ? fields.indexOf(i) : i - inputs + fields.size();
            columns.add(
                    at < 0
                            ? new Expr.Literal(sort.schema().type(i), null)
                            : new Expr.Column(at, row.type(at)));
        }
        return new LogicalOp.Project(sort, columns, sort.schema());
    }

    boolean isTimed() {
        return sort.timeField() >= 0;
    }

    /** The time field in {@code row}. */
    int time() {
        return fields.indexOf(sort.timeField());
    }

    /** So many rows of a partition are kept, the first ones; -1: all. */
    int rowsMax() {
        boolean isCut = sort.fetch() >= 0 && sort.cut() == Ranking.ROW_NUMBER;
        long rows = sort.offset() + Math.max(0, sort.fetch());
        return isCut && rows >= 0 && rows < Integer.MAX_VALUE ? (int) rows : -1;
    }

    List<FieldType> partitionTypes() {
        return row.fields().subList(0, partition).stream().map(Field::type).toList();
    }

    List<Integer> texts() {
        List<Integer> texts = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            if (row.type(i).cell() == FieldType.Cell.STRING) {
                texts.add(i);
            }
        }
        return texts;
    }

    /** Longer texts would make a row that cannot be saved. */
    int textBytesMax() {
        return RowLayout.ROW_BYTES_MAX - RowLayout.stride(stateSchema().size());
    }

    /**
     * Rows of saved state. {@code record} 0 is the slot: a watermark, b the partition that comes
     * next, c flags (1 pending, 2 ended, 4 its rows are sorted), d rows that came, e the row that
     * comes next, f and g its numbers so far. {@code record} 1 is a row: a its time, b its event
     * time, d its number among all that came, or 0 where rows are always in order.
     */
    Schema stateSchema() {
        List<Field> state = new ArrayList<>();
        HEAD.forEach(name -> state.add(new Field(name, FieldType.BIGINT)));
        for (int i = 0; i < row.size(); i++) {
            state.add(new Field("r" + i, row.type(i)));
        }
        return new Schema(state);
    }

    /** Equal for sorts that understand each other's state. */
    String stateLayout() {
        List<FieldType> types = row.fields().stream().map(Field::type).toList();
        return StateRows.layout(
                String.join(
                        ";",
                        "sort 2",
                        String.valueOf(time()),
                        String.valueOf(sort.delayUs()),
                        String.valueOf(partition),
                        order.toString(),
                        fields.toString(),
                        String.valueOf(rowsMax()),
                        types.toString()));
    }
}
