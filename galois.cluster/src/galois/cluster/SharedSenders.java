package galois.cluster;

import galois.api.control.Assignment;
import galois.api.control.Edge;
import galois.api.plan.StreamDefinition;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;

/**
 * What the queries of the cluster share: one reader for each stream that does not end, one kernel
 * for equal work on such streams. A kernel is there as long as a query holds it.
 */
final class SharedSenders {
    /** A kernel comes after those whose rows it reads. */
    private final Map<String, SharedSender> byId = new LinkedHashMap<>();

    private final Map<String, Map<String, Long>> problems = new HashMap<>();
    private int nextNumber = 1;

    Optional<SharedSender> byId(String id) {
        return id == null ? Optional.empty() : Optional.ofNullable(byId.get(id));
    }

    /** The one that does that work for whoever comes. */
    Optional<SharedSender> doing(SharedWork work) {
        return byId.values().stream().filter(sender -> sender.does(work)).findFirst();
    }

    /** The reader of a stream, on whichever node. */
    Optional<SharedSender> reading(StreamDefinition stream) {
        return byId.values().stream()
                .filter(s -> s.does(new SharedWork.Reading(s.nodeId(), stream)))
                .findFirst();
    }

    /** The one whose rows go over that edge. */
    Optional<SharedSender> feeding(String edgeId) {
        return byId.values().stream().filter(sender -> sender.feeds(edgeId)).findFirst();
    }

    List<SharedSender> onNode(String nodeId) {
        return byId.values().stream().filter(s -> s.nodeId().equals(nodeId)).toList();
    }

    /** In the order of the data: readers of streams come before kernels. */
    List<SharedSender> all() {
        List<SharedSender> all = new ArrayList<>(byId.values());
        all.sort(Comparator.comparing(SharedSender::isKernel));
        return all;
    }

    /** Of the kernel that does the work, or of the one that will. */
    String kernelId(SharedWork work) {
        return doing(work).map(SharedSender::id).orElseGet(() -> freeId(AssignmentIds::kernel));
    }

    /** Never one used before: late news of an ended sender must not be taken for the new one's. */
    private String freeId(IntFunction<String> name) {
        String id;
        do {
            id = name.apply(nextNumber++);
        } while (byId.containsKey(id));
        return id;
    }

    /** The reader of the stream, or a new one. */
    SharedSender reader(SharedWork.Reading work, long epoch) {
        return reading(work.stream())
                .orElseGet(
                        () -> {
                            String name = work.stream().name();
                            String id = freeId(number -> AssignmentIds.stream(name, number));
                            return put(
                                    new SharedSender(
                                            new Assignment.Producer(
                                                    id,
                                                    "",
                                                    epoch,
                                                    work.nodeId(),
                                                    work.stream(),
                                                    List.of()),
                                            work));
                        });
    }

    /** A query needs that kernel: it is started unless it is there. */
    void hold(Wiring.Kernel kernel, String queryId, Outbox out) {
        SharedSender sender = byId.get(kernel.consumer().id());
        if (sender == null) {
            sender = put(new SharedSender(kernel.consumer(), kernel.work()));
            sender.start(out);
        }
        sender.users().add(queryId);
    }

    /** The kernel with that work that the query holds, though it may have ended. */
    SharedSender held(SharedWork work, String queryId) {
        return byId.values().stream()
                .filter(s -> work.equals(s.work()) && s.users().contains(queryId))
                .findFirst()
                .orElseThrow();
    }

    private SharedSender put(SharedSender sender) {
        byId.put(sender.id(), sender);
        return sender;
    }

    /** Takes over one that a node runs already; {@link #learn} finds out what it does. */
    void adopt(Assignment assignment) {
        byId.putIfAbsent(assignment.id(), SharedSender.running(assignment));
    }

    // ---- who gets what from whom

    /** The queries that get rows of a sender, through whatever kernels. */
    Set<String> queries(SharedSender sender) {
        Set<String> queries = new TreeSet<>(sender.users());
        for (String owner : sender.owners()) {
            SharedSender kernel = byId.get(owner);
            if (kernel == null) {
                queries.add(owner);
            } else if (!sender.isKernel()) {
                queries.addAll(queries(kernel));
            }
        }
        return queries;
    }

