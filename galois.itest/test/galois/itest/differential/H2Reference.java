package galois.itest.differential;

import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;
import galois.itest.engine.Table;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;

/** The independent engine: what a query must give, from H2 in memory. */
final class H2Reference implements AutoCloseable {
    private static final LocalDateTime EPOCH = LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC);

    /** SQL states of class 22: the data, not the statement, is at fault. */
    private static final String DATA_EXCEPTION = "22";

    private final Connection connection;

    /**
     * @param failed rows that could not be computed, which GALOIS drops
     * @param sums for each aggregate the sum of the absolute values that it takes in
     */
    record Result(List<List<Object>> rows, int failed, List<Double> sums) {
        Result(List<List<Object>> rows, int failed) {
            this(rows, failed, List.of());
        }

        /**
         * False when a sum could leave the range of its type on the way: GALOIS then drops the row
         * at which it happens, or goes on with an infinity.
         */
        boolean isComparable(RandomQuery query) {
            for (int i = 0; i < sums.size(); i++) {
                boolean isLong = query.aggregates().get(i).type() == FieldType.BIGINT;
                if (sums.get(i) > (isLong ? 9e18 : Double.MAX_VALUE)) {
                    return false;
                }
            }
            return true;
        }
    }

    H2Reference() throws SQLException {
        connection = org.h2.Driver.load().connect("jdbc:h2:mem:", new Properties());
    }

    Result run(RandomQuery query, Table table) throws SQLException {
        Schema schema = table.schema();
        List<String> nulls = new ArrayList<>();
        List<Field> fields = new ArrayList<>(schema.fields());
        for (FieldType type : Table.TYPES) {
            nulls.add("null_" + type);
            fields.add(new Field("null_" + type, type));
        }
        List<List<Object>> rows = new ArrayList<>();
        for (List<Object> row : table.rows()) {
            List<Object> wide = new ArrayList<>(row);
            nulls.forEach(name -> wide.add(null));
            rows.add(wide);
        }
        create("t", new Table(new Schema(fields), rows));
        return query.isGrouped() ? grouped(query) : rows(query.terms(), query.where());
    }

    /** The values of terms for each row that meets the condition. */
    private Result rows(List<Term> terms, Term where) throws SQLException {
        String list = terms.isEmpty() ? "1" : texts(terms);
        String condition = where == null ? "TRUE" : H2Text.of(where);
        List<FieldType> types = terms.stream().map(Term::type).toList();
        String text = "SELECT " + list + " FROM t WHERE " + condition;
        try {
            return new Result(select(text, types), 0);
        } catch (SQLException e) {
            if (!e.getSQLState().startsWith(DATA_EXCEPTION)) {
                throw new SQLException(text, e);
            }
        }
        // In H2 one row that fails ends the query; row by row only that row is missing.
        List<List<Object>> rows = new ArrayList<>();
        int failed = 0;
        String one =
                "SELECT "
                        + list
                        + " FROM (SELECT * FROM t WHERE row_id = ?) AS one WHERE "
                        + condition;
        try (PreparedStatement statement = connection.prepareStatement(one)) {
            for (int i = 0; i < count("t"); i++) {
                statement.setInt(1, i);
                try (ResultSet result = statement.executeQuery()) {
                    rows.addAll(read(result, types));
                } catch (SQLException e) {
                    if (!e.getSQLState().startsWith(DATA_EXCEPTION)) {
                        throw new SQLException(one, e);
                    }
                    failed++;
                }
            }
        }
        return new Result(rows, failed);
    }

    private Result grouped(RandomQuery query) throws SQLException {
        List<Term> terms = new ArrayList<>(query.terms());
        terms.add(Term.column(RandomTable.TIME, FieldType.TIMESTAMP));
        Result inner = rows(terms, query.where());
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < terms.size(); i++) {
            // The window is computed on the number.
            boolean isTime = i == terms.size() - 1;
            FieldType type = isTime ? FieldType.BIGINT : terms.get(i).type();
            fields.add(new Field("a" + i, type));
        }
        create("g", new Table(new Schema(fields), inner.rows()));
        List<String> groups = new ArrayList<>();
        String time = "a" + (terms.size() - 1);
        String size = Long.toString(query.windowUs());
        if (query.isWindowed()) {
            // floor, also before 1970
            groups.add(
                    "("
                            + time
                            + " - MOD(MOD("
                            + time
                            + ", "
                            + size
                            + ") + "
                            + size
                            + ", "
                            + size
                            + "))");
        }
        for (int i = 0; i < query.select().size(); i++) {
            groups.add("a" + i);
        }
        List<String> items = new ArrayList<>(groups);
        List<Double> sums = new ArrayList<>();
        int argument = query.select().size();
        for (Aggregate aggregate : query.aggregates()) {
            items.add(aggregate.h2("a" + argument));
            sums.add(aggregate.adds() ? sum(inner.rows(), argument) : 0);
            argument += aggregate.argument() == null ? 0 : 1;
        }
        if (!new Result(List.of(), 0, sums).isComparable(query)) {
            return new Result(List.of(), 0, sums);
        }
        String text =
                "SELECT "
                        + String.join(", ", items)
                        + " FROM g"
                        + (query.isWindowed() ? " WHERE " + time + " IS NOT NULL" : "")
                        + (groups.isEmpty() ? "" : " GROUP BY " + String.join(", ", groups));
        List<FieldType> types = new ArrayList<>(query.types());
        if (query.isWindowed()) {
            types.set(0, FieldType.BIGINT);
        }
        try {
            // A row without time belongs to no window.
            int timeless = query.isWindowed() ? count("g WHERE " + time + " IS NULL") : 0;
            return new Result(select(text, types), inner.failed() + timeless, sums);
        } catch (SQLException e) {
            throw new SQLException(text, e);
        }
    }

    private static double sum(List<List<Object>> rows, int column) {
        double sum = 0;
        for (List<Object> row : rows) {
            double value = row.get(column) == null ? 0 : ((Number) row.get(column)).doubleValue();
            sum += Double.isFinite(value) ? Math.abs(value) : 0;
        }
        return sum;
    }

    private static String texts(List<Term> terms) {
        return terms.stream().map(H2Text::of).collect(Collectors.joining(", "));
    }

    private int count(String table) throws SQLException {
        String text = "SELECT COUNT(*) FROM " + table;
        return ((Long) select(text, List.of(FieldType.BIGINT)).get(0).get(0)).intValue();
    }

    private void create(String name, Table table) throws SQLException {
        String columns =
                table.schema().fields().stream()
                        .map(f -> ", " + f.name() + " " + H2Text.type(f.type()))
                        .collect(Collectors.joining());
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS " + name);
            statement.execute(
                    "CREATE TABLE " + name + " (row_id INTEGER PRIMARY KEY" + columns + ")");
        }
        String insert =
                "INSERT INTO " + name + " VALUES (?" + ", ?".repeat(table.schema().size()) + ")";
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            for (int i = 0; i < table.rows().size(); i++) {
                statement.setInt(1, i);
                for (int j = 0; j < table.schema().size(); j++) {
                    set(statement, j + 2, table.schema().type(j), table.rows().get(i).get(j));
                }
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static void set(PreparedStatement statement, int index, FieldType type, Object value)
            throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.NULL);
        } else if (type == FieldType.TIMESTAMP) {
            statement.setObject(index, EPOCH.plus((Long) value, ChronoUnit.MICROS));
        } else {
            statement.setObject(index, value);
        }
    }

    private List<List<Object>> select(String text, List<FieldType> types) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(text)) {
            return read(result, types);
        }
    }

    private static List<List<Object>> read(ResultSet result, List<FieldType> types)
            throws SQLException {
        List<List<Object>> rows = new ArrayList<>();
        while (result.next()) {
            List<Object> row = new ArrayList<>();
            for (int i = 0; i < types.size(); i++) {
                row.add(value(result, i + 1, types.get(i)));
            }
            rows.add(row);
        }
        return rows;
    }

    private static Object value(ResultSet result, int index, FieldType type) throws SQLException {
        Object value = result.getObject(index);
        if (value == null) {
            return null;
        }
        return switch (type.kind()) {
            case BOOLEAN -> (Boolean) value;
            case INTEGER, BIGINT -> ((Number) value).longValue();
            case DOUBLE -> (Double) value;
            case VARCHAR -> (String) value;
            case TIMESTAMP ->
                    ChronoUnit.MICROS.between(EPOCH, result.getObject(index, LocalDateTime.class));
            default -> throw new IllegalArgumentException(type.toString());
        };
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
