package galois.node.role;

import galois.api.ErrorCode;
import galois.api.GaloisException;

import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The services of one type that are there now, by their {@code name} property. */
public final class NamedServices<T> {
    private final String kind;
    private final Map<String, T> services = new ConcurrentHashMap<>();

    /**
     * @param kind what a name names, for messages: {@code transport}
     */
    public NamedServices(String kind) {
        this.kind = kind;
    }

    public void add(T service, Map<String, ?> properties) {
        services.put(name(properties), service);
    }

    /** Only if it is still the one under its name: its successor may be there already. */
    public void remove(T service, Map<String, ?> properties) {
        services.remove(name(properties), service);
    }

    /** The service of that name, or null. */
    public T find(String name) {
        return services.get(name);
    }

    /** The error that says that {@code name} is not there, and what is. */
    public GaloisException unknown(String name) {
        String known =
                new TreeSet<>(services.keySet())
                        .stream().map(each -> '"' + each + '"').collect(Collectors.joining(", "));
        return new GaloisException(
                ErrorCode.UNKNOWN_SERVICE,
                "unknown "
                        + kind
                        + " \""
                        + name
                        + "\": "
                        + (known.isEmpty() ? "none is installed" : "installed are " + known));
    }

    private static String name(Map<String, ?> properties) {
        return String.valueOf(properties.get("name"));
    }
}
