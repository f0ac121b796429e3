package galois.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import galois.api.io.Decoder.Origin;
import galois.api.plan.StreamDefinition;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

class JsonDecoderTest {
    private static final String COLUMNS =
            "b BOOLEAN, i INTEGER, l BIGINT, d DOUBLE, v VARCHAR, t TIMESTAMP";

    private static CollectingSink messages(StreamDefinition stream, String... payloads) {
        CollectingSink sink = new CollectingSink(stream.schema());
        JsonDecoder decoder = new JsonDecoder(stream, true);
        for (String payload : payloads) {
            byte[] bytes = payload.getBytes(UTF_8);
            decoder.feed(bytes, 0, bytes.length, new Origin("a/b", 0), sink);
        }
        sink.flush();
        return sink;
    }

    @Test
    void aMemberThatNobodyReadsIsNotParsed() {
        StreamDefinition stream = Streams.stream("a INTEGER, b INTEGER, c VARCHAR");
        CollectingSink sink = new CollectingSink(stream.schema());
        JsonDecoder decoder = new JsonDecoder(stream, true);
        BitSet fields = new BitSet();
        fields.set(1);
        decoder.read(fields);
        for (String payload :
                List.of(
                        "{\"a\":\"x\",\"b\":1,\"c\":{\"b\":[7]}}",
                        "{\"a\":1,\"b\":true,\"c\":\"\"}",
                        "{\"a\":1,\"b\":2,\"c\":}",
                        "{\"a\":1,\"b\":2,\"c\":3,\"a\":4}")) {
            byte[] bytes = payload.getBytes(UTF_8);
            decoder.feed(bytes, 0, bytes.length, new Origin("a/b", 0), sink);
        }
        sink.flush();
        assertEquals(List.of("[NULL, 1, NULL]"), sink.rows);
        assertEquals(3, sink.problems.size(), sink.problems::toString);
        assertEquals(0, sink.notes);
    }

    @Test
    void readsEveryTypeByNameIgnoringCaseAndSkipsTheRest() {
        CollectingSink sink =
                messages(
                        Streams.stream(COLUMNS),
                        "{\"x\":{\"i\":[7]},\"V\":\"\\u00e4\\n"
                                + "\\ud83d\\ude00\",\"B\":true,\"I\":-2,\"l\":"
                                + "9223372036854775807,\"d\":0.1,\"t\":\"1970-01-01T00:00:01Z\"}",
                        "{\"b\":null,\"i\":2.0,\"l\":1e3,\"d\":\"NaN\",\"v\":\"\",\"t\":1500}");
        assertEquals(List.of(), sink.problems);
        assertEquals(
                List.of(
                        "[1, -2, 9223372036854775807, 0.1, \"ä\n😀\", 1000000]",
                        "[NULL, 2, 1000, NaN, \"\", 1500000]"),
                sink.rows);
        assertEquals(0, sink.notes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"b\":1} | WRONG_TYPE@0 column \"b\": 1 is not a value of type BOOLEAN",
                "{\"i\":\"1\"} | WRONG_TYPE@0 column \"i\": \"1\" is not a value of type INTEGER",
                "{\"i\":1.5} | WRONG_TYPE@0 column \"i\": 1.5 is not a value of type INTEGER",
                "{\"i\":3000000000} | WRONG_TYPE@0 column \"i\": 3000000000 is not a value of type"
                        + " INTEGER",
                "{\"l\":9223372036854775808} | WRONG_TYPE@0 column \"l\": 9223372036854775808 is"
                        + " not a value of type BIGINT",
                "{\"d\":\"1.5\"} | WRONG_TYPE@0 column \"d\": \"1.5\" is not a value of type"
                        + " DOUBLE",
                "{\"d\":1e999} | WRONG_TYPE@0 column \"d\": 1e999 is not a value of type DOUBLE",
                "{\"d\":[1]} | WRONG_TYPE@0 column \"d\": an array is not a value of type DOUBLE",
                "{\"v\":{}} | WRONG_TYPE@0 column \"v\": an object is not a value of type VARCHAR",
                "{\"v\":1} | WRONG_TYPE@0 column \"v\": 1 is not a value of type VARCHAR",
                "{\"t\":\"soon\"} | WRONG_TYPE@0 column \"t\": \"soon\" is not a value of type"
                        + " TIMESTAMP",
                "{\"t\":\"1500000000000\"} | WRONG_TYPE@0 column \"t\": \"1500000000000\" is not a"
                        + " value of type TIMESTAMP",
                "{\"i\":1,\"i\":2} | MALFORMED@0 member \"i\" appears twice",
                "{\"v\":\"\\ud800\"} | MALFORMED@0 half a surrogate pair in a string",
                "7 | MALFORMED@0 expected a JSON object, not a number",
                "{\"i\":1} {\"i\":2} | MALFORMED@0 text follows the object",
            })
    void refusesAndSaysWhy(String payload, String problem) {
        CollectingSink sink =
                messages(Streams.stream(COLUMNS), payload, "{\"i\":5,\"v\":\"next\"}");
        assertEquals(List.of(problem), sink.problems);
        assertEquals(List.of("[NULL, 5, NULL, NULL, \"next\", NULL]"), sink.rows);
        assertEquals(1, sink.notes, "missing members are noted once per row");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {"~~", "{", "{\"d\":NaN}", "{\"i\":01}", "{'i':1}", "[", "[{\"i\":1},]", "nul"})
    void refusesBrokenSyntax(String payload) {
        CollectingSink sink = messages(Streams.stream("x VARCHAR"), payload);
        assertEquals(1, sink.problems.size(), sink.problems::toString);
        assertTrue(sink.problems.get(0).startsWith("MALFORMED@0 "), sink.problems::toString);
    }

