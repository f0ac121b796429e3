package galois.api.query;

import org.osgi.annotation.versioning.ConsumerType;

import java.util.List;

/**
 * A language of queries; a service with property {@code name} ({@code sql}). Thread safe. Pure: it
 * registers nothing.
 */
@ConsumerType
public interface QueryLanguage {
    /**
     * Cuts a script into statements at semicolons outside quotes and comments; pieces without any
     * token are left out.
     *
     * @throws galois.api.GaloisException SYNTAX for an unterminated quote or comment
     */
    List<SourceText> split(String script);

    /**
     * Parses and validates one statement; literals are lifted into parameters.
     *
     * @throws galois.api.GaloisException GLS-2xxx with a position in the script, saying what was
     *     expected
     */
    Statement parse(SourceText statement, Catalog catalog);
}
