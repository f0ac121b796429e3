package galois.sql;

import galois.api.ErrorCode;
import galois.api.plan.StreamDefinition;
import galois.api.query.Catalog;
import galois.api.query.SourceText;
import galois.api.query.Statement;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** {@code DRY RUN query WITH ROWS stream ((value, ...), ...), ...}. */
final class DryRunParser {
    private final TokenReader in;
    private final Catalog catalog;
    private final Function<SourceText, Statement> queries;

    /**
     * Starts behind the words DRY RUN.
     *
     * @param queries parses a select, an insert or a run of a template
     */
    DryRunParser(TokenReader in, Catalog catalog, Function<SourceText, Statement> queries) {
        this.in = in;
        this.catalog = catalog;
        this.queries = queries;
    }

    Statement parse() {
        SourceText query = in.sourceBefore("WITH", "ROWS");
        Statement parsed = queries.apply(query);
        List<StreamDefinition> streams = new ArrayList<>();
        if (in.takeWord("WITH")) {
            in.expectWord("ROWS");
            do {
                streams.add(rows());
            } while (in.takeSymbol(","));
        }
        in.expectEnd();
        return new Statement.DryRun(
                parsed instanceof Statement.Insert insert
                        ? insert.plan()
                        : ((Statement.Select) parsed).plan(),
                streams);
    }

    private StreamDefinition rows() {
        Token name = in.expectName("the name of a stream");
        StreamDefinition stream =
                catalog.stream(name.value())
                        .orElseThrow(
                                () ->
                                        in.error(
                                                ErrorCode.UNKNOWN_STREAM,
                                                name,
                                                QueryErrors.unknownStream(name.value(), catalog)));
        in.expectSymbol("(");
        String csv = RowValues.parse(in, stream.name(), stream.schema().fields());
        if (!in.takeSymbol(")")) {
            throw in.expected("',' or ')' after a row");
        }
        return new StreamDefinition(
                stream.name(),
                stream.schema(),
                Map.of(),
                stream.timeField(),
                stream.watermarkDelayUs(),
                StreamOptions.values(csv),
                stream.key());
    }
}
