package galois.api.plan;

import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A node of the logical plan: a sealed algebra of immutable records, switched on without default.
 */
public sealed interface LogicalOp {
    /** Fields of the rows this operator emits. */
    Schema schema();

    /** Operators this one reads, in port order. */
    List<LogicalOp> inputs();

    /**
     * Rows of a stream; inside a kernel, the rows of input port 0.
     *
     * @param stream name in the catalogue
     * @param timeField event-time field, or -1
     */
    record Source(String stream, Schema schema, int timeField) implements LogicalOp {
        public Source {
            Objects.requireNonNull(stream, "stream");
            Objects.requireNonNull(schema, "schema");
        }

        @Override
        public List<LogicalOp> inputs() {
            return List.of();
        }
    }

    /** Rows for which the condition is true (not NULL, not false). */
    record Filter(LogicalOp input, Expr condition) implements LogicalOp {
        @Override
        public Schema schema() {
            return input.schema();
        }

        @Override
        public List<LogicalOp> inputs() {
            return List.of(input);
        }
    }

    /** One output row for each input row; event time is kept. */
    record Project(LogicalOp input, List<Expr> expressions, Schema schema) implements LogicalOp {
        public Project {
            expressions = List.copyOf(expressions);
            if (expressions.size() != schema.size()) {
                throw new IllegalArgumentException("as many expressions as fields");
            }
        }

        @Override
        public List<LogicalOp> inputs() {
            return List.of(input);
        }
    }

    /**
     * Groups by key within windows. The output row is keys, then for a window {@code window_start}
     * and {@code window_end} (TIMESTAMP, end exclusive), then the aggregates; its event time is the
     * last microsecond of the window. A window is emitted once the watermark reaches its end: by
     * window start, and inside a window in the order in which the keys first came. A row whose
     * window was emitted before is late: dropped and counted. NULL keys form a group. Without keys
     * and without window one row comes out even of no input.
     *
     * @param keys input fields
     */
    record WindowAggregate(
            LogicalOp input,
            Window window,
            List<Integer> keys,
            List<AggregateCall> aggregates,
            Schema schema)
            implements LogicalOp {
        public WindowAggregate {
            keys = List.copyOf(keys);
            aggregates = List.copyOf(aggregates);
        }

        /** Derives the schema from the input; {@code names} are those of the aggregates. */
        public static WindowAggregate of(
                LogicalOp input,
                Window window,
                List<Integer> keys,
                List<AggregateCall> aggregates,
                List<String> names) {
            List<Field> fields = new ArrayList<>();
            keys.forEach(key -> fields.add(input.schema().field(key)));
            if (window.kind() != Window.Kind.NONE) {
                fields.add(new Field("window_start", FieldType.TIMESTAMP));
                fields.add(new Field("window_end", FieldType.TIMESTAMP));
            }
            for (int i = 0; i < aggregates.size(); i++) {
                fields.add(new Field(names.get(i), aggregates.get(i).type()));
            }
            return new WindowAggregate(input, window, keys, aggregates, new Schema(fields));
        }

        @Override
        public List<LogicalOp> inputs() {
            return List.of(input);
        }
    }
}
