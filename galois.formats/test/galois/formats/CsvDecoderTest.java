package galois.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import galois.api.GaloisException;
import galois.api.io.Decoder.Origin;
import galois.api.plan.StreamDefinition;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

class CsvDecoderTest {
    private static final Origin ORIGIN = new Origin(null, 0);

    private static CollectingSink decode(StreamDefinition stream, byte[] bytes, int... cuts) {
        CollectingSink sink = new CollectingSink(stream.schema());
        CsvDecoder decoder = new CsvDecoder(stream, false);
        int from = 0;
        for (int cut : cuts) {
            decoder.feed(Arrays.copyOfRange(bytes, from, cut), 0, cut - from, ORIGIN, sink);
            from = cut;
        }
        decoder.feed(bytes, from, bytes.length - from, ORIGIN, sink);
        decoder.end(sink);
        sink.flush();
        return sink;
    }

    private static CollectingSink decode(StreamDefinition stream, String text) {
        return decode(stream, text.getBytes(UTF_8));
    }

    @Test
    void readsQuotesLineBreaksAndEscapes() {
        CollectingSink sink =
                decode(
                        Streams.stream("a VARCHAR, b INTEGER, c VARCHAR"),
                        "\uFEFFa,b,c\r\n\"x,\"\"y\"\"\r\nz\",1,\"\"\r\n,,\n\"q\",2,plain\"quote");
        assertEquals(List.of(), sink.problems);
        assertEquals(
                List.of(
                        "[\"x,\"y\"\r\nz\", 1, \"\"]",
                        "[NULL, NULL, NULL]",
                        "[\"q\", 2, \"plain\"quote\"]"),
                sink.rows());
    }

    @Test
    void aColumnThatNobodyReadsIsNotParsed() {
        StreamDefinition stream = Streams.stream("a INTEGER, b INTEGER, c VARCHAR");
        CollectingSink sink = new CollectingSink(stream.schema());
        CsvDecoder decoder = new CsvDecoder(stream, false);
        BitSet fields = new BitSet();
        fields.set(0);
        decoder.read(fields);
        fields.set(1); // theirs, not ours
        feed(decoder, "a,b,c\n1,x,\"y,\"\"\n\"\nx,2,z\n3,4,5,6\n", sink);
        BitSet others = new BitSet();
        others.set(1, 3);
        decoder.read(others);
        feed(decoder, "x,7,q\n1,x,z\n", sink);
        assertEquals(List.of("[1, NULL, NULL]", "[NULL, 7, \"q\"]"), sink.rows());
        assertEquals(
                List.of(
                        "WRONG_TYPE@4 column \"a\": \"x\" is not a value of type INTEGER",
                        "SURPLUS_FIELD@5 4 fields, expected 3",
                        "WRONG_TYPE@7 column \"b\": \"x\" is not a value of type INTEGER"),
                sink.problems);
    }

    private static void feed(CsvDecoder decoder, String text, CollectingSink sink) {
        byte[] bytes = text.getBytes(UTF_8);
        decoder.feed(bytes, 0, bytes.length, ORIGIN, sink);
        sink.flush();
    }

    @Test
    void matchesHeaderByNameIgnoringCaseAndReportsMissingColumnsOnce() {
        CollectingSink sink =
                decode(
                        Streams.stream("b INTEGER, A DOUBLE, gone DOUBLE"),
                        "a,x,B\n1.5,9,2\n2.5,8,3");
        assertEquals(List.of("[2, 1.5, NULL]", "[3, 2.5, NULL]"), sink.rows());
        assertEquals(
                List.of("MISSING_FIELD@1 the header lacks \"gone\": NULL is taken"), sink.problems);
    }

    @Test
    void rejectsEveryRowUnderAForeignHeader() {
        CollectingSink sink = decode(Streams.stream("a INTEGER"), "1\n2\n3\n");
        assertEquals(0, sink.count);
        assertEquals(3, sink.problems.size());
        assertTrue(sink.problems.get(0).contains("set header = 'false'"), sink.problems::toString);
    }

