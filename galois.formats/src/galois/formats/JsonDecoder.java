package galois.formats;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;

import galois.api.io.Decoder;
import galois.api.io.MalformedRow;
import galois.api.io.MalformedRow.Cause;
import galois.api.io.RowSink;
import galois.api.plan.StreamDefinition;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;

/**
 * JSON to rows. A message is one object or an array of objects; a byte stream has one object (or
 * array) per line. Members are matched by name, ignoring case; members that are no column are
 * skipped; a missing one is NULL and noted, or rejects the row; one that is there twice rejects the
 * row. Types are strict ({@link JsonObject}). An object whose {@code end_field} member is true ends
 * the stream and is no row.
 *
 * <p>Of a message with an error in its syntax, the objects of an array before the error are rows.
 */
final class JsonDecoder implements Decoder {
    /** Bytes of a message or line. */
    static final int PAYLOAD_MAX = 1 << 20;

    /** Objects and arrays inside each other. */
    static final int DEPTH_MAX = 64;

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .disable(JsonFactory.Feature.CHARSET_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(DEPTH_MAX)
                                    .maxNumberLength(NumberText.LENGTH_MAX)
                                    .maxStringLength(256 * 1024)
                                    .maxNameLength(1024)
                                    .build())
                    .build();

    private final boolean framed;
    private final MetadataColumns metadata;
    private final JsonObject object;
    private final StagedRow row;
    private final ByteOrderMark mark = new ByteOrderMark();
    private final LineSplitter lines = new LineSplitter(PAYLOAD_MAX, new Lines());

    private Origin origin;
    private RowSink sink;

    JsonDecoder(StreamDefinition stream, boolean framed) {
        JsonOptions options = JsonOptions.of(stream);
        ValueReader values = new ValueReader(options.unit());
        this.framed = framed;
        metadata = new MetadataColumns(stream, values);
        row = new StagedRow(stream.schema());
        object = new JsonObject(row, metadata.payloadFields(), options, values);
    }

    @Override
    public void read(BitSet fields) {
        object.read(fields);
    }

    @Override
    public void feed(byte[] bytes, int offset, int length, Origin from, RowSink target) {
        origin = from;
        sink = target;
        metadata.origin(from);
        if (framed) {
            payload(bytes, offset, length, 0);
        } else {
            mark.feed(bytes, offset, length, lines::feed);
        }
    }

    @Override
    public void end(RowSink target) {
        sink = target;
        if (!framed) {
            mark.end(lines::feed);
            lines.end();
        }
    }

    private final class Lines implements LineSplitter.Handler {
        @Override
        public void onLine(byte[] bytes, int offset, int length, long line) {
            if (!isBlank(bytes, offset, length)) {
                payload(bytes, offset, length, line);
            }
        }

        @Override
        public void onTooLong(long line) {
            tooLarge(line);
        }
    }

    private static boolean isBlank(byte[] b, int offset, int length) {
        int i = offset;
        while (i < offset + length && (b[i] == ' ' || b[i] == '\t' || b[i] == '\r')) {
            i++;
        }
        return i == offset + length;
    }

    private void tooLarge(long line) {
        sink.reject(
                new MalformedRow(
                        Cause.TOO_LARGE, line, "JSON text is above " + PAYLOAD_MAX + " bytes"));
    }

    private void payload(byte[] bytes, int offset, int length, long line) {
        if (length > PAYLOAD_MAX) {
            tooLarge(line);
            return;
        }
        try (JsonParser parser = JSON.createParser(bytes, offset, length)) {
            JsonToken first = parser.nextToken();
            if (first == JsonToken.START_ARRAY) {
                array(parser, line);
            } else if (first == JsonToken.START_OBJECT) {
                JsonObject.Outcome outcome = object.read(parser, line);
                if (parser.nextToken() == null) {
                    finish(outcome, line);
                } else {
                    sink.reject(malformed(line, "text follows the object"));
                }
            } else {
                sink.reject(malformed(line, "expected a JSON object, not " + shown(first)));
            }
        } catch (StreamConstraintsException e) {
            sink.reject(
                    new MalformedRow(
                            Cause.TOO_LARGE, line, ValueReader.shown(e.getOriginalMessage())));
        } catch (JsonProcessingException e) {
            sink.reject(malformed(line, syntax(e.getOriginalMessage())));
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot fail", e);
        }
    }

    private void array(JsonParser parser, long line) throws IOException {
        JsonToken token = parser.nextToken();
        while (token != JsonToken.END_ARRAY) {
            if (token == JsonToken.START_OBJECT) {
                finish(object.read(parser, line), line);
            } else {
                parser.skipChildren();
                sink.reject(
                        malformed(
                                line, "expected a JSON object in the array, not " + shown(token)));
            }
            token = parser.nextToken();
        }
        if (parser.nextToken() != null) {
            sink.reject(malformed(line, "text follows the array"));
        }
    }

    private void finish(JsonObject.Outcome outcome, long line) {
        switch (outcome) {
            case END_MARKER -> sink.end();
            case REFUSED -> sink.reject(object.problem());
            case ROW -> {
                MalformedRow problem = metadata.fill(row, origin, line);
                if (problem == null) {
                    row.emit(sink, line);
                } else {
                    sink.reject(problem);
                }
            }
        }
    }

    private static MalformedRow malformed(long line, String message) {
        return new MalformedRow(Cause.MALFORMED, line, message);
    }

    private static String shown(JsonToken token) {
        return token == null ? "nothing" : JsonObject.words(token);
    }

    /** The parser's words without its own idea of the place. */
    private static String syntax(String message) {
        int place = message.indexOf(" (start marker at ");
        return ValueReader.shown(place < 0 ? message : message.substring(0, place));
    }
}
