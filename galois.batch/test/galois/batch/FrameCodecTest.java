package galois.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

class FrameCodecTest {
    private static final HexFormat HEX = HexFormat.of();

    @Test
    void bytesOfEachTypeAreTheDocumentedOnes() {
        assertHex(
                "28000000 01 01 0200 0700000000000000 6531000000000000"
                        + " 0500000000000000 d2040000 00000000",
                new Frame.Open("e1", 7, 1234, 5));
        assertHex(
                "28000000 01 03 0200 0700000000000000 6531000000000000"
                        + " 0900000000000000 10000000 00001000",
                new Frame.Credit("e1", 7, 9, 16, 1 << 20));
        assertHex(
                "18000000 01 04 0200 0700000000000000 6531000000000000", new Frame.Close("e1", 7));
        assertHex(
                "20000000 01 05 0000 0000000000000000 2a00000000000000 01000000 00000000",
                new Frame.Ping(42, true));
        assertHex(
                "30000000 01 02 0200 0700000000000000 6531000000000000"
                        + " 0300000000000000 6300000000000000 0102030405060708",
                new Frame.Data("e1", 7, 3, 99, new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, 0, 8));
    }

    @Test
    void everyControlFrameComesBackEqual() {
        for (Frame frame :
                List.of(
                        new Frame.Open("q-1/e-äö", Long.MAX_VALUE, -1, 1L << 40),
                        new Frame.Credit("12345678", 0, 0, 0, 0),
                        new Frame.Close("", -1),
                        new Frame.Ping(Long.MIN_VALUE, false))) {
            assertEquals(frame, FrameCodec.decode(FrameCodec.encode(frame)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 254, 255})
    void theBatchIsAlignedWhateverTheEdgeId(int idBytes) {
        byte[] edgeId = "x".repeat(idBytes).getBytes(StandardCharsets.UTF_8);
        byte[] batch = {9, 8, 7, 6, 5, 4, 3, 2};
        byte[] target = new byte[FrameCodec.dataBytes(edgeId, 8)];
        assertEquals(target.length, FrameCodec.writeData(target, edgeId, 1, 2, 3, batch, 8));
        Frame.Data data = (Frame.Data) FrameCodec.decode(target);
        assertEquals(0, data.offset() % 8);
        assertEquals(8, data.length());
        assertEquals(3, data.originUs());
        byte[] back = new byte[8];
        System.arraycopy(data.bytes(), data.offset(), back, 0, 8);
        assertArrayEquals(batch, back);
    }

    @Test
    void theLargestBatchFitsAndOneMoreWordDoesNot() {
        byte[] edgeId = new byte[FrameCodec.EDGE_ID_BYTES_MAX];
        byte[] batch = new byte[FrameCodec.BATCH_BYTES_MAX + 8];
        byte[] target = new byte[FrameCodec.FRAME_BYTES_MAX + 8];
        assertEquals(
                FrameCodec.FRAME_BYTES_MAX,
                FrameCodec.writeData(target, edgeId, 1, 2, 3, batch, FrameCodec.BATCH_BYTES_MAX));
        assertThrows(
                IllegalArgumentException.class,
                () -> FrameCodec.writeData(target, edgeId, 1, 2, 3, batch, batch.length));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 15, FrameCodec.FRAME_BYTES_MAX + 1, Integer.MIN_VALUE})
    void lengthsThatNoFrameHasAreRefused(int bytes) {
        assertThrows(IllegalArgumentException.class, () -> FrameCodec.checkLength(bytes));
    }

    @Test
    void anEdgeIdAboveTheLimitIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> FrameCodec.encode(new Frame.Close("x".repeat(256), 1)));
    }

    @Test
    void damagedFramesAreRefusedAndNeverReadOutside() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        byte[] good = FrameCodec.encode(new Frame.Open("edge-17", 3, 4, 5));
        for (int round = 0; round < 20_000; round++) {
            byte[] bad = Arrays.copyOf(good, random.nextInt(good.length + 16));
            for (int i = 0; i < 3 && bad.length > 0; i++) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            if (bad.length >= 4 && random.nextBoolean()) {
                Bytes.putInt(bad, 0, bad.length);
            }
            try {
                FrameCodec.decode(bad);
            } catch (IllegalArgumentException expected) {
                assertEquals(false, expected.getMessage().isBlank());
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + " frame " + HEX.formatHex(bad), e);
            }
        }
    }

    private static void assertHex(String expected, Frame frame) {
        assertEquals(expected.replace(" ", ""), HEX.formatHex(FrameCodec.encode(frame)));
    }
}
