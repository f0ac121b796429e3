package galois.itest;

import org.opentest4j.TestAbortedException;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The mosquitto program as a child process on a port and with a store that outlive it. */
final class Mosquitto implements AutoCloseable {
    private static final List<String> PLACES =
            List.of("/usr/sbin/mosquitto", "/usr/bin/mosquitto", "/usr/local/sbin/mosquitto");

    private final Path directory;
    private final int port;
    private Process process;

    /** Skips the test, visibly, where the program is not installed. */
    Mosquitto(Path directory) throws IOException {
        this.directory = directory;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        start();
    }

    String url() {
        return "tcp://127.0.0.1:" + port;
    }

    /** Returns when it takes connections. */
    void start() throws IOException {
        String program =
                PLACES.stream()
                        .filter(place -> Files.isExecutable(Path.of(place)))
                        .findFirst()
                        .orElseThrow(() -> new TestAbortedException("mosquitto is not installed"));
        Path configuration = directory.resolve("mosquitto.conf");
        String user = System.getProperty("user.name");
        Files.writeString(
                configuration,
                String.join(
                        "\n",
                        "listener " + port + " 127.0.0.1",
                        "allow_anonymous true",
                        "persistence true",
                        "persistence_location " + directory + "/",
                        "max_queued_messages 0",
                        "user " + user,
                        ""));
        process =
                new ProcessBuilder(program, "-v", "-c", configuration.toString())
                        .redirectErrorStream(true)
                        .start();
        BufferedReader output = process.inputReader();
        String line = output.readLine();
        while (line != null && !line.endsWith("running")) {
            line = output.readLine();
        }
        if (line == null) {
            throw new IOException("mosquitto ended at once");
        }
        Thread reader = new Thread(() -> drain(output), "mosquitto");
        reader.setDaemon(true);
        reader.start();
    }

    /** Else it would wait for its own messages to be read. */
    private static void drain(BufferedReader output) {
        try {
            while (output.readLine() != null) {}
        } catch (IOException e) {
            assert e.getMessage() != null; // it was ended
        }
    }

    /** Ends the process; it writes its store first. */
    void stop() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
    }
}
