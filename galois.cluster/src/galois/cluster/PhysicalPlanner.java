package galois.cluster;

import galois.api.control.Message.Subquery;
import galois.api.kernel.KernelModule;
import galois.api.placement.PlacementRequest;
import galois.api.placement.PlacementRequest.NodeLoad;
import galois.api.placement.PlacementStrategy;
import galois.api.plan.Expr;
import galois.api.plan.LogicalPlan;

import java.util.ArrayList;
import java.util.HashMap;
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
     * @param sourceNode where the source must be; null: anywhere
     * @param sinkNode where the sink must be; null: anywhere
     * @throws galois.api.GaloisException UNKNOWN_SERVICE, PLACEMENT_INFEASIBLE, UNSUPPORTED
     */
    public PhysicalPlan plan(
            Subquery subquery, List<NodeLoad> nodes, String sourceNode, String sinkNode) {
        Operators operators = Operators.of(subquery.plan().root());
        Map<String, String> pinned = new HashMap<>();
        if (sourceNode != null) {
            pinned.put(Operators.SOURCE, sourceNode);
        }
        if (sinkNode != null) {
            pinned.put(Operators.SINK, sinkNode);
        }
        Map<String, String> placement =
                strategies
                        .apply(subquery.placement())
                        .place(new PlacementRequest(operators.names(), nodes, pinned));
        List<Expr.Literal> parameters = subquery.plan().parameters();
        List<PhysicalPlan.Fragment> fragments = new ArrayList<>();
        for (Fragments.Fragment part : Fragments.cut(operators, parameters, placement)) {
            KernelModule module = compiler.apply(part.plan());
            fragments.add(
                    new PhysicalPlan.Fragment(
                            part.nodeId(),
                            part.operators(),
                            module.codeId(),
                            module.wasm().length,
                            part.plan().parameters(),
                            part.plan().root().schema()));
        }
        return new PhysicalPlan(
                placement,
                placement.get(Operators.SOURCE),
                fragments,
                placement.get(Operators.SINK));
    }
}
