package galois.group;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.control.Message;
import galois.api.control.QueryState;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

class EnvelopeCodecTest {
    private final EnvelopeCodec codec = new EnvelopeCodec();

    static List<Class<?>> types() {
        return RandomMessages.types();
    }

    @ParameterizedTest
    @MethodSource("types")
    void bringsBackEveryMessageAsItWas(Type type) {
        for (long seed = 0; seed < 50; seed++) {
            Message message = (Message) new RandomMessages(new Random(seed)).of(type, 7);
            Envelope sent = new Envelope(Envelope.VERSION, 3, "a", "b", message);
            byte[] bytes = codec.encode(sent);
            Envelope read = codec.decode(bytes).orElseThrow();
            assertArrayEquals(bytes, codec.encode(read), "seed " + seed);
            if (!(message instanceof Message.CodeReply)) {
                assertEquals(sent, read, "seed " + seed);
            }
        }
    }

    @Test
    void keepsNullAndTheOrderOfMaps() {
        Map<String, String> placement = new LinkedHashMap<>();
        for (String operator : List.of("source", "filter", "project", "a", "sink")) {
            placement.put(operator, "node-1");
        }
        Message sent = new Message.QueryChanged("q-1", QueryState.RUNNING, null, placement);
        Message.QueryChanged read = (Message.QueryChanged) roundTrip(sent);
        assertEquals(sent, read);
        assertEquals(List.copyOf(placement.keySet()), List.copyOf(read.placement().keySet()));
    }

    @Test
    void carriesAModuleOfTwoMegabytes() {
        byte[] wasm = new byte[2 << 20];
        new Random(1).nextBytes(wasm);
        Message.CodeReply read = (Message.CodeReply) roundTrip(new Message.CodeReply("id", wasm));
        assertArrayEquals(wasm, read.wasm());
    }

    @Test
    void looksAsDocumented() {
        byte[] bytes =
                codec.encode(
                        new Envelope(1, 7, "client/1", "global", new Message.StopQuery("q-1")));
        assertEquals(
                "{\"v\":1,\"epoch\":7,\"from\":\"client/1\",\"to\":\"global\","
                        + "\"m\":{\"queryId\":\"q-1\",\"@\":\"StopQuery\"}}",
                new String(bytes, StandardCharsets.UTF_8));
    }

    @Test
    void dropsAndCountsWhatItCannotRead() {
        List<String> bad =
                List.of(
                        "{\"v\":2,\"m\":{\"@\":\"StopQuery\"}}",
                        "{\"v\":1,\"m\":{\"@\":\"FromTheFuture\"}}",
                        "{\"v\":1,\"m\":{\"@\":\"StopQuery\",\"queryId\":[1]}}",
                        "{\"v\":1,\"m\":{\"@\":\"MemberChanged\",\"up\":\"yes\"}}",
                        "{\"v\":1",
                        String.join("", Collections.nCopies(2_000, "[")),
                        "");
        for (String text : bad) {
            assertTrue(codec.decode(text.getBytes(StandardCharsets.UTF_8)).isEmpty(), text);
        }
        assertEquals(bad.size(), codec.droppedCount());
    }

    @Test
    void readsMembersThatAnOlderPeerDoesNotWrite() {
        String text = "{\"v\":1,\"m\":{\"@\":\"MemberChanged\",\"address\":\"x\",\"new\":1}}";
        Envelope read = codec.decode(text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
        assertEquals(new Message.MemberChanged("x", false), read.m());
    }

    private Message roundTrip(Message message) {
        return codec.decode(codec.encode(new Envelope(1, 1, "a", "b", message))).orElseThrow().m();
    }
}
