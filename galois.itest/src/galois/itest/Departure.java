package galois.itest;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Hears services go. A deleted configuration takes effect later, on a thread of the framework: who
 * does not wait leaves its services to the next test.
 */
final class Departure implements AutoCloseable {
    private static final long LIMIT_MS = 60_000;

    private final BundleContext context;
    private final CountDownLatch left;
    private final ServiceListener listener;

    /** Listens from now on to {@code count} services that match. */
    Departure(BundleContext context, String filter, int count) {
        this.context = context;
        left = new CountDownLatch(count);
        listener =
                event -> {
                    if (event.getType() == ServiceEvent.UNREGISTERING) {
                        left.countDown();
                    }
                };
        try {
            context.addServiceListener(listener, filter);
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Returns when all have gone. */
    void await() {
        try {
            assertTrue(left.await(LIMIT_MS, TimeUnit.MILLISECONDS), left.getCount() + " are there");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        context.removeServiceListener(listener);
    }
}
