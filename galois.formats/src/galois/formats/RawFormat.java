package galois.formats;

import galois.api.io.Decoder;
import galois.api.io.DecoderRequest;
import galois.api.io.Encoder;
import galois.api.io.Format;
import galois.api.io.StreamOptions;
import galois.api.plan.StreamDefinition;

import org.osgi.service.component.annotations.Component;

import java.util.Set;

/** The payload is one value; rules in {@link RawDecoder} and {@link RawEncoder}. */
@Component(property = "name=raw")
public final class RawFormat implements Format {
    @Override
    public Decoder decoder(DecoderRequest request) {
        return new RawDecoder(request.stream(), request.framed());
    }

    @Override
    public Encoder encoder(StreamDefinition stream, boolean framed) {
        return new RawEncoder(stream, framed);
    }

    @Override
    public Set<String> options() {
        return Set.of(FormatOptions.TIMESTAMP);
    }

    /** The one field of the stream that is the payload. */
    static int field(StreamDefinition stream, MetadataColumns metadata) {
        int[] payload = metadata.payloadFields();
        if (payload.length != 1) {
            throw StreamOptions.bad(
                    stream,
                    "format 'raw' needs exactly one column without METADATA, not "
                            + payload.length
                            + ": use 'csv' or 'json' for more");
        }
        return payload[0];
    }
}
