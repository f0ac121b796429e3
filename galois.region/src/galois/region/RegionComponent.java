package galois.region;

import galois.api.control.Agent;
import galois.api.control.Bus;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Runs the region manager of this runtime on the bus. */
@Component(
        configurationPid = "galois.region",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        service = RegionComponent.class,
        immediate = true)
@Designate(ocd = RegionComponent.Config.class)
public final class RegionComponent {
    @ObjectClassDefinition(name = "GALOIS region manager")
    @interface Config {
        @AttributeDefinition(description = "Name of the region; its address is region/<id>")
        String id() default "r1";
    }

    private final RegionManager manager;
    private final Agent agent;

    @Activate
    public RegionComponent(@Reference Bus bus, Config config) {
        this(bus, config.id());
    }

    public RegionComponent(Bus bus, String id) {
        manager = new RegionManager(id);
        agent = new Agent("region/" + id);
        agent.join(bus, (from, message) -> step(new RegionEvent.Received(from, message)));
    }

    @Deactivate
    public void close() {
        agent.close();
    }

    private void step(RegionEvent event) {
        long nowNs = System.nanoTime();
        for (RegionEffect effect : manager.onEvent(event, nowNs)) {
            if (effect instanceof RegionEffect.Send send) {
                agent.send(send.to(), send.message());
            } else if (effect instanceof RegionEffect.WakeAt wake) {
                agent.executeLater(() -> step(new RegionEvent.Tick()), wake.timeNs() - nowNs);
            }
        }
    }
}
