package galois.transport.mqtt;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.io.SourceConnector;
import galois.api.plan.StreamDefinition;

import org.eclipse.paho.client.mqttv3.MqttException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * MQTT topics as unbounded sources: each message is a payload. Options in {@link MqttOptions}.
 *
 * <p>With QoS 1 a message is acknowledged after the handler has taken it. What is lost when the
 * connection breaks depends on {@code clean}: with a persistent session ({@code clean = 'false'})
 * nothing, but messages may come twice.
 */
@Component(property = "name=mqtt")
public final class MqttSource implements SourceConnector {
    private final LongSupplier epochUs;
    private final UnaryOperator<String> environment;
    private final String suffix;

    /** Two sessions of one stream are two clients, else the broker closes the first. */
    private final AtomicInteger sessions = new AtomicInteger();

    @Activate
    public MqttSource() {
        this(
                () -> ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()),
                System::getenv,
                UUID.randomUUID().toString().substring(0, 8));
    }

    /**
     * @param epochUs arrival time of messages
     * @param environment variables for passwords; null if not set
     * @param suffix makes client names unique
     */
    public MqttSource(LongSupplier epochUs, UnaryOperator<String> environment, String suffix) {
        this.epochUs = epochUs;
        this.environment = environment;
        this.suffix = suffix;
    }

    @Override
    public boolean isBounded(StreamDefinition stream) {
        return false;
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
    public Session open(StreamDefinition stream, Handler handler) {
        MqttOptions options =
                MqttOptions.of(stream, environment, suffix + "-" + sessions.incrementAndGet());
        MqttReading reading =
                new MqttReading(stream.name(), options, options.filter(stream), handler, epochUs);
        try {
            reading.open();
            return reading;
        } catch (MqttException e) {
            throw new GaloisException(ErrorCode.SOURCE_OPEN, MqttFailure.text(options, e), e);
        }
    }
}