    @Test
    void namesLineColumnAndValueOfABadRow() {
        CollectingSink sink =
                decode(
                        Streams.stream("a INTEGER, b VARCHAR", "header", "false"),
                        "1,x\n\"2\",\"two\nlines\"\nabc,y\n4\n5,y,z\n99999999999,q\n6,end");
        assertEquals(List.of("[1, \"x\"]", "[2, \"two\nlines\"]", "[6, \"end\"]"), sink.rows());
        assertEquals(
                List.of(
                        "WRONG_TYPE@4 column \"a\": \"abc\" is not a value of type INTEGER",
                        "MALFORMED@5 1 fields, expected 2",
                        "SURPLUS_FIELD@6 3 fields, expected 2",
                        "WRONG_TYPE@7 column \"a\": \"99999999999\" is not a value of type"
                                + " INTEGER"),
                sink.problems);
    }

    @Test
    void losesOnlyTheLineOfAStrayQuote() {
        StreamDefinition stream = Streams.stream("a INTEGER, b VARCHAR", "header", "false");
        CollectingSink sink = decode(stream, "1,a\n2,\"open\n3,c\n4,d");
        assertEquals(List.of("[1, \"a\"]", "[3, \"c\"]", "[4, \"d\"]"), sink.rows());
        assertEquals(List.of("MALFORMED@2 a quote is not closed"), sink.problems);
    }

    @Test
    void findsRowsAgainAfterAStrayQuoteFarFromTheEnd() {
        StringBuilder text = new StringBuilder("0,\"open\n");
        for (int i = 1; i <= 20_000; i++) {
            text.append(i).append(",row\r\n");
        }
        CollectingSink sink =
                decode(Streams.stream("a INTEGER, b VARCHAR", "header", "false"), text.toString());
        assertEquals(List.of("MALFORMED@1 a quote is not closed"), sink.problems);
        assertEquals(20_000, sink.count);
        assertEquals("[20000, \"row\"]", sink.rows().get(19_999));
    }

    @Test
    void skipsARowAboveTheLimitToItsLineEnd() {
        StreamDefinition stream = Streams.stream("a VARCHAR", "header", "false");
        String fits = "x".repeat(CsvScanner.ROW_MAX - 100);
        CollectingSink sink = decode(stream, fits + "\n" + "y".repeat(200_000) + "\nz\n");
        assertEquals(2, sink.count);
        assertEquals("[\"z\"]", sink.rows().get(1));
        assertEquals(List.of("TOO_LARGE@2 row is above 65536 bytes"), sink.problems);
    }

    @Test
    void cutsAnywhereGiveTheSameRows() {
        StreamDefinition stream = Streams.stream("a VARCHAR, b DOUBLE, c TIMESTAMP");
        byte[] bytes =
                ("\uFEFFa,b,c\r\n"
                                + "\"ä\"\"\r\n"
                                + ",\",1e3,1996-05-07T00:00Z\r\n"
                                + "x,-.5,\r\n\r\n"
                                + "\"bad\"x,1,\n"
                                + "y,nan,1996-05-07 01:02:03.5+02:00\r"
                                + "\"\",1,2,3\n"
                                + "\"open,1,2\n"
                                + "last,,12")
                        .getBytes(UTF_8);
        CollectingSink whole = decode(stream, bytes);
        assertEquals(4, whole.count);
        for (int cut = 0; cut <= bytes.length; cut++) {
            for (int second : new int[] {cut, Math.min(cut + 1, bytes.length), bytes.length}) {
                CollectingSink cutSink = decode(stream, bytes, cut, second);
                assertEquals(whole.rows, cutSink.rows, "cut at " + cut + ", " + second);
                assertEquals(whole.problems, cutSink.problems, "cut at " + cut + ", " + second);
            }
        }
    }

