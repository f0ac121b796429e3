package galois.transport.jdbc;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The drivers that are there: services of type {@link Driver} in the framework, and those of the
 * jars on the path that the node's environment names in {@link #PATH}. Statements cannot name code
 * to be loaded. Thread safe.
 */
final class Drivers implements AutoCloseable {
    /** Environment variable: jar files, parted as a class path is. */
    static final String PATH = "GALOIS_JDBC_PATH";

    private static final Logger LOG = LoggerFactory.getLogger(Drivers.class);

    private final List<Driver> services = new CopyOnWriteArrayList<>();
    private final String path;
    private URLClassLoader loader;
    private List<Driver> loaded;

    /**
     * @param path {@code null}: none
     */
    Drivers(String path) {
        this.path = path == null ? "" : path;
    }

    void add(Driver driver) {
        services.add(driver);
    }

    void remove(Driver driver) {
        services.remove(driver);
    }

    /** Asks each driver whether the url is its own. */
    Connection connect(JdbcOptions options) throws SQLException {
        Properties properties = new Properties();
        if (options.user() != null) {
            properties.setProperty("user", options.user());
        }
        if (options.password() != null) {
            properties.setProperty("password", options.password());
        }
        List<Driver> all = new ArrayList<>(services);
        all.addAll(loaded());
        for (Driver driver : all) {
            if (driver.acceptsURL(options.url())) {
                Connection connection = driver.connect(options.url(), properties);
                if (connection != null) {
                    return connection;
                }
            }
        }
        throw new SQLException(
                "there is no JDBC driver for it: put its jar into the environment variable "
                        + PATH
                        + " of the node, or install a bundle that registers a java.sql.Driver");
    }

    private synchronized List<Driver> loaded() {
        if (loaded == null) {
            loaded = load();
        }
        return loaded;
    }

    private List<Driver> load() {
        List<Driver> found = new ArrayList<>();
        if (path.isBlank()) {
            return found;
        }
        List<URL> jars = new ArrayList<>();
        for (String jar : path.split(File.pathSeparator)) {
            try {
                jars.add(Path.of(jar).toUri().toURL());
            } catch (MalformedURLException e) {
                LOG.warn("{} names no file in {}", jar, PATH);
            }
        }
        ClassLoader platform = ClassLoader.getPlatformClassLoader();
        loader = new URLClassLoader("galois-jdbc", jars.toArray(URL[]::new), platform);
        try {
            ServiceLoader.load(Driver.class, loader).forEach(found::add);
        } catch (ServiceConfigurationError e) {
            LOG.warn("a driver of {} cannot be loaded: {}", PATH, e.getMessage());
        }
        return found;
    }

    @Override
    public synchronized void close() {
        loaded = null;
        if (loader != null) {
            try {
                loader.close();
            } catch (IOException e) {
                LOG.warn("the jars of {} cannot be closed", PATH, e);
            }
            loader = null;
        }
    }
}
