package galois.api.client;

import galois.api.control.Message.RowProblems;
import galois.api.query.SourceText;

import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

import java.util.List;

/** A conversation with the global manager with settings of its own. One owner thread. */
@ProviderType
public interface ClientSession extends AutoCloseable {
    /** Sets what goes with each statement from now on, as SET does. */
    void set(String key, String value);

    /**
     * Cuts a script into statements.
     *
     * @throws galois.api.GaloisException SYNTAX
     */
    List<SourceText> split(String script);

    /**
     * Runs one statement; returns when it was carried out or, for a query, accepted.
     *
     * @param results takes the rows of a SELECT; not called for other statements
     * @throws galois.api.GaloisException why it was refused; UNREACHABLE after 30 seconds of
     *     silence
     */
    Outcome execute(SourceText statement, ResultHandler results);

    /**
     * From now on what this session creates and starts stays when it leaves, but for a SELECT,
     * whose rows nobody would take.
     */
    void keep();

    /**
     * Stops the queries that still run, drops what this session created, and leaves; see {@link
     * #keep}.
     */
    @Override
    void close();

    /**
     * What became of a statement.
     *
     * @param text what EXPLAIN, SHOW and DESCRIBE print; null otherwise
     * @param query null when the statement started none
     */
    record Outcome(String text, ClientQuery query) {}

    /** Calls come one at a time on a thread of the session; must not block. */
    @ConsumerType
    interface Listener {
        /** Counts since the start of the query, each time they change. */
        void onProblems(RowProblems problems);
    }
}
