package galois.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import static java.nio.charset.StandardCharsets.UTF_8;

import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Random;

class ValueTextTest {
    private static String read(FieldType type, TimestampUnit unit, String text) {
        Schema schema = Schema.of(new Field("x", type));
        StagedRow row = new StagedRow(schema);
        byte[] bytes = ("?" + text + "?").getBytes(UTF_8);
        if (!new ValueReader(unit).read(row, 0, bytes, 1, bytes.length - 1)) {
            return "refused";
        }
        CollectingSink sink = new CollectingSink(schema);
        row.emit(sink, 1);
        String cells = sink.rows().get(0);
        return cells.substring(1, cells.length() - 1);
    }

    @ParameterizedTest
    @CsvSource({
        "TINYINT, -128, -128",
        "TINYINT, 128, refused",
        "SMALLINT, 32767, 32767",
        "SMALLINT, -32769, refused",
        "'DECIMAL(5, 2)', 1.5, 150",
        "'DECIMAL(5, 2)', -1.005, -101",
        "'DECIMAL(5, 2)', 1.0049999999999999999999, 100",
        "'DECIMAL(5, 2)', 999.994, 99999",
        "'DECIMAL(5, 2)', 999.995, refused",
        "'DECIMAL(5, 2)', 1e2, 10000",
        "'DECIMAL(5, 2)', 12345e-4, 123",
        "'DECIMAL(5, 2)', 1e99999, refused",
        "'DECIMAL(5, 2)', 0e99, 0",
        "'DECIMAL(5, 2)', ., refused",
        "'DECIMAL(5, 2)', NaN, refused",
        "'DECIMAL(5, 2)', 1.2.3, refused",
        "'DECIMAL(18, 18)', 0.1234567890123456785, 123456789012345679",
        "DATE, 2024-02-29, 19782",
        "DATE, 2023-02-29, refused",
        "DATE, 2024-02-29T10:00, refused",
        "TIME, 10:20, 37200000000",
        "TIME, 23:59:59.999999, 86399999999",
        "TIME, 24:00, refused",
        "TIME, 10:20Z, refused",
        "TIME, 10:20:30+01:00, refused",
        "INTERVAL DAY TO SECOND, 1 02:03:04.5, 93784500000",
        "INTERVAL DAY TO SECOND, -0 00:00:01, -1000000",
        "INTERVAL DAY TO SECOND, 2, 172800000000",
        "INTERVAL DAY TO SECOND, 00:30, 1800000000",
        "INTERVAL DAY TO SECOND, '1 ', 86400000000",
        "INTERVAL DAY TO SECOND, 1 25:00, refused",
        "INTERVAL DAY TO SECOND, x, refused",
        "INTERVAL DAY TO SECOND, '', refused",
        "INTERVAL YEAR TO MONTH, 1-6, 18",
        "INTERVAL YEAR TO MONTH, -2-11, -35",
        "INTERVAL YEAR TO MONTH, 3, 36",
        "INTERVAL YEAR TO MONTH, 1-12, refused",
        "INTERVAL YEAR TO MONTH, '', refused",
        "REAL, 1e39, refused",
        "VARBINARY, A, refused",
        "VARBINARY, AQI?, refused",
        "VARBINARY, AQ=, refused",
        "BOOLEAN, TRUE, 1",
        "BOOLEAN, f, 0",
        "BOOLEAN, 1, 1",
        "BOOLEAN, 2, refused",
        "BOOLEAN, yes, refused",
        "INTEGER, +5, 5",
        "INTEGER, ' 5 ', 5",
        "INTEGER, 2147483647, 2147483647",
        "INTEGER, 2147483648, refused",
        "INTEGER, -2147483648, -2147483648",
        "INTEGER, 2.0, 2",
        "INTEGER, 2.5, refused",
        "INTEGER, 1e3, 1000",
        "INTEGER, 0x10, refused",
        "INTEGER, '', refused",
        "INTEGER, -, refused",
        "INTEGER, 1 2, refused",
        "BIGINT, 9223372036854775807, 9223372036854775807",
        "BIGINT, 9223372036854775808, refused",
        "BIGINT, -9223372036854775808, -9223372036854775808",
        "BIGINT, -9223372036854775809, refused",
        "BIGINT, 99999999999999999999999, refused",
        "BIGINT, 9007199254740993.0, refused",
        "DOUBLE, 1e3, 1000.0",
        "DOUBLE, .5, 0.5",
        "DOUBLE, 5., 5.0",
        "DOUBLE, -0, -0.0",
        "DOUBLE, nan, NaN",
        "DOUBLE, -Infinity, -Infinity",
        "DOUBLE, inf, Infinity",
        "DOUBLE, 1e400, refused",
        "DOUBLE, 1e-400, 0.0",
        "DOUBLE, 1f, refused",
        "DOUBLE, 0x1p3, refused",
        "DOUBLE, 1e, refused",
        "DOUBLE, ., refused",
        "DOUBLE, '1,5', refused",
        "DOUBLE, 0.1234567890123456789012345678901234567890, 0.12345678901234568",
        "VARCHAR, ' a ', '\" a \"'",
    })
    void readsText(FieldType type, String text, String value) {
        assertEquals(value, read(type, TimestampUnit.ISO, text));
    }

