package galois.formats;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.io.Decoder.Origin;
import galois.api.io.MalformedRow;
import galois.api.plan.StreamDefinition;
import galois.batch.FieldType;
import galois.batch.Schema;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The columns of a stream that do not come from the payload: {@code topic}, {@code topic[n]}
 * (level, from 0) and {@code arrival}. A level is read as the column's type; a level that the topic
 * does not have, or the topic of a byte stream, is NULL. One owner; no allocation while topics are
 * ASCII.
 */
final class MetadataColumns {
    private static final int WHOLE_TOPIC = -1;
    private static final int ARRIVAL = -2;

    private final int[] fields;
    private final int[] levels;
    private final boolean[] isMetadata;
    private final ValueReader reader;
    private byte[] topic = new byte[256];
    private int topicLength;

    /**
     * @throws GaloisException STREAM_OPTION for an origin that is not one of the three
     */
    MetadataColumns(StreamDefinition stream, ValueReader reader) {
        Schema schema = stream.schema();
        this.reader = reader;
        isMetadata = new boolean[schema.size()];
        int count = 0;
        fields = new int[stream.metadata().size()];
        levels = new int[fields.length];
        for (Map.Entry<String, String> column : stream.metadata().entrySet()) {
            int field = schema.indexOf(column.getKey());
            if (field < 0) {
                throw problem(column, "is not a column of the stream");
            }
            fields[count] = field;
            levels[count] = level(column, schema.type(field));
            isMetadata[field] = true;
            count++;
        }
    }

    private static int level(Map.Entry<String, String> column, FieldType type) {
        String origin = column.getValue();
        if (origin.equals("arrival")) {
            if (type != FieldType.TIMESTAMP && type != FieldType.BIGINT) {
                throw problem(column, "must be TIMESTAMP, or BIGINT for microseconds");
            }
            return ARRIVAL;
        }
        if (origin.equals("topic")) {
            return WHOLE_TOPIC;
        }
        if (!origin.matches("topic\\[\\d{1,3}\\]")) {
            throw problem(column, "is unknown: use 'topic', 'topic[n]' or 'arrival'");
        }
        return Integer.parseInt(origin.substring(6, origin.length() - 1));
    }

    private static GaloisException problem(Map.Entry<String, String> column, String what) {
        return new GaloisException(
                ErrorCode.STREAM_OPTION,
                "metadata '" + column.getValue() + "' of \"" + column.getKey() + "\" " + what);
    }

    /** Indexes of the fields that the payload has to fill, in schema order. */
    int[] payloadFields() {
        int[] payload = new int[isMetadata.length - fields.length];
        int count = 0;
        for (int field = 0; field < isMetadata.length; field++) {
            if (!isMetadata[field]) {
                payload[count++] = field;
            }
        }
        return payload;
    }

    /** Takes note of the origin for the rows that follow. */
    void origin(Origin origin) {
        String text = fields.length == 0 ? null : origin.topic();
        topicLength = 0;
        if (text == null) {
            return;
        }
        if (topic.length < text.length()) {
            topic = new byte[text.length()];
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                topic = text.getBytes(StandardCharsets.UTF_8);
                topicLength = topic.length;
                return;
            }
            topic[i] = (byte) text.charAt(i);
        }
        topicLength = text.length();
    }

    /** Sets the metadata fields of the row; null, or why a topic level cannot be read. */
    MalformedRow fill(StagedRow row, Origin origin, long line) {
        for (int i = 0; i < fields.length; i++) {
            int field = fields[i];
            if (levels[i] == ARRIVAL) {
                row.setLong(field, origin.arrivalUs());
                continue;
            }
            int from = levels[i] == WHOLE_TOPIC ? 0 : levelStart(levels[i]);
            if (origin.topic() == null || from > topicLength) {
                row.setNull(field);
                continue;
            }
            int to = levels[i] == WHOLE_TOPIC ? topicLength : levelEnd(from);
            if (!reader.read(row, field, topic, from, to)) {
                return ValueReader.refused(row.schema().field(field), line, topic, from, to);
            }
        }
        return null;
    }

    /** Where the level starts; beyond the topic's end when there are fewer levels. */
    private int levelStart(int level) {
        int start = 0;
        for (int skipped = 0; skipped < level && start <= topicLength; skipped++) {
            start = levelEnd(start) + 1;
        }
        return start;
    }

    private int levelEnd(int from) {
        int end = from;
        while (end < topicLength && topic[end] != '/') {
            end++;
        }
        return end;
    }
}
