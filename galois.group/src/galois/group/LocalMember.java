package galois.group;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.control.Bus;
import galois.api.control.Message;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A member with a bounded inbox and a thread that empties it. */
final class LocalMember implements Bus.Member, Runnable {
    /** How long {@link #close} waits for a receiver call in progress. */
    private static final long CLOSE_WAIT_MS = 5_000;

    private static final Logger LOG = LoggerFactory.getLogger(LocalMember.class);

    private final LocalBus bus;
    private final String address;
    private final long epoch;
    private final Bus.Receiver receiver;
    private final int messagesMax;

    /** Only messages count against the limit: tasks and member events are the owner's and few. */
    private final AtomicInteger messages = new AtomicInteger();

    private final BlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closed;

    LocalMember(LocalBus bus, String address, long epoch, Bus.Receiver receiver, int messagesMax) {
        this.bus = bus;
        this.address = address;
        this.epoch = epoch;
        this.receiver = receiver;
        this.messagesMax = messagesMax;
        this.thread = new Thread(this, "galois-bus-" + address);
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    @Override
    public String address() {
        return address;
    }

    long epoch() {
        return epoch;
    }

    @Override
    public void send(String to, Message message) {
        if (!closed) {
            bus.send(this, to, message);
        }
    }

    @Override
    public void execute(Runnable task) {
        if (!closed) {
            inbox.add(task);
        }
    }

    /** Called by the thread of the sender. */
    void deliver(byte[] envelope) {
        if (closed) {
            return;
        }
        if (messages.incrementAndGet() > messagesMax) {
            messages.decrementAndGet();
            throw new GaloisException(
                    ErrorCode.UNREACHABLE,
                    "the inbox of \""
                            + address
                            + "\" is full ("
                            + messagesMax
                            + " messages wait): send less or wait for answers");
        }
        inbox.add(
                () -> {
                    messages.decrementAndGet();
                    receive(envelope);
                });
    }

    /** An address came or went; the bus itself says so, beyond the limit. */
    void told(byte[] envelope) {
        execute(() -> receive(envelope));
    }

    private void receive(byte[] envelope) {
        bus.codec().decode(envelope).ifPresent(read -> receiver.onMessage(read.from(), read.m()));
    }

    @Override
    public void run() {
        while (!closed) {
            try {
                Runnable next = inbox.take();
                if (!closed) {
                    next.run();
                }
            } catch (InterruptedException e) {
                LOG.debug("{} interrupted", address);
            } catch (RuntimeException
                    | LinkageError
                    | StackOverflowError
                    | AssertionError e) { // boundary: a member's mistake must not end its thread
                LOG.error("{} failed on a message", address, e);
            }
        }
    }

    @Override
    public void close() {
        boolean first = !closed;
        closed = true;
        if (first) {
            bus.left(this);
            inbox.add(() -> {});
        }
        if (Thread.currentThread() != thread) {
            try {
                thread.join(CLOSE_WAIT_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
