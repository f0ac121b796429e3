package galois.transport.jdbc;

import galois.api.io.StreamOptions;
import galois.api.plan.StreamDefinition;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where rows come from.
 *
 * @param url {@code jdbc:...}
 * @param user {@code null}: none
 * @param password {@code null}: none; given as it is, as {@code env:NAME}, the value of an
 *     environment variable, or as {@code file:PATH}, the first line of a file
 * @param table to be read whole; {@code null} with a query
 * @param query a select that gives a column for each of the stream's; {@code null} with a table
 * @param timeoutS how long the database may take to answer, in seconds
 * @param fetchRows rows that are asked for at once
 */
record JdbcOptions(
        String url,
        String user,
        String password,
        String table,
        String query,
        int timeoutS,
        int fetchRows) {
    static final Set<String> NAMES =
            Set.of("url", "user", "password", "table", "query", "query_timeout_s", "fetch_rows");

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** Perhaps with a schema before it. */
    private static final Pattern TABLE =
            Pattern.compile("[A-Za-z_][A-Za-z0-9_$]*(\\.[A-Za-z_][A-Za-z0-9_$]*){0,2}");

    private static final int TIMEOUT_S = 60;
    private static final int TIMEOUT_S_MAX = 3_600;
    private static final int FETCH_ROWS = 1_000;
    private static final int FETCH_ROWS_MAX = 100_000;

    /**
     * @param environment variables by name, null if not set
     * @throws galois.api.GaloisException STREAM_OPTION
     */
    static JdbcOptions of(StreamDefinition stream, UnaryOperator<String> environment) {
        String url = StreamOptions.require(stream, "url");
        if (!url.startsWith("jdbc:")) {
            throw StreamOptions.bad(stream, "option 'url' begins with 'jdbc:'");
        }
        String table = stream.option("table", null);
        String query = stream.option("query", null);
        if (table == null == (query == null)) {
            throw StreamOptions.bad(stream, "give one of the options 'table' and 'query'");
        }
        if (table != null && !TABLE.matcher(table).matches()) {
            throw StreamOptions.bad(
                    stream,
                    "option 'table' is no plain name such as devices or shop.devices: use 'query'");
        }
        boolean isCsv =
                stream.option("format", "").equalsIgnoreCase("csv")
                        && stream.option("header", "").equalsIgnoreCase("false");
        if (!isCsv) {
            throw StreamOptions.bad(
                    stream, "rows of a database have no format: leave the option 'format' out");
        }
        return new JdbcOptions(
                url,
                stream.option("user", null),
                password(stream, environment),
                table,
                query,
                StreamOptions.number(stream, "query_timeout_s", TIMEOUT_S, 1, TIMEOUT_S_MAX),
                StreamOptions.number(stream, "fetch_rows", FETCH_ROWS, 1, FETCH_ROWS_MAX));
    }

    private static String password(StreamDefinition stream, UnaryOperator<String> environment) {
        String password = stream.option("password", null);
        if (password == null) {
            return null;
        }
        if (password.startsWith("env:")) {
            String value = environment.apply(password.substring("env:".length()));
            if (value == null) {
                throw StreamOptions.bad(
                        stream,
                        "the environment variable of option 'password' ("
                                + password
                                + ") is not set on the node");
            }
            return value;
        }
        if (password.startsWith("file:")) {
            try {
                Path path = Path.of(password.substring("file:".length()));
                return Files.readString(path).lines().findFirst().orElse("");
            } catch (IOException | InvalidPathException e) {
                throw StreamOptions.bad(
                        stream, "the file of option 'password' (" + password + ") cannot be read");
            }
        }
        return password;
    }

    /** The database without what may be secret in its url. */
    String place() {
        return url.split("[;?]", 2)[0].replaceAll("//[^@/]*@", "//");
    }

    /** The text for the database. */
    String select(StreamDefinition stream, Connection connection) throws SQLException {
        if (query != null) {
            return query;
        }
        String quote = connection.getMetaData().getIdentifierQuoteString().trim();
        String columns =
                stream.schema().fields().stream()
                        .map(field -> name(field.name(), quote))
                        .collect(Collectors.joining(", "));
        return "SELECT " + columns + " FROM " + table;
    }

    /** A plain name is found in any case, as the database does it; another one as it is. */
    private static String name(String column, String quote) {
        return PLAIN.matcher(column).matches()
                ? column
                : quote + column.replace(quote, quote + quote) + quote;
    }
}
