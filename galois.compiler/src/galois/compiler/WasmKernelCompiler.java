package galois.compiler;

import galois.api.kernel.KernelCompiler;
import galois.api.kernel.KernelModule;
import galois.api.plan.LogicalPlan;

import org.osgi.service.component.annotations.Component;

/** The {@link KernelCompiler} of GALOIS: plan to IR to WebAssembly. Holds nothing. */
@Component
public final class WasmKernelCompiler implements KernelCompiler {
    @Override
    public KernelModule compile(LogicalPlan fragment) {
        return new KernelAssembly(Fragment.of(fragment)).module();
    }
}
