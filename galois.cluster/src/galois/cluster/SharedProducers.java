package galois.cluster;

import galois.api.control.Assignment;
import galois.api.plan.StreamDefinition;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The shared producers of the cluster: one for each unbounded stream that is read. */
final class SharedProducers {
    private final Map<String, SharedProducer> byId = new TreeMap<>();
    private final Map<String, Map<String, Long>> problems = new HashMap<>();
    private int nextNumber = 1;

    Optional<SharedProducer> byId(String id) {
        return id == null ? Optional.empty() : Optional.ofNullable(byId.get(id));
    }

    Optional<SharedProducer> serving(StreamDefinition stream) {
        return byId.values().stream().filter(p -> p.serves(stream)).findFirst();
    }

    /** The producers that have outputs for the query. */
    List<SharedProducer> feeding(String queryId) {
        return byId.values().stream().filter(p -> p.feeds(queryId)).toList();
    }

    List<SharedProducer> onNode(String nodeId) {
        return byId.values().stream().filter(p -> p.nodeId().equals(nodeId)).toList();
    }

    List<SharedProducer> all() {
        return List.copyOf(byId.values());
    }

    /** The one that reads the stream, or a new one on that node. */
    SharedProducer forStream(StreamDefinition stream, String nodeId, long epoch) {
        return serving(stream)
                .orElseGet(
                        () -> {
                            String id = freeId(stream.name());
                            SharedProducer producer = new SharedProducer(id, epoch, nodeId, stream);
                            byId.put(id, producer);
                            return producer;
                        });
    }

    /**
     * Never one used before: late news of an ended producer must not be taken for the new one's.
     */
    private String freeId(String streamName) {
        String id;
        do {
            id = AssignmentIds.stream(streamName, nextNumber++);
        } while (byId.containsKey(id));
        return id;
    }

    /** Takes over one that a node runs already. */
    void adopt(Assignment.Producer assignment) {
        byId.putIfAbsent(assignment.id(), SharedProducer.running(assignment));
    }

    /** Removes the outputs of a query, and the producer after its last output. */
    void detach(SharedProducer producer, String queryId, Outbox out) {
        producer.remove(queryId, out);
        if (producer.isIdle()) {
            remove(producer);
        }
    }

    void remove(SharedProducer producer) {
        byId.remove(producer.id());
        problems.remove(producer.id());
    }

    /** What a producer has counted so far, by cause. */
    Map<String, Long> problems(String id) {
        return problems.getOrDefault(id, Map.of());
    }

    void problems(String id, Map<String, Long> counts) {
        problems.put(id, counts);
    }
}
