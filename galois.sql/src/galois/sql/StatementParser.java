package galois.sql;

import galois.api.ErrorCode;
import galois.api.plan.StreamDefinition;
import galois.api.query.Catalog;
import galois.api.query.SourceText;
import galois.api.query.Statement;

import java.util.Locale;
import java.util.Map;

/** Reads one statement: the first word decides which. Selects go on to {@link SelectPlanner}. */
final class StatementParser {
    private static final String STATEMENTS =
            "SELECT, INSERT INTO, CREATE, DROP, ALTER STREAM, PAUSE QUERY, RESUME QUERY, RUN,"
                    + " EXPLAIN, VALIDATE, DRY RUN, SET, SHOW or DESCRIBE";

    /** First words of SQL that GALOIS does not have, and what to do instead. */
    private static final Map<String, String> REMEDIES =
            Map.of(
                    "UPDATE", "rows of a stream do not change: select from it",
                    "DELETE", "rows of a stream are not removed: select from it",
                    "MERGE", "rows of a stream do not change: select from it",
                    "USE", "there is one catalogue: name the stream",
                    "TRUNCATE", "rows of a stream are not removed: select from it");

    private final TokenReader in;
    private final Catalog catalog;
    private final SelectPlanner selects;

    StatementParser(SourceText source, Catalog catalog, SelectPlanner selects) {
        this(source, catalog, selects, Parameters.NONE);
    }

    private StatementParser(
            SourceText source, Catalog catalog, SelectPlanner selects, Parameters parameters) {
        in = new TokenReader(source, parameters);
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
            case "CREATE" -> create();
            case "ALTER" -> alter();
            case "DROP" -> drop();
            case "PAUSE" -> pause(true);
            case "RESUME" -> pause(false);
            case "INSERT" -> insert();
            case "RUN" -> templates().run();
            case "EXPLAIN" -> explain(first);
            case "VALIDATE" -> new Statement.Validate(nested().parse());
            case "DRY" -> dryRun();
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
        return first.isWord("SELECT")
                || first.isWord("WITH")
                || first.isWord("VALUES")
                || first.isSymbol("(");
    }

    private Statement query() {
        return new Statement.Select(selects.plan(in, catalog));
    }

    private StatementParser nested() {
        return new StatementParser(in.restAsSource(), catalog, selects);
    }

    /** A select, an insert or a run of a template. */
    private Statement runnable(String what) {
        Token first = in.peek();
        if (isQueryAhead()) {
            return query();
        }
        if (in.takeWord("INSERT")) {
            return insert();
        }
        if (in.takeWord("RUN")) {
            return templates().run();
        }
        throw in.error(
                ErrorCode.SYNTAX,
                first,
                what + " needs SELECT, INSERT INTO or RUN, found " + first.described());
    }

    private TemplateParser templates() {
        return new TemplateParser(
                in,
                catalog,
                (body, values, known) ->
                        new StatementParser(body, known, selects, values).runnable("a template"));
    }

    private Statement dryRun() {
        in.expectWord("RUN");
        return new DryRunParser(
                        in,
                        catalog,
                        query -> new StatementParser(query, catalog, selects).runnable("DRY RUN"))
                .parse();
    }

    private Statement create() {
        boolean orReplace = in.takeWord("OR");
        if (orReplace) {
            in.expectWord("REPLACE");
        }
        if (in.peek().isWord("TEMPLATE")) {
            return templates().create(orReplace);
        }
        if (in.peek().isWord("VIEW")) {
            return templates().createView(orReplace);
        }
        if (in.peek().isWord("TABLE")) {
            return new CreateTableParser(in, catalog, orReplace).parse();
        }
        if (!in.peek().isWord("QUERY")) {
            return new CreateStreamParser(in, catalog, orReplace).parse();
        }
        in.take();
        boolean ifNotExists = in.takeIfNotExists();
        String name = in.expectName("the name of the query").value();
        in.expectWord("AS");
        return new Statement.CreateQuery(name, runnable("CREATE QUERY"), ifNotExists, orReplace);
    }

    private Statement alter() {
        if (in.peek().isWord("TABLE")) {
            throw in.error(
                    ErrorCode.UNSUPPORTED,
                    in.peek(),
                    "ALTER TABLE is not supported: write CREATE OR REPLACE TABLE");
        }
        in.expectWord("STREAM");
        Token name = in.expectName("the name of a stream");
        return new AlterStreamParser(in, catalog, stream(name, "STREAM")).parse();
    }

