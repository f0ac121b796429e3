package galois.cluster;

import galois.api.kernel.KernelCompiler;
import galois.api.kernel.KernelMetadata;
import galois.api.kernel.KernelModule;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.Plans;
import galois.batch.Schema;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** "Compiles" a plan to the text of its template: equal templates give equal code. */
final class TextCompiler implements KernelCompiler {
    @Override
    public KernelModule compile(LogicalPlan fragment) {
        byte[] code = fragment.root().toString().getBytes(StandardCharsets.UTF_8);
        return new KernelModule(
                code,
                new KernelMetadata(
                        KernelMetadata.ABI_VERSION,
                        "text",
                        Plans.sources(fragment.root()).stream().map(LogicalOp::schema).toList(),
                        List.of(fragment.root().schema()),
                        Schema.of(),
                        "",
                        true,
                        false,
                        false));
    }
}
