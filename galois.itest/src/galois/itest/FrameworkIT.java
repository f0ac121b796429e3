package galois.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.osgi.test.junit5.service.ServiceExtension;

/**
 * The ground that everything else stands on: Felix, declarative services, and components that stop.
 */
@ExtendWith(BundleContextExtension.class)
@ExtendWith(ServiceExtension.class)
class FrameworkIT {
    @InjectBundleContext BundleContext context;

    @Test
    void isFelix() {
        assertEquals("org.apache.felix.framework", context.getBundle(0).getSymbolicName());
    }

    @Test
    void componentStartsAndStops(
            @InjectService(timeout = 10_000) ServiceComponentRuntime components) throws Exception {
        ComponentDescriptionDTO probe =
                components.getComponentDescriptionDTO(context.getBundle(), Probe.class.getName());
        assertNull(context.getServiceReference(Probe.class), "a disabled component offers nothing");

        components.enableComponent(probe).getValue();
        ServiceReference<Probe> reference = context.getServiceReference(Probe.class);
        Probe service = context.getService(reference);
        assertEquals("active", service.state());

        components.disableComponent(probe).getValue();
        assertEquals("stopped", service.state());
        assertNull(context.getServiceReference(Probe.class), "stopping withdraws the service");
    }
}
