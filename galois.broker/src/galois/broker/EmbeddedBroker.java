package galois.broker;

import galois.api.io.Broker;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

import java.nio.file.Path;

/** The broker of a runtime that has a configuration {@code galois.broker}. */
@Component(
        configurationPid = "galois.broker",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true)
@Designate(ocd = EmbeddedBroker.Config.class)
public final class EmbeddedBroker implements Broker {
    /** Settings. */
    @ObjectClassDefinition(name = "GALOIS embedded MQTT broker")
    public @interface Config {
        /** Address to listen on. */
        @AttributeDefinition(
                description = "Address to listen on, e.g. 127.0.0.1; no authentication")
        String host() default "127.0.0.1";

        /** Port. */
        @AttributeDefinition(description = "Port to listen on, e.g. 1883; 0 picks a free one")
        int port() default 0;

        /** Directory. */
        @AttributeDefinition(
                description =
                        "Directory for sessions and queued messages; empty keeps them in memory")
        String directory() default "";

        /** Limit. */
        @AttributeDefinition(
                description = "Largest message, in bytes; a larger one closes its connection")
        int messageBytesMax() default 2 << 20;
    }

    private final MoquetteBroker broker;

    @Activate
    public EmbeddedBroker(Config config) {
        Path directory = config.directory().isBlank() ? null : Path.of(config.directory());
        broker =
                new MoquetteBroker(
                        config.host(), config.port(), directory, config.messageBytesMax());
    }

    @Deactivate
    void close() {
        broker.close();
    }

    @Override
    public String url() {
        return broker.url();
    }
}
