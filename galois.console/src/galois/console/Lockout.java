package galois.console;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Stops guessing: after {@link #FAILURES_MAX} failures within {@link #WINDOW_NS} an address is
 * refused until the window is over. The time comes by argument.
 */
final class Lockout {
    static final int FAILURES_MAX = 5;
    static final long WINDOW_NS = 15 * 60 * 1_000_000_000L;

    /** Addresses remembered; the oldest is forgotten. */
    static final int ADDRESSES_MAX = 1_000;

    private record Failures(int count, long sinceNs) {}

    private final Map<String, Failures> failures =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
                    return size() > ADDRESSES_MAX;
                }
            };

    synchronized boolean isLocked(String address, long nowNs) {
        Failures known = failures.get(address);
        if (known != null && nowNs - known.sinceNs > WINDOW_NS) {
            failures.remove(address);
            known = null;
        }
        return known != null && known.count >= FAILURES_MAX;
    }

    synchronized void onFailure(String address, long nowNs) {
        Failures known = failures.get(address);
        failures.put(
                address,
                known == null
                        ? new Failures(1, nowNs)
                        : new Failures(known.count + 1, known.sinceNs));
    }

    synchronized void onSuccess(String address) {
        failures.remove(address);
    }
}
