package galois.node.edge;

import galois.api.GaloisException;
import galois.api.control.Edge;
import galois.api.io.EdgeTransport;
import galois.api.node.EdgeInput;
import galois.api.node.EdgeOutput;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every edge end of one node. The transport may come and go; edges stay, and keep what is not yet
 * acknowledged.
 */
public final class Edges implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Edges.class);

    private final String host;
    private final Timer timer;
    private final EdgeServer server = new EdgeServer();
    private final Map<String, LocalEdge> local = new ConcurrentHashMap<>();
    private final Map<String, RemoteOutput> outputs = new ConcurrentHashMap<>();
    private final Map<String, PeerLink> links = new ConcurrentHashMap<>();
    private final Map<String, PeerLink> linkOfEdge = new ConcurrentHashMap<>();
    private volatile EdgeTransport transport;
    private volatile String address = "";
    private volatile GaloisException refusal;
    private EdgeTransport.Listener listener;
    private int port;

    /**
     * @param port 0: a free one, which is then kept as long as it can be had
     */
    public Edges(String host, int port, Timer timer) {
        this.host = host;
        this.port = port;
        this.timer = timer;
    }

    /**
     * A transport is there: listens and connects.
     *
     * @throws GaloisException PORT_IN_USE when a fixed port is taken
     */
    public synchronized void open(EdgeTransport opened) {
        close();
        try {
            listener = listen(opened);
            refusal = null;
        } catch (GaloisException e) {
            refusal = e;
            throw e;
        }
        address = listener.address();
        port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        transport = opened;
        links.values().forEach(PeerLink::transportChanged);
    }

    /** The transport goes: connections close, edges wait for the next transport. */
    @Override
    public synchronized void close() {
        transport = null;
        if (listener != null) {
            listener.close();
            listener = null;
        }
    }

    /** {@code host:port} of the data port; empty before the first transport. */
    public String address() {
        return address;
    }

    public EdgeOutput output(Edge edge, long epoch) {
        if (edge.isLocal()) {
            return local.computeIfAbsent(edge.id(), id -> new LocalEdge());
        }
        return outputs.computeIfAbsent(edge.id(), id -> connect(edge, epoch));
    }

    /**
     * @throws GaloisException PORT_IN_USE when the sender is another node and no transport could
     *     listen for it
     */
    public EdgeInput input(Edge edge) {
        if (edge.isLocal()) {
            return local.computeIfAbsent(edge.id(), id -> new LocalEdge());
        }
        GaloisException deaf = refusal;
        if (deaf != null) {
            throw deaf;
        }
        return server.add(edge.id(), edge.schema().layout());
    }

    /** The sending role is withdrawn. */
    public void closeOutput(Edge edge) {
        outputs.remove(edge.id());
        PeerLink link = linkOfEdge.remove(edge.id());
        if (link != null) {
            link.remove(edge.id());
            links.computeIfPresent(
                    edge.toAddress(), (key, there) -> there.isUnused() ? null : there);
        }
        closeLocal(edge);
    }

    /** The receiving role is withdrawn. */
    public void closeInput(Edge edge) {
        server.remove(edge.id());
        closeLocal(edge);
    }

    /** Called at intervals while something runs. */
    public void keepAlive(long nowUs) {
        links.values().forEach(link -> link.keepAlive(nowUs));
    }

    private void closeLocal(Edge edge) {
        LocalEdge both = local.remove(edge.id());
        if (both != null) {
            both.close();
        }
    }

    private RemoteOutput connect(Edge edge, long epoch) {
        RemoteOutput output =
                new RemoteOutput(new EdgeSender(edge.id(), epoch, edge.schema().layout()));
        PeerLink link =
                links.compute(
                        edge.toAddress(),
                        (key, there) -> {
                            PeerLink kept =
                                    there != null
                                            ? there
                                            : new PeerLink(key, () -> transport, timer);
                            kept.add(edge.id(), output);
                            return kept;
                        });
        linkOfEdge.put(edge.id(), link);
        return output;
    }

    private EdgeTransport.Listener listen(EdgeTransport opened) {
        boolean again = !address.isEmpty();
        try {
            return opened.listen(host, port, server);
        } catch (GaloisException e) {
            if (!again) {
                throw e;
            }
            LOG.warn("{}; peers must learn a new address", e.getMessage());
            return opened.listen(host, 0, server);
        }
    }
}
