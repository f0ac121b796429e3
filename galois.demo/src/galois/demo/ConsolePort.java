package galois.demo;

import galois.api.ErrorCode;
import galois.api.GaloisException;

import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.service.cm.ConfigurationAdmin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;

/**
 * Gives the HTTP service its port and starts what people look at: the bundles of the console wait
 * for start level 2, so that the queries run sooner.
 */
final class ConsolePort {
    /** The usual port; another one is taken when it is in use and nobody asked for it. */
    static final int USUAL = 8181;

    private static final int CONSOLE_START_LEVEL = 2;

    private final ConfigurationAdmin configurations;
    private final FrameworkStartLevel startLevel;
    private int port;

    ConsolePort(ConfigurationAdmin configurations, FrameworkStartLevel startLevel) {
        this.configurations = configurations;
        this.startLevel = startLevel;
    }

    /**
     * Finds out whether the port is free.
     *
     * @param wanted 0: any; -1: the usual one if possible
     * @throws GaloisException PORT_IN_USE
     */
    void reserve(int wanted) {
        if (wanted < 0) {
            port = isFree(USUAL) ? USUAL : 0;
            return;
        }
        if (wanted > 0 && !isFree(wanted)) {
            throw new GaloisException(
                    ErrorCode.PORT_IN_USE,
                    "port "
                            + wanted
                            + " is in use: choose another one with --port, or leave it out");
        }
        port = wanted;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Begins to start the console; returns at once. */
    void open() {
        try {
            configurations
                    .getConfiguration("org.apache.felix.http", "?")
                    .update(
                            FrameworkUtil.asDictionary(
                                    Map.of(
                                            "org.apache.felix.http.enable",
                                            true,
                                            "org.apache.felix.http.host",
                                            "127.0.0.1",
                                            "org.osgi.service.http.port",
                                            port)));
            startLevel.setStartLevel(CONSOLE_START_LEVEL);
        } catch (IOException e) {
            throw new GaloisException(
                    ErrorCode.CONFIGURATION, "the console's port cannot be configured", e);
        }
    }
}
