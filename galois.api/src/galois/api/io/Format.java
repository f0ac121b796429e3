package galois.api.io;

import galois.api.plan.StreamDefinition;

import org.osgi.annotation.versioning.ConsumerType;

import java.util.Set;

/**
 * A format of payloads; a service with property {@code name} ({@code csv}, {@code json}, {@code
 * raw}).
 */
@ConsumerType
public interface Format {
    /**
     * @throws galois.api.GaloisException STREAM_OPTION for a bad option
     */
    Decoder decoder(DecoderRequest request);

    /**
     * @param framed one message per row (MQTT), or a byte stream (file, standard output)
     */
    Encoder encoder(StreamDefinition stream, boolean framed);

    /** Names of the options this format understands, beside {@link StreamOptions#COMMON}. */
    default Set<String> options() {
        return Set.of();
    }
}
