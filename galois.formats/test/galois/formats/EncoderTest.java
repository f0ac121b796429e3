package galois.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import galois.api.GaloisException;
import galois.api.io.Decoder;
import galois.api.io.Decoder.Origin;
import galois.api.io.DecoderRequest;
import galois.api.io.Encoder;
import galois.api.io.Format;
import galois.api.plan.StreamDefinition;
import galois.batch.BatchBuilder;
import galois.batch.BatchCursor;
import galois.batch.FieldType;
import galois.batch.Schema;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;

class EncoderTest {
    private static final String COLUMNS =
            "b BOOLEAN, i INTEGER, l BIGINT, d DOUBLE, v VARCHAR, t TIMESTAMP";

    private static String encode(
            Format format, StreamDefinition stream, BatchCursor batch, boolean framed) {
        Encoder encoder = format.encoder(stream, framed);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        encoder.header(out);
        for (int i = 0; i < batch.rows(); i++) {
            encoder.row(batch.row(i), out);
        }
        return out.toString(UTF_8);
    }

    /** One row of values and one of NULLs. */
    private static BatchCursor sample(Schema schema) {
        BatchBuilder builder = new BatchBuilder(schema, 4096);
        builder.beginRow();
        builder.setLong(0, 1);
        builder.setLong(1, -7);
        builder.setLong(2, Long.MIN_VALUE);
        builder.setDouble(3, 1e10);
        builder.setString(4, "a \"b\",\n\u00e9");
        builder.setLong(5, 831_427_200_250_000L);
        builder.commitRow(0, 0, 0);
        builder.beginRow();
        builder.commitRow(0, 0, 0);
        int size = builder.finish(0);
        return new BatchCursor().wrap(builder.array(), 0, size, schema);
    }

    @Test
    void writesCsv() {
        StreamDefinition stream = Streams.stream(COLUMNS);
        assertEquals(
                """
                b,i,l,d,v,t
                true,-7,-9223372036854775808,1.0E10,"a ""b"",
                \u00e9",1996-05-07T00:00:00.250Z
                ,,,,,
                """,
                encode(new CsvFormat(), stream, sample(stream.schema()), false));
    }

    @Test
    void writesJson() {
        StreamDefinition stream = Streams.stream(COLUMNS, "timestamp", "ms");
        assertEquals(
                """
                {"b":true,"i":-7,"l":-9223372036854775808,"d":1.0E10,"v":"a \\"b\\",\\u000a\u00e9","t":831427200250}
                {"b":null,"i":null,"l":null,"d":null,"v":null,"t":null}
                """,
                encode(new JsonFormat(), stream, sample(stream.schema()), false));
    }

    @Test
    void writesRawValues() {
        StreamDefinition stream = Streams.stream("k VARCHAR METADATA topic, d DOUBLE");
        BatchBuilder builder = new BatchBuilder(stream.schema(), 4096);
        for (double value : new double[] {21.5, Double.NaN}) {
            builder.beginRow();
            builder.setDouble(1, value);
            builder.commitRow(0, 0, 0);
        }
        int size = builder.finish(0);
        BatchCursor batch = new BatchCursor().wrap(builder.array(), 0, size, stream.schema());
        assertEquals("21.5\nNaN\n", encode(new RawFormat(), stream, batch, false));
        assertEquals("21.5NaN", encode(new RawFormat(), stream, batch, true));
    }

    @Test
    void rawNeedsOnePayloadColumn() {
        StreamDefinition stream = Streams.stream("a INTEGER, b INTEGER");
        GaloisException e =
                assertThrows(GaloisException.class, () -> new RawFormat().encoder(stream, true));
        assertTrue(e.userText().startsWith("GLS-2007 stream \"s\": format 'raw'"), e::userText);
    }

    @Test
    void rawReadsMessagesAndLines() {
        StreamDefinition stream = Streams.stream("k VARCHAR METADATA topic[1], d DOUBLE");
        Decoder decoder = new RawFormat().decoder(new DecoderRequest(stream, true));
        CollectingSink sink = new CollectingSink(stream.schema());
        for (String payload : List.of("21.5\n", "", "hot")) {
            byte[] bytes = payload.getBytes(UTF_8);
            decoder.feed(bytes, 0, bytes.length, new Origin("plant/k1/temp", 0), sink);
        }
        assertEquals(List.of("[\"k1\", 21.5]", "[\"k1\", NULL]"), sink.rows());
        assertEquals(
                List.of("WRONG_TYPE@0 column \"d\": \"hot\" is not a value of type DOUBLE"),
                sink.problems);
        StreamDefinition lines = Streams.stream("v VARCHAR");
        Decoder stream2 = new RawFormat().decoder(new DecoderRequest(lines, false));
        CollectingSink sink2 = new CollectingSink(lines.schema());
        byte[] bytes = "a\r\n\n\u00e9".getBytes(UTF_8);
        bytes[bytes.length - 1] = 'x';
        stream2.feed(bytes, 0, bytes.length, new Origin(null, 0), sink2);
        stream2.end(sink2);
        assertEquals(List.of("[\"a\"]", "[\"\"]"), sink2.rows());
        assertTrue(sink2.problems.get(0).startsWith("MALFORMED@3 "), sink2.problems::toString);
    }

