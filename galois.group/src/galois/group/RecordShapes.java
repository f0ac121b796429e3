package galois.group;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What reflection says of records, asked once for each. Thread safe. */
final class RecordShapes {
    private final Map<Class<?>, Shape> shapes = new ConcurrentHashMap<>();

    private record Shape(List<RecordComponent> components, Constructor<?> constructor) {}

    List<RecordComponent> components(Class<?> type) {
        return shape(type).components();
    }

    Object read(RecordComponent component, Object value) {
        try {
            return component.getAccessor().invoke(value);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }

    /**
     * @throws IllegalArgumentException when the record's constructor refuses
     */
    Object create(Class<?> type, Object[] fields) {
        try {
            return shape(type).constructor().newInstance(fields);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(
                    "not a " + type.getSimpleName() + ": " + e.getCause().getMessage(),
                    e.getCause());
        } catch (InstantiationException | IllegalAccessException e) {
            throw new IllegalStateException("cannot create " + type, e);
        }
    }

    /** The record of a sealed interface with that simple name, also below nested sealed ones. */
    Optional<Class<?>> permitted(Class<?> sealed, String name) {
        for (Class<?> candidate : sealed.getPermittedSubclasses()) {
            if (candidate.isSealed()) {
                Optional<Class<?>> found = permitted(candidate, name);
                if (found.isPresent()) {
                    return found;
                }
            } else if (candidate.getSimpleName().equals(name)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private Shape shape(Class<?> type) {
        return shapes.computeIfAbsent(type, RecordShapes::shapeOf);
    }

    private static Shape shapeOf(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return new Shape(List.of(components), type.getConstructor(types));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(type + " has no public canonical constructor", e);
        }
    }
}