    @ParameterizedTest
    @CsvSource({
        "ISO, 1970-01-01, 0",
        "ISO, 1970-01-01T00:00Z, 0",
        "ISO, 1970-01-01 00:00:01.5, 1500000",
        "ISO, 1970-01-01t00:00:01.123456789z, 1123456",
        "ISO, 1970-01-01T02:00+02:00, 0",
        "ISO, 1970-01-01T02:00+0130, 1800000000",
        "ISO, 1970-01-01T00:00-01, 3600000000",
        "ISO, 1500, 1500000",
        "ISO, -1.5, -1500",
        "MS, 1500.0005, 1500000",
        "US, 1500, 1500",
        "S, 1.5, 1500000",
        "S, -0.5, -500000",
        "S, 1970-01-02, 86400000000",
        "S, 9223372036855, refused",
        "S, 1.5e3, refused",
        "ISO, 1970-02-29, refused",
        "ISO, 1970-13-01, refused",
        "ISO, 1970-01-01T24:00, refused",
        "ISO, 1970-01-01T00:00:60, refused",
        "ISO, 1970-01-01T00:00:00., refused",
        "ISO, 1970-01-01T00:00:0, refused",
        "ISO, 1970-01-01T00, refused",
        "ISO, 1970-01-01T00:00+19, refused",
        "ISO, 1970-01-01T00:00 Z, refused",
        "ISO, 1970-1-1, refused",
        "ISO, 70-01-01, refused",
    })
    void readsTimestamps(TimestampUnit unit, String text, String us) {
        assertEquals(us, read(FieldType.TIMESTAMP, unit, text));
    }

    @Test
    void timestampsAgreeWithJavaTime() {
        Random random = new Random(3);
        long from = LocalDateTime.of(0, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC);
        long to = LocalDateTime.of(9999, 12, 31, 23, 59).toEpochSecond(ZoneOffset.UTC);
        TextBuffer text = new TextBuffer();
        for (int i = 0; i < 20_000; i++) {
            long digits = new long[] {1_000_000, 1_000, 1}[i % 3];
            Instant instant =
                    Instant.ofEpochSecond(from + Math.floorMod(random.nextLong(), to - from))
                            .plus(random.nextInt(1_000_000) / digits * digits, ChronoUnit.MICROS);
            long us = instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            text.clear();
            TimestampText.write(us, text);
            text.writeTo(out);
            assertEquals(instant.toString(), out.toString(UTF_8));
            assertEquals(us, TimestampText.parse(out.toByteArray(), 0, out.size()));
        }
    }

    @Test
    void doublesAgreeWithJava() {
        Random random = new Random(4);
        for (int i = 0; i < 20_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            String text =
                    switch (i % 3) {
                        case 0 -> Double.toString(random.nextInt(2_000_000) / 1e6);
                        case 1 -> Double.toString(random.nextGaussian());
                        default -> Double.toString(Double.isFinite(value) ? value : 0);
                    };
            String expected = Double.toString(Double.parseDouble(text));
            assertEquals(expected, read(FieldType.DOUBLE, TimestampUnit.ISO, text));
        }
    }

    @Test
    void utf8CheckAgreesWithTheStrictDecoderOfJava() {
        Random random = new Random(5);
        byte[] leads = {0x41, (byte) 0xC3, (byte) 0xE0, (byte) 0xED, (byte) 0xF0, (byte) 0xF4};
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[random.nextInt(6)];
            for (int k = 0; k < bytes.length; k++) {
                bytes[k] =
                        random.nextBoolean()
                                ? leads[random.nextInt(leads.length)]
                                : (byte) (0x80 | random.nextInt(64));
            }
            boolean valid = true;
            try {
                UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            } catch (CharacterCodingException e) {
                valid = false;
            }
            assertEquals(valid, Utf8.isValid(bytes, 0, bytes.length));
        }
    }
}
