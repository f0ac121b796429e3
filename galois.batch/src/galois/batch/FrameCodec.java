package galois.batch;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes of a {@link Frame}, version 1, little endian:
 *
 * <pre>
 * FRAME  u32 bytes | u8 version | u8 type | u16 edgeIdBytes | i64 epoch | edge id, zeros up to a
 *        multiple of 8 | body
 * OPEN   1: i64 firstSeq | u32 layout | u32 0
 * DATA   2: i64 seq | i64 originUs | batch
 * CREDIT 3: i64 ack | u32 grantBatches | u32 grantBytes
 * CLOSE  4: nothing
 * PING   5: i64 timeUs | u32 answer | u32 0
 * </pre>
 *
 * {@code bytes} counts the whole frame. A frame that starts at a multiple of 8 has its batch at a
 * multiple of 8.
 */
public final class FrameCodec {
    /** Larger frames are refused before anything is allocated for them. */
    public static final int FRAME_BYTES_MAX = 1 << 20;

    /** The smallest frame: the head without edge id and body. */
    public static final int HEAD_BYTES = 16;

    /** Longest edge id in UTF-8. */
    public static final int EDGE_ID_BYTES_MAX = 255;

    /** Largest batch that fits a DATA frame, whatever the edge id. */
    public static final int BATCH_BYTES_MAX =
            FRAME_BYTES_MAX - HEAD_BYTES - (EDGE_ID_BYTES_MAX + 1) - 16;

    private static final int VERSION = 1;
    private static final int OPEN = 1;
    private static final int DATA = 2;
    private static final int CREDIT = 3;
    private static final int CLOSE = 4;
    private static final int PING = 5;

    private FrameCodec() {}

