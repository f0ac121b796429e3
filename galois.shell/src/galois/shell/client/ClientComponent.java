package galois.shell.client;

import galois.api.client.ClientSession;
import galois.api.client.QueryClient;
import galois.api.client.QuerySnapshot;
import galois.api.control.Bus;
import galois.api.io.SinkConnector;
import galois.api.query.QueryLanguage;

import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

import java.util.List;
import java.util.Map;

/** Registers the client and the sink connector that belongs to it. */
@Component(service = QueryClient.class)
public final class ClientComponent implements QueryClient {
    private final BusClient client;
    private final ServiceRegistration<SinkConnector> connector;

    @Activate
    public ClientComponent(
            BundleContext context,
            @Reference Bus bus,
            @Reference(target = "(name=sql)") QueryLanguage language) {
        ResultConnector results = new ResultConnector();
        client = new BusClient(bus, language, results);
        connector =
                context.registerService(
                        SinkConnector.class,
                        results,
                        FrameworkUtil.asDictionary(Map.of("name", "result")));
    }

    @Deactivate
    void deactivate() {
        connector.unregister();
    }

    @Override
    public ClientSession open(ClientSession.Listener listener) {
        return client.open(listener);
    }

    @Override
    public List<QuerySnapshot> queries() {
        return client.queries();
    }
}
