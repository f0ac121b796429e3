package galois.cluster;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The nodes of the cluster: who is on the bus, and who said hello. */
final class NodeTable {
    /** Before the node id in an address of the bus. */
    static final String ADDRESS = "node/";

    /** How long a node on the bus may take to say hello before others stop waiting for it. */
    static final long HELLO_WAIT_NS = 2_000_000_000L;

    private final Map<String, Node> nodes = new TreeMap<>();

    /**
     * @param dataAddress null before the hello
     */
    private record Node(long upSinceNs, String dataAddress) {}

    /** The node is on the bus. */
    void up(String nodeId, long nowNs) {
        nodes.putIfAbsent(nodeId, new Node(nowNs, null));
    }

    void hello(String nodeId, String dataAddress, long nowNs) {
        nodes.put(nodeId, new Node(nowNs, dataAddress));
    }

    void down(String nodeId) {
        nodes.remove(nodeId);
    }

    /** Every node on the bus has said what it runs, or has had its time to. */
    boolean isSettled(long nowNs) {
        return nodes.values().stream()
                .allMatch(n -> n.dataAddress() != null || nowNs - n.upSinceNs() >= HELLO_WAIT_NS);
    }

    boolean isReady(String nodeId) {
        Node node = nodes.get(nodeId);
        return node != null && node.dataAddress() != null;
    }

    /** Nodes that said hello, by name. */
    List<String> ready() {
        return nodes.keySet().stream().filter(this::isReady).toList();
    }

    /** Host and port at which a ready node takes rows. */
    String dataAddress(String nodeId) {
        return nodes.get(nodeId).dataAddress();
    }
}
