package galois.global;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.control.Message.SourceBinding;
import galois.api.plan.StreamDefinition;

import java.util.Collection;
import java.util.List;

/** Finds the region that takes a query: where the rows of all its sources are born. */
final class Splitter {
    private Splitter() {}

    /**
     * The region of all sources.
     *
     * @return null when one must appear first
     * @throws GaloisException STREAM_OPTION when several could be meant, UNSUPPORTED when the
     *     sources are in different ones
     */
    static String region(List<SourceBinding> sources, Collection<String> regions) {
        String common = null;
        for (SourceBinding source : sources) {
            String region = region(source.stream(), regions);
            if (region == null) {
                return null;
            }
            if (common != null && !region.equals(common)) {
                throw new GaloisException(
                        ErrorCode.UNSUPPORTED,
                        "stream \""
                                + source.stream().name()
                                + "\" is in region \""
                                + region
                                + "\", stream \""
                                + sources.get(0).stream().name()
                                + "\" in region \""
                                + common
                                + "\": a query over several regions is not supported; send one"
                                + " stream to the region of the other with INSERT INTO");
            }
            common = region;
        }
        return common;
    }

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
