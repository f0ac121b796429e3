package galois.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.console.Gate.Request;
import galois.console.Gate.Verdict;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

class GateTest {
    private static final String TEXT = Password.random(new SecureRandom());
    private static final Password PASSWORD = Password.of(TEXT, new SecureRandom());

    private long nowNs;
    private final Gate gate = new Gate(PASSWORD, () -> nowNs);

    private static String basic(String user, String password) {
        byte[] bytes = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(bytes);
    }

    private static Request get(String authorization) {
        return new Request("GET", "127.0.0.1", "127.0.0.1:8181", null, null, authorization);
    }

    private static Request post(String host, String origin, String referer) {
        return new Request("POST", "127.0.0.1", host, origin, referer, basic("admin", TEXT));
    }

    @Test
    void letsInWhoKnowsThePassword() {
        assertEquals(Verdict.IN, gate.judge(get(basic("admin", TEXT))));
        assertEquals(Verdict.IN, gate.judge(get(basic("admin", TEXT))));
        assertEquals(Verdict.ASK, gate.judge(get(null)));
        assertEquals(Verdict.ASK, gate.judge(get(basic("root", TEXT))));
        assertEquals(Verdict.ASK, gate.judge(get("Basic ***")));
    }

    @Test
    void locksAnAddressThatGuesses() {
        for (int i = 0; i < Lockout.FAILURES_MAX; i++) {
            assertEquals(Verdict.ASK, gate.judge(get(basic("root", "x" + i))));
        }
        assertEquals(Verdict.LOCKED, gate.judge(get(basic("admin", TEXT))));
        nowNs += Lockout.WINDOW_NS + 1;
        assertEquals(Verdict.IN, gate.judge(get(basic("admin", TEXT))));
    }

    @Test
    void refusesRequestsThatOtherPagesMake() {
        String host = "localhost:8181";
        assertEquals(Verdict.IN, gate.judge(post(host, "http://localhost:8181", null)));
        assertEquals(Verdict.IN, gate.judge(post(host, null, "http://localhost:8181/system/x")));
        assertEquals(Verdict.FOREIGN, gate.judge(post(host, "http://evil.example", null)));
        assertEquals(Verdict.FOREIGN, gate.judge(post(host, "http://localhost:81819", null)));
        assertEquals(Verdict.FOREIGN, gate.judge(post(host, null, null)));
        assertEquals(
                Verdict.FOREIGN, gate.judge(post("evil.example", "http://evil.example", null)));
    }

    @Test
    void keepsThePasswordAsItsHash() {
        String line = PASSWORD.line();
        assertTrue(!line.contains(TEXT));
        assertTrue(Password.parse(line).matches(TEXT));
        assertEquals(null, Password.parse("1 x y"));
    }

    @Test
    void forgetsTheOldestAddress() {
        Lockout lockout = new Lockout();
        for (int i = 0; i < Lockout.FAILURES_MAX; i++) {
            lockout.onFailure("first", 0);
        }
        assertTrue(lockout.isLocked("first", 1));
        for (int i = 0; i < Lockout.ADDRESSES_MAX; i++) {
            lockout.onFailure("a" + i, 1);
        }
        assertEquals(false, lockout.isLocked("first", 1));
    }
}
