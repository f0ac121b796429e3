package galois.node.edge;

import galois.api.io.EdgeTransport.Connection;
import galois.api.node.EdgeInput;
import galois.batch.Frame;
import galois.batch.FrameCodec;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Joins an {@link EdgeReceiver} to the connection over which its sender came last. */
final class RemoteInput implements EdgeInput {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteInput.class);

    private final String edgeId;
    private final int layout;
    private final EdgeReceiver receiver;
    private volatile Connection connection;
    private volatile Runnable wake = () -> {};

    RemoteInput(String edgeId, int layout) {
        this.edgeId = edgeId;
        this.layout = layout;
        this.receiver = new EdgeReceiver(edgeId);
    }

    @Override
    public ReceivedBatch peek() {
        return receiver.peek();
    }

    @Override
    public void release() {
        Connection to = connection;
        if (receiver.release() && to != null) {
            send(to, receiver.credit());
        }
    }

    @Override
    public void onAvailable(Runnable wakeCall) {
        wake = wakeCall;
        if (!receiver.isEmpty()) {
            wakeCall.run();
        }
    }

    /** Link: the sender is on {@code from} from now on. */
    void onOpen(Connection from, Frame.Open open) {
        if (open.layout() != layout) {
            LOG.warn("edge {}: {} sends rows of another layout", edgeId, from.peer());
            send(from, new Frame.Close(edgeId, open.epoch()));
        } else if (receiver.onOpen(open)) {
            connection = from;
            send(from, receiver.credit());
        } else {
            LOG.info("edge {}: {} is of an earlier epoch", edgeId, from.peer());
            send(from, new Frame.Close(edgeId, open.epoch()));
        }
    }

    /** Link: a batch. */
    void onData(Connection from, Frame.Data data) {
        if (from != connection) {
            return; // of a connection that a newer one has replaced; it is sent again there
        }
        EdgeReceiver.Decision decision = receiver.onData(data);
        if (decision == EdgeReceiver.Decision.QUEUED_FIRST) {
            wake.run();
        } else if (decision == EdgeReceiver.Decision.VIOLATION) {
            LOG.warn("edge {}: {} broke the protocol, the connection is cut", edgeId, from.peer());
            from.close();
        }
    }

    /** Link: the connection is gone; what waits is still read. */
    void onClosed(Connection from) {
        if (connection == from) {
            connection = null;
        }
    }

    /** Withdrawn: the sender is told that nothing more is wanted. */
    void close() {
        Connection to = connection;
        if (to != null) {
            send(to, new Frame.Close(edgeId, receiver.credit().epoch()));
        }
        wake.run();
    }

    private static void send(Connection to, Frame frame) {
        byte[] bytes = FrameCodec.encode(frame);
        to.send(bytes, 0, bytes.length);
    }
}
