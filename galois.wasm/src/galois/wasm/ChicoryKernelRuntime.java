package galois.wasm;

import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.types.MemoryLimits;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.kernel.KernelInstance;
import galois.api.kernel.KernelLimits;
import galois.api.kernel.KernelMetadata;
import galois.api.kernel.KernelModule;
import galois.api.kernel.KernelRuntime;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The code registry and sandbox on Chicory's compiler to JVM classes. */
@Component(service = {KernelRuntime.class, ChicoryKernelRuntime.class})
public final class ChicoryKernelRuntime implements KernelRuntime {
    private final CodeRegistry registry = new CodeRegistry();
    private final CompletableFuture<CodeCompiler> compiler;

    /** Chooses the calling path on another thread: that takes a while in a cold JVM. */
    @Activate
    public ChicoryKernelRuntime() {
        this(CompletableFuture.supplyAsync(CompilerChoice::choose));
    }

    ChicoryKernelRuntime(CodeCompiler compiler) {
        this(CompletableFuture.completedFuture(compiler));
    }

    /** For a few rows: code is not compiled, so that kernels start at once and run slowly. */
    public static ChicoryKernelRuntime interpreting() {
        return new ChicoryKernelRuntime(PortableCompiler.interpreting());
    }

    private ChicoryKernelRuntime(CompletableFuture<CodeCompiler> compiler) {
        this.compiler = compiler;
    }

    @Override
    public String register(byte[] wasm) {
        return registry.add(wasm, CodeRegistry.Owner.QUERIES);
    }

    /** Registers on behalf of a bundle; {@link #withdraw} undoes it. */
    String registerFor(Object bundle, byte[] wasm) {
        return registry.add(wasm, new CodeRegistry.Owner(bundle));
    }

    /** Forgets what was registered for the bundle alone; running instances go on. */
    void withdraw(Object bundle) {
        registry.remove(new CodeRegistry.Owner(bundle));
    }

    @Override
    public Optional<byte[]> module(String codeId) {
        return registry.find(codeId).map(RegisteredCode::wasm);
    }

    @Override
    public KernelMetadata metadata(String codeId) {
        return known(codeId).metadata();
    }

    @Override
    public KernelInstance instantiate(String codeId, KernelLimits limits) {
        Objects.requireNonNull(limits, "limits");
        RegisteredCode registered = known(codeId);
        String name = registered.metadata().name() + " (" + KernelModule.shortId(codeId) + ")";
        CodeCompiler.Code code = registered.acquire(compiler.join());
        boolean done = false;
        try {
            MemoryLimits memory = registered.memory(limits.memoryBytesMax());
            KernelInstance instance =
                    new SandboxedKernel(
                            name,
                            registered.metadata(),
                            code.instantiate(memory),
                            limits,
                            registered::release);
            done = true;
            return instance;
        } catch (ChicoryException e) {
            throw new GaloisException(
                    ErrorCode.KERNEL_FAILED,
                    "kernel " + name + " cannot be started: " + e.getMessage(),
                    e);
        } catch (OutOfMemoryError e) {
            throw new GaloisException(
                    ErrorCode.STATE_LIMIT,
                    "the JVM has no memory for kernel " + name + ": raise its heap",
                    e);
        } finally {
            if (!done) {
                registered.release();
            }
        }
    }

    private RegisteredCode known(String codeId) {
        return registry.find(codeId)
                .orElseThrow(
                        () ->
                                new GaloisException(
                                        ErrorCode.UNKNOWN_CODE,
                                        "code "
                                                + KernelModule.shortId(codeId)
                                                + " is not registered here: register its module"));
    }
}
