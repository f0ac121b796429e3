package galois.sql;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.plan.StreamDefinition;
import galois.api.query.Catalog;
import galois.api.query.Statement;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * {@code CREATE STREAM [IF NOT EXISTS] name (column type [NOT NULL] [METADATA FROM '...'], column
 * AS PROCTIME(), WATERMARK FOR column AS column - INTERVAL '5' SECOND) [WITH (option = 'value') |
 * AS VALUES (value, ...)]}.
 */
final class CreateStreamParser {
    private static final Pattern TOPIC = Pattern.compile("topic(\\[\\d{1,4}])?");
    private static final String ARRIVAL = "arrival";

    private final TokenReader in;
    private final Catalog catalog;
    private final List<Field> fields = new ArrayList<>();
    private final Map<String, String> metadata = new HashMap<>();
    private final List<String> notNull = new ArrayList<>();
    private Token watermarkColumn;
    private long watermarkDelayUs;

    private final boolean orReplace;

    /** Starts behind the word CREATE, or behind OR REPLACE. */
    CreateStreamParser(TokenReader in, Catalog catalog, boolean orReplace) {
        this.in = in;
        this.catalog = catalog;
        this.orReplace = orReplace;
    }

    /** Starts before a column that is to be added to a stream. */
    CreateStreamParser(TokenReader in, Catalog catalog, StreamDefinition stream) {
        this(in, catalog, true);
        fields.addAll(stream.schema().fields());
        metadata.putAll(stream.metadata());
    }

    List<Field> fields() {
        return List.copyOf(fields);
    }

    Map<String, String> metadata() {
        return Map.copyOf(metadata);
    }

    static Schema schema(List<Field> fields) {
        return new Schema(fields);
    }

    Statement parse() {
        in.expectWord("STREAM");
        boolean ifNotExists = in.takeIfNotExists();
        Token name = name("stream", ifNotExists);
        columns();
        List<Field> payload =
                fields.stream().filter(field -> !metadata.containsKey(field.name())).toList();
        Map<String, String> options = StreamOptions.parse(in, name, payload);
        in.expectEnd();
        Schema schema = new Schema(fields);
        return new Statement.CreateStream(
                new StreamDefinition(
                        name.value(),
                        schema,
                        metadata,
                        timeField(schema),
                        watermarkDelayUs,
                        withConstraints(options)),
                ifNotExists,
                orReplace);
    }

    /** The name of what is created, which must be free unless the statement says otherwise. */
    Token name(String kind, boolean ifNotExists) {
        Token name = in.expectName("the name of the " + kind);
        if (name.value().equalsIgnoreCase(StreamDefinition.ONE_ROW.name())) {
            throw in.error(
                    ErrorCode.DUPLICATE_NAME,
                    name,
                    "\"" + name.value() + "\" is taken by GALOIS: choose another name");
        }
        StreamDefinition there = catalog.stream(name.value()).orElse(null);
        if (there != null && !ifNotExists && !orReplace) {
            throw in.error(
                    ErrorCode.DUPLICATE_NAME,
                    name,
                    "the "
                            + there.kind()
                            + " \""
                            + name.value()
                            + "\" exists: drop it first, or write IF NOT EXISTS");
        }
        return name;
    }

    private void columns() {
        in.expectSymbol("(");
        do {
            boolean isWatermark = in.peek().isWord("WATERMARK") && in.peekSecond().isWord("FOR");
            if (isWatermark) {
                watermark();
            } else {
                column();
            }
        } while (in.takeSymbol(","));
        if (!in.takeSymbol(")")) {
            throw in.expected("',' or ')' after a column");
        }
    }

    /** Reads a column and adds it. */
    void column() {
        Token name = columnName();
        if (in.takeWord("AS")) {
            computed(name);
            return;
        }
        FieldType type = typed(name);
        if (in.takeWord("METADATA")) {
            in.expectWord("FROM");
            metadata.put(name.value(), metadataOf(name, type));
        }
        if (in.peek().isWord("PRIMARY") || in.peek().isWord("DEFAULT")) {
            throw in.error(
                    ErrorCode.UNSUPPORTED,
                    in.peek(),
                    "the only constraint on the column of a stream is NOT NULL");
        }
    }

    /** Reads the type of a column and adds the column. */
    FieldType typed(Token name) {
        FieldType type = TypeNames.parse(in);
        fields.add(new Field(name.value(), type));
        if (in.peek().isWord("NOT") && in.peekSecond().isWord("NULL")) {
            in.take();
            in.take();
            notNull.add(name.value());
        } else {
            in.takeWord("NULL");
        }
        return type;
    }

