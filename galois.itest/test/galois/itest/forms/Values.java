package galois.itest.forms;

import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;
import galois.itest.engine.Table;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Columns of every type, their values, and how engines write those. */
final class Values {
    static final FieldType PRICE = FieldType.decimal(8, 2);
    static final FieldType AMOUNT = FieldType.decimal(14, 4);

    static final List<FieldType> TYPES =
            List.of(
                    FieldType.BOOLEAN,
                    FieldType.TINYINT,
                    FieldType.SMALLINT,
                    FieldType.INTEGER,
                    FieldType.BIGINT,
                    FieldType.REAL,
                    FieldType.DOUBLE,
                    PRICE,
                    AMOUNT,
                    FieldType.VARCHAR,
                    FieldType.VARBINARY,
                    FieldType.DATE,
                    FieldType.TIME,
                    FieldType.TIMESTAMP,
                    FieldType.INTERVAL_DAY,
                    FieldType.INTERVAL_MONTH);

    /** A column of numbers that no two rows share, and the event time. */
    static final String ID = "id";

    static final String TIME = "ts";

    static final Schema SCHEMA = schema();

    private static final List<String> TEXTS =
            List.of("", "a", "A", "ab", "a b", " a", "b ", "é", "日本", "abcab", "zz9", "12");

    private static final long SECOND_US = 1_000_000;
    private static final long HOUR_US = 3600 * SECOND_US;
    private static final long DAY_US = 24 * HOUR_US;

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS");

    private Values() {}

    private static Schema schema() {
        List<Field> fields = new ArrayList<>();
        fields.add(new Field(ID, FieldType.INTEGER));
        fields.add(new Field(TIME, FieldType.TIMESTAMP));
        for (int i = 0; i < TYPES.size(); i++) {
            fields.add(new Field("c" + i, TYPES.get(i)));
        }
        for (FieldType type : List.of(FieldType.INTEGER, FieldType.VARCHAR, FieldType.DOUBLE)) {
            fields.add(new Field("d" + fields.size(), type));
        }
        return new Schema(fields);
    }

    /** Rows in no order of time. */
    static Table table(Random random, int firstId) {
        int nullsIn = 2 + random.nextInt(12);
        List<List<Object>> rows = new ArrayList<>();
        for (int i = random.nextInt(14); i > 0; i--) {
            List<Object> row = new ArrayList<>();
            row.add((long) firstId + rows.size());
            row.add(random.nextInt(40) * HOUR_US / 4 + random.nextInt(2));
            for (Field field : SCHEMA.fields().subList(2, SCHEMA.size())) {
                boolean isNull = random.nextInt(nullsIn) == 0;
                row.add(isNull ? null : value(field.type(), random));
            }
            rows.add(row);
        }
        return new Table(SCHEMA, rows);
    }

    static Object value(FieldType type, Random random) {
        return switch (type.kind()) {
            case BOOLEAN -> random.nextBoolean();
            case TINYINT, SMALLINT -> (long) random.nextInt(9) - 4;
            case INTEGER -> (long) random.nextInt(13) - 6;
            case BIGINT -> random.nextInt(6) == 0 ? 3_000_000_000L : random.nextInt(41) - 20L;
            case REAL, DOUBLE -> (random.nextInt(33) - 16) / 4.0;
            case DECIMAL -> (long) random.nextInt(2001) - 1000;
            case VARCHAR -> TEXTS.get(random.nextInt(TEXTS.size()));
            case VARBINARY -> List.of("", "a", "ab", "b").get(random.nextInt(4));
            case DATE -> (random.nextInt(3) == 0 ? 0L : 20_000L) + random.nextInt(80) - 40;
            case TIME -> random.nextInt(86_400_000) * 1000L;
            case TIMESTAMP ->
                    (random.nextInt(3) == 0 ? 0 : 20_000 * DAY_US)
                            + (random.nextInt(300) - 150) * HOUR_US
                            + (random.nextInt(3) == 0 ? random.nextInt(1_000_000_000) : 0);
            case INTERVAL_DAY -> (random.nextInt(200) - 100) * HOUR_US / 4;
            case INTERVAL_MONTH -> (long) random.nextInt(31) - 15;
        };
    }

    /** A literal; of a type that has none of its own a CAST of one. */
    static String literal(FieldType type, Object value, Dialect dialect) {
        if (value == null) {
            return "CAST(NULL AS " + dialect.type(type) + ")";
        }
        boolean isOurs = dialect == Dialect.GALOIS;
        return switch (type.kind()) {
            case BOOLEAN -> value.toString().toUpperCase(java.util.Locale.ROOT);
            case INTEGER -> value.toString();
            case DECIMAL ->
                    cast(java.math.BigDecimal.valueOf((Long) value, type.scale()), type, dialect);
            case VARCHAR -> "'" + value.toString().replace("'", "''") + "'";
            case VARBINARY -> bytes((String) value, dialect);
            case DATE -> "DATE '" + LocalDate.ofEpochDay((Long) value) + "'";
            case TIME -> "TIME '" + CLOCK.format(LocalTime.ofNanoOfDay((Long) value * 1000)) + "'";
            case TIMESTAMP -> "TIMESTAMP '" + time((Long) value).format(TIMESTAMP) + "'";
            case INTERVAL_DAY ->
                    isOurs
                            ? "INTERVAL '" + (Long) value / SECOND_US + "' SECOND(9)"
                            : cast(value, type, dialect);
            case INTERVAL_MONTH ->
                    isOurs ? "INTERVAL '" + value + "' MONTH" : cast(value, type, dialect);
            default -> cast(value, type, dialect);
        };
    }

    private static LocalDateTime time(long us) {
        LocalDateTime epoch = LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC);
        return epoch.plus(us, ChronoUnit.MICROS);
    }

    private static String cast(Object value, FieldType type, Dialect dialect) {
        return "CAST(" + value + " AS " + dialect.type(type) + ")";
    }

    private static String bytes(String text, Dialect dialect) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return dialect == Dialect.DUCKDB
                ? "encode('" + text + "')"
                : "X'" + HexFormat.of().formatHex(bytes) + "'";
    }
}
