package galois.sql;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.query.Catalog;
import galois.api.query.QueryTemplate;
import galois.api.query.QueryTemplate.Parameter;
import galois.api.query.SourceText;
import galois.api.query.Statement;
import galois.batch.FieldType;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * {@code CREATE TEMPLATE name(parameter type [DEFAULT value], ...) AS query} and {@code RUN
 * name(parameter => value, ...)}.
 */
final class TemplateParser {
    /** Parameters of a template. */
    private static final int PARAMETERS_MAX = 100;

    private final TokenReader in;
    private final Catalog catalog;
    private final BiFunction<SourceText, Parameters, Statement> queries;

    /**
     * @param queries parses a select or insert
     */
    TemplateParser(
            TokenReader in,
            Catalog catalog,
            BiFunction<SourceText, Parameters, Statement> queries) {
        this.in = in;
        this.catalog = catalog;
        this.queries = queries;
    }

    /** Starts at the word TEMPLATE. */
    Statement create(boolean orReplace) {
        in.expectWord("TEMPLATE");
        boolean ifNotExists = in.takeIfNotExists();
        Token name = in.expectName("the name of the template");
        if (!ifNotExists && !orReplace && catalog.template(name.value()).isPresent()) {
            throw in.error(
                    ErrorCode.DUPLICATE_NAME,
                    name,
                    "the template \""
                            + name.value()
                            + "\" exists: drop it first, or write CREATE OR REPLACE TEMPLATE");
        }
        List<Parameter> parameters = parameters();
        in.expectWord("AS");
        QueryTemplate template = new QueryTemplate(name.value(), parameters, in.restAsSource());
        queries.apply(template.body(), Parameters.examples(template));
        return new Statement.CreateTemplate(template, ifNotExists, orReplace);
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
            return queries.apply(template.body(), values);
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
                                        "unknown template \""
                                                + name.value()
                                                + '"'
                                                + Messages.known(
                                                        "templates",
                                                        name.value(),
                                                        catalog.templates().stream()
                                                                .map(QueryTemplate::name)
                                                                .toList())));
    }

    /** A line for each parameter, then the query. */
    static String describe(QueryTemplate template) {
        StringBuilder text = new StringBuilder();
        template.parameters().forEach(p -> text.append(p).append('\n'));
        return text.append(template.body().text().strip()).append('\n').toString();
    }
}
