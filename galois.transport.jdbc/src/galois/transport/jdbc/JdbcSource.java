package galois.transport.jdbc;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.io.SourceConnector;
import galois.api.plan.StreamDefinition;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * The rows of one select of a database as CSV without header: a bounded byte stream. Options are
 * those of {@link JdbcOptions}.
 */
@Component(property = "name=jdbc")
public final class JdbcSource implements SourceConnector {
    private final LongSupplier epochUs;
    private final UnaryOperator<String> environment;
    private final Drivers drivers;

    @Activate
    public JdbcSource() {
        this(() -> ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()), System::getenv);
    }

    /**
     * @param epochUs arrival time of what is read
     * @param environment variables for passwords and the path of drivers; null if not set
     */
    public JdbcSource(LongSupplier epochUs, UnaryOperator<String> environment) {
        this.epochUs = epochUs;
        this.environment = environment;
        drivers = new Drivers(environment.apply(Drivers.PATH));
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            name = "driver")
    void addDriver(Driver driver) {
        drivers.add(driver);
    }

    void removeDriver(Driver driver) {
        drivers.remove(driver);
    }

    @Deactivate
    void deactivate() {
        drivers.close();
    }

    @Override
    public boolean isBounded(StreamDefinition stream) {
        return true;
    }

    @Override
    public boolean isFramed() {
        return false;
    }

    @Override
    public Set<String> options() {
        return JdbcOptions.NAMES;
    }

    @Override
    public Session open(StreamDefinition stream, Handler handler) {
        JdbcOptions options = JdbcOptions.of(stream, environment);
        Connection connection = null;
        try {
            connection = drivers.connect(options);
            connection.setReadOnly(true);
            connection.setAutoCommit(false); // else some drivers fetch all rows at once
            PreparedStatement select =
                    connection.prepareStatement(options.select(stream, connection));
            select.setFetchSize(options.fetchRows());
            select.setQueryTimeout(options.timeoutS());
            JdbcReading reading =
                    new JdbcReading(stream, options, connection, select, handler, epochUs);
            connection = null; // the reading closes it
            reading.start("galois-jdbc-" + stream.name());
            return reading;
        } catch (SQLException e) {
            throw failure(options, stream, e);
        } finally {
            close(connection);
        }
    }

    static void close(Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                // it is gone, which is what was wanted
            }
        }
    }

    static GaloisException failure(JdbcOptions options, StreamDefinition stream, SQLException e) {
        String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        // Some drivers quote their statement behind it.
        String why = line.replaceFirst("; SQL statement:$", "");
        return new GaloisException(
                ErrorCode.SOURCE_OPEN,
                stream.kind()
                        + " \""
                        + stream.name()
                        + "\" cannot be read from "
                        + options.place()
                        + ": "
                        + why
                        + ": check its options url, user, password and "
                        + (options.query() == null ? "table" : "query"),
                e);
    }
}
