package galois.itest.forms;

import galois.batch.FieldType;
import galois.itest.engine.Table;

import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** An independent engine in memory. */
final class Peer implements AutoCloseable {
    private static final LocalDateTime EPOCH = LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC);

    private final Dialect dialect;
    private final Connection connection;

    private Peer(Dialect dialect, Connection connection) {
        this.dialect = dialect;
        this.connection = connection;
    }

    static Peer h2() throws SQLException {
        return new Peer(Dialect.H2, org.h2.Driver.load().connect("jdbc:h2:mem:", new Properties()));
    }

    /** DuckDB, whose jar is no library of ours: {@code ./galois test --long} fetches it. */
    static Peer duckDb(String jar) throws SQLException, IOException {
        URL[] urls = {new File(jar).toURI().toURL()};
        URLClassLoader loader = new URLClassLoader(urls, Peer.class.getClassLoader());
        for (Driver driver : ServiceLoader.load(Driver.class, loader)) {
            if (driver.acceptsURL("jdbc:duckdb:")) {
                Peer peer =
                        new Peer(Dialect.DUCKDB, driver.connect("jdbc:duckdb:", new Properties()));
                try (Statement statement = peer.connection.createStatement()) {
                    statement.execute("SET threads = 1");
                }
                return peer;
            }
        }
        throw new IOException("no driver of DuckDB in " + jar);
    }

    Dialect dialect() {
        return dialect;
    }

    void create(String name, Table table) throws SQLException {
        String columns =
                table.schema().fields().stream()
                        .map(field -> field.name() + " " + dialect.type(field.type()))
                        .collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS " + name);
            statement.execute("CREATE TABLE " + name + " (" + columns + ")");
            if (table.rows().isEmpty()) {
                return;
            }
            List<String> rows = new ArrayList<>();
            for (List<Object> row : table.rows()) {
                List<String> values = new ArrayList<>();
                for (int i = 0; i < row.size(); i++) {
                    values.add(Values.literal(table.schema().type(i), row.get(i), dialect));
                }
                rows.add("(" + String.join(", ", values) + ")");
            }
            statement.execute("INSERT INTO " + name + " VALUES " + String.join(", ", rows));
        }
    }

    /** Rows as GALOIS gives them: whole numbers are Long, a DECIMAL without its point. */
    List<List<Object>> select(String sql, List<FieldType> types) throws SQLException {
        List<List<Object>> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                List<Object> row = new ArrayList<>();
                for (int i = 0; i < types.size(); i++) {
                    row.add(value(result, i + 1, types.get(i)));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static Object value(ResultSet result, int index, FieldType type) throws SQLException {
        Object value = result.getObject(index);
        if (value == null) {
            return null;
        }
        return switch (type.kind()) {
            case BOOLEAN, VARCHAR -> value;
            case TINYINT, SMALLINT, INTEGER, BIGINT, INTERVAL_MONTH, INTERVAL_DAY ->
                    ((Number) value).longValue();
            case REAL, DOUBLE -> ((Number) value).doubleValue();
            case DECIMAL ->
                    new BigDecimal(value.toString())
                            .setScale(type.scale())
                            .unscaledValue()
                            .longValueExact();
            case VARBINARY -> text(result, index, value);
            case DATE -> result.getObject(index, LocalDate.class).toEpochDay();
            case TIME -> time(result, index, value).toNanoOfDay() / 1000;
            case TIMESTAMP ->
                    value instanceof Number number
                            ? number.longValue()
                            : (Object)
                                    ChronoUnit.MICROS.between(
                                            EPOCH, result.getObject(index, LocalDateTime.class));
        };
    }

    private static LocalTime time(ResultSet result, int index, Object value) throws SQLException {
        return value instanceof LocalTime time ? time : result.getObject(index, LocalTime.class);
    }

    private static String text(ResultSet result, int index, Object value) throws SQLException {
        byte[] bytes;
        if (value instanceof byte[] array) {
            bytes = array;
        } else {
            Blob blob = result.getBlob(index);
            bytes = blob.getBytes(1, (int) blob.length());
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
