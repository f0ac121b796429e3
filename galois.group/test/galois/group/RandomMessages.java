package galois.group;

import galois.api.control.Message;
import galois.api.plan.AggregateCall;
import galois.api.plan.AggregateFunction;
import galois.api.plan.Expr;
import galois.api.plan.LogicalOp;
import galois.api.plan.Window;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Instances of any message record, filled at random by its declared types. */
final class RandomMessages {
    private static final List<String> TEXTS =
            List.of("", "a", "ein \"Wort\"", "\u0000\n\t", "Grüße, 世界 \ud83c\udf0d", "@");

    private final RandomGenerator random;

    RandomMessages(RandomGenerator random) {
        this.random = random;
    }

    static List<Class<?>> types() {
        return List.of(Message.class.getPermittedSubclasses());
    }

    Object of(Type type, int depth) {
        if (type instanceof ParameterizedType generic) {
            return generic(generic, depth);
        }
        Class<?> declared = (Class<?>) type;
        if (declared == LogicalOp.class) {
            return plan(depth);
        }
        if (declared == Schema.class) {
            return schema(random.nextInt(4));
        }
        if (declared == Expr.class && depth <= 0) {
            return new Expr.Column(random.nextInt(9), FieldType.DOUBLE);
        }
        if (declared.isSealed()) {
            Class<?>[] permitted = declared.getPermittedSubclasses();
            return of(permitted[random.nextInt(permitted.length)], depth - 1);
        }
        if (declared.isRecord()) {
            return record(declared, depth);
        }
        if (declared.isEnum()) {
            Object[] constants = declared.getEnumConstants();
            return constants[random.nextInt(constants.length)];
        }
        return scalar(declared);
    }

    private Object record(Class<?> type, int depth) {
        if (type == AggregateCall.class) {
            return new AggregateCall(AggregateFunction.MAX, random.nextInt(5), FieldType.BIGINT);
        }
        if (type == Window.class) {
            return random.nextBoolean() ? Window.NONE : Window.tumble(0, 5, random.nextLong());
        }
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] fields =
                Arrays.stream(components).map(c -> of(c.getGenericType(), depth - 1)).toArray();
        if (type == Field.class && ((String) fields[0]).isEmpty()) {
            fields[0] = "f";
        }
        try {
            return type.getConstructor(types).newInstance(fields);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(type + " " + Arrays.toString(fields), e);
        }
    }

    private Object generic(ParameterizedType type, int depth) {
        Type[] arguments = type.getActualTypeArguments();
        int size = depth <= 0 ? 0 : random.nextInt(3);
        if (type.getRawType() == List.class) {
            List<Object> list = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                list.add(of(arguments[0], depth - 1));
            }
            return List.copyOf(list);
        }
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            map.put(TEXTS.get(i + 1), of(arguments[1], depth - 1));
        }
        return map;
    }

    private LogicalOp plan(int depth) {
        LogicalOp source = new LogicalOp.Source("s", schema(2), random.nextInt(3) - 1);
        LogicalOp filter = new LogicalOp.Filter(source, (Expr) of(Expr.class, depth));
        LogicalOp project =
                new LogicalOp.Project(filter, List.of((Expr) of(Expr.class, depth)), schema(1));
        return LogicalOp.WindowAggregate.of(
                project,
                (Window) of(Window.class, 0),
                List.of(0),
                List.of((AggregateCall) of(AggregateCall.class, 0)),
                List.of("m"));
    }

    private Schema schema(int fields) {
        List<Field> list = new ArrayList<>();
        for (int i = 0; i < fields; i++) {
            list.add((Field) of(Field.class, 3));
        }
        return new Schema(list);
    }

    private Object scalar(Class<?> type) {
        if (type == FieldType.class) {
            return random.nextBoolean()
                    ? FieldType.decimal(1 + random.nextInt(18), random.nextInt(2))
                    : FieldType.plain().get(random.nextInt(FieldType.plain().size()));
        }
        if (type == String.class) {
            return TEXTS.get(random.nextInt(TEXTS.size()));
        }
        if (type == long.class || type == Long.class) {
            return random.nextBoolean() ? random.nextLong() : Long.MIN_VALUE;
        }
        if (type == int.class || type == Integer.class) {
            return random.nextInt();
        }
        if (type == boolean.class) {
            return random.nextBoolean();
        }
        byte[] bytes = new byte[random.nextInt(50)];
        random.nextBytes(bytes);
        return bytes;
    }
}
