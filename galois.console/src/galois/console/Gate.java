package galois.console;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Decides who gets in: pure of servlets, so that each rule can be tested. */
final class Gate {
    static final String USER = "admin";

    /** Headers recognised without hashing again; all are forgotten when there are more. */
    static final int ACCEPTED_MAX = 16;

    private final Password password;
    private final LongSupplier nowNs;
    private final Lockout lockout = new Lockout();
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();

    Gate(Password password, LongSupplier nowNs) {
        this.password = password;
        this.nowNs = nowNs;
    }

    /** The answer to one request. */
    enum Verdict {
        /** Known user. */
        IN,
        /** Ask for user and password. */
        ASK,
        /** Too many failures from this address. */
        LOCKED,
        /** The request was made by another site's page. */
        FOREIGN
    }

    /**
     * What of a request decides; a missing header is null.
     *
     * @param address of the client
     * @param authorization header of that name
     */
    record Request(
            String method,
            String address,
            String host,
            String origin,
            String referer,
            String authorization) {}

    Verdict judge(Request request) {
        if (isForeign(request)) {
            return Verdict.FOREIGN;
        }
        String header = request.authorization;
        if (header == null || !header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return Verdict.ASK;
        }
        String digest = Password.digest(header);
        if (accepted.contains(digest)) {
            return Verdict.IN;
        }
        if (lockout.isLocked(request.address, nowNs.getAsLong())) {
            return Verdict.LOCKED;
        }
        if (isKnown(header.substring(6))) {
            lockout.onSuccess(request.address);
            if (accepted.size() >= ACCEPTED_MAX) {
                accepted.clear();
            }
            accepted.add(digest);
            return Verdict.IN;
        }
        lockout.onFailure(request.address, nowNs.getAsLong());
        return Verdict.ASK;
    }

    private boolean isKnown(String credentials) {
        try {
            String text =
                    new String(
                            Base64.getDecoder().decode(credentials.strip()),
                            StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            return colon > 0
                    && text.substring(0, colon).equals(USER)
                    && password.matches(text.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * True for a host name that is not ours (an address rebound by a foreign name server), and for
     * a change that does not come from a page of ours.
     */
    private static boolean isForeign(Request request) {
        String host = request.host == null ? "" : request.host;
        String name = host.replaceFirst(":[0-9]+$", "");
        if (!Set.of("127.0.0.1", "localhost", "[::1]").contains(name)) {
            return true;
        }
        if (request.method.equals("GET") || request.method.equals("HEAD")) {
            return false;
        }
        String from = request.origin != null ? request.origin : request.referer;
        return from == null
                || !(from.equals("http://" + host) || from.startsWith("http://" + host + "/"));
    }
}
