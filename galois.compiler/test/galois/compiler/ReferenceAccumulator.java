package galois.compiler;

import galois.api.plan.AggregateCall;
import galois.api.plan.AggregateFunction;
import galois.batch.FieldType;
import galois.batch.RowError;

import java.util.List;

/** One aggregate of one group in plain Java. A row that is refused changes nothing. */
final class ReferenceAccumulator {
    private final AggregateCall call;
    private final FieldType type;
    private final boolean exact;
    private long rows;
    private long count;
    private long sum;
    private double real;
    private double squares;
    private Object value;
    private Object by;

    /**
     * @param type of the argument; {@code null} without one
     */
    ReferenceAccumulator(AggregateCall call, FieldType type) {
        this.call = call;
        this.type = type;
        this.exact =
                type != null
                        && (call.function() == AggregateFunction.AVG
                                ? type == FieldType.INTEGER
                                : type != FieldType.DOUBLE);
    }

    private boolean adds() {
        return call.function() == AggregateFunction.SUM || call.function() == AggregateFunction.AVG;
    }

    private boolean takes(List<Object> row) {
        boolean passes = call.filter() < 0 || Long.valueOf(1).equals(row.get(call.filter()));
        return passes && (call.argument() < 0 || row.get(call.argument()) != null);
    }

    private static long sum(long a, long b) {
        try {
            return Math.addExact(a, b);
        } catch (ArithmeticException e) {
            throw new Reference.Failure(RowError.OVERFLOW);
        }
    }

    /** Fails when {@link #add} would. */
    void check(TestRow row) {
        if (takes(row.values()) && adds() && exact) {
            sum(sum, (Long) row.values().get(call.argument()));
        }
    }

    void add(TestRow row) {
        if (!takes(row.values())) {
            return;
        }
        rows++;
        if (call.argument() < 0) {
            return;
        }
        Object argument = row.values().get(call.argument());
        count++;
        switch (call.function()) {
            case SUM, AVG -> {
                if (exact) {
                    sum = sum(sum, (Long) argument);
                } else {
                    real += Reference.real(argument);
                }
            }
            case MIN, MAX, EVERY, ANY -> take(argument, argument);
            case BIT_AND, BIT_OR, BIT_XOR -> value = bits(value, argument);
            case FIRST, LAST -> take(argument, row.time());
            case ARG_MIN, ARG_MAX -> {
                if (row.values().get(call.by()) != null) {
                    take(argument, row.values().get(call.by()));
                }
            }
            case VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP -> {
                double delta = Reference.real(argument) - real;
                real += delta / count;
                squares += delta * (Reference.real(argument) - real);
            }
            case LISTAGG -> value = value == null ? argument : value + call.option() + argument;
            default -> {}
        }
    }

    private Object bits(Object before, Object argument) {
        if (before == null) {
            return argument;
        }
        long a = (Long) before;
        long b = (Long) argument;
        return switch (call.function()) {
            case BIT_AND -> a & b;
            case BIT_OR -> a | b;
            default -> a ^ b;
        };
    }

    /** Keeps the value when there is none or it is better than the kept one. */
    private void take(Object candidate, Object candidateBy) {
        int order = by == null ? 0 : compare(candidateBy, by);
        boolean wins =
                switch (call.function()) {
                    case MIN, EVERY, FIRST, ARG_MIN -> order < 0;
                    case LAST -> order >= 0;
                    default -> order > 0;
                };
        if (by == null || wins) {
            value = candidate;
            by = candidateBy;
        }
    }

    /** The least and the greatest of doubles tell the zeros apart. */
    private int compare(Object a, Object b) {
        boolean isExtreme =
                call.function() == AggregateFunction.MIN
                        || call.function() == AggregateFunction.MAX;
        return isExtreme && a instanceof Double x
                ? Double.compare(x, (Double) b)
                : Reference.compare(a, b);
    }

    /** Fails when {@link #merge} would. */
    void checkMerge(ReferenceAccumulator other) {
        if (adds() && exact) {
            sum(sum, other.sum);
        }
    }

    void merge(ReferenceAccumulator other) {
        checkMerge(other);
        rows += other.rows;
        if (other.count == 0) {
            return;
        }
        long before = count;
        count += other.count;
        switch (call.function()) {
            case SUM, AVG -> {
                sum += other.sum;
                real += other.real;
            }
            case VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP -> {
                if (before == 0) {
                    real = other.real;
                    squares = other.squares;
                    return;
                }
                double delta = other.real - real;
                real += delta * ((double) other.count / count);
                squares += other.squares + delta * delta * ((double) before * other.count / count);
            }
            case BIT_AND, BIT_OR, BIT_XOR -> value = bits(value, other.value);
            case LISTAGG ->
                    value = value == null ? other.value : value + call.option() + other.value;
            default -> {
                if (other.by != null) {
                    take(other.value, other.by);
                }
            }
        }
    }

    Object result() {
        return switch (call.function()) {
            case COUNT -> call.argument() < 0 ? rows : count;
            case SUM -> count == 0 ? null : exact ? (Object) sum : (Object) real;
            case AVG -> count == 0 ? null : (Object) ((exact ? (double) sum : real) / count);
            case VAR_POP -> count == 0 ? null : (Object) (squares / count);
            case VAR_SAMP -> count < 2 ? null : (Object) (squares / (count - 1));
            case STDDEV_POP -> count == 0 ? null : (Object) Math.sqrt(squares / count);
            case STDDEV_SAMP -> count < 2 ? null : (Object) Math.sqrt(squares / (count - 1));
            default -> value;
        };
    }
}
