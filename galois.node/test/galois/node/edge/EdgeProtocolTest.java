package galois.node.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.batch.Bytes;
import galois.batch.Frame;
import galois.batch.FrameCodec;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Random;

/** Sender and receiver over a connection that breaks wherever the seed says. */
class EdgeProtocolTest {
    private static final int BATCHES = 400;

    private final EdgeSender sender = new EdgeSender("e", 1, 7);
    private final EdgeReceiver receiver = new EdgeReceiver("e");
    private final Deque<byte[]> toReceiver = new ArrayDeque<>();
    private final Deque<byte[]> toSender = new ArrayDeque<>();
    private boolean connected;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyBatchArrivesOnceAndInOrderHoweverOftenTheConnectionBreaks(int run) {
        long seed = run == 8 ? new Random().nextLong() : run;
        Random random = new Random(seed);
        long offered = 0;
        long taken = 0;
        int steps = 0;
        while (taken < BATCHES) {
            String where = "seed " + seed + ", step " + steps;
            assertTrue(++steps < 2_000_000, where + ": no progress");
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> {
                    if (offered < BATCHES && sender.offer(batch(offered), 8, offered)) {
                        offered++;
                    }
                }
                case 3, 4 -> transmit();
                case 5, 6 -> deliverToReceiver(where);
                case 7 -> deliverToSender();
                case 8, 9 -> taken += take(taken, where);
                case 10 -> {
                    if (!connected) {
                        connect();
                    }
                }
                default -> {
                    if (random.nextInt(6) == 0) {
                        cut();
                    }
                }
            }
            assertTrue(sender.unacknowledged() <= BatchRing.BATCHES_MAX, where);
            assertTrue(toReceiver.size() <= BatchRing.BATCHES_MAX + 1, where);
        }
        assertEquals(BATCHES, offered);
    }

    @Test
    void nothingIsSentBeforeTheReceiverHasGrantedIt() {
        sender.offer(batch(0), 8, 0);
        assertEquals(-1, sender.poll());
        sender.onConnected();
        assertEquals(-1, sender.poll());
        sender.onCredit(new Frame.Credit("e", 1, 0, 2, 1 << 20));
        sender.offer(batch(1), 8, 0);
        sender.offer(batch(2), 8, 0);
        assertEquals(0, sender.poll());
        assertEquals(1, sender.poll());
        assertEquals(-1, sender.poll());
        sender.onCredit(new Frame.Credit("e", 1, 1, 2, 1 << 20));
        assertEquals(2, sender.poll());
    }

    @Test
    void creditInBytesHoldsBackWhatIsTooMuchButNeverTheFirst() {
        sender.onConnected();
        sender.onCredit(new Frame.Credit("e", 1, 0, 16, 10));
        sender.offer(new byte[64], 64, 0);
        sender.offer(new byte[8], 8, 0);
        assertEquals(0, sender.poll());
        assertEquals(-1, sender.poll());
        sender.onCredit(new Frame.Credit("e", 1, 1, 16, 10));
        assertEquals(1, sender.poll());
    }

    @Test
    void aFullSenderRefusesAndSaysOnceWhenThereIsRoomAgain() {
        sender.onConnected();
        sender.onCredit(new Frame.Credit("e", 1, 0, 16, 1 << 20));
        for (int i = 0; i < BatchRing.BATCHES_MAX; i++) {
            assertTrue(sender.offer(batch(i), 8, 0));
        }
        assertFalse(sender.offer(batch(16), 8, 0));
        assertFalse(sender.takeStarved());
        sender.onCredit(new Frame.Credit("e", 1, 3, 16, 1 << 20));
        assertTrue(sender.takeStarved());
        assertFalse(sender.takeStarved());
        assertTrue(sender.offer(batch(16), 8, 0));
    }

    @Test
    void creditForWhatWasNeverSentIsAViolation() {
        sender.onConnected();
        sender.offer(batch(0), 8, 0);
        assertThrows(
                IllegalArgumentException.class,
                () -> sender.onCredit(new Frame.Credit("e", 1, 2, 16, 1 << 20)));
    }

    @Test
    void aClosedSenderThrowsAwayWhatIsOffered() {
        sender.onClose();
        for (int i = 0; i < 100; i++) {
            assertTrue(sender.offer(batch(i), 8, 0));
        }
        assertEquals(0, sender.unacknowledged());
    }

    @Test
    void anEarlierEpochIsFencedOffAndALaterOneBeginsAnew() {
        assertTrue(receiver.onOpen(new Frame.Open("e", 5, 7, 0)));
        assertEquals(EdgeReceiver.Decision.QUEUED_FIRST, receiver.onData(data(5, 0)));
        assertFalse(receiver.onOpen(new Frame.Open("e", 4, 7, 0)));
        assertEquals(EdgeReceiver.Decision.FENCED, receiver.onData(data(4, 1)));
        assertTrue(receiver.onOpen(new Frame.Open("e", 6, 7, 100)));
        assertEquals(EdgeReceiver.Decision.FENCED, receiver.onData(data(5, 1)));
        assertEquals(EdgeReceiver.Decision.QUEUED, receiver.onData(data(6, 100)));
        assertEquals(99, receiver.credit().ack());
        receiver.release();
        receiver.release();
        assertEquals(101, receiver.credit().ack());
    }

    @Test
    void aMissingBatchAndAnExceededWindowAreViolations() {
        receiver.onOpen(new Frame.Open("e", 1, 7, 0));
        assertEquals(EdgeReceiver.Decision.VIOLATION, receiver.onData(data(1, 1)));
        for (int i = 0; i < BatchRing.BATCHES_MAX; i++) {
            receiver.onData(data(1, i));
        }
        assertEquals(
                EdgeReceiver.Decision.VIOLATION, receiver.onData(data(1, BatchRing.BATCHES_MAX)));
        assertEquals(EdgeReceiver.Decision.DUPLICATE, receiver.onData(data(1, 3)));
        assertEquals(EdgeReceiver.Decision.VIOLATION, receiver.onData(data(2, 0)));
    }

    private void connect() {
        connected = true;
        toReceiver.add(FrameCodec.encode(sender.onConnected()));
    }

    /** What was in flight is lost; each end hears of it, the receiver perhaps never. */
    private void cut() {
        if (connected) {
            connected = false;
            toReceiver.clear();
            toSender.clear();
            sender.onDisconnected();
        }
    }

    private void transmit() {
        if (connected) {
            long seq = sender.poll();
            if (seq >= 0) {
                toReceiver.add(Arrays.copyOf(sender.frame(seq), sender.length(seq)));
            }
        }
    }

    private void deliverToReceiver(String where) {
        byte[] bytes = toReceiver.poll();
        if (bytes == null) {
            return;
        }
        Frame frame = FrameCodec.decode(bytes);
        if (frame instanceof Frame.Open open) {
            assertTrue(receiver.onOpen(open), where);
            toSender.add(FrameCodec.encode(receiver.credit()));
        } else if (frame instanceof Frame.Data data) {
            EdgeReceiver.Decision decision = receiver.onData(data);
            assertFalse(decision == EdgeReceiver.Decision.VIOLATION, where + ": " + data);
        }
    }

    private void deliverToSender() {
        byte[] bytes = toSender.poll();
        if (bytes != null) {
            sender.onCredit((Frame.Credit) FrameCodec.decode(bytes));
        }
    }

    private int take(long expected, String where) {
        var batch = receiver.peek();
        if (batch == null) {
            return 0;
        }
        assertEquals(expected, Bytes.getLong(batch.bytes(), batch.offset()), where);
        if (receiver.release() && connected) {
            toSender.add(FrameCodec.encode(receiver.credit()));
        }
        return 1;
    }

    private static Frame.Data data(long epoch, long seq) {
        return new Frame.Data("e", epoch, seq, 0, batch(seq), 0, 8);
    }

    private static byte[] batch(long value) {
        byte[] batch = new byte[8];
        Bytes.putLong(batch, 0, value);
        return batch;
    }
}
