package galois.cluster;

import galois.api.io.SourceConnector;
import galois.api.plan.StreamDefinition;

/** Knows whether a stream ends; reads nothing. */
record TestConnector(boolean bounded) implements SourceConnector {
    @Override
    public boolean isBounded(StreamDefinition stream) {
        return bounded;
    }

    @Override
    public boolean isFramed() {
        return true;
    }

    @Override
    public Session open(StreamDefinition stream, Handler handler) {
        throw new UnsupportedOperationException("nothing to read");
    }
}
