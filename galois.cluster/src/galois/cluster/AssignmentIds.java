package galois.cluster;

import java.util.Locale;

/**
 * Names of assignments and edges: letters, digits, dots and dashes, so that they can be part of a
 * configuration's name. The query comes first: {@code q-1.sink}, {@code q-1.k0}, {@code q-1.e2}.
 */
final class AssignmentIds {
    private AssignmentIds() {}

    /**
     * An assignment of that query alone.
     *
     * @param name of a source or the sink, or k and the number of a kernel
     */
    static String part(String queryId, String name) {
        return queryId + "." + name;
    }

    /** An edge; {@code number} keeps apart those of one query. */
    static String edge(String queryId, int index) {
        return queryId + ".e" + index;
    }

    /** An edge into a kernel that queries share. */
    static String input(String kernelId, int port) {
        return kernelId + ".e" + port;
    }

    /** The edge of the late rows of a source. */
    static String lateEdge(String queryId, int source) {
        return queryId + ".l" + source;
    }

    /** The query to which an edge belongs, or the shared kernel. */
    static String queryOfEdge(String edgeId) {
        return edgeId.substring(0, edgeId.lastIndexOf('.'));
    }

    /** A kernel that queries share. */
    static String kernel(int number) {
        return "kernel." + number;
    }

    /** A producer that queries share; {@code number} keeps apart those of one stream. */
    static String stream(String streamName, int number) {
        String safe = streamName.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "_");
        return "stream." + safe + "." + number;
    }
}
