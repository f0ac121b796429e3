package galois.itest.engine;

import galois.api.plan.StreamDefinition;

/** A bounded stream and all its rows. */
public record Input(StreamDefinition stream, Table table) {}
