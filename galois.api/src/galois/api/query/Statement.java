package galois.api.query;

import galois.api.plan.LogicalPlan;
import galois.api.plan.StreamDefinition;

/** A statement after parsing and validation against a catalogue. */
public sealed interface Statement {
    /** {@code CREATE STREAM}. */
    record CreateStream(StreamDefinition definition, boolean ifNotExists) implements Statement {}

    /** {@code DROP STREAM}. */
    record DropStream(String name, boolean ifExists) implements Statement {}

    /**
     * {@code SELECT}; the result goes to whoever asked.
     *
     * @param plan validated, not optimised
     */
    record Select(LogicalPlan plan) implements Statement {}

    /** {@code INSERT INTO target SELECT}: the plan's schema fits the target's. */
    record Insert(String target, LogicalPlan plan) implements Statement {}

    /** {@code EXPLAIN} of a select or insert. */
    record Explain(Statement explained) implements Statement {}

    /** {@code SET 'placement' = 'spread'}: applies to the statements that follow in the session. */
    record Set(String key, String value) implements Statement {}

    /** {@code SHOW STREAMS}. */
    record ShowStreams() implements Statement {}

    /** {@code DESCRIBE stream}. */
    record Describe(StreamDefinition definition) implements Statement {}
}
