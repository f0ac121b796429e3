package galois.api.kernel;

import galois.batch.Schema;

import java.util.List;

/**
 * What a module says of itself: the JSON of its custom section {@code galois.abi}, which is part of
 * the hashed bytes.
 *
 * <p>The JSON has the names of this record; a schema is an array of fields; members that a host
 * does not know (default, min, max and doc of a parameter, say) are ignored:
 *
 * <pre>{@code
 * {"abi":1,"name":"filter","inputs":[[{"name":"a","type":"DOUBLE"}]],
 *  "outputs":[[{"name":"a","type":"DOUBLE"}]],"parameters":[{"name":"p0","type":"DOUBLE"}],
 *  "stateLayout":"","stateless":true,"timers":false,"singleSlot":false}
 * }</pre>
 *
 * @param abi version of the contract, 1
 * @param name for people
 * @param inputs schema of each input port
 * @param outputs schema of each output port
 * @param parameters schema of the parameter row
 * @param stateLayout hash of the state rows' meaning; equal hashes can load each other's state;
 *     empty when stateless
 * @param stateless no row leaves anything behind
 * @param timers wants {@code g_time}
 * @param singleSlot one query per instance
 */
public record KernelMetadata(
        int abi,
        String name,
        List<Schema> inputs,
        List<Schema> outputs,
        Schema parameters,
        String stateLayout,
        boolean stateless,
        boolean timers,
        boolean singleSlot) {
    public static final int ABI_VERSION = 1;

    public KernelMetadata {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }
}
