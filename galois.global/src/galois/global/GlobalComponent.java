package galois.global;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.ServiceTable;
import galois.api.control.Agent;
import galois.api.control.Bus;
import galois.api.io.SourceConnector;
import galois.api.query.LogicalOptimizer;
import galois.api.query.QueryLanguage;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Map;

/**
 * Runs the global manager of this runtime on the bus. Languages, optimisers and connectors may come
 * and go while it runs: a new one can be named by the next statement.
 */
@Component(service = GlobalComponent.class, immediate = true)
public final class GlobalComponent {
    /** How long planning waits for a service that is not there yet. */
    private static final long SERVICE_WAIT_MS = 5_000;

    private static final Logger LOG = LoggerFactory.getLogger(GlobalComponent.class);

    private final ServiceTable<QueryLanguage> languages = new ServiceTable<>("language");
    private final ServiceTable<LogicalOptimizer> optimizers = new ServiceTable<>("optimizer");
    private final ServiceTable<SourceConnector> connectors = new ServiceTable<>("transport");
    private final StatementPlanner planner;
    private final GlobalManager manager;
    private final Agent agent;

    @Activate
    public GlobalComponent(@Reference Bus bus) {
        this(bus, System.currentTimeMillis(), SERVICE_WAIT_MS);
    }

    public GlobalComponent(Bus bus, long epoch, long serviceWaitMs) {
        planner = new StatementPlanner(languages, optimizers, connectors, serviceWaitMs);
        manager = new GlobalManager(epoch);
        agent = new Agent(GlobalManager.ADDRESS);
        agent.join(bus, (from, message) -> step(new GlobalEvent.Received(from, message)));
    }

    @Deactivate
    public void close() {
        agent.close();
    }

    private void step(GlobalEvent event) {
        long nowNs = System.nanoTime();
        for (GlobalEffect effect : manager.onEvent(event, nowNs)) {
            if (effect instanceof GlobalEffect.Send send) {
                agent.send(send.to(), send.message());
            } else if (effect instanceof GlobalEffect.WakeAt wake) {
                agent.executeLater(() -> step(new GlobalEvent.Tick()), wake.timeNs() - nowNs);
            } else if (effect instanceof GlobalEffect.Plan plan) {
                agent.work(() -> plan(plan));
            }
        }
    }

    private void plan(GlobalEffect.Plan plan) {
        GlobalEvent answer;
        try {
            answer =
                    new GlobalEvent.Planned(
                            plan.ticket(),
                            planner.plan(plan.text(), plan.catalog(), plan.settings()));
        } catch (GaloisException e) {
            answer = new GlobalEvent.NotPlanned(plan.ticket(), e);
        } catch (RuntimeException
                | LinkageError
                | StackOverflowError
                | AssertionError e) { // boundary: a language or optimiser of another bundle failed
            LOG.error("planning of \"{}\" failed", plan.text().text(), e);
            answer = new GlobalEvent.NotPlanned(plan.ticket(), bug("planning failed", e));
        }
        GlobalEvent event = answer;
        agent.execute(() -> carryOut(plan.ticket(), event));
    }

    /** The client must not wait for the answer to a statement that the manager failed on. */
    private void carryOut(long ticket, GlobalEvent event) {
        try {
            step(event);
        } catch (RuntimeException
                | LinkageError
                | StackOverflowError
                | AssertionError e) { // boundary: a mistake of ours is told to who asked
            LOG.error("a statement failed after it was planned", e);
            step(new GlobalEvent.NotPlanned(ticket, bug("the statement failed", e)));
        }
    }

    private static GaloisException bug(String what, Throwable e) {
        return new GaloisException(
                ErrorCode.BUG, what + " (" + e + "): the log has the details", e);
    }

    // ---- services that come and go

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void bindLanguage(QueryLanguage language, Map<String, Object> properties) {
        languages.bind(name(properties), language);
    }

    public void unbindLanguage(QueryLanguage language, Map<String, Object> properties) {
        languages.unbind(name(properties), language);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void bindOptimizer(LogicalOptimizer optimizer, Map<String, Object> properties) {
        optimizers.bind(name(properties), optimizer);
    }

    public void unbindOptimizer(LogicalOptimizer optimizer, Map<String, Object> properties) {
        optimizers.unbind(name(properties), optimizer);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void bindConnector(SourceConnector connector, Map<String, Object> properties) {
        connectors.bind(name(properties), connector);
    }

    public void unbindConnector(SourceConnector connector, Map<String, Object> properties) {
        connectors.unbind(name(properties), connector);
    }

    private static String name(Map<String, Object> properties) {
        return String.valueOf(properties.get("name"));
    }
}
