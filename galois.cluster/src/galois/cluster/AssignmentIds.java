package galois.cluster;

import java.util.Locale;

/**
 * Names of assignments and edges: letters, digits, dots and dashes, so that they can be part of a
 * configuration's name. The query comes first: {@code q-1.sink}, {@code q-1.k0}, {@code q-1.e2}.
 */
final class AssignmentIds {
    private AssignmentIds() {}

    static String source(String queryId) {
        return queryId + ".source";
    }

    static String kernel(String queryId, int index) {
        return queryId + ".k" + index;
    }

    static String sink(String queryId) {
        return queryId + ".sink";
    }

    /** The edge after station {@code index}; 0 leaves the source. */
    static String edge(String queryId, int index) {
        return queryId + ".e" + index;
    }

    /** The query to which an edge belongs. */
    static String queryOfEdge(String edgeId) {
        return edgeId.substring(0, edgeId.lastIndexOf('.'));
    }

    /** A producer that queries share; {@code number} keeps apart those of one stream. */
    static String stream(String streamName, int number) {
        String safe = streamName.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "_");
        return "stream." + safe + "." + number;
    }
}
