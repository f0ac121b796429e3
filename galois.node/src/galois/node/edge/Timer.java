package galois.node.edge;

/** Runs a short task once, later, on one thread; a task that comes due after the end is dropped. */
@FunctionalInterface
public interface Timer {
    void after(long delayMs, Runnable task);
}
