package galois.node.core;

import galois.api.Clock;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The clocks of this machine: where time enters a node. */
final class MachineClock implements Clock {
    @Override
    public long nowNs() {
        return System.nanoTime();
    }

    @Override
    public long epochUs() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }
}