    private Statement drop() {
        boolean isQuery = in.takeWord("QUERY");
        boolean isTemplate = !isQuery && (in.takeWord("TEMPLATE") || in.takeWord("VIEW"));
        boolean isTable = !isQuery && !isTemplate && in.takeWord("TABLE");
        if (!isQuery && !isTemplate && !isTable && !in.takeWord("STREAM")) {
            throw in.expected("STREAM, TABLE, QUERY, VIEW or TEMPLATE");
        }
        boolean ifExists = in.takeIfExists();
        Token name = in.expectName("the name of what is to be dropped");
        in.expectEnd();
        if (isQuery) {
            return new Statement.DropQuery(name.value(), ifExists);
        }
        if (isTemplate) {
            return new Statement.DropTemplate(
                    ifExists ? name.value() : templates().known(name).name(), ifExists);
        }
        if (!ifExists || catalog.stream(name.value()).isPresent()) {
            stream(name, isTable ? "TABLE" : "STREAM");
        }
        return new Statement.DropStream(name.value(), ifExists);
    }

    private Statement pause(boolean paused) {
        in.expectWord("QUERY");
        Token name = in.expectName("the name of a query");
        in.expectEnd();
        return new Statement.PauseQuery(name.value(), paused);
    }

    private Statement insert() {
        in.expectWord("INTO");
        Token name = in.expectName("the name of a stream");
        StreamDefinition into = stream(name);
        if (into.isTable()) {
            throw in.error(
                    ErrorCode.UNSUPPORTED,
                    name,
                    "the table \""
                            + name.value()
                            + "\" is only read: insert into a stream (CREATE STREAM)");
        }
        InsertTarget target = InsertTarget.parse(in, name, into);
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
        if (in.peek().kind() == Token.Kind.END) {
            throw in.error(ErrorCode.SYNTAX, explain, "EXPLAIN needs a query behind it");
        }
        return new Statement.Explain(runnable("EXPLAIN"));
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
        Token what = in.take();
        Statement statement =
                switch (what.upper()) {
                    case "STREAMS" -> new Statement.ShowStreams();
                    case "TABLES" -> new Statement.ShowTables();
                    case "QUERIES" -> new Statement.ShowQueries();
                    case "TEMPLATES" -> new Statement.ShowTemplates();
                    case "VIEWS" -> new Statement.Answer(TemplateParser.views(catalog));
                    case "SETTINGS" -> new Statement.ShowSettings();
                    case "FUNCTIONS" -> new Statement.Answer(FunctionList.text());
                    default ->
                            throw in.error(
                                    ErrorCode.SYNTAX,
                                    what,
                                    "expected STREAMS, TABLES, QUERIES, VIEWS, TEMPLATES, FUNCTIONS or"
                                            + " SETTINGS, found "
                                            + what.described());
                };
        in.expectEnd();
        return statement;
    }

    private Statement describe() {
        boolean isNamed = in.peekSecond().isName();
        boolean isQuery = isNamed && in.takeWord("QUERY");
        boolean isTemplate = isNamed && (in.takeWord("TEMPLATE") || in.takeWord("VIEW"));
        boolean isTable = isNamed && !isQuery && !isTemplate && in.takeWord("TABLE");
        if (isNamed && !isQuery && !isTemplate && !isTable) {
            in.expectWord("STREAM");
        }
        Token name = in.expectName("the name of a stream");
        in.expectEnd();
        if (isQuery) {
            return new Statement.DescribeQuery(name.value());
        }
        if (isTemplate) {
            return new Statement.Answer(TemplateParser.describe(templates().known(name)));
        }
        return new Statement.Describe(stream(name));
    }

    /**
     * @param kind {@code STREAM} or {@code TABLE}: what the statement takes it for
     */
    private StreamDefinition stream(Token name, String kind) {
        StreamDefinition found = stream(name);
        if (!found.kind().equalsIgnoreCase(kind)) {
            throw in.error(
                    ErrorCode.TYPE_MISMATCH,
                    name,
                    "\""
                            + name.value()
                            + "\" is a "
                            + found.kind()
                            + ", not a "
                            + kind.toLowerCase(Locale.ROOT)
                            + ": write "
                            + found.kind().toUpperCase(Locale.ROOT));
        }
        return found;
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
