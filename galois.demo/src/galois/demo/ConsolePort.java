package galois.demo;

import galois.api.ErrorCode;
import galois.api.GaloisException;

import org.osgi.framework.startlevel.FrameworkStartLevel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Gives the HTTP service its port and starts what people look at: the bundles of the console wait
 * for start level 2, so that the queries run sooner.
 */
final class ConsolePort {
    /** The usual port; another one is taken when it is in use and nobody asked for it. */
    static final int USUAL = 8181;

    private static final int CONSOLE_START_LEVEL = 2;

    private final FrameworkStartLevel startLevel;
    private int port;

    ConsolePort(FrameworkStartLevel startLevel) {
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
        // The HTTP service reads framework properties, which fall back to those of the system.
        System.setProperty("org.osgi.service.http.port", Integer.toString(port));
        startLevel.setStartLevel(CONSOLE_START_LEVEL);
    }
}