    /** Everything from which a query gets rows, through whatever kernels, in the order of data. */
    List<SharedSender> of(String queryId) {
        return all().stream().filter(s -> queries(s).contains(queryId)).toList();
    }

    /** True when every kernel that the query holds has run. */
    boolean haveRun(String queryId) {
        return byId.values().stream()
                .filter(s -> s.isKernel() && s.users().contains(queryId))
                .allMatch(SharedSender::hasRun);
    }

    /** True when rows of a source come over that edge, or could. */
    boolean isFlowing(String edgeId) {
        SharedSender sender = feeding(edgeId).orElse(null);
        return sender != null
                && (!sender.isKernel()
                        || sender.inputs().stream().anyMatch(e -> isFlowing(e.id())));
    }

    /** True when nothing is missing between that edge and the sources. */
    boolean isComplete(String edgeId) {
        SharedSender sender = feeding(edgeId).orElse(null);
        return sender != null && sender.inputs().stream().allMatch(e -> isComplete(e.id()));
    }

    /** After nodes have said what they run: what each kernel does, and which queries hold it. */
    void learn(Collection<String> queryIds) {
        List<SharedSender> inOrder = new ArrayList<>();
        for (SharedSender sender : all()) {
            learn(sender, inOrder);
        }
        byId.clear();
        inOrder.forEach(this::put);
        for (int i = inOrder.size() - 1; i >= 0; i--) {
            SharedSender sender = inOrder.get(i);
            if (sender.isKernel()) {
                for (String owner : sender.owners()) {
                    SharedSender reader = byId.get(owner);
                    sender.users().addAll(reader == null ? Set.of(owner) : reader.users());
                }
                sender.users().retainAll(queryIds);
            }
        }
    }

    private void learn(SharedSender sender, List<SharedSender> inOrder) {
        if (inOrder.contains(sender)) {
            return;
        }
        List<SharedWork> works = new ArrayList<>();
        for (Edge input : sender.inputs()) {
            SharedSender below = feeding(input.id()).orElse(null);
            if (below != null) {
                learn(below, inOrder);
            }
            works.add(below == null ? null : below.work());
        }
        if (sender.work() == null
                && !works.contains(null)
                && sender.assignment() instanceof Assignment.Consumer kernel) {
            sender.work(
                    new SharedWork.Computing(
                            kernel.nodeId(), kernel.codeId(), kernel.parameters(), works));
        }
        inOrder.add(sender);
    }

    // ---- pause and end

    /** A query gets no rows, or gets them again; a kernel whose readers all pause pauses too. */
    void pause(String queryId, boolean now, Outbox out) {
        byId.values().forEach(sender -> sender.pause(queryId, now, out));
        settlePauses(out);
    }

    /** After outputs came, went, paused or resumed. */
    void settlePauses(Outbox out) {
        List<SharedSender> all = all();
        for (int i = all.size() - 1; i >= 0; i--) {
            SharedSender kernel = all.get(i);
            if (kernel.isKernel()) {
                all.forEach(sender -> sender.pause(kernel.id(), kernel.isPaused(), out));
            }
        }
    }

    /** A query ends, and with it what nobody else needs: from the sources on. */
    void release(String queryId, Outbox out) {
        List<String> gone = new ArrayList<>(List.of(queryId));
        for (SharedSender sender : all()) {
            sender.users().remove(queryId);
            if (sender.isKernel() && sender.users().isEmpty()) {
                gone.add(sender.id());
            }
        }
        prune(gone, out);
    }

    /** Removes the outputs of owners that are gone, and every sender without any. */
    void prune(Collection<String> gone, Outbox out) {
        for (SharedSender sender : all()) {
            gone.forEach(owner -> sender.remove(owner, out));
            if (sender.isIdle() || gone.contains(sender.id())) {
                out.unassign(sender.nodeId(), sender.id());
                remove(sender);
            }
        }
        settlePauses(out);
    }

    /** Forgets one that its node has not any more. */
    void remove(SharedSender sender) {
        byId.remove(sender.id());
        problems.remove(sender.id());
    }

    /** What a sender has counted so far, by cause. */
    Map<String, Long> problems(String id) {
        return problems.getOrDefault(id, Map.of());
    }

    void problems(String id, Map<String, Long> counts) {
        problems.put(id, counts);
    }
}
