package galois.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import galois.api.GaloisException;
import galois.api.io.Broker;
import galois.api.io.Decoder.Origin;
import galois.api.io.Format;
import galois.api.io.MalformedRow;
import galois.api.io.SinkConnector;
import galois.api.io.SourceConnector;
import galois.api.plan.StreamDefinition;
import galois.batch.BatchBuilder;
import galois.batch.BatchCursor;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.common.service.ServiceAware;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.osgi.test.junit5.service.ServiceExtension;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The embedded broker, the MQTT transport and the formats as services of one framework. */
@ExtendWith(BundleContextExtension.class)
@ExtendWith(ServiceExtension.class)
@Timeout(120)
class BrokerIT {
    private static final Schema SCHEMA = Schema.of(new Field("n", FieldType.BIGINT));

    @InjectService(timeout = 10_000)
    ConfigurationAdmin configurations;

    @InjectService(timeout = 10_000, filter = "(name=mqtt)")
    SourceConnector source;

    @InjectService(timeout = 10_000, filter = "(name=mqtt)")
    SinkConnector sink;

    @InjectService(timeout = 10_000, filter = "(name=json)")
    Format json;

    @InjectService(cardinality = 0)
    ServiceAware<Broker> brokers;

    @InjectBundleContext BundleContext context;

    private Configuration configuration;

    @BeforeEach
    void configure() throws Exception {
        configuration = configurations.getConfiguration("galois.broker", "?");
        Dictionary<String, Object> settings = new Hashtable<>(Map.of("host", "127.0.0.1"));
        configuration.update(settings);
    }

    @AfterEach
    void remove() throws Exception {
        String filter = "(objectClass=" + Broker.class.getName() + ")";
        try (Departure departure = new Departure(context, filter, brokers.size())) {
            configuration.delete();
            departure.await();
        }
    }

    @Test
    void carriesRowsWhileItIsConfigured() throws Exception {
        Broker broker = brokers.waitForService(20_000);
        assertTrue(broker.url().matches("tcp://127\\.0\\.0\\.1:\\d+"), broker::url);
        Map<String, String> options = Map.of("url", broker.url(), "topic", "it/n");
        StreamDefinition stream = new StreamDefinition("s", SCHEMA, Map.of(), -1, 0, options);
        Inbox inbox = new Inbox();
        SourceConnector.Session reading = source.open(stream, inbox);
        SinkConnector.Session writing = sink.open(stream, json.encoder(stream, sink.isFramed()));
        writing.write(row(7));
        writing.end();
        assertEquals("it/n {\"n\":7}", inbox.payloads.poll(30, TimeUnit.SECONDS));
        writing.close();
        reading.close();
    }

    private static BatchCursor row(long n) {
        BatchBuilder builder = new BatchBuilder(SCHEMA, 4096);
        builder.beginRow();
        builder.setLong(0, n);
        builder.commitRow(0, 0, 0);
        int size = builder.finish(0);
        return new BatchCursor().wrap(builder.array(), 0, size, SCHEMA);
    }

    private static final class Inbox implements SourceConnector.Handler {
        final BlockingQueue<String> payloads = new LinkedBlockingQueue<>();

        @Override
        public void onPayload(byte[] bytes, int offset, int length, Origin origin) {
            payloads.add(origin.topic() + " " + new String(bytes, offset, length, UTF_8));
        }

        @Override
        public void onEnd() {
            payloads.add("end");
        }

        @Override
        public void onProblem(MalformedRow problem) {
            payloads.add(problem.message());
        }

        @Override
        public void onConnection(boolean up, String detail) {
            // not part of this test
        }

        @Override
        public void onFailure(GaloisException failure) {
            payloads.add(failure.userText());
        }
    }
}
