package galois.global;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.plan.StreamDefinition;

import java.util.Collection;

/**
 * Divides a query by the regions of its sources. A chain has one source, so there is one part: it
 * goes where the rows are born.
 */
final class Splitter {
    private Splitter() {}

    /**
     * The region of a source: what its option {@code region} says, else the only one there is.
     *
     * @return null when it must appear first
     * @throws GaloisException STREAM_OPTION when several could be meant
     */
    static String region(StreamDefinition source, Collection<String> regions) {
        String named = source.option("region", null);
        if (named != null) {
            return regions.contains(named) ? named : null;
        }
        if (regions.size() > 1) {
            throw new GaloisException(
                    ErrorCode.STREAM_OPTION,
                    "stream \""
                            + source.name()
                            + "\" does not say where it is: add region = '"
                            + String.join("' or '", regions)
                            + "' to its WITH clause");
        }
        return regions.isEmpty() ? null : regions.iterator().next();
    }
}
