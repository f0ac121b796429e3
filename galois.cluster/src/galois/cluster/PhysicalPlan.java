package galois.cluster;

import galois.api.plan.Expr;
import galois.batch.Schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a subquery runs: a source, kernels in the order of the data, a sink, each on a node.
 *
 * @param placement operator to node, in the order of the data
 */
public record PhysicalPlan(
        Map<String, String> placement,
        String sourceNode,
        List<Fragment> fragments,
        String sinkNode) {
    public PhysicalPlan {
        placement = new LinkedHashMap<>(placement);
        fragments = List.copyOf(fragments);
    }

    /**
     * A kernel on a node.
     *
     * @param operators names of the operators fused in it
     * @param codeBytes size of the module
     * @param output fields of the rows it emits
     */
    public record Fragment(
            String nodeId,
            List<String> operators,
            String codeId,
            int codeBytes,
            List<Expr.Literal> parameters,
            Schema output) {
        public Fragment {
            operators = List.copyOf(operators);
            parameters = List.copyOf(parameters);
        }
    }
}
