package galois.node.edge;

import galois.api.io.EdgeTransport.Connection;
import galois.api.node.EdgeOutput;
import galois.batch.Frame;
import galois.batch.FrameCodec;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Joins an {@link EdgeSender} to whatever connection is there. Any thread may {@link #pump}; the
 * one that finds nobody pumping does it for all, so the state machine sees one call at a time and
 * nobody waits for a lock.
 */
final class RemoteOutput implements EdgeOutput {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteOutput.class);
    private static final Runnable NOBODY = () -> {};

    private final EdgeSender sender;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicReference<Answer> answer = new AtomicReference<>();
    private volatile Connection connection;
    private volatile boolean closing;
    private volatile Runnable wake = NOBODY;
    private Connection current;

    /** Credit or close, and the connection it came from: an old one's answer does not count. */
    private record Answer(Connection from, Frame frame) {}

    RemoteOutput(EdgeSender sender) {
        this.sender = sender;
    }

    @Override
    public boolean offer(byte[] batch, int length, long originUs) {
        boolean taken = sender.offer(batch, length, originUs);
        if (taken) {
            pump();
        }
        return taken;
    }

    @Override
    public void onCredit(Runnable wakeCall) {
        wake = wakeCall;
    }

    /** The link has a new connection, or none (null). */
    void connection(Connection now) {
        connection = now;
        pump();
    }

    /** Credit supersedes earlier credit, so only the newest is kept; a close is final. */
    void onFrame(Connection from, Frame frame) {
        answer.updateAndGet(
                waiting ->
                        waiting != null && waiting.frame() instanceof Frame.Close
                                ? waiting
                                : new Answer(from, frame));
        pump();
    }

    /** Withdrawn: says so to the receiver once and throws away what comes and what waits. */
    void close() {
        closing = true;
        pump();
    }

    void pump() {
        if (requests.getAndIncrement() != 0) {
            return;
        }
        int done = 1;
        do {
            step();
            done = requests.addAndGet(-done);
        } while (done != 0);
    }

    private void step() {
        Connection now = connection;
        if (now != current) {
            current = now;
            sender.onDisconnected();
            if (now != null && sender.state() != EdgeSender.State.CLOSED) {
                send(sender.onConnected());
            }
        }
        Answer newest = answer.getAndSet(null);
        if (newest != null && newest.from() == current) {
            apply(newest.frame());
        }
        if (closing && sender.state() != EdgeSender.State.CLOSED) {
            if (current != null) {
                Frame.Open self = sender.onConnected();
                send(new Frame.Close(self.edgeId(), self.epoch()));
            }
            sender.onClose();
        }
        transmit();
        if (sender.takeStarved()) {
            wake.run();
        }
    }

    private void apply(Frame frame) {
        if (frame instanceof Frame.Credit credit) {
            try {
                sender.onCredit(credit);
            } catch (IllegalArgumentException e) {
                LOG.warn("{}; the connection is cut", e.getMessage());
                current.close();
            }
        } else if (frame instanceof Frame.Close) {
            sender.onClose();
        }
    }

    private void transmit() {
        while (current != null && current.isWritable()) {
            long seq = sender.poll();
            if (seq < 0) {
                return;
            }
            current.send(sender.frame(seq), 0, sender.length(seq));
        }
    }

    private void send(Frame frame) {
        byte[] bytes = FrameCodec.encode(frame);
        current.send(bytes, 0, bytes.length);
    }
}
