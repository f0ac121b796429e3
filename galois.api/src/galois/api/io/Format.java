package galois.api.io;

import galois.api.plan.StreamDefinition;

import org.osgi.annotation.versioning.ConsumerType;

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
}
