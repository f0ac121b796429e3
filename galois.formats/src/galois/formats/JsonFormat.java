package galois.formats;

import galois.api.io.Decoder;
import galois.api.io.DecoderRequest;
import galois.api.io.Encoder;
import galois.api.io.Format;
import galois.api.plan.StreamDefinition;

import org.osgi.service.component.annotations.Component;

import java.util.Set;

/** JSON objects; rules in {@link JsonDecoder} and {@link JsonEncoder}. */
@Component(property = "name=json")
public final class JsonFormat implements Format {
    @Override
    public Decoder decoder(DecoderRequest request) {
        return new JsonDecoder(request.stream(), request.framed());
    }

    @Override
    public Encoder encoder(StreamDefinition stream, boolean framed) {
        return new JsonEncoder(stream, framed);
    }

    @Override
    public Set<String> options() {
        return JsonOptions.KEYS;
    }
}
