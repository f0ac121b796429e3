package galois.transport.mqtt;

import galois.broker.MoquetteBroker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real broker on a port that stays the same over restarts, with a store on disk. */
interface TestBroker extends AutoCloseable {
    String url();

    void start();

    void stop();

    @Override
    default void close() {
        stop();
    }

    /** Moquette in this JVM. */
    static TestBroker moquette(Path directory) {
        return new TestBroker() {
            private MoquetteBroker broker;
            private int port;

            @Override
            public String url() {
                return "tcp://127.0.0.1:" + port;
            }

            @Override
            public void start() {
                broker = new MoquetteBroker("127.0.0.1", port, directory, 4 << 20);
                port = Integer.parseInt(broker.url().replaceAll(".*:", ""));
            }

            @Override
            public void stop() {
                if (broker != null) {
                    broker.close();
                    broker = null;
                }
            }
        };
    }

    /** The mosquitto program; null where it is not installed. */
    static TestBroker mosquitto(Path directory) {
        for (String place :
                List.of("/usr/sbin/mosquitto", "/usr/bin/mosquitto", "/usr/local/sbin/mosquitto")) {
            if (Files.isExecutable(Path.of(place))) {
                return new Mosquitto(place, directory, freePort());
            }
        }
        return null;
    }

    /** A port that was free a moment ago. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A child process; it says on standard error when it is ready. */
    final class Mosquitto implements TestBroker {
        private final String program;
        private final Path directory;
        private final int port;
        private Process process;

        Mosquitto(String program, Path directory, int port) {
            this.program = program;
            this.directory = directory;
            this.port = port;
        }

        @Override
        public String url() {
            return "tcp://127.0.0.1:" + port;
        }

        @Override
        public void start() {
            try {
                Path configuration = directory.resolve("mosquitto.conf");
                Files.writeString(
                        configuration,
                        "listener "
                                + port
                                + " 127.0.0.1\nallow_anonymous true\npersistence true\n"
                                + "persistence_location "
                                + directory
                                + "/\nmax_queued_messages 0\nuser root\n");
                process =
                        new ProcessBuilder(program, "-v", "-c", configuration.toString())
                                .redirectErrorStream(true)
                                .start();
                BufferedReader output = process.inputReader();
                String line = output.readLine();
                while (line != null && !line.endsWith("running")) {
                    line = output.readLine();
                }
                Thread reader = new Thread(() -> output.lines().forEach(l -> {}), "mosquitto");
                reader.setDaemon(true);
                reader.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void stop() {
            if (process == null) {
                return;
            }
            process.destroy();
            try {
                if (!process.waitFor(10, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            process = null;
        }
    }
}
