package galois.sql;

import galois.api.ErrorCode;
import galois.api.plan.StreamDefinition;
import galois.api.query.Catalog;
import galois.api.query.SourceText;
import galois.api.query.Statement;

import java.util.Map;

/** Reads one statement: the first word decides which. Selects go on to {@link SelectPlanner}. */
final class StatementParser {
    private static final String STATEMENTS =
            "SELECT, INSERT INTO, CREATE STREAM, DROP STREAM, EXPLAIN, SET, SHOW STREAMS or DESCRIBE";

    /** First words of SQL that GALOIS does not have, and what to do instead. */
    private static final Map<String, String> REMEDIES =
            Map.of(
                    "UPDATE", "rows of a stream do not change: select from it",
                    "DELETE", "rows of a stream are not removed: select from it",
                    "MERGE", "rows of a stream do not change: select from it",
                    "ALTER", "drop the stream and create it again",
                    "USE", "there is one catalogue: name the stream",
                    "TRUNCATE", "rows of a stream are not removed: select from it",
                    "VALUES", "write rows to a file and select from it");

    private final TokenReader in;
    private final Catalog catalog;
    private final SelectPlanner selects;

    StatementParser(SourceText source, Catalog catalog, SelectPlanner selects) {
        in = new TokenReader(source);
        this.catalog = catalog;
        this.selects = selects;
    }

    Statement parse() {
        Token first = in.peek();
        if (isQueryAhead()) {
            return query();
        }
        if (!first.isName() || REMEDIES.containsKey(first.upper())) {
            throw notAStatement(first);
        }
        in.take();
        return switch (first.upper()) {
            case "CREATE" -> new CreateStreamParser(in, catalog).parse();
            case "DROP" -> drop();
            case "INSERT" -> insert();
            case "EXPLAIN" -> explain(first);
            case "SET" -> set();
            case "SHOW" -> show();
            case "DESCRIBE", "DESC" -> describe();
            default -> throw notAStatement(first);
        };
    }

    private RuntimeException notAStatement(Token first) {
        String remedy = REMEDIES.get(first.upper());
        if (remedy != null && first.kind() == Token.Kind.WORD) {
            return in.error(
                    ErrorCode.UNSUPPORTED, first, first.upper() + " is not supported: " + remedy);
        }
        return in.error(
                ErrorCode.SYNTAX, first, "expected " + STATEMENTS + ", found " + first.described());
    }

    private boolean isQueryAhead() {
        Token first = in.peek();
        return first.isWord("SELECT") || first.isWord("WITH") || first.isSymbol("(");
    }

    private Statement query() {
        return new Statement.Select(selects.plan(in, catalog));
    }

    private Statement drop() {
        in.expectWord("STREAM");
        boolean ifExists = in.takeWord("IF");
        if (ifExists) {
            in.expectWord("EXISTS");
        }
        Token name = in.expectName("the name of a stream");
        in.expectEnd();
        if (!ifExists) {
            stream(name);
        }
        return new Statement.DropStream(name.value(), ifExists);
    }

    private Statement insert() {
        in.expectWord("INTO");
        Token name = in.expectName("the name of a stream");
        InsertTarget target = InsertTarget.parse(in, name, stream(name));
        if (in.peek().isWord("VALUES")) {
            throw notAStatement(in.peek());
        }
        if (!isQueryAhead()) {
            throw in.expected("SELECT");
        }
        Token start = in.peek();
        return new Statement.Insert(
                target.stream().name(), target.fit(selects.plan(in, catalog), start, in));
    }

    private Statement explain(Token explain) {
        if (in.takeWord("PLAN")) {
            in.expectWord("FOR");
        }
        if (isQueryAhead()) {
            return new Statement.Explain(query());
        }
        if (in.takeWord("INSERT")) {
            return new Statement.Explain(insert());
        }
        throw in.error(
                ErrorCode.SYNTAX,
                in.peek().kind() == Token.Kind.END ? explain : in.peek(),
                "EXPLAIN needs SELECT or INSERT INTO, found " + in.peek().described());
    }

    private Statement set() {
        String key = optionKey(in, "a setting such as 'placement'");
        in.expectSymbol("=");
        Token value = in.peek();
        if (value.kind() == Token.Kind.SYMBOL || value.kind() == Token.Kind.END) {
            throw in.expected("a value in single quotes");
        }
        in.take();
        in.expectEnd();
        return new Statement.Set(key, value.value());
    }

    private Statement show() {
        if (!in.takeWord("STREAMS")) {
            throw in.expected("STREAMS");
        }
        in.expectEnd();
        return new Statement.ShowStreams();
    }

    private Statement describe() {
        boolean isKeyword = in.peek().isWord("STREAM") && in.peekSecond().isName();
        if (isKeyword) {
            in.take();
        }
        Token name = in.expectName("the name of a stream");
        in.expectEnd();
        return new Statement.Describe(stream(name));
    }

    private StreamDefinition stream(Token name) {
        return catalog.stream(name.value())
                .orElseThrow(
                        () ->
                                in.error(
                                        ErrorCode.UNKNOWN_STREAM,
                                        name,
                                        QueryErrors.unknownStream(name.value(), catalog)));
    }

    /** {@code 'a.b'}, {@code a.b} or {@code "a.b"}. */
    static String optionKey(TokenReader in, String what) {
        if (in.peek().kind() == Token.Kind.STRING) {
            return in.take().value();
        }
        StringBuilder key = new StringBuilder(in.expectName(what).value());
        while (in.peek().isSymbol(".") || in.peek().isSymbol("-")) {
            key.append(in.take().text()).append(in.expectName(what).value());
        }
        return key.toString();
    }
}
