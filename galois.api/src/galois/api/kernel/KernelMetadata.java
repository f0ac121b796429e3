package galois.api.kernel;

import galois.batch.RowLayout;
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
 * @param watermarkDelayUs the watermark of the output is that of the inputs less this; in the JSON
 *     only when it is not 0
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
        boolean singleSlot,
        long watermarkDelayUs) {
    public static final int ABI_VERSION = 1;

    /** Of a kernel that passes time on as it comes. */
    public KernelMetadata(
            int abi,
            String name,
            List<Schema> inputs,
            List<Schema> outputs,
            Schema parameters,
            String stateLayout,
            boolean stateless,
            boolean timers,
            boolean singleSlot) {
        this(abi, name, inputs, outputs, parameters, stateLayout, stateless, timers, singleSlot, 0);
    }

    /** The watermark of the output when that of the inputs has come so far. */
    public long outputWatermarkUs(long inputsUs) {
        boolean isTime =
                inputsUs != RowLayout.WATERMARK_NONE && inputsUs != RowLayout.WATERMARK_END;
        return isTime
                ? Math.max(inputsUs, RowLayout.WATERMARK_NONE + watermarkDelayUs + 1)
                        - watermarkDelayUs
                : inputsUs;
    }

    public KernelMetadata {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }
}
