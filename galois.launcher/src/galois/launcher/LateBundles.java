package galois.launcher;

import java.util.List;

/**
 * Bundles that wait for the framework's start level {@link #START_LEVEL}: what a runtime does not
 * need for its first answer. Whoever wants them raises the start level. Framework property {@link
 * #PROPERTY}: symbolic names, separated by commas; a star at the end stands for any rest.
 */
record LateBundles(List<String> patterns) {
    static final String PROPERTY = "galois.late";
    static final int START_LEVEL = 2;

    static LateBundles of(String property) {
        return new LateBundles(
                property == null ? List.of() : List.of(property.strip().split("\\s*,\\s*")));
    }

    boolean contains(String symbolicName) {
        return symbolicName != null
                && patterns.stream()
                        .anyMatch(
                                pattern ->
                                        pattern.endsWith("*")
                                                ? symbolicName.startsWith(
                                                        pattern.substring(0, pattern.length() - 1))
                                                : symbolicName.equals(pattern));
    }
}
