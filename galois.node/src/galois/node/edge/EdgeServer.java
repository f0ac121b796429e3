package galois.node.edge;

import galois.api.io.EdgeTransport;
import galois.api.io.EdgeTransport.Connection;
import galois.batch.Frame;
import galois.batch.FrameCodec;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Takes what peers send to this node and gives it to the receiving end of its edge. */
final class EdgeServer implements EdgeTransport.Handler {
    /** Senders that may wait for a receiver that is not assigned yet; the oldest is forgotten. */
    static final int EARLY_OPENS_MAX = 1024;

    private static final Logger LOG = LoggerFactory.getLogger(EdgeServer.class);

    private final Map<String, RemoteInput> inputs = new ConcurrentHashMap<>();
    private final Map<String, Early> early =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Early> eldest) {
                    return size() > EARLY_OPENS_MAX;
                }
            };

    private record Early(Connection from, Frame.Open open) {}

    /** From now on the edge is received; a sender that waited is answered. */
    RemoteInput add(String edgeId, int layout) {
        RemoteInput input = new RemoteInput(edgeId, layout);
        synchronized (early) {
            RemoteInput there = inputs.putIfAbsent(edgeId, input);
            if (there != null) {
                return there;
            }
            Early waiting = early.remove(edgeId);
            if (waiting != null) {
                input.onOpen(waiting.from(), waiting.open());
            }
        }
        return input;
    }

    void remove(String edgeId) {
        RemoteInput input = inputs.remove(edgeId);
        if (input != null) {
            input.close();
        }
    }

    @Override
    public void onOpen(Connection connection) {}

    @Override
    public void onWritable(Connection connection) {}

    @Override
    public void onFrame(Connection from, byte[] bytes) {
        try {
            Frame frame = FrameCodec.decode(bytes);
            if (frame instanceof Frame.Data data) {
                RemoteInput input = inputs.get(data.edgeId());
                if (input != null) {
                    input.onData(from, data);
                }
            } else if (frame instanceof Frame.Open open) {
                onOpen(from, open);
            } else if (frame instanceof Frame.Ping ping && !ping.answer()) {
                byte[] answer = FrameCodec.encode(new Frame.Ping(ping.timeUs(), true));
                from.send(answer, 0, answer.length);
            }
        } catch (IllegalArgumentException e) {
            LOG.warn("{} broke the protocol: {}", from.peer(), e.getMessage());
            from.close();
        }
    }

    @Override
    public void onClosed(Connection connection, String reason) {
        inputs.values().forEach(input -> input.onClosed(connection));
        synchronized (early) {
            early.values().removeIf(waiting -> waiting.from() == connection);
        }
    }

    private void onOpen(Connection from, Frame.Open open) {
        synchronized (early) {
            RemoteInput input = inputs.get(open.edgeId());
            if (input == null) {
                early.put(open.edgeId(), new Early(from, open));
            } else {
                input.onOpen(from, open);
            }
        }
    }
}
