package galois.formats;

import galois.api.io.Decoder;
import galois.api.io.DecoderRequest;
import galois.api.io.Encoder;
import galois.api.io.Format;
import galois.api.plan.StreamDefinition;

import org.osgi.service.component.annotations.Component;

import java.util.Set;

/** Comma-separated values after RFC 4180; rules in {@link CsvDecoder} and {@link CsvEncoder}. */
@Component(property = "name=csv")
public final class CsvFormat implements Format {
    @Override
    public Decoder decoder(DecoderRequest request) {
        return new CsvDecoder(request.stream(), request.framed());
    }

    @Override
    public Encoder encoder(StreamDefinition stream, boolean framed) {
        return new CsvEncoder(stream, framed);
    }

    @Override
    public Set<String> options() {
        return CsvOptions.KEYS;
    }
}
