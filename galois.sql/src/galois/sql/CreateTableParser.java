package galois.sql;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.plan.StreamDefinition;
import galois.api.query.Catalog;
import galois.api.query.Statement;
import galois.batch.Schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code CREATE TABLE [IF NOT EXISTS] name (column type [PRIMARY KEY], ..., [PRIMARY KEY (column,
 * ...)]) [WITH (source = 'file', ..., refresh = '60 s') | AS VALUES (value, ...)]}.
 */
final class CreateTableParser {
    private static final String TRANSPORT = "transport";

    /** Other words for the option that says where rows come from. */
    private static final List<String> TRANSPORT_WORDS = List.of("source", "connector");

    private static final String EXAMPLE =
            "write WITH (source = 'file', path = '...', format = 'csv') or AS VALUES (...)";

    private final TokenReader in;
    private final boolean orReplace;
    private final CreateStreamParser columns;
    private final List<String> key = new ArrayList<>();

    /** Starts behind the word CREATE, or behind OR REPLACE. */
    CreateTableParser(TokenReader in, Catalog catalog, boolean orReplace) {
        this.in = in;
        this.orReplace = orReplace;
        columns = new CreateStreamParser(in, catalog, orReplace);
    }

    Statement parse() {
        in.expectWord("TABLE");
        boolean ifNotExists = in.takeIfNotExists();
        Token name = columns.name("table", ifNotExists);
        in.expectSymbol("(");
        do {
            Token first = in.peek();
            if (first.isWord("WATERMARK") && in.peekSecond().isWord("FOR")) {
                throw in.error(
                        ErrorCode.UNSUPPORTED,
                        first,
                        "a table has no WATERMARK, its rows are looked up: for rows that come in"
                                + " time write CREATE STREAM");
            }
            if (first.isWord("PRIMARY") && in.peekSecond().isWord("KEY")) {
                keyOfSeveral();
            } else {
                column();
            }
        } while (in.takeSymbol(","));
        if (!in.takeSymbol(")")) {
            throw in.expected("',' or ')' after a column");
        }
        Map<String, String> options = options(name);
        in.expectEnd();
        Schema schema = new Schema(columns.fields());
        StreamDefinition table =
                new StreamDefinition(
                        name.value(),
                        schema,
                        Map.of(),
                        -1,
                        0,
                        columns.withConstraints(options),
                        key);
        checkRefresh(table, name);
        return new Statement.CreateStream(table, ifNotExists, orReplace);
    }

    private void column() {
        Token name = columns.columnName();
        columns.typed(name);
        if (in.peek().isWord("METADATA") || in.peek().isWord("AS")) {
            throw in.error(
                    ErrorCode.UNSUPPORTED,
                    in.peek(),
                    "the columns of a table come from its source: compute others in the query");
        }
        Token word = in.peek();
        if (in.takeWord("PRIMARY")) {
            in.expectWord("KEY");
            takeNotEnforced();
            begin(word);
            key.add(name.value());
        } else if (word.isWord("DEFAULT") || word.isWord("UNIQUE")) {
            throw in.error(
                    ErrorCode.UNSUPPORTED,
                    word,
                    "the constraints of a table are PRIMARY KEY and NOT NULL");
        }
    }

    /** As others write it; keys are checked all the same. */
    private void takeNotEnforced() {
        if (in.peek().isWord("NOT") && in.peekSecond().isWord("ENFORCED")) {
            in.take();
            in.take();
        }
    }

    private void keyOfSeveral() {
        Token word = in.take();
        in.take();
        begin(word);
        in.expectSymbol("(");
        do {
            Token column = in.expectName("a column of the key");
            Schema schema = new Schema(columns.fields());
            int index = schema.indexOf(column.value());
            if (index < 0) {
                throw in.error(
                        ErrorCode.UNKNOWN_COLUMN,
                        column,
                        QueryErrors.unknownColumn(column.value(), schema));
            }
            String known = schema.field(index).name();
            if (key.contains(known)) {
                throw in.error(
                        ErrorCode.DUPLICATE_NAME,
                        column,
                        "the column \"" + known + "\" is in the key twice");
            }
            key.add(known);
        } while (in.takeSymbol(","));
        in.expectSymbol(")");
        takeNotEnforced();
    }

    private void begin(Token word) {
        if (!key.isEmpty()) {
            throw in.error(
                    ErrorCode.SYNTAX,
                    word,
                    "a table has one PRIMARY KEY: for several columns write PRIMARY KEY (a, b)"
                            + " behind them");
        }
    }

    private Map<String, String> options(Token table) {
        if (in.takeWord("AS")) {
            in.expectWord("VALUES");
            return StreamOptions.values(RowValues.parse(in, table.value(), columns.fields()));
        }
        if (!in.takeWord("WITH")) {
            throw in.expected(EXAMPLE.substring("write ".length()));
        }
        Map<String, String> options = new LinkedHashMap<>(StreamOptions.list(in));
        for (String word : TRANSPORT_WORDS) {
            String value = options.remove(word);
            if (value != null && options.putIfAbsent(TRANSPORT, value) != null) {
                throw in.error(
                        ErrorCode.STREAM_OPTION,
                        table,
                        "the option " + word + " says what transport says: leave one out");
            }
        }
        if (!options.containsKey(TRANSPORT)) {
            throw missing(table, "source");
        }
        if ("jdbc".equalsIgnoreCase(options.get(TRANSPORT))) {
            // It gives typed values; between connector and decoder they are text.
            options.putIfAbsent("format", "csv");
            options.putIfAbsent("header", "false");
        }
        if (!options.containsKey("format")) {
            throw missing(table, "format");
        }
        return options;
    }

    private GaloisException missing(Token table, String option) {
        return in.error(
                ErrorCode.STREAM_OPTION,
                table,
                "the table \"" + table.value() + "\" needs the option " + option + ": " + EXAMPLE);
    }

    private void checkRefresh(StreamDefinition table, Token name) {
        try {
            galois.api.io.StreamOptions.durationUs(table, "refresh", 0);
        } catch (GaloisException e) {
            throw in.error(e.code(), name, e.getMessage());
        }
    }
}
