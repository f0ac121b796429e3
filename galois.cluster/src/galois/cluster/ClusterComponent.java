package galois.cluster;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.ServiceTable;
import galois.api.control.Agent;
import galois.api.control.Bus;
import galois.api.control.Message;
import galois.api.control.Message.Failure;
import galois.api.kernel.KernelCompiler;
import galois.api.kernel.KernelRuntime;
import galois.api.placement.PlacementStrategy;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Map;

/**
 * Runs the cluster manager of this runtime on the bus. Strategies, compiler and kernel runtime may
 * come and go while it runs; its own restart leaves the roles of the nodes alone.
 */
@Component(
        configurationPid = "galois.cluster",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        service = ClusterComponent.class,
        immediate = true)
@Designate(ocd = ClusterComponent.Config.class)
public final class ClusterComponent {
    /** How long planning waits for a service that is not there yet. */
    private static final long SERVICE_WAIT_MS = 5_000;

    private static final String COMPILER = "KernelCompiler";
    private static final String RUNTIME = "KernelRuntime";
    private static final Logger LOG = LoggerFactory.getLogger(ClusterComponent.class);

    @ObjectClassDefinition(name = "GALOIS cluster manager")
    @interface Config {
        @AttributeDefinition(description = "Name of the cluster; its address is cluster/<id>")
        String id() default "c1";

        @AttributeDefinition(description = "Region that the cluster belongs to")
        String region() default "r1";

        @AttributeDefinition(description = "Nodes that must be there before anything is placed")
        int nodesMin() default 1;
    }

    private final ServiceTable<PlacementStrategy> strategies =
            new ServiceTable<>("placement strategy");
    private final ServiceTable<KernelCompiler> compilers = new ServiceTable<>("service");
    private final ServiceTable<KernelRuntime> runtimes = new ServiceTable<>("service");
    private final CodeStore code =
            new CodeStore(
                    () -> compilers.get(COMPILER, SERVICE_WAIT_MS),
                    () -> runtimes.get(RUNTIME, SERVICE_WAIT_MS));
    private final PhysicalPlanner planner =
            new PhysicalPlanner(name -> strategies.get(name, SERVICE_WAIT_MS), code::compile);
    private final ClusterManager manager;
    private final Agent agent;

    @Activate
    public ClusterComponent(@Reference Bus bus, Config config) {
        this(bus, config.id(), config.region(), config.nodesMin());
    }

    public ClusterComponent(Bus bus, String id, String regionId, int nodesMin) {
        manager = new ClusterManager(id, regionId, nodesMin);
        agent = new Agent("cluster/" + id);
        agent.join(bus, (from, message) -> step(new ClusterEvent.Received(from, message)));
    }

    @Deactivate
    public void close() {
        agent.close();
    }

    private void step(ClusterEvent event) {
        long nowNs = System.nanoTime();
        for (ClusterEffect effect : manager.onEvent(event, nowNs)) {
            if (effect instanceof ClusterEffect.Send send) {
                agent.send(send.to(), send.message());
            } else if (effect instanceof ClusterEffect.WakeAt wake) {
                agent.executeLater(() -> step(new ClusterEvent.Tick()), wake.timeNs() - nowNs);
            } else if (effect instanceof ClusterEffect.Plan plan) {
                agent.work(() -> plan(plan));
            } else if (effect instanceof ClusterEffect.SendCode request) {
                agent.work(() -> sendCode(request));
            }
        }
    }

    private void plan(ClusterEffect.Plan plan) {
        ClusterEvent answer;
        try {
            answer =
                    new ClusterEvent.Planned(
                            plan.ticket(),
                            planner.plan(plan.subquery(), plan.nodes(), plan.pinned()));
        } catch (GaloisException e) {
            answer = new ClusterEvent.NotPlanned(plan.ticket(), Failure.of(e));
        } catch (RuntimeException
                | LinkageError
                | StackOverflowError
                | AssertionError e) { // boundary: a strategy or compiler of another bundle failed
            LOG.error("planning of {} failed", plan.subquery().queryId(), e);
            answer = new ClusterEvent.NotPlanned(plan.ticket(), bug(plan, e));
        }
        ClusterEvent event = answer;
        agent.execute(() -> step(event));
    }

    private static Failure bug(ClusterEffect.Plan plan, Throwable e) {
        return Failure.of(
                ErrorCode.BUG,
                "planning of "
                        + plan.subquery().queryId()
                        + " failed ("
                        + e
                        + "): the log has the details");
    }

    private void sendCode(ClusterEffect.SendCode request) {
        byte[] wasm = null;
        try {
            wasm = code.code(request.codeId());
        } catch (GaloisException e) {
            LOG.warn("{}", e.userText());
        }
        agent.send(request.to(), new Message.CodeReply(request.codeId(), wasm));
    }

    // ---- services that come and go

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void bindStrategy(PlacementStrategy strategy, Map<String, Object> properties) {
        strategies.bind(String.valueOf(properties.get("name")), strategy);
    }

    public void unbindStrategy(PlacementStrategy strategy, Map<String, Object> properties) {
        strategies.unbind(String.valueOf(properties.get("name")), strategy);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void bindCompiler(KernelCompiler compiler) {
        compilers.bind(COMPILER, compiler);
    }

    public void unbindCompiler(KernelCompiler compiler) {
        compilers.unbind(COMPILER, compiler);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void bindRuntime(KernelRuntime runtime) {
        runtimes.bind(RUNTIME, runtime);
    }

    public void unbindRuntime(KernelRuntime runtime) {
        runtimes.unbind(RUNTIME, runtime);
    }
}
