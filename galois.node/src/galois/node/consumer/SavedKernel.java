package galois.node.consumer;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A consumer between two kernel instances: the slot's state and exactly where it stood.
 *
 * @param phase ordinal of {@link KernelRun.Phase}
 * @param port the input of the batch in hand
 * @param first the next row of the input batch, which still waits in its edge
 * @param inputWatermarksUs by port
 * @param inputIdle by port: left out when time is counted
 * @param watermarkUs the watermark that the outputs so far have carried
 * @param output a batch that was taken from the kernel and not yet sent; may be empty
 * @param sentTo so many outputs have got it already
 * @param lateRow a batch with the row before {@code first}, which was late and is to be sent; may
 *     be empty
 * @param state state batches in order
 */
record SavedKernel(
        int phase,
        int port,
        int first,
        long[] inputWatermarksUs,
        boolean[] inputIdle,
        long watermarkUs,
        byte[] output,
        int sentTo,
        byte[] lateRow,
        List<byte[]> state) {
    private static final int VERSION = 5;

    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(VERSION);
            out.writeInt(phase);
            out.writeInt(port);
            out.writeInt(first);
            out.writeInt(inputWatermarksUs.length);
            for (int i = 0; i < inputWatermarksUs.length; i++) {
                out.writeLong(inputWatermarksUs[i]);
                out.writeBoolean(inputIdle[i]);
            }
            out.writeLong(watermarkUs);
            write(out, output);
            out.writeInt(sentTo);
            write(out, lateRow);
            out.writeInt(state.size());
            for (byte[] batch : state) {
                write(out, batch);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return bytes.toByteArray();
    }

    /**
     * @throws IllegalArgumentException when the bytes are of another version
     */
    static SavedKernel parse(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readInt() != VERSION) {
                throw new IllegalArgumentException("parked state of another version");
            }
            int phase = in.readInt();
            int port = in.readInt();
            int first = in.readInt();
            long[] inputWatermarksUs = new long[in.readInt()];
            boolean[] inputIdle = new boolean[inputWatermarksUs.length];
            for (int i = 0; i < inputWatermarksUs.length; i++) {
                inputWatermarksUs[i] = in.readLong();
                inputIdle[i] = in.readBoolean();
            }
            long watermarkUs = in.readLong();
            byte[] output = read(in);
            int sentTo = in.readInt();
            byte[] lateRow = read(in);
            List<byte[]> state = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                state.add(read(in));
            }
            return new SavedKernel(
                    phase,
                    port,
                    first,
                    inputWatermarksUs,
                    inputIdle,
                    watermarkUs,
                    output,
                    sentTo,
                    lateRow,
                    state);
        } catch (IOException e) {
            throw new IllegalArgumentException("parked state is cut off", e);
        }
    }

    private static void write(DataOutputStream out, byte[] part) throws IOException {
        out.writeInt(part.length);
        out.write(part);
    }

    private static byte[] read(DataInputStream in) throws IOException {
        int length = in.readInt();
        byte[] part = in.readNBytes(length);
        if (part.length != length) {
            throw new IOException("part of " + length + " bytes is cut off");
        }
        return part;
    }
}