    @Test
    void cutsNearTheRowLimitGiveTheSameRows() {
        StreamDefinition stream = Streams.stream("a INTEGER, b VARCHAR", "header", "false");
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            text.append(i).append(",\"").append("line\r\n".repeat(12_000)).append("\"\n");
        }
        byte[] bytes = text.append("7,ok").toString().getBytes(UTF_8);
        CollectingSink whole = decode(stream, bytes);
        Random random = new Random(7);
        for (int round = 0; round < 40; round++) {
            int cut = CsvScanner.ROW_MAX - 10 + round / 2;
            int second = cut + random.nextInt(bytes.length - cut);
            CollectingSink sink = decode(stream, bytes, cut, second);
            assertEquals(whole.problems, sink.problems, "cut at " + cut + ", " + second);
            assertEquals(whole.rows, sink.rows, "cut at " + cut + ", " + second);
        }
        assertEquals("[7, \"ok\"]", whole.rows.get(whole.rows.size() - 1));
    }

    @Test
    void anyBytesAreHarmlessAndRowsAfterThemStillCome() {
        StreamDefinition stream = Streams.stream("a INTEGER, b VARCHAR", "header", "false");
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            byte[] garbage = new byte[random.nextInt(2_000)];
            byte[] alphabet = "\",\n\r1a \u00e9".getBytes(UTF_8);
            for (int i = 0; i < garbage.length; i++) {
                garbage[i] =
                        seed % 2 == 0
                                ? alphabet[random.nextInt(alphabet.length)]
                                : (byte) random.nextInt(256);
            }
            byte[] tail = "\n\"\n12345,good\n".getBytes(UTF_8);
            byte[] all = Arrays.copyOf(garbage, garbage.length + tail.length);
            System.arraycopy(tail, 0, all, garbage.length, tail.length);
            List<String> rows = decode(stream, all).rows();
            assertTrue(
                    rows.contains("[12345, \"good\"]") || rows.toString().contains("12345,good"),
                    "seed " + seed + ": " + rows);
        }
    }

    @Test
    void emptyLineIsARowOnlyForOneColumn() {
        assertEquals(
                List.of("[1]", "[NULL]", "[2]"),
                decode(Streams.stream("a INTEGER", "header", "false"), "1\n\n2\n").rows());
        assertEquals(
                List.of("[1, 2]", "[3, 4]"),
                decode(Streams.stream("a INTEGER, b INTEGER", "header", "false"), "1,2\n\n3,4\n\n")
                        .rows());
    }

    @Test
    void nullTextStandsForNullUnlessQuoted() {
        StreamDefinition stream =
                Streams.stream(
                        "a VARCHAR, b INTEGER",
                        "header",
                        "false",
                        "null",
                        "\\N",
                        "delimiter",
                        "\\t");
        assertEquals(
                List.of("[NULL, NULL]", "[\"\\N\", NULL]", "[\"\", 1]"),
                decode(stream, "\\N\t\\N\n\"\\N\"\t\n\t1\n").rows());
    }

    @Test
    void messagesAreWholeDocuments() {
        StreamDefinition stream =
                Streams.stream(
                        "d VARCHAR METADATA topic[1], a INTEGER, n INTEGER METADATA topic[2]");
        CollectingSink sink = new CollectingSink(stream.schema());
        CsvDecoder decoder = new CsvDecoder(stream, true);
        for (String topic : List.of("plant/k\u00e4lte/7", "plant/b/x", "plant/c")) {
            byte[] payload = "1\n2".getBytes(UTF_8);
            decoder.feed(payload, 0, payload.length, new Origin(topic, 5), sink);
        }
        assertEquals(
                List.of(
                        "[\"k\u00e4lte\", 1, 7]",
                        "[\"k\u00e4lte\", 2, 7]",
                        "[\"c\", 1, NULL]",
                        "[\"c\", 2, NULL]"),
                sink.rows());
        assertEquals(
                "WRONG_TYPE@1 column \"n\": \"x\" is not a value of type INTEGER",
                sink.problems.get(0));
    }

    @ParameterizedTest
    @CsvSource({"delimiter, ab", "delimiter, '\"'", "header, maybe", "timestamp, days"})
    void refusesBadOptions(String key, String value) {
        GaloisException e =
                assertThrows(
                        GaloisException.class,
                        () -> new CsvDecoder(Streams.stream("a INTEGER", key, value), false));
        assertTrue(e.userText().startsWith("GLS-2007 stream \"s\": option '" + key), e::userText);
    }
}
