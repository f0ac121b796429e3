package galois.sql;

import galois.api.ErrorCode;
import galois.api.plan.StreamDefinition;
import galois.api.query.Catalog;
import galois.api.query.Statement;
import galois.batch.Field;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code ALTER STREAM name SET (option = 'value', ...) | RESET (option, ...) | ADD [COLUMN] column
 * type [METADATA FROM '...'] | DROP [COLUMN] column | RENAME [COLUMN] column TO name | RENAME TO
 * name}.
 */
final class AlterStreamParser {
    private final TokenReader in;
    private final Catalog catalog;
    private final StreamDefinition stream;

    /** Starts behind the name of the stream. */
    AlterStreamParser(TokenReader in, Catalog catalog, StreamDefinition stream) {
        this.in = in;
        this.catalog = catalog;
        this.stream = stream;
    }

    Statement parse() {
        Token what = in.take();
        StreamDefinition changed =
                switch (what.upper()) {
                    case "SET" -> set();
                    case "RESET" -> reset();
                    case "ADD" -> add();
                    case "DROP" -> drop();
                    case "RENAME" -> rename();
                    default ->
                            throw in.error(
                                    ErrorCode.SYNTAX,
                                    what,
                                    "expected SET (...), RESET (...), ADD COLUMN, DROP COLUMN or"
                                            + " RENAME, found "
                                            + what.described());
                };
        in.expectEnd();
        return new Statement.AlterStream(stream.name(), changed);
    }

    private StreamDefinition set() {
        Map<String, String> options = new HashMap<>(stream.options());
        options.putAll(StreamOptions.list(in));
        return with(stream.schema().fields(), stream.metadata(), options);
    }

    private StreamDefinition reset() {
        Map<String, String> options = new HashMap<>(stream.options());
        in.expectSymbol("(");
        do {
            Token at = in.peek();
            String key = StatementParser.optionKey(in, "an option such as header");
            if (options.remove(key.toLowerCase(Locale.ROOT)) == null) {
                throw in.error(
                        ErrorCode.STREAM_OPTION,
                        at,
                        "the stream \"" + stream.name() + "\" has no option " + key);
            }
        } while (in.takeSymbol(","));
        in.expectSymbol(")");
        return with(stream.schema().fields(), stream.metadata(), options);
    }

    private StreamDefinition add() {
        in.takeWord("COLUMN");
        CreateStreamParser columns = new CreateStreamParser(in, catalog, stream);
        columns.column();
        return with(columns.fields(), columns.metadata(), stream.options());
    }

    private StreamDefinition drop() {
        in.takeWord("COLUMN");
        Token name = in.expectName("a column");
        int index = column(name);
        if (index == stream.timeField() && !isArrival(index)) {
            throw in.error(
                    ErrorCode.UNSUPPORTED,
                    name,
                    "the column \"" + name.value() + "\" has the WATERMARK: it cannot be dropped");
        }
        if (stream.schema().size() == 1) {
            throw in.error(ErrorCode.UNSUPPORTED, name, "a stream needs a column");
        }
        List<Field> fields = new ArrayList<>(stream.schema().fields());
        Field dropped = fields.remove(index);
        Map<String, String> metadata = new HashMap<>(stream.metadata());
        metadata.remove(dropped.name());
        int time = stream.timeField();
        return new StreamDefinition(
                stream.name(),
                CreateStreamParser.schema(fields),
                metadata,
                index == time ? -1 : index < time ? time - 1 : time,
                stream.watermarkDelayUs(),
                stream.options());
    }

    private boolean isArrival(int index) {
        return "arrival".equals(stream.metadata().get(stream.schema().field(index).name()));
    }

    private StreamDefinition rename() {
        if (in.takeWord("TO")) {
            Token name = in.expectName("the new name");
            if (catalog.stream(name.value()).isPresent()
                    && !name.value().equalsIgnoreCase(stream.name())) {
                throw in.error(
                        ErrorCode.DUPLICATE_NAME,
                        name,
                        "the stream \"" + name.value() + "\" exists: choose another name");
            }
            return new StreamDefinition(
                    name.value(),
                    stream.schema(),
                    stream.metadata(),
                    stream.timeField(),
                    stream.watermarkDelayUs(),
                    stream.options());
        }
        in.takeWord("COLUMN");
        int index = column(in.expectName("a column"));
        in.expectWord("TO");
        Token name = in.expectName("the new name");
        Field before = stream.schema().field(index);
        int same = stream.schema().indexOf(name.value());
        if (same >= 0 && same != index) {
            throw in.error(
                    ErrorCode.DUPLICATE_NAME,
                    name,
                    "the column \"" + name.value() + "\" is there already: choose another name");
        }
        List<Field> fields = new ArrayList<>(stream.schema().fields());
        fields.set(index, new Field(name.value(), before.type()));
        Map<String, String> metadata = new HashMap<>(stream.metadata());
        String origin = metadata.remove(before.name());
        if (origin != null) {
            metadata.put(name.value(), origin);
        }
        return with(fields, metadata, stream.options());
    }

    private int column(Token name) {
        int index = stream.schema().indexOf(name.value());
        if (index < 0) {
            throw in.error(
                    ErrorCode.UNKNOWN_COLUMN,
                    name,
                    QueryErrors.unknownColumn(name.value(), stream.schema()));
        }
        return index;
    }

    private StreamDefinition with(
            List<Field> fields, Map<String, String> metadata, Map<String, String> options) {
        return new StreamDefinition(
                stream.name(),
                CreateStreamParser.schema(fields),
                metadata,
                stream.timeField(),
                stream.watermarkDelayUs(),
                options);
    }
}
