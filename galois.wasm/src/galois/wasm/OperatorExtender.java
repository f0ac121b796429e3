package galois.wasm;

import galois.api.GaloisException;
import galois.api.kernel.KernelModule;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.util.tracker.BundleTracker;
import org.osgi.util.tracker.BundleTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.List;

/**
 * Registers the modules of operator bundles: those with a capability {@code galois.operator} whose
 * attribute {@code module} is the path of a kernel inside the bundle. When the bundle stops, its
 * modules are withdrawn; queries that run them go on.
 */
@Component(service = {})
public final class OperatorExtender implements BundleTrackerCustomizer<Bundle> {
    private static final Logger LOG = LoggerFactory.getLogger(OperatorExtender.class);
    private static final String CAPABILITY = "galois.operator";
    private static final String MODULE = "module";

    private final ChicoryKernelRuntime runtime;
    private final BundleTracker<Bundle> tracker;

    @Activate
    public OperatorExtender(BundleContext context, @Reference ChicoryKernelRuntime runtime) {
        this.runtime = runtime;
        this.tracker = new BundleTracker<>(context, Bundle.ACTIVE, this);
        tracker.open();
    }

    @Deactivate
    void stop() {
        tracker.close();
    }

    @Override
    public Bundle addingBundle(Bundle bundle, BundleEvent event) {
        List<BundleCapability> operators =
                bundle.adapt(BundleWiring.class).getCapabilities(CAPABILITY);
        operators.forEach(operator -> register(bundle, operator));
        return operators.isEmpty() ? null : bundle;
    }

    private void register(Bundle bundle, BundleCapability operator) {
        Object name = operator.getAttributes().get(CAPABILITY);
        Object path = operator.getAttributes().get(MODULE);
        URL url = path == null ? null : bundle.getEntry(path.toString());
        if (url == null) {
            LOG.error("bundle {}: operator {} has no module \"{}\"", bundle, name, path);
            return;
        }
        try (InputStream in = url.openStream()) {
            byte[] wasm = in.readNBytes(ModuleVerifier.MODULE_BYTES_MAX + 1);
            String codeId = runtime.registerFor(bundle, wasm);
            LOG.info("operator {} of {}: code {}", name, bundle, KernelModule.shortId(codeId));
        } catch (GaloisException e) {
            LOG.error("bundle {}: operator {}: {}", bundle, name, e.userText());
        } catch (IOException e) {
            LOG.error("bundle {}: operator {} cannot be read: {}", bundle, name, e.toString());
        }
    }

    @Override
    public void modifiedBundle(Bundle bundle, BundleEvent event, Bundle tracked) {}

    @Override
    public void removedBundle(Bundle bundle, BundleEvent event, Bundle tracked) {
        runtime.withdraw(bundle);
        LOG.info("operators of {} withdrawn", bundle);
    }
}
