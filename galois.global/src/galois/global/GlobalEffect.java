package galois.global;

import galois.api.control.Message;
import galois.api.query.Catalog;
import galois.api.query.SourceText;

import java.util.Map;

/** What the global manager wants done; in the order of the list. */
public sealed interface GlobalEffect {
    /** Send a message. */
    record Send(String to, Message message) implements GlobalEffect {}

    /** Answer with a {@link GlobalEvent.Tick} at that time or a little later. */
    record WakeAt(long timeNs) implements GlobalEffect {}

    /**
     * Parse, validate and optimise, beside the agent; answer with Planned or NotPlanned. At most
     * one is under way, so that each statement sees what the one before did.
     *
     * @param catalog immutable
     * @param settings of the session
     */
    record Plan(long ticket, SourceText text, Catalog catalog, Map<String, String> settings)
            implements GlobalEffect {}
}
