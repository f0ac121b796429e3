package galois.transport.memory;

import galois.api.io.Decoder;
import galois.api.io.DecoderRequest;
import galois.api.io.Encoder;
import galois.api.io.Format;
import galois.api.plan.StreamDefinition;

import org.osgi.service.component.annotations.Component;

/** The format of internal streams: rows as {@link RowCode} writes them. */
@Component(property = "name=internal")
public final class RowFormat implements Format {
    @Override
    public Decoder decoder(DecoderRequest request) {
        return new RowCode.Reader(request.stream().schema());
    }

    @Override
    public Encoder encoder(StreamDefinition stream, boolean framed) {
        return new RowCode.Writer(stream.schema());
    }
}
