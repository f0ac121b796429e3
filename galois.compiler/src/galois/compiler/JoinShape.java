package galois.compiler;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.plan.AsofMatch;
import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.JoinMode;
import galois.api.plan.LogicalOp;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.RowLayout;
import galois.batch.Schema;

import java.util.ArrayList;
import java.util.List;

/**
 * What a join keeps of its sides and how it looks at a pair.
 *
 * @param sides left, right
 * @param pair a left row and a right row side by side
 * @param rightBase index of the right side's first field in {@code pair}: right behind the left, or
 *     at the next multiple of 64 so that null words need not be shifted
 */
record JoinShape(LogicalOp.Join join, List<Side> sides, Schema pair, int rightBase) {
    /** Fields of a state row ahead of those of the sides. */
    static final int STATE_HEAD = 5;

    private static final int WORD = 64;

    /**
     * One side.
     *
     * @param row the fields kept: keys, then those that are no key
     * @param expressions of {@code row}, over the input
     * @param keys so many leading fields are hashed
     * @param positions for each input field its place in {@code row}
     * @param time place of the time in {@code row}; -1: not bounded in time
     * @param keepUs how long beyond its time a row is kept
     */
    record Side(
            Schema row,
            List<Expr> expressions,
            int keys,
            List<Integer> positions,
            int time,
            long keepUs) {
        /** The projection that feeds the side. */
        LogicalOp.Project projection(LogicalOp input) {
            return new LogicalOp.Project(input, expressions, row);
        }
    }

    static JoinShape of(LogicalOp.Join join) {
        List<Expr> leftKeys = new ArrayList<>();
        List<Expr> rightKeys = new ArrayList<>();
        int leftFields = join.left().schema().size();
        for (Expr conjunct : Expressions.conjuncts(List.of(join.condition()))) {
            if (conjunct instanceof Expr.Call call && call.function() == Function.EQUAL) {
                key(
                        call.operands().get(0),
                        call.operands().get(1),
                        leftFields,
                        leftKeys,
                        rightKeys);
            }
        }
        if (join.mode() == JoinMode.ASOF) {
            checkAsof(join, leftKeys.size());
        }
        boolean timed = join.time() != null;
        Side left =
                side(
                        join.left().schema(),
                        leftKeys,
                        timed ? join.time().left() : -1,
                        timed ? join.time().leftKeepUs() : 0);
        Side right =
                side(
                        join.right().schema(),
                        rightKeys,
                        timed ? join.time().right() : -1,
                        timed ? join.time().rightKeepUs() : 0);
        int leftSize = left.row().size();
        boolean oneWord = leftSize + right.row().size() <= WORD;
        int rightBase = oneWord ? leftSize : (leftSize + WORD - 1) / WORD * WORD;
        List<Field> fields = new ArrayList<>();
        left.row().fields().forEach(field -> fields.add(named(fields, field.type())));
        while (fields.size() < rightBase) {
            fields.add(named(fields, FieldType.BIGINT));
        }
        right.row().fields().forEach(field -> fields.add(named(fields, field.type())));
        return new JoinShape(join, List.of(left, right), new Schema(fields), rightBase);
    }

    /** Rows are told apart by keys alone: everything else would be lost with the older ones. */
    private static void checkAsof(LogicalOp.Join join, int keys) {
        int conjuncts = Expressions.conjuncts(List.of(join.condition())).size();
        if (AsofMatch.of(join) == null || conjuncts != keys + 1 || !join.kind().hasRight()) {
            throw new IllegalArgumentException("no ASOF join: " + join.condition());
        }
    }

    private static Field named(List<Field> before, FieldType type) {
        return new Field("f" + before.size(), type);
    }

    /** An equation between the sides, either way round. */
    private static void key(
            Expr a, Expr b, int leftFields, List<Expr> leftKeys, List<Expr> rightKeys) {
        if (isLeft(a, leftFields) && isRight(b, leftFields)) {
            leftKeys.add(a);
            rightKeys.add(shifted(b, leftFields));
        } else if (isLeft(b, leftFields) && isRight(a, leftFields)) {
            leftKeys.add(b);
            rightKeys.add(shifted(a, leftFields));
        }
    }

    /**
     * Reads the left side and nothing else; it must not fail, for a pair may never be looked at.
     */
    private static boolean isLeft(Expr expr, int leftFields) {
        return columns(expr).stream().allMatch(column -> column.index() < leftFields)
                && isKey(expr);
    }

    private static boolean isRight(Expr expr, int leftFields) {
        return columns(expr).stream().allMatch(column -> column.index() >= leftFields)
                && isKey(expr);
    }

    private static boolean isKey(Expr expr) {
        return !columns(expr).isEmpty() && !Expressions.canFail(expr);
    }

    private static List<Expr.Column> columns(Expr expr) {
        return Expressions.leaves(expr)
                .filter(Expr.Column.class::isInstance)
                .map(Expr.Column.class::cast)
                .toList();
    }

    private static Expr shifted(Expr expr, int leftFields) {
        return Expressions.substitute(
                expr,
                column ->
                        new Expr.Column(
                                ((Expr.Column) column).index() - leftFields, column.type()));
    }

