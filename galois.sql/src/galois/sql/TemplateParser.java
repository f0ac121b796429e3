package galois.sql;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.plan.StreamDefinition;
import galois.api.query.Catalog;
import galois.api.query.QueryTemplate;
import galois.api.query.QueryTemplate.Parameter;
import galois.api.query.SourceText;
import galois.api.query.Statement;
import galois.batch.FieldType;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code CREATE TEMPLATE name(parameter type [DEFAULT value], ...) AS query} and {@code RUN
 * name(parameter => value, ...)}.
 */
final class TemplateParser {
    /** Parameters of a template. */
    private static final int PARAMETERS_MAX = 100;

    private final TokenReader in;
    private final Catalog catalog;
    private final Queries queries;

    /** Parses a select, an insert or a run. */
    interface Queries {
        Statement parse(SourceText body, Parameters values, Catalog catalog);
    }

    /**
     * @param queries parses a select or insert
     */
    TemplateParser(TokenReader in, Catalog catalog, Queries queries) {
        this.in = in;
        this.catalog = catalog;
        this.queries = queries;
    }

    /** Starts at the word TEMPLATE. */
    Statement create(boolean orReplace) {
        in.expectWord("TEMPLATE");
        boolean ifNotExists = in.takeIfNotExists();
        Token name = newName("template", ifNotExists || orReplace);
        List<Parameter> parameters = parameters();
        in.expectWord("AS");
        QueryTemplate template = new QueryTemplate(name.value(), parameters, in.restAsSource());
        queries.parse(template.body(), Parameters.examples(template), catalog);
        return new Statement.CreateTemplate(template, ifNotExists, orReplace);
    }

    /** Starts at the word VIEW. A view is a template without parameters that FROM may name. */
    Statement createView(boolean orReplace) {
        in.expectWord("VIEW");
        boolean ifNotExists = in.takeIfNotExists();
        Token name = newName("view", ifNotExists || orReplace);
        if (catalog.stream(name.value()).isPresent()) {
            throw in.error(
                    ErrorCode.DUPLICATE_NAME,
                    name,
                    "the stream \"" + name.value() + "\" exists: give the view another name");
        }
        String columns = columns();
        in.expectWord("AS");
        if (in.peek().isWord("INSERT") || in.peek().isWord("RUN")) {
            throw in.expected("SELECT");
        }
        QueryTemplate view = new QueryTemplate(name.value(), List.of(), in.restAsSource());
        check(view);
        if (!columns.isEmpty()) {
            SourceText named =
                    new SourceText(
                            "WITH v"
                                    + columns
                                    + " AS ("
                                    + view.body().text()
                                    + "\n) SELECT * FROM v",
                            view.body().start());
            view = new QueryTemplate(name.value(), List.of(), named);
            check(view);
        }
        return new Statement.CreateTemplate(view, ifNotExists, orReplace);
    }

    /** Parses the query of a view where the view is known, so that it cannot read itself. */
    private void check(QueryTemplate view) {
        List<QueryTemplate> others =
                catalog.templates().stream()
                        .filter(template -> !template.name().equalsIgnoreCase(view.name()))
                        .toList();
        List<QueryTemplate> all = new ArrayList<>(others);
        all.add(view);
        Catalog after =
                new Catalog() {
                    @Override
                    public Optional<StreamDefinition> stream(String name) {
                        return catalog.stream(name);
                    }

                    @Override
                    public List<StreamDefinition> streams() {
                        return catalog.streams();
                    }

                    @Override
                    public List<QueryTemplate> templates() {
                        return all;
                    }
                };
        queries.parse(view.body(), Parameters.examples(view), after);
    }

    /** {@code (a, b)} as text; empty when it is not there. */
    private String columns() {
        if (!in.takeSymbol("(")) {
            return "";
        }
        List<String> names = new ArrayList<>();
        do {
            String column = in.expectName("the name of a column").value();
            names.add('"' + column.replace("\"", "\"\"") + '"');
        } while (in.takeSymbol(","));
        if (!in.takeSymbol(")")) {
            throw in.expected("',' or ')' after a column");
        }
        return names.stream().collect(Collectors.joining(", ", "(", ")"));
    }

    /** The name of what is to be created; refused when it is taken and may not be. */
    private Token newName(String what, boolean mayExist) {
        Token name = in.expectName("the name of the " + what);
        if (!mayExist && catalog.template(name.value()).isPresent()) {
            boolean isView = catalog.template(name.value()).get().isView();
            throw in.error(
                    ErrorCode.DUPLICATE_NAME,
                    name,
                    (isView ? "the view \"" : "the template \"")
                            + name.value()
                            + "\" exists: drop it first, or write CREATE OR REPLACE "
                            + what.toUpperCase(Locale.ROOT));
        }
        return name;
    }

    private List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        if (!in.takeSymbol("(") || in.takeSymbol(")")) {
            return parameters;
        }
        do {
            Token name = in.expectName("the name of a parameter");
            boolean isTaken =
                    parameters.stream().anyMatch(p -> p.name().equalsIgnoreCase(name.value()));
            if (isTaken) {
                throw in.error(
                        ErrorCode.DUPLICATE_NAME,
                        name,
                        "the parameter \"" + name.value() + "\" is there twice: rename one");
            }
            if (parameters.size() == PARAMETERS_MAX) {
                throw in.error(
                        ErrorCode.QUERY_LIMIT,
                        name,
                        "a template has at most " + PARAMETERS_MAX + " parameters");
            }
            FieldType type = TypeNames.parse(in);
            Parameter parameter = new Parameter(name.value(), type, null);
            if (in.takeWord("DEFAULT")) {
                parameter = new Parameter(name.value(), type, Parameters.value(in, parameter));
            }
            parameters.add(parameter);
        } while (in.takeSymbol(","));
        if (!in.takeSymbol(")")) {
            throw in.expected("',' or ')' after a parameter");
        }
        return parameters;
    }

    /**
     * Starts behind the word RUN; gives the query of the template with its parameters filled in.
     */
    Statement run() {
        Token name = in.expectName("the name of a template");
        QueryTemplate template = known(name);
        Parameters values = Parameters.parse(in, template);
        in.expectEnd();
        try {
            return queries.parse(template.body(), values, catalog);
        } catch (GaloisException e) {
            throw in.error(
                    e.code(), name, "template \"" + template.name() + "\": " + e.getMessage());
        }
    }

    /** The template of that name. */
    QueryTemplate known(Token name) {
        return catalog.template(name.value())
                .orElseThrow(
                        () ->
                                in.error(
                                        ErrorCode.UNKNOWN_STREAM,
                                        name,
                                        "unknown view or template \""
                                                + name.value()
                                                + '"'
                                                + Messages.known(
                                                        "views and templates",
                                                        name.value(),
                                                        catalog.templates().stream()
                                                                .map(QueryTemplate::name)
                                                                .toList())));
    }

    /** The name of each view, a line each. */
    static String views(Catalog catalog) {
        String names =
                catalog.templates().stream()
                        .filter(QueryTemplate::isView)
                        .map(view -> view.name() + "\n")
                        .collect(Collectors.joining());
        return names.isEmpty() ? "no views\n" : names;
    }

    /** A line for each parameter, then the query. */
    static String describe(QueryTemplate template) {
        StringBuilder text = new StringBuilder();
        template.parameters().forEach(p -> text.append(p).append('\n'));
        return text.append(template.body().text().strip()).append('\n').toString();
    }
}
