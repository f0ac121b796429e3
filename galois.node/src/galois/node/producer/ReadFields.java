package galois.node.producer;

import galois.api.control.Edge;
import galois.api.plan.StreamDefinition;

import java.util.BitSet;
import java.util.List;

/** Which fields of a stream a producer has to decode. */
final class ReadFields {
    private ReadFields() {}

    /**
     * What any output reads, and what the producer itself looks at: the event time, and every
     * column that an option names ({@code sequence}).
     */
    static BitSet of(StreamDefinition stream, List<Edge> outputs) {
        BitSet fields = new BitSet();
        outputs.forEach(edge -> edge.reads().forEach(fields::set));
        if (stream.timeField() >= 0) {
            fields.set(stream.timeField());
        }
        for (String value : stream.options().values()) {
            int named = stream.schema().indexOf(value);
            if (named >= 0) {
                fields.set(named);
            }
        }
        return fields;
    }
}
