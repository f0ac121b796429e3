package galois.demo;

import galois.api.Clock;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The clocks of this machine. */
final class SystemClock implements Clock {
    @Override
    public long nowNs() {
        return System.nanoTime();
    }

    @Override
    public long epochUs() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + now.getNano() / 1_000;
    }
}
