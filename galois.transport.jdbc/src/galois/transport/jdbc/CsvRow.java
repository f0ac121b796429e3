package galois.transport.jdbc;

import galois.api.io.StreamOptions;
import galois.api.plan.StreamDefinition;
import galois.batch.FieldType;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Rows of a result as lines of CSV, in the order of the stream's columns; NULL is nothing between
 * commas.
 */
final class CsvRow {
    private final StreamDefinition stream;

    /** For each column of the stream its number in the result, from 1. */
    private final int[] numbers;

    /**
     * @throws galois.api.GaloisException STREAM_OPTION when the result lacks a column
     */
    CsvRow(StreamDefinition stream, ResultSetMetaData result) throws SQLException {
        this.stream = stream;
        List<String> labels = new ArrayList<>();
        for (int i = 1; i <= result.getColumnCount(); i++) {
            labels.add(result.getColumnLabel(i));
        }
        numbers = new int[stream.schema().size()];
        for (int i = 0; i < numbers.length; i++) {
            String name = stream.schema().field(i).name();
            for (int j = 0; j < labels.size() && numbers[i] == 0; j++) {
                numbers[i] = labels.get(j).equalsIgnoreCase(name) ? j + 1 : 0;
            }
            if (numbers[i] == 0) {
                throw StreamOptions.bad(
                        stream, "its select gives no column \"" + name + "\", it gives " + labels);
            }
        }
    }

    void append(ResultSet row, StringBuilder out) throws SQLException {
        for (int i = 0; i < numbers.length; i++) {
            if (i > 0) {
                out.append(',');
            }
            value(row, numbers[i], stream.schema().type(i), out);
        }
        out.append('\n');
    }

    private static void value(ResultSet row, int number, FieldType type, StringBuilder out)
            throws SQLException {
        Object value =
                switch (type.kind()) {
                    case BOOLEAN -> row.getBoolean(number);
                    case TINYINT, SMALLINT, INTEGER, BIGINT -> row.getLong(number);
                    case REAL, DOUBLE -> row.getDouble(number);
                    case DECIMAL -> plain(row.getBigDecimal(number));
                    case DATE -> row.getObject(number, LocalDate.class);
                    case TIME -> row.getObject(number, LocalTime.class);
                    case TIMESTAMP -> utc(row.getObject(number, LocalDateTime.class));
                    case VARBINARY -> base64(row.getBytes(number));
                    case VARCHAR, INTERVAL_MONTH, INTERVAL_DAY -> row.getString(number);
                };
        if (value == null || row.wasNull()) {
            return;
        }
        if (type.kind() == FieldType.Kind.VARCHAR) {
            out.append('"').append(value.toString().replace("\"", "\"\"")).append('"');
        } else {
            out.append(value);
        }
    }

    private static String plain(BigDecimal value) {
        return value == null ? null : value.toPlainString();
    }

    /** Times without a zone are UTC. */
    private static String utc(LocalDateTime value) {
        return value == null ? null : value.truncatedTo(ChronoUnit.MICROS) + "Z";
    }

    private static String base64(byte[] value) {
        return value == null ? null : Base64.getEncoder().encodeToString(value);
    }
}