    /**
     * Checks a length word that came from a peer.
     *
     * @throws IllegalArgumentException when no frame has that length
     */
    public static int checkLength(int bytes) {
        if (bytes < HEAD_BYTES || bytes > FRAME_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "frame of "
                            + Integer.toUnsignedString(bytes)
                            + " bytes: a frame has "
                            + HEAD_BYTES
                            + " to "
                            + FRAME_BYTES_MAX);
        }
        return bytes;
    }

    /** Bytes of a DATA frame. */
    public static int dataBytes(byte[] edgeId, int batchLength) {
        return body(edgeId.length) + 16 + batchLength;
    }

    /**
     * Writes a DATA frame to the start of {@code target}, which has room for {@link #dataBytes}.
     *
     * @param edgeId in UTF-8
     * @param batch its first {@code length} bytes are copied
     * @return bytes written
     */
    public static int writeData(
            byte[] target,
            byte[] edgeId,
            long epoch,
            long seq,
            long originUs,
            byte[] batch,
            int length) {
        int total = checkLength(dataBytes(edgeId, length));
        int at = head(target, total, DATA, edgeId, epoch);
        Bytes.putLong(target, at, seq);
        Bytes.putLong(target, at + 8, originUs);
        System.arraycopy(batch, 0, target, at + 16, length);
        return total;
    }

    /** The frame in an array of its own. */
    public static byte[] encode(Frame frame) {
        byte[] edgeId = frame.edgeId().getBytes(StandardCharsets.UTF_8);
        if (frame instanceof Frame.Data data) {
            byte[] batch = new byte[data.length()];
            System.arraycopy(data.bytes(), data.offset(), batch, 0, batch.length);
            byte[] target = new byte[checkLength(dataBytes(edgeId, batch.length))];
            writeData(
                    target, edgeId, data.epoch(), data.seq(), data.originUs(), batch, batch.length);
            return target;
        }
        int bodyBytes = frame instanceof Frame.Close ? 0 : 16;
        byte[] target = new byte[body(edgeId.length) + bodyBytes];
        int at = head(target, target.length, type(frame), edgeId, frame.epoch());
        if (frame instanceof Frame.Open open) {
            body(target, at, open.firstSeq(), open.layout(), 0);
        } else if (frame instanceof Frame.Credit credit) {
            body(target, at, credit.ack(), credit.grantBatches(), credit.grantBytes());
        } else if (frame instanceof Frame.Ping ping) {
            body(target, at, ping.timeUs(), ping.answer() ? 1 : 0, 0);
        }
        return target;
    }

    /**
     * Reads the one frame that fills {@code frame}; a DATA frame refers to the array.
     *
     * @throws IllegalArgumentException when the bytes are no frame of this version
     */
    public static Frame decode(byte[] frame) {
        if (frame.length < HEAD_BYTES || Bytes.getInt(frame, 0) != frame.length) {
            throw new IllegalArgumentException("frame length is not that of its bytes");
        }
        checkLength(frame.length);
        if (frame[4] != VERSION) {
            throw new IllegalArgumentException(
                    "frame of version " + frame[4] + ", this node speaks " + VERSION);
        }
        int idBytes = Bytes.getShort(frame, 6);
        int at = body(idBytes);
        int type = frame[5];
        int bodyBytes = type == CLOSE ? 0 : 16;
        if (idBytes > EDGE_ID_BYTES_MAX || at + bodyBytes > frame.length) {
            throw new IllegalArgumentException("frame is shorter than it says");
        }
        String edgeId = new String(frame, HEAD_BYTES, idBytes, StandardCharsets.UTF_8);
        long epoch = Bytes.getLong(frame, 8);
        if (type != DATA && at + bodyBytes != frame.length) {
            throw new IllegalArgumentException("frame is longer than its type");
        }
        return switch (type) {
            case OPEN ->
                    new Frame.Open(
                            edgeId, epoch, Bytes.getInt(frame, at + 8), Bytes.getLong(frame, at));
            case DATA ->
                    new Frame.Data(
                            edgeId,
                            epoch,
                            Bytes.getLong(frame, at),
                            Bytes.getLong(frame, at + 8),
                            frame,
                            at + 16,
                            frame.length - at - 16);
            case CREDIT ->
                    new Frame.Credit(
                            edgeId,
                            epoch,
                            Bytes.getLong(frame, at),
                            Bytes.getInt(frame, at + 8),
                            Bytes.getInt(frame, at + 12));
            case CLOSE -> new Frame.Close(edgeId, epoch);
            case PING -> new Frame.Ping(Bytes.getLong(frame, at), Bytes.getInt(frame, at + 8) != 0);
            default -> throw new IllegalArgumentException("frame of unknown type " + type);
        };
    }

    private static int type(Frame frame) {
        if (frame instanceof Frame.Open) {
            return OPEN;
        }
        if (frame instanceof Frame.Credit) {
            return CREDIT;
        }
        return frame instanceof Frame.Close ? CLOSE : PING;
    }

    private static int body(int edgeIdBytes) {
        return HEAD_BYTES + ((edgeIdBytes + 7) & ~7);
    }

    private static int head(byte[] target, int total, int type, byte[] edgeId, long epoch) {
        if (edgeId.length > EDGE_ID_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "edge id of " + edgeId.length + " bytes, the limit is " + EDGE_ID_BYTES_MAX);
        }
        Bytes.putInt(target, 0, total);
        target[4] = VERSION;
        target[5] = (byte) type;
        Bytes.putShort(target, 6, edgeId.length);
        Bytes.putLong(target, 8, epoch);
        int at = body(edgeId.length);
        Arrays.fill(target, HEAD_BYTES + edgeId.length, at, (byte) 0);
        System.arraycopy(edgeId, 0, target, HEAD_BYTES, edgeId.length);
        return at;
    }

    private static void body(byte[] target, int at, long first, int second, int third) {
        Bytes.putLong(target, at, first);
        Bytes.putInt(target, at + 8, second);
        Bytes.putInt(target, at + 12, third);
    }
}
