package galois.cluster;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.control.Message.SourceBinding;
import galois.api.control.Message.Subquery;
import galois.api.kernel.KernelModule;
import galois.api.placement.PlacementRequest;
import galois.api.placement.PlacementRequest.NodeLoad;
import galois.api.placement.PlacementStrategy;
import galois.api.plan.LogicalPlan;
import galois.api.plan.Plans;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Names the operators of a subquery, places them, fuses neighbours and compiles the kernels. */
public final class PhysicalPlanner {
    private final Function<String, PlacementStrategy> strategies;
    private final Function<LogicalPlan, KernelModule> compiler;

    /**
     * @param strategies by name; throws a GaloisException for an unknown one
     * @param compiler also keeps the code for those who ask for it
     */
    public PhysicalPlanner(
            Function<String, PlacementStrategy> strategies,
            Function<LogicalPlan, KernelModule> compiler) {
        this.strategies = strategies;
        this.compiler = compiler;
    }

    /**
     * @param pinned operators (sources by {@link Operators#source}, the sink) that must be on a
     *     node
     * @throws galois.api.GaloisException UNKNOWN_SERVICE, PLACEMENT_INFEASIBLE, UNSUPPORTED
     */
    public PhysicalPlan plan(Subquery subquery, List<NodeLoad> nodes, Map<String, String> pinned) {
        Operators operators = Operators.of(subquery.plan().root());
        Map<String, String> placement =
                strategies
                        .apply(subquery.placement())
                        .place(new PlacementRequest(operators.names(), nodes, pinned));
        List<String> sources = operators.sources().stream().map(Operators.Named::name).toList();
        Fragments.Cut cut =
                Fragments.cut(
                        operators,
                        subquery.plan().parameters(),
                        placement,
                        name -> subquery.sources().get(sources.indexOf(name)).bounded());
        checkLateRows(subquery, sources, cut);
        List<PhysicalPlan.Fragment> fragments = new ArrayList<>();
        for (Fragments.Fragment part : cut.fragments()) {
            KernelModule module = compiler.apply(part.plan());
            List<List<Integer>> reads = ReadFields.of(part.plan().root());
            fragments.add(
                    new PhysicalPlan.Fragment(
                            part.nodeId(),
                            part.operators(),
                            inputs(part, sources, reads),
                            module.codeId(),
                            module.wasm().length,
                            part.plan().parameters(),
                            part.plan().root().schema(),
                            Plans.isForgetting(part.plan().root())));
        }
        return new PhysicalPlan(
                placement,
                sources.stream()
                        .map(name -> new PhysicalPlan.Source(name, placement.get(name)))
                        .toList(),
                fragments,
                sender(cut.last(), sources),
                placement.get(Operators.SINK));
    }

    /** Only the kernel that finds a row late can hand it out as it came. */
    private static void checkLateRows(Subquery subquery, List<String> sources, Fragments.Cut cut) {
        for (Fragments.Fragment part : cut.fragments()) {
            for (Fragments.Input input : part.inputs()) {
                int source = sources.indexOf(input.sender().source());
                SourceBinding binding = source < 0 ? null : subquery.sources().get(source);
                if (binding != null
                        && binding.side() != null
                        && Plans.operators(part.plan().root()).stream()
                                .noneMatch(Plans::findsLateRows)) {
                    throw new GaloisException(
                            ErrorCode.UNSUPPORTED,
                            "late rows of stream \""
                                    + binding.stream().name()
                                    + "\" can go to a side stream only where its window is on the"
                                    + " node of the source: SET 'placement' = 'fused', or leave"
                                    + " 'side:' out of its option 'late'");
                }
            }
        }
    }

    private static List<PhysicalPlan.Input> inputs(
            Fragments.Fragment part, List<String> sources, List<List<Integer>> reads) {
        List<PhysicalPlan.Input> inputs = new ArrayList<>();
        for (Fragments.Input input : part.inputs()) {
            inputs.add(
                    new PhysicalPlan.Input(
                            sender(input.sender(), sources),
                            input.reading(),
                            reads.get(inputs.size())));
        }
        return inputs;
    }

    private static PhysicalPlan.Sender sender(Fragments.Sender sender, List<String> sources) {
        return sender.source() == null
                ? PhysicalPlan.Sender.ofFragment(sender.fragment()).at(sender.port())
                : PhysicalPlan.Sender.ofSource(sources.indexOf(sender.source()));
    }
}
