package galois.api.kernel;

import galois.api.plan.LogicalPlan;

import org.osgi.annotation.versioning.ConsumerType;

/** Fuses a chain of operators into one Wasm module. A service; thread safe and pure. */
@ConsumerType
public interface KernelCompiler {
    /**
     * Compiles the chain whose leaf {@code Source} is input port 0.
     *
     * @param fragment its parameters are numbered from 0 without gaps; only their types enter the
     *     code
     * @return equal bytes for equal templates; never null
     * @throws galois.api.GaloisException UNSUPPORTED when an operator or type cannot be compiled
     */
    KernelModule compile(LogicalPlan fragment);
}