    private static Side side(Schema input, List<Expr> keys, int timeField, long keepUs) {
        List<Expr> expressions = new ArrayList<>(keys);
        List<Integer> positions = new ArrayList<>();
        for (int field = 0; field < input.size(); field++) {
            Expr column = new Expr.Column(field, input.type(field));
            // A key may be kept in another form than the field: -0.0 becomes 0.0.
            boolean exact = input.type(field).cell() != FieldType.Cell.F64;
            int position = exact ? expressions.indexOf(column) : -1;
            if (position < 0) {
                position = expressions.size();
                expressions.add(column);
            }
            positions.add(position);
        }
        List<Field> fields = new ArrayList<>();
        expressions.forEach(expression -> fields.add(named(fields, expression.type())));
        return new Side(
                new Schema(fields),
                expressions,
                keys.size(),
                positions,
                timeField < 0 ? -1 : positions.get(timeField),
                keepUs);
    }

    boolean isTimed() {
        return join.time() != null;
    }

    /** True when the right side is a table, one version after the other. */
    boolean isLookup() {
        return join.mode() == JoinMode.LOOKUP;
    }

    /** True when a left row meets the nearest right row and no other. */
    boolean isAsof() {
        return join.mode() == JoinMode.ASOF;
    }

    /** True when right rows settle: of those that every left row to come is behind, one a key. */
    boolean settles() {
        return isAsof() && isTimed();
    }

    /** True when the event time of a pair is that of the left row. */
    boolean hasTimeOfLeft() {
        return isLookup() || isAsof();
    }

    /**
     * Tables of rows: the sides, then of a lookup the version that is being built, or of an ASOF
     * join the settled rows.
     */
    int tables() {
        return isLookup() || settles() ? 3 : 2;
    }

    boolean isLeftOnly() {
        return !join.kind().hasRight();
    }

    /** First field of a side in the pair. */
    int base(int side) {
        return side == 0 ? 0 : rightBase;
    }

    /** The fields of both inputs, as the condition sees them, from a pair. */
    LogicalOp.Project both() {
        List<Expr> columns = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (int side = 0; side < 2; side++) {
            Side kept = sides.get(side);
            for (int position : kept.positions()) {
                FieldType type = kept.row().type(position);
                columns.add(new Expr.Column(base(side) + position, type));
                fields.add(named(fields, type));
            }
        }
        return new LogicalOp.Project(
                new LogicalOp.Source("pair", pair, -1), columns, new Schema(fields));
    }

    /** The fields of the left input from a kept left row. */
    LogicalOp.Project leftOnly() {
        Side left = sides.get(0);
        List<Expr> columns = new ArrayList<>();
        for (int position : left.positions()) {
            columns.add(new Expr.Column(position, left.row().type(position)));
        }
        return new LogicalOp.Project(
                new LogicalOp.Source("left", left.row(), -1), columns, join.left().schema());
    }

    /** Bytes of a pair. */
    int pairBytes() {
        return RowLayout.stride(pair.size());
    }

    /**
     * Rows of saved state. {@code record} 0 is the slot: a watermark, b flags (1 pending, 2 the
     * right row is being matched), c number of the row that is being matched, d number of the row
     * that comes next on the other side, -1 for none. {@code record} 1 is a left row, 2 a right
     * row: a event time, b flags (1 has found a match); their fields follow. Of a lookup: a is the
     * last version that was complete, b also 4 when the one that is being built does not fit,
     * {@code eventTimeUs} its number; {@code record} 3 is a row of it. Of an ASOF join {@code
     * record} 3 is a right row that is settled.
     */
    Schema stateSchema() {
        List<Field> state = new ArrayList<>();
        for (String name : List.of("record", "a", "b", "c", "d")) {
            state.add(new Field(name, FieldType.BIGINT));
        }
        for (Side side : sides) {
            side.row().fields().forEach(field -> state.add(named(state, field.type())));
        }
        if (Math.max(state.size(), pair.size()) > Schema.FIELDS_MAX) {
            throw new GaloisException(
                    ErrorCode.QUERY_LIMIT,
                    "the join keeps "
                            + state.size()
                            + " values of a pair, the limit is "
                            + Schema.FIELDS_MAX
                            + ": select fewer columns");
        }
        return new Schema(state);
    }

    /** First field of a side in a state row. */
    int stateBase(int side) {
        return STATE_HEAD + (side == 0 ? 0 : sides.get(0).row().size());
    }

    /** Equal for joins that understand each other's state. */
    String stateLayout() {
        StringBuilder text = new StringBuilder("join 1;").append(join.kind()).append(';');
        if (isLookup()) {
            text.append("lookup;");
        }
        if (isAsof()) {
            text.append("asof;");
        }
        for (Side side : sides) {
            text.append(side.keys()).append(side.time()).append(',').append(side.keepUs());
            side.row().fields().forEach(field -> text.append(field.type()).append(','));
            text.append(';');
        }
        text.append(join.condition());
        return StateRows.layout(text.toString());
    }
}
