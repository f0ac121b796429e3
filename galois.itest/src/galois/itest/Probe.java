package galois.itest;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** A component that tells what the component runtime has done with it. */
@Component(service = Probe.class, enabled = false)
public final class Probe {
    private volatile String state;

    @Activate
    public Probe() {
        state = "active";
    }

    @Deactivate
    void stop() {
        state = "stopped";
    }

    String state() {
        return state;
    }
}
