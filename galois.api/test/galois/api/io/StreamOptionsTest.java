package galois.api.io;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import galois.api.GaloisException;
import galois.api.plan.StreamDefinition;
import galois.batch.Schema;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import java.util.List;
import java.util.Map;
import java.util.Set;

class StreamOptionsTest {
    private static StreamDefinition stream(String key, String value) {
        return new StreamDefinition("s", Schema.of(), Map.of(), -1, 0, Map.of(key, value));
    }

    private static String refused(Executable call) {
        return assertThrows(GaloisException.class, call).userText();
    }

    @Test
    void refusesCommonOptionsThatSayNothing() {
        assertDoesNotThrow(() -> StreamOptions.checkCommon(stream("rate", "20")));
        assertEquals(
                "GLS-2007 stream \"s\": option 'rate' is 'many': use a number 1 to 1000000000",
                refused(() -> StreamOptions.checkCommon(stream("rate", "many"))));
        assertEquals(
                "GLS-2007 stream \"s\": option 'not_null' names no column: 'zz'",
                refused(() -> StreamOptions.checkCommon(stream("not_null", "zz"))));
    }

    @Test
    void refusesOptionsThatNobodyKnowsByName() {
        List<Set<String>> known = List.of(Set.of("path"), Set.of("header"));
        assertEquals(
                "GLS-2007 stream \"s\": unknown option 'heder': known are"
                        + " [end_field, format, header, idle_timeout, late, not_null, path, rate,"
                        + " sequence, transport, watermark_per]",
                refused(() -> StreamOptions.check(stream("heder", "x"), known)));
        assertDoesNotThrow(() -> StreamOptions.check(stream("header", "x"), known));
        assertDoesNotThrow(() -> StreamOptions.check(stream("base", "x"), known));
        assertDoesNotThrow(
                () -> StreamOptions.check(stream("any", "x"), List.of(Set.of(), Set.of("path"))));
    }

    @Test
    void readsLengthsOfTime() {
        assertEquals(7, StreamOptions.durationUs(stream("d", ""), "d", 7));
        assertEquals(500_000, StreamOptions.durationUs(stream("d", "500 ms"), "d", 7));
        assertEquals(10_000_000, StreamOptions.durationUs(stream("d", "10s"), "d", 7));
        assertEquals(300_000_000, StreamOptions.durationUs(stream("d", " 5 MIN "), "d", 7));
        assertEquals(3_600_000_000L, StreamOptions.durationUs(stream("d", "1 h"), "d", 7));
        for (String bad : List.of("0 s", "-1 s", "1", "s", "1 day", "12345678901 s")) {
            assertEquals(
                    "GLS-2007 stream \"s\": option 'd' is '"
                            + bad
                            + "': use a length of time such as '500 ms', '10 s', '5 min' or '1 h'",
                    refused(() -> StreamOptions.durationUs(stream("d", bad), "d", 7)));
        }
    }

    @Test
    void namesTheValueAndWhatItMayBe() {
        assertEquals(
                "GLS-2007 stream \"s\": option 'n' is '11': use a number 1 to 10",
                refused(() -> StreamOptions.number(stream("n", "11"), "n", 1, 1, 10)));
        assertEquals(
                "GLS-2007 stream \"s\": option 'f' is 'yes': use one of [true, false]",
                refused(() -> StreamOptions.flag(stream("f", "yes"), "f", true)));
        assertEquals(
                "GLS-2007 stream \"s\": option 'x' is missing",
                refused(() -> StreamOptions.require(stream("y", ""), "x")));
        assertFalse(StreamOptions.flag(stream("f", "FALSE"), "f", true));
        assertEquals(10, StreamOptions.number(stream("n", " 10 "), "n", 1, 1, 10));
    }
}