    @Test
    void readsArraysAndKeepsTheirGoodObjects() {
        CollectingSink sink =
                messages(Streams.stream("i INTEGER"), " [{\"i\":1}, 7, {\"i\":true}, {\"i\":2}] ");
        assertEquals(List.of("[1]", "[2]"), sink.rows);
        assertEquals(2, sink.problems.size());
    }

    @Test
    void limitsDepthLengthAndSize() {
        StreamDefinition stream = Streams.stream("v VARCHAR, d DOUBLE");
        CollectingSink sink =
                messages(
                        stream,
                        "[".repeat(100),
                        "{\"d\":" + "1".repeat(101) + "}",
                        "{\"v\":\"" + "x".repeat(70_000) + "\"}",
                        "{\"v\":\"" + "x".repeat(300_000) + "\"}",
                        "{\"u\":\"" + "x".repeat(1 << 20) + "\"}",
                        "{\"v\":\"" + "\u00e9".repeat(30_000) + "\",\"d\":1}");
        for (String problem : sink.problems) {
            assertTrue(problem.startsWith("TOO_LARGE@0 "), sink.problems::toString);
        }
        assertEquals(5, sink.problems.size(), sink.problems::toString);
        assertEquals(1, sink.rows.size());
    }

    @Test
    void endsAtTheMarker() {
        StreamDefinition stream = Streams.stream("i INTEGER", "end_field", "end");
        CollectingSink open = messages(stream, "{\"i\":1,\"end\":false}");
        assertEquals(List.of("[1]"), open.rows);
        assertTrue(!open.ended);
        CollectingSink ended = messages(stream, "{\"i\":\"bad\",\"END\":true}");
        assertEquals(List.of(), ended.rows);
        assertEquals(List.of(), ended.problems);
        assertTrue(ended.ended);
    }

    @Test
    void rejectsMissingMembersWhenAsked() {
        CollectingSink sink =
                messages(
                        Streams.stream("i INTEGER, d DOUBLE", "on_missing", "reject"),
                        "{\"i\":1}",
                        "{\"i\":1,\"d\":null}");
        assertEquals(List.of("[1, NULL]"), sink.rows);
        assertEquals(List.of("MISSING_FIELD@0 member \"d\" is missing"), sink.problems);
    }

    @Test
    void readsTopicColumns() {
        CollectingSink sink =
                messages(
                        Streams.stream("i INTEGER, t VARCHAR METADATA topic"), "{\"i\":1,\"t\":9}");
        assertEquals(List.of("[1, \"a/b\"]"), sink.rows);
    }

    @Test
    void linesCutAnywhereGiveTheSameRows() {
        StreamDefinition stream = Streams.stream("i INTEGER, v VARCHAR");
        byte[] bytes =
                "\uFEFF{\"i\":1,\"v\":\"ä\"}\r\n\r\n{bad}\n[{\"i\":2},{\"i\":3}]\n  \n{\"i\":\"x\"}\n{\"i\":4}"
                        .getBytes(UTF_8);
        for (int cut = 0; cut <= bytes.length; cut++) {
            CollectingSink sink = new CollectingSink(stream.schema());
            JsonDecoder decoder = new JsonDecoder(stream, false);
            Origin origin = new Origin(null, 0);
            decoder.feed(Arrays.copyOf(bytes, cut), 0, cut, origin, sink);
            decoder.feed(bytes, cut, bytes.length - cut, origin, sink);
            decoder.end(sink);
            assertEquals(
                    List.of("[1, \"ä\"]", "[2, NULL]", "[3, NULL]", "[4, NULL]"),
                    sink.rows(),
                    "cut at " + cut);
            assertEquals(2, sink.problems.size(), "cut at " + cut);
            assertTrue(sink.problems.get(0).startsWith("MALFORMED@3 "), sink.problems::toString);
            assertTrue(sink.problems.get(1).startsWith("WRONG_TYPE@6 "), sink.problems::toString);
        }
    }

    @Test
    void anyBytesAreHarmless() {
        StreamDefinition stream = Streams.stream(COLUMNS, "end_field", "end");
        byte[] good =
                "{\"b\":true,\"i\":1,\"d\":1.5e3,\"v\":\"a\\u00e9\\\"\",\"t\":\"1996-05-07T00:00Z\"}"
                        .getBytes(UTF_8);
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = good.clone();
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            byte[] payload = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            CollectingSink sink = new CollectingSink(stream.schema());
            JsonDecoder decoder = new JsonDecoder(stream, true);
            decoder.feed(payload, 0, payload.length, new Origin("t", 0), sink);
            decoder.feed(good, 0, good.length, new Origin("t", 0), sink);
            long seen = sink.count + sink.problems.size() + (sink.ended ? 1 : 0);
            assertTrue(sink.count > 0 && seen >= 2, "seed " + seed + ": " + sink.problems);
        }
    }
}
