package galois.transport.tcp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.io.EdgeTransport;
import galois.batch.Bytes;
import galois.batch.Frame;
import galois.batch.FrameCodec;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

@Timeout(60)
class TcpTransportTest {
    private final TcpTransport transport = new TcpTransport();
    private final Recorder server = new Recorder();
    private final Recorder client = new Recorder();

    @AfterEach
    void closeTransport() {
        transport.close();
    }

    @Test
    void framesArriveWholeAndInOrderBothWays() throws Exception {
        EdgeTransport.Connection toServer = connect();
        EdgeTransport.Connection toClient = Recorder.next(server.opened);
        for (int i = 0; i < 100; i++) {
            send(toServer, new Frame.Ping(i, false));
            send(toClient, new Frame.Ping(-i, true));
        }
        for (int i = 0; i < 100; i++) {
            assertEquals(new Frame.Ping(i, false), FrameCodec.decode(Recorder.next(server.frames)));
            assertEquals(new Frame.Ping(-i, true), FrameCodec.decode(Recorder.next(client.frames)));
        }
    }

    @Test
    void framesOfSeveralThreadsKeepTheOrderOfTheirCalls() throws Exception {
        int frames = 20_000;
        EdgeTransport.Connection toServer = connect();
        EdgeTransport.Connection toClient = Recorder.next(server.opened);
        AtomicLong next = new AtomicLong();
        Runnable sendNext =
                () -> {
                    synchronized (next) {
                        send(toServer, new Frame.Ping(next.getAndIncrement(), false));
                    }
                };
        client.onFrame = sendNext;
        for (int i = 0; i < frames; i++) {
            send(toClient, new Frame.Ping(i, true));
            sendNext.run();
        }
        for (int i = 0; i < 2 * frames; i++) {
            assertEquals(new Frame.Ping(i, false), FrameCodec.decode(Recorder.next(server.frames)));
        }
    }

    @Test
    void theLargestFramePasses() throws Exception {
        EdgeTransport.Connection connection = connect();
        byte[] frame = new byte[EdgeTransport.FRAME_BYTES_MAX];
        Bytes.putInt(frame, 0, frame.length);
        frame[frame.length - 1] = 42;
        connection.send(frame, 0, frame.length);
        assertArrayEquals(frame, Recorder.next(server.frames));
    }

    @Test
    void aLongerFrameClosesTheConnection() throws Exception {
        EdgeTransport.Connection connection = connect();
        byte[] head = new byte[8];
        Bytes.putInt(head, 0, EdgeTransport.FRAME_BYTES_MAX + 1);
        connection.send(head, 0, head.length);
        assertEquals("frame above the limit", Recorder.next(server.closed));
        Recorder.next(client.closed);
        assertTrue(server.frames.isEmpty());
    }

    @Test
    void aPeerThatSendsGarbageIsCutOff() throws Exception {
        EdgeTransport.Listener listener = transport.listen("127.0.0.1", 0, server);
        int port = Integer.parseInt(listener.address().replaceFirst(".*:", ""));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes("US-ASCII"));
            Recorder.next(server.closed);
            assertEquals(-1, socket.getInputStream().read());
        }
    }

    @Test
    void aConnectToNobodyIsReported() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        transport.connect("127.0.0.1:" + free, client);
        assertTrue(Recorder.next(client.closed).contains("refused"));
        transport.connect("nonsense", client);
        assertTrue(Recorder.next(client.closed).contains("host:port"));
        assertTrue(client.opened.isEmpty());
    }

    @Test
    void aPortInUseIsAnErrorWithARemedy() {
        EdgeTransport.Listener listener = transport.listen("127.0.0.1", 0, server);
        int port = Integer.parseInt(listener.address().replaceFirst(".*:", ""));
        GaloisException failure =
                assertThrows(
                        GaloisException.class, () -> transport.listen("127.0.0.1", port, server));
        assertEquals(ErrorCode.PORT_IN_USE, failure.code());
    }

    @Test
    void aClosedListenerClosesItsConnectionsAndFreesItsPort() throws Exception {
        EdgeTransport.Listener listener = transport.listen("127.0.0.1", 0, server);
        int port = Integer.parseInt(listener.address().replaceFirst(".*:", ""));
        transport.connect(listener.address(), client);
        Recorder.next(client.opened);
        Recorder.next(server.opened);
        listener.close();
        Recorder.next(client.closed);
        assertEquals(listener.address(), transport.listen("127.0.0.1", port, server).address());
    }

    @Test
    void closingTheTransportTellsEveryHandler() throws Exception {
        EdgeTransport.Connection connection = connect();
        Recorder.next(server.opened);
        transport.close();
        assertEquals(1, client.closed.size());
        assertEquals(1, server.closed.size());
        connection.send(new byte[16], 0, 16); // ignored, not an error
        transport.connect("127.0.0.1:1", client);
        assertEquals(2, client.closed.size());
    }

    @Test
    void aPeerThatDoesNotReadMakesTheConnectionUnwritable() throws Exception {
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            transport.connect("127.0.0.1:" + deaf.getLocalPort(), client);
            EdgeTransport.Connection connection = Recorder.next(client.opened);
            byte[] frame = new byte[64 << 10];
            Bytes.putInt(frame, 0, frame.length);
            int sent = 0;
            while (connection.isWritable()) {
                connection.send(frame, 0, frame.length);
                sent += frame.length;
                assertTrue(sent < 256 << 20, "never unwritable");
            }
            assertFalse(connection.isWritable());
            try (Socket reader = deaf.accept()) {
                byte[] sink = new byte[1 << 16];
                int read = 0;
                while (read < sent) {
                    read += reader.getInputStream().read(sink);
                }
                Recorder.next(client.writable);
            }
        }
    }

    private EdgeTransport.Connection connect() throws InterruptedException {
        transport.connect(transport.listen("127.0.0.1", 0, server).address(), client);
        return Recorder.next(client.opened);
    }

    private static void send(EdgeTransport.Connection connection, Frame frame) {
        byte[] bytes = FrameCodec.encode(frame);
        connection.send(bytes, 0, bytes.length);
    }
}
