package galois.transport.mqtt;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.io.Encoder;
import galois.api.io.SinkConnector;
import galois.api.io.StreamOptions;
import galois.api.plan.StreamDefinition;

import org.eclipse.paho.client.mqttv3.MqttException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * MQTT topics as sinks: each row is a message. Options in {@link MqttOptions}.
 *
 * <p>With QoS 1 every row reaches the broker, also over lost connections and restarts of the
 * broker; what was not acknowledged is sent again and may come twice.
 */
@Component(property = "name=mqtt")
public final class MqttSink implements SinkConnector {
    private final UnaryOperator<String> environment;
    private final String suffix;

    /** Two sessions of one stream are two clients, else the broker closes the first. */
    private final AtomicInteger sessions = new AtomicInteger();

    @Activate
    public MqttSink() {
        this(System::getenv, UUID.randomUUID().toString().substring(0, 8));
    }

    /**
     * @param environment variables for passwords; null if not set
     * @param suffix makes client names unique
     */
    public MqttSink(UnaryOperator<String> environment, String suffix) {
        this.environment = environment;
        this.suffix = suffix;
    }

    @Override
    public boolean isFramed() {
        return true;
    }

    @Override
    public Set<String> options() {
        return MqttOptions.KEYS;
    }

    @Override
    public Session open(StreamDefinition stream, Encoder encoder) {
        if (encoder == null) {
            throw StreamOptions.bad(
                    stream, "option 'format' is missing: a topic needs one, e.g. 'json'");
        }
        MqttOptions options =
                MqttOptions.of(stream, environment, suffix + "-" + sessions.incrementAndGet())
                        .forSink();
        MqttOptions.topicName(stream, "topic", options.topic());
        MqttWriting writing = new MqttWriting(stream.name(), options, encoder);
        try {
            writing.open();
            return writing;
        } catch (MqttException e) {
            throw new GaloisException(ErrorCode.SINK_FAILED, MqttFailure.text(options, e), e);
        }
    }
}
