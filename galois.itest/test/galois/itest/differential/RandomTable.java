package galois.itest.differential;

import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;
import galois.itest.engine.Table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Tables with every type, and with the values that are easy to get wrong. */
final class RandomTable {
    static final String TIME = "ts";

    private static final long HOUR_US = 3_600_000_000L;

    private static final List<String> TEXTS =
            List.of(
                    "",
                    "a",
                    "A",
                    "ab",
                    "a ",
                    " a",
                    "b",
                    "é",
                    "日本",
                    "😀",
                    "it's",
                    "x,\"y\"\n",
                    "12",
                    "-7",
                    "2.5",
                    "-2147483649");

    private static final double[] DOUBLES = {
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        -0.0,
        0.0,
        0.1,
        1e308,
        -1e308,
        Double.MIN_VALUE,
        Double.MAX_VALUE,
        2147483648.0,
        -2147483649.0,
        9007199254740993.0,
        9223372036854775807.0,
        -9223372036854775808.0
    };

    private static final long[] LONGS = {
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        Long.MAX_VALUE - 1,
        Long.MIN_VALUE + 1,
        1L << 53,
        (1L << 53) + 1,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        1L + Integer.MAX_VALUE,
        -1L + Integer.MIN_VALUE,
        3_037_000_500L
    };

    private RandomTable() {}

    /** Two columns to eight, one of them {@value #TIME}. */
    static Table of(Random random) {
        List<FieldType> types = new ArrayList<>();
        for (FieldType type : Table.TYPES) {
            if (type != FieldType.TIMESTAMP && random.nextInt(4) > 0) {
                types.add(type);
                if (random.nextInt(4) == 0) {
                    types.add(type);
                }
            }
        }
        types.add(Table.TYPES.get(random.nextInt(Table.TYPES.size() - 1)));
        Collections.shuffle(types, random);
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            fields.add(new Field("c" + i, types.get(i)));
        }
        fields.add(random.nextInt(fields.size() + 1), new Field(TIME, FieldType.TIMESTAMP));
        Schema schema = new Schema(fields);
        int nullsIn = 2 + random.nextInt(12);
        boolean extreme = random.nextBoolean();
        List<List<Object>> rows = new ArrayList<>();
        for (int i = random.nextInt(40); i >= 0; i--) {
            List<Object> row = new ArrayList<>();
            for (Field field : fields) {
                row.add(random.nextInt(nullsIn) == 0 ? null : value(field.type(), random, extreme));
            }
            rows.add(row);
        }
        return new Table(schema, rows);
    }

    private static Object value(FieldType type, Random random, boolean extreme) {
        boolean odd = extreme && random.nextInt(3) == 0;
        return switch (type.kind()) {
            case BOOLEAN -> random.nextBoolean();
            case INTEGER ->
                    odd
                            ? (random.nextBoolean()
                                    ? Integer.MAX_VALUE - (long) random.nextInt(2)
                                    : Integer.MIN_VALUE + (long) random.nextInt(2))
                            : (long) random.nextInt(21) - 10;
            case BIGINT ->
                    odd ? LONGS[random.nextInt(LONGS.length)] : (long) random.nextInt(2001) - 1000;
            case DOUBLE ->
                    odd
                            ? DOUBLES[random.nextInt(DOUBLES.length)]
                            : (random.nextInt(161) - 80) / 4.0;
            case VARCHAR -> TEXTS.get(random.nextInt(TEXTS.size()));
            case TIMESTAMP -> time(random);
            default -> throw new IllegalArgumentException(type.toString());
        };
    }

    /** Around 1970 and 2026, half an hour apart or at any microsecond. */
    private static long time(Random random) {
        long base = random.nextInt(4) == 0 ? 0 : 494_000 * HOUR_US;
        long us = base + (random.nextInt(200) - 100) * (HOUR_US / 2);
        return random.nextInt(3) == 0 ? us + random.nextInt(1_000_000) : us;
    }
}
