package galois.api.query;

import galois.api.plan.LogicalPlan;
import galois.api.plan.StreamDefinition;

import java.util.List;

/** A statement after parsing and validation against a catalogue. */
public sealed interface Statement {
    /**
     * {@code CREATE STREAM}, {@code CREATE TABLE}.
     *
     * @param orReplace takes the place of one of that name
     */
    record CreateStream(StreamDefinition definition, boolean ifNotExists, boolean orReplace)
            implements Statement {
        /** One that replaces none. */
        public CreateStream(StreamDefinition definition, boolean ifNotExists) {
            this(definition, ifNotExists, false);
        }
    }

    /**
     * {@code ALTER STREAM}.
     *
     * @param name of today
     * @param definition as it is to be; its name may be another
     */
    record AlterStream(String name, StreamDefinition definition) implements Statement {}

    /** {@code DROP STREAM}, {@code DROP TABLE}. */
    record DropStream(String name, boolean ifExists) implements Statement {}

    /**
     * {@code SELECT}; the result goes to whoever asked.
     *
     * @param plan validated, not optimised
     */
    record Select(LogicalPlan plan) implements Statement {}

    /** {@code INSERT INTO target SELECT}: the plan's schema fits the target's. */
    record Insert(String target, LogicalPlan plan) implements Statement {}

    /**
     * {@code CREATE QUERY name AS}: a query with a name, which goes on when its session ends.
     *
     * @param query an insert; or a select, whose result is a stream of that name
     * @param orReplace a query of that name is dropped first
     */
    record CreateQuery(String name, Statement query, boolean ifNotExists, boolean orReplace)
            implements Statement {}

    /** {@code DROP QUERY}. */
    record DropQuery(String name, boolean ifExists) implements Statement {}

    /**
     * {@code PAUSE QUERY}, {@code RESUME QUERY}.
     *
     * @param paused what it is to be
     */
    record PauseQuery(String name, boolean paused) implements Statement {}

    /** {@code CREATE TEMPLATE}: a query with parameters; its body is valid. */
    record CreateTemplate(QueryTemplate template, boolean ifNotExists, boolean orReplace)
            implements Statement {}

    /** {@code DROP TEMPLATE}. */
    record DropTemplate(String name, boolean ifExists) implements Statement {}

    /** {@code VALIDATE}: everything that the statement needs but its effect. */
    record Validate(Statement statement) implements Statement {}

    /**
     * {@code DRY RUN}: a select, or the select of an insert, over given rows; the result goes to
     * whoever asked.
     *
     * @param streams what takes the place of the streams of these names
     */
    record DryRun(LogicalPlan plan, List<StreamDefinition> streams) implements Statement {}

    /** {@code EXPLAIN} of a select or insert. */
    record Explain(Statement explained) implements Statement {}

    /** {@code SET 'placement' = 'spread'}: applies to the statements that follow in the session. */
    record Set(String key, String value) implements Statement {}

    /** {@code SHOW STREAMS}. */
    record ShowStreams() implements Statement {}

    /** {@code SHOW TABLES}. */
    record ShowTables() implements Statement {}

    /** {@code SHOW QUERIES}. */
    record ShowQueries() implements Statement {}

    /** {@code SHOW TEMPLATES}. */
    record ShowTemplates() implements Statement {}

    /** {@code SHOW SETTINGS}. */
    record ShowSettings() implements Statement {}

    /** {@code SHOW FUNCTIONS} and the like: the answer is known. */
    record Answer(String text) implements Statement {}

    /** {@code DESCRIBE stream}, {@code DESCRIBE TABLE table}. */
    record Describe(StreamDefinition definition) implements Statement {}

    /** {@code DESCRIBE QUERY}. */
    record DescribeQuery(String name) implements Statement {}
}