    /** The options, and which columns were declared NOT NULL. */
    Map<String, String> withConstraints(Map<String, String> options) {
        if (notNull.isEmpty()) {
            return options;
        }
        Map<String, String> all = new LinkedHashMap<>(options);
        all.put(galois.api.io.StreamOptions.NOT_NULL, String.join(",", notNull));
        return all;
    }

    /** Reads the name of a column, which must be new. */
    Token columnName() {
        Token name = in.expectName("a column name");
        boolean isTaken = fields.stream().anyMatch(f -> isSame(f.name(), name.value()));
        if (isTaken) {
            throw in.error(
                    ErrorCode.DUPLICATE_NAME,
                    name,
                    "the column \"" + name.value() + "\" is there twice: rename one");
        }
        if (name.value().isBlank()) {
            throw in.error(ErrorCode.SYNTAX, name, "a column needs a name");
        }
        if (fields.size() == Schema.FIELDS_MAX) {
            throw in.error(
                    ErrorCode.QUERY_LIMIT,
                    name,
                    "there are at most " + Schema.FIELDS_MAX + " columns in a stream or table");
        }
        return name;
    }

    /** {@code p AS PROCTIME()}: when the row came, by the clock of the node that reads it. */
    private void computed(Token name) {
        Token function = in.peek();
        if (!function.isWord("PROCTIME")) {
            throw in.error(
                    ErrorCode.UNSUPPORTED,
                    function,
                    "a computed column is PROCTIME(); compute others in the query");
        }
        in.take();
        in.expectSymbol("(");
        in.expectSymbol(")");
        fields.add(new Field(name.value(), FieldType.TIMESTAMP));
        metadata.put(name.value(), ARRIVAL);
    }

    private String metadataOf(Token column, FieldType type) {
        Token origin = in.expectString("'topic', 'topic[n]' or 'arrival'");
        String text = origin.value().toLowerCase(Locale.ROOT);
        boolean isTopic = TOPIC.matcher(text).matches();
        if (!isTopic && !text.equals(ARRIVAL)) {
            throw in.error(
                    ErrorCode.STREAM_OPTION,
                    origin,
                    "unknown metadata '"
                            + Messages.shorten(origin.value())
                            + "': it is 'topic', 'topic[n]' (level n, from 0) or 'arrival'");
        }
        FieldType needed = isTopic ? FieldType.VARCHAR : FieldType.TIMESTAMP;
        if (type != needed) {
            throw in.error(
                    ErrorCode.TYPE_MISMATCH,
                    column,
                    "metadata '" + text + "' is " + needed + ", the column is " + type);
        }
        return text;
    }

    private void watermark() {
        in.take();
        in.take();
        Token column = in.expectName("a column of type TIMESTAMP");
        if (watermarkColumn != null) {
            throw in.error(ErrorCode.SYNTAX, column, "a stream has one WATERMARK");
        }
        watermarkColumn = column;
        if (!in.takeWord("AS")) {
            return; // rows come in order
        }
        Token base = in.expectName("the column \"" + column.value() + "\"");
        if (!isSame(base.value(), column.value())) {
            throw in.error(
                    ErrorCode.UNSUPPORTED,
                    base,
                    "the watermark of a column is the column minus an interval");
        }
        if (in.takeSymbol("-")) {
            watermarkDelayUs = Intervals.parse(in);
        }
    }

    private int timeField(Schema schema) {
        if (watermarkColumn == null) {
            // Rows without an event time carry their arrival, so windows may use that column.
            return fields.stream()
                    .filter(f -> ARRIVAL.equals(metadata.get(f.name())))
                    .mapToInt(fields::indexOf)
                    .findFirst()
                    .orElse(-1);
        }
        int index = schema.indexOf(watermarkColumn.value());
        if (index < 0) {
            throw new GaloisException(
                    ErrorCode.UNKNOWN_COLUMN,
                    QueryErrors.unknownColumn(watermarkColumn.value(), schema),
                    in.inScript(watermarkColumn.position()));
        }
        if (schema.type(index) != FieldType.TIMESTAMP) {
            throw in.error(
                    ErrorCode.TYPE_MISMATCH,
                    watermarkColumn,
                    "a watermark needs a TIMESTAMP, \""
                            + watermarkColumn.value()
                            + "\" is "
                            + schema.type(index));
        }
        return index;
    }

    private static boolean isSame(String a, String b) {
        return a.toLowerCase(Locale.ROOT).equals(b.toLowerCase(Locale.ROOT));
    }
}
