package galois.broker;

import galois.api.ErrorCode;
import galois.api.GaloisException;

import io.moquette.broker.Server;
import io.moquette.broker.config.MemoryConfig;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandler;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.concurrent.EventExecutor;

import java.io.IOException;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A Moquette broker (MQTT 3.1 and 3.1.1) without authentication: bind it to loopback unless the
 * network is trusted. Accepts connections from construction to {@link #close}, which leaves no
 * thread of it behind.
 *
 * <p>With a directory, sessions and queued messages outlive a restart, but not the (at most ten)
 * messages per client that were sent and not acknowledged yet: a stream that must have no gap needs
 * a broker that keeps them, such as Mosquitto.
 *
 * <p>Moquette ends the whole process when a port is taken, so a fixed port is tried out before.
 */
public final class MoquetteBroker implements AutoCloseable {
    private static final long STOP_TIMEOUT_MS = 5_000;

    private final Server server = new Server();
    private final String host;
    private final int port;
    private final EventLoopGroup acceptLoops;
    private final EventLoopGroup workLoops;
    private final ExecutorService timers;

    /**
     * @param host address to listen on
     * @param port 0 picks a free one
     * @param directory where sessions and queued messages outlive a restart; null keeps them in
     *     memory
     * @param messageBytesMax larger messages end the connection of their sender
     * @throws GaloisException PORT_IN_USE, CONFIGURATION
     */
    public MoquetteBroker(String host, int port, Path directory, int messageBytesMax) {
        this.host = host;
        tryOut(host, port);
        try {
            server.startServer(
                    new MemoryConfig(properties(host, port, directory, messageBytesMax)));
            Object acceptor = read(Server.class, "acceptor", server);
            acceptLoops = (EventLoopGroup) read(acceptor.getClass(), "bossGroup", acceptor);
            workLoops = (EventLoopGroup) read(acceptor.getClass(), "workerGroup", acceptor);
            timers = (ExecutorService) read(Server.class, "scheduler", server);
        } catch (ReflectiveOperationException e) {
            server.stopServer();
            throw new GaloisException(ErrorCode.BUG, "this Moquette has other fields than 0.17", e);
        } catch (IOException e) {
            throw new GaloisException(
                    ErrorCode.CONFIGURATION,
                    "the MQTT broker does not start: " + e.getMessage(),
                    e);
        }
        awaitBound();
        this.port = server.getPort();
    }

    private static Properties properties(String host, int port, Path directory, int bytesMax)
            throws IOException {
        Properties properties = new Properties();
        properties.setProperty("host", host);
        properties.setProperty("port", Integer.toString(port));
        properties.setProperty("allow_anonymous", "true");
        properties.setProperty("netty.mqtt.message_size", Integer.toString(bytesMax));
        properties.setProperty("buffer_flush_millis", "immediate");
        properties.setProperty("telemetry_enabled", "false");
        properties.setProperty("persistence_enabled", Boolean.toString(directory != null));
        if (directory != null) {
            Files.createDirectories(directory);
            properties.setProperty("data_path", directory.toString());
            properties.setProperty("autosave_interval", "1");
        }
        return properties;
    }

    /** {@code tcp://127.0.0.1:1883}, with the real port. */
    public String url() {
        return "tcp://" + host + ":" + port;
    }

    @Override
    public void close() {
        // The listeners first: nothing new may come in behind those that are closed.
        closeChannels(acceptLoops);
        closeChannels(workLoops);
        // Without this, Moquette waits two seconds for more work.
        acceptLoops.shutdownGracefully(0, STOP_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        workLoops.shutdownGracefully(0, STOP_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        awaitTimers();
        server.stopServer();
    }

    /**
     * Netty's loop closes its channels when it sees that it is to shut down, but one that is told
     * between that look and its last one ends without: the sockets would stay open and their
     * clients would wait for a broker that is gone.
     */
    private static void closeChannels(EventLoopGroup loops) {
        for (EventExecutor loop : loops) {
            loop.submit(
                            () -> {
                                Class<?> type = SingleThreadIoEventLoop.class;
                                ((IoHandler) read(type, "ioHandler", loop)).prepareToDestroy();
                                return null;
                            })
                    .awaitUninterruptibly(STOP_TIMEOUT_MS);
        }
    }

    /**
     * Moquette interrupts its timers; one that is just writing the store would lose its file to
     * that, and the store would then never end closing.
     */
    private void awaitTimers() {
        timers.shutdown();
        try {
            timers.awaitTermination(STOP_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void tryOut(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (IOException e) {
            throw new GaloisException(
                    ErrorCode.PORT_IN_USE,
                    "the MQTT broker cannot listen on "
                            + host
                            + ":"
                            + port
                            + " ("
                            + e.getMessage()
                            + "): end the other program or choose another port",
                    e);
        }
    }

    /**
     * Moquette notes its port in an event-loop task that may run after startServer has returned; a
     * task behind it on the same loops has seen it.
     */
    private void awaitBound() {
        for (EventExecutor loop : acceptLoops) {
            loop.submit(() -> {}).syncUninterruptibly();
        }
    }

    private static Object read(Class<?> type, String name, Object owner)
            throws ReflectiveOperationException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field.get(owner);
    }
}
