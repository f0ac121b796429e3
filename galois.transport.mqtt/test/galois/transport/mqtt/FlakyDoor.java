package galois.transport.mqtt;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;

/**
 * Stands in front of a broker and hangs up on the first connections: it takes CONNECT, answers
 * CONNACK, and closes when the next packet begins, as a broker does that has not yet noted that it
 * let the client in. Later connections go through to the broker.
 */
final class FlakyDoor implements AutoCloseable {
    private static final byte[] CONNACK = {0x20, 2, 0, 0};

    private final ServerSocket server;
    private final URI broker;
    private int hangUps;

    FlakyDoor(String brokerUrl, int hangUps) throws IOException {
        this.broker = URI.create(brokerUrl);
        this.hangUps = hangUps;
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    String url() {
        return "tcp://127.0.0.1:" + server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                if (hangUps > 0) {
                    hangUps--;
                    daemon(() -> hangUp(client));
                } else {
                    Socket inside = new Socket(broker.getHost(), broker.getPort());
                    daemon(() -> pipe(client, inside));
                    daemon(() -> pipe(inside, client));
                }
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private static void hangUp(Socket client) {
        try (client) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            in.readUnsignedByte();
            in.skipNBytes(in.readUnsignedByte()); // a CONNECT of these tests is below 128 bytes
            client.getOutputStream().write(CONNACK);
            in.readUnsignedByte();
        } catch (IOException e) {
            // the client was faster
        }
    }

    private static void pipe(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            in.transferTo(to.getOutputStream());
        } catch (IOException e) {
            // one side went: so does the other
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "flaky-door");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
