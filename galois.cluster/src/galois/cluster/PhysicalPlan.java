package galois.cluster;

import galois.api.control.Assignment;
import galois.api.plan.Expr;
import galois.batch.Schema;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a subquery runs: sources, kernels in the order of the data, a sink, each on a node.
 *
 * @param placement operator to node, in the order of the data
 * @param sources from left to right
 * @param last what goes to the sink
 */
public record PhysicalPlan(
        Map<String, String> placement,
        List<Source> sources,
        List<Fragment> fragments,
        Sender last,
        String sinkNode) {
    public PhysicalPlan {
        placement = new LinkedHashMap<>(placement);
        sources = List.copyOf(sources);
        fragments = List.copyOf(fragments);
    }

    /** The fields that the receiver of {@code sender} reads; null: it is the sink and takes all. */
    List<Integer> reads(Sender sender) {
        return fragments.stream()
                .flatMap(fragment -> fragment.inputs().stream())
                .filter(input -> input.sender().equals(sender))
                .map(Input::reads)
                .findFirst()
                .orElse(null);
    }

    /** The node that takes what {@code sender} sends. */
    String receiver(Sender sender) {
        return fragments.stream()
                .filter(
                        fragment ->
                                fragment.inputs().stream().anyMatch(i -> i.sender().equals(sender)))
                .map(Fragment::nodeId)
                .findFirst()
                .orElse(sinkNode);
    }

    /** What leaves a kernel, in the order of its ports; one that takes all, at the end. */
    public List<Sender> leaving(int fragment) {
        List<Sender> read =
                fragments.stream()
                        .flatMap(reader -> reader.inputs().stream())
                        .map(Input::sender)
                        .filter(sender -> sender.fragment() == fragment)
                        .sorted(Comparator.comparingInt(Sender::port))
                        .toList();
        return read.isEmpty() ? List.of(Sender.ofFragment(fragment)) : read;
    }

    /** A source on a node. */
    public record Source(String name, String nodeId) {}

    /**
     * What sends rows: a source or a kernel.
     *
     * @param source number from the left; -1: a kernel
     * @param fragment number of the kernel; -1: a source
     * @param port of a kernel that deals its rows out; -1: all rows
     */
    public record Sender(int source, int fragment, int port) {
        public static Sender ofSource(int number) {
            return new Sender(number, -1, -1);
        }

        public static Sender ofFragment(int number) {
            return new Sender(-1, number, -1);
        }

        /** The same, of which only the rows of a port are read. */
        public Sender at(int readPort) {
            return new Sender(source, fragment, readPort);
        }
    }

    /**
     * A port of a kernel.
     *
     * @param reads fields that the kernel reads, ascending
     */
    public record Input(Sender sender, Assignment.Reading reading, List<Integer> reads) {
        public Input {
            reads = List.copyOf(reads);
        }
    }

    /**
     * A kernel on a node.
     *
     * @param operators names of the operators fused in it
     * @param inputs by port
     * @param codeBytes size of the module
     * @param output fields of the rows it emits
     * @param isForgetting as {@link galois.api.plan.Plans#isForgetting} says of its plan
     */
    public record Fragment(
            String nodeId,
            List<String> operators,
            List<Input> inputs,
            String codeId,
            int codeBytes,
            List<Expr.Literal> parameters,
            Schema output,
            boolean isForgetting) {
        public Fragment {
            operators = List.copyOf(operators);
            inputs = List.copyOf(inputs);
            parameters = List.copyOf(parameters);
        }
    }
}