    @Test
    void whatIsWrittenReadsBackInEveryFormat() {
        for (String unit : List.of("iso", "us")) {
            StreamDefinition stream = Streams.stream(COLUMNS, "timestamp", unit);
            for (Format format : List.of(new CsvFormat(), new JsonFormat())) {
                for (int seed = 0; seed < 200; seed++) {
                    roundTrip(format, stream, seed);
                }
            }
        }
    }

    @Test
    void everyTypeReadsBackInEveryFormat() {
        StreamDefinition stream =
                Streams.stream(
                        "a TINYINT, b SMALLINT, c DECIMAL(18, 6), d DECIMAL(5, 0), e REAL,"
                                + " f VARBINARY, g DATE, h TIME, i INTERVAL YEAR TO MONTH,"
                                + " j INTERVAL DAY TO SECOND, k DECIMAL(18, 18)");
        for (Format format : List.of(new CsvFormat(), new JsonFormat())) {
            for (int seed = 0; seed < 200; seed++) {
                roundTrip(format, stream, seed);
            }
        }
    }

    private static void roundTrip(Format format, StreamDefinition stream, int seed) {
        CollectingSink source = new CollectingSink(stream.schema(), 1 << 20);
        BatchBuilder builder = null;
        Random random = new Random(seed);
        int rows = random.nextInt(20) + 1;
        for (int i = 0; i < rows; i++) {
            builder = source.row();
            fill(builder, random);
            source.commit();
        }
        int size = builder.finish(0);
        BatchCursor batch = new BatchCursor().wrap(builder.array(), 0, size, stream.schema());
        byte[] text = encode(format, stream, batch, false).getBytes(UTF_8);
        CollectingSink back = new CollectingSink(stream.schema());
        Decoder decoder = format.decoder(new DecoderRequest(stream, false));
        decoder.feed(text, 0, text.length, new Origin(null, 0), back);
        decoder.end(back);
        assertEquals(List.of(), back.problems, "seed " + seed);
        CollectingSink expected = new CollectingSink(stream.schema(), 1 << 20);
        random = new Random(seed);
        random.nextInt(20);
        for (int i = 0; i < rows; i++) {
            fill(expected.row(), random);
            expected.commit();
        }
        assertEquals(expected.rows(), back.rows(), "seed " + seed);
    }

    private static void fill(BatchBuilder row, Random random) {
        String letters = "a,\"\n\r\\ \u00e9\ud83d\ude00\t\u0000";
        for (int field = 0; field < row.schema().size(); field++) {
            FieldType type = row.schema().type(field);
            long bits = random.nextLong() >> random.nextInt(64);
            if (random.nextInt(4) == 0) {
                continue;
            }
            switch (type.kind()) {
                case BOOLEAN -> row.setLong(field, bits & 1);
                case TINYINT -> row.setLong(field, (byte) bits);
                case SMALLINT -> row.setLong(field, (short) bits);
                case INTEGER -> row.setLong(field, (int) bits);
                case DECIMAL -> row.setLong(field, bits % (long) Math.pow(10, type.precision()));
                case REAL -> row.setDouble(field, Float.intBitsToFloat((int) bits));
                case DATE -> row.setLong(field, Math.floorMod(bits, 2_900_000L));
                case TIME -> row.setLong(field, Math.floorMod(bits, 86_400_000_000L));
                case INTERVAL_MONTH, INTERVAL_DAY -> row.setLong(field, bits / 2);
                case VARBINARY -> {
                    byte[] bytes = new byte[random.nextInt(6)];
                    random.nextBytes(bytes);
                    row.setBytes(field, bytes, 0, bytes.length);
                }
                case BIGINT -> row.setLong(field, bits);
                case DOUBLE -> row.setDouble(field, Double.longBitsToDouble(bits));
                case TIMESTAMP -> row.setLong(field, Math.floorMod(bits, 250_000_000_000_000_000L));
                case VARCHAR -> {
                    StringBuilder text = new StringBuilder();
                    for (int n = random.nextInt(6); n > 0; n--) {
                        int at = random.nextInt(letters.length());
                        text.appendCodePoint(
                                letters.codePointAt(
                                        Character.isLowSurrogate(letters.charAt(at))
                                                ? at - 1
                                                : at));
                    }
                    row.setString(field, text.toString());
                }
            }
        }
    }

    @Test
    void jsonIsWhatAnotherParserReads() throws Exception {
        StreamDefinition stream = Streams.stream(COLUMNS);
        ObjectMapper mapper = new ObjectMapper();
        for (int seed = 0; seed < 500; seed++) {
            CollectingSink source = new CollectingSink(stream.schema(), 1 << 16);
            BatchBuilder builder = source.row();
            fill(builder, new Random(seed));
            source.commit();
            int size = builder.finish(0);
            BatchCursor batch = new BatchCursor().wrap(builder.array(), 0, size, stream.schema());
            JsonNode node = mapper.readTree(encode(new JsonFormat(), stream, batch, true));
            batch.row(0);
            for (int field = 0; field < 5; field++) {
                JsonNode value = node.get(stream.schema().field(field).name());
                assertEquals(batch.isNull(field), value.isNull(), "seed " + seed);
                if (!value.isNull() && field == 4) {
                    assertEquals(batch.getString(field), value.textValue(), "seed " + seed);
                } else if (!value.isNull() && field == 3) {
                    assertEquals(batch.getDouble(field), Double.parseDouble(value.asText()));
                } else if (!value.isNull() && field > 0) {
                    assertEquals(batch.getLong(field), value.longValue(), "seed " + seed);
                }
            }
        }
    }
}
