package galois.compiler;

import static galois.api.plan.Function.*;

import static org.junit.jupiter.api.Assertions.assertEquals;

import galois.api.pattern.CaseMapping;
import galois.api.plan.Function;
import galois.batch.FieldType;
import galois.batch.RowError;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;

/** Functions of text agree with plain Java on seeded rows of many scripts. */
class TextFunctionsTest {
    private static final FieldType S = FieldType.VARCHAR;
    private static final FieldType I = FieldType.BIGINT;
    private static final long SEED = Long.getLong("galois.seed", 4711);
    private static final String[] PIECES = {
        "a",
        "b",
        "ab",
        "A",
        " ",
        "  ",
        "-",
        "ß",
        "É",
        "ω",
        "Ж",
        "ԝ",
        "\u1e9e",
        "\u20ac",
        "\uD83D\uDE00",
        "xyz",
        "0",
        "%",
        "aa",
        "\u0130"
    };

    private final Random random = new Random(SEED);

    private String text(int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private List<List<Object>> rows(String kinds) {
        List<List<Object>> rows = new ArrayList<>();
        for (int n = 0; n < 120; n++) {
            Object[] row = new Object[kinds.length()];
            for (int i = 0; i < row.length; i++) {
                Object value =
                        switch (kinds.charAt(i)) {
                            case 'S' -> text(12);
                            case 's' -> text(2);
                            case 'i' -> (Object) (long) (random.nextInt(14) - 3);
                            default -> random.nextLong() >> random.nextInt(64);
                        };
                row[i] = random.nextInt(12) == 0 ? null : value;
            }
            rows.add(Arrays.asList(row));
        }
        return rows;
    }

    private static int[] points(Object text) {
        return ((String) text).codePoints().toArray();
    }

    private static String text(int[] points, long from, long to) {
        int start = (int) Math.max(0, Math.min(points.length, from));
        int end = (int) Math.max(start, Math.min(points.length, to));
        return new String(points, start, end - start);
    }

    private static int number(Object value) {
        return (int) (long) (Long) value;
    }

    private void check(Function function, UnaryOperator<String> reference) {
        Scalars.of(function, S, S).check(row -> reference.apply((String) row.get(0)), rows("S"));
    }

    private static String mapped(String text, IntUnaryOperator mapping) {
        int[] points = text.codePoints().map(mapping).toArray();
        return new String(points, 0, points.length);
    }

    @Test
    void letters() {
        check(UPPER, text -> mapped(text, CaseMapping::upper));
        check(LOWER, text -> mapped(text, CaseMapping::lower));
        check(REVERSE, TextFunctionsTest::reversed);
        check(
                INITCAP,
                text -> {
                    StringBuilder result = new StringBuilder();
                    boolean inside = false;
                    for (int point : points(text)) {
                        int other = inside ? CaseMapping.lower(point) : CaseMapping.upper(point);
                        result.appendCodePoint(other);
                        inside = point >= 128 || Character.isLetterOrDigit(point);
                    }
                    return result.toString();
                });
    }

    @Test
    void everyLetterOfTheCoveredScriptsHasItsOtherCase() {
        List<List<Object>> rows = new ArrayList<>();
        for (int from = 0x20; from < CaseMapping.END; from += 100) {
            StringBuilder text = new StringBuilder();
            for (int point = from; point < from + 100; point++) {
                text.appendCodePoint(point);
            }
            rows.add(List.of(text.toString()));
        }
        Scalars.of(UPPER, S, S).check(row -> mapped((String) row.get(0), CaseMapping::upper), rows);
        Scalars.of(LOWER, S, S).check(row -> mapped((String) row.get(0), CaseMapping::lower), rows);
        assertEquals("STRASSE ÄÖÜ ΣΩ ЖЯ", mapped("strasse äöü σω жя", CaseMapping::upper));
    }

    /** Code points, not chars: StringBuilder keeps surrogates together. */
    private static String reversed(String text) {
        return new StringBuilder(text).reverse().toString();
    }

    @Test
    void parts() {
        Scalars.of(SUBSTRING, S, S, I, I)
                .check(
                        row -> {
                            long first = (Long) row.get(1);
                            long to = first - 1 + (Long) row.get(2);
                            return text(points(row.get(0)), Math.max(0, first - 1), to);
                        },
                        rows("Sii"));
        Scalars.of(SUBSTRING, S, S, I)
                .check(row -> text(points(row.get(0)), (Long) row.get(1) - 1, 1 << 20), rows("Si"));
        Scalars.of(LEFT, S, S, I)
                .check(row -> text(points(row.get(0)), 0, (Long) row.get(1)), rows("Si"));
        Scalars.of(RIGHT, S, S, I)
                .check(
                        row -> {
                            int[] all = points(row.get(0));
                            return text(all, all.length - Math.max(0, (Long) row.get(1)), 1 << 20);
                        },
                        rows("Si"));
        Scalars.of(SPLIT_PART, S, S, S, I).check(TextFunctionsTest::part, rows("Ssi"));
    }

    private static String part(List<Object> row) {
        String delimiter = (String) row.get(1);
        String[] parts =
                delimiter.isEmpty()
                        ? new String[] {(String) row.get(0)}
                        : ((String) row.get(0)).split(java.util.regex.Pattern.quote(delimiter), -1);
        int n = number(row.get(2));
        return n >= 1 && n <= parts.length ? parts[n - 1] : "";
    }

    @Test
    void trims() {
        check(TRIM, text -> stripped(stripped(text, " ", true), " ", false));
        check(LTRIM, text -> stripped(text, " ", true));
        check(RTRIM, text -> stripped(text, " ", false));
        Scalars.of(TRIM, S, S, S)
                .check(
                        row -> {
                            String set = (String) row.get(1);
                            return stripped(stripped((String) row.get(0), set, true), set, false);
                        },
                        rows("SS"));
    }

    private static String stripped(String text, String set, boolean start) {
        int[] points = text.codePoints().toArray();
        int from = 0;
        int to = points.length;
        while (from < to && set.contains(Character.toString(points[start ? from : to - 1]))) {
            from += start ? 1 : 0;
            to -= start ? 0 : 1;
        }
        return text(points, from, to);
    }

    @Test
    void searches() {
        Scalars.of(POSITION, FieldType.INTEGER, S, S)
                .check(
                        row -> {
                            String text = (String) row.get(1);
                            int at = text.indexOf((String) row.get(0));
                            return at < 0 ? 0 : text.codePointCount(0, at) + 1;
                        },
                        rows("sS"));
        Scalars.of(POSITION, FieldType.INTEGER, S, S, I)
                .check(
                        row -> {
                            String text = (String) row.get(1);
                            long first = Math.max(1, (Long) row.get(2));
                            if (first - 1 > text.codePointCount(0, text.length())) {
                                return 0;
                            }
                            int start = text.offsetByCodePoints(0, (int) first - 1);
                            int at = text.indexOf((String) row.get(0), start);
                            return at < 0 ? 0 : text.codePointCount(0, at) + 1;
                        },
                        rows("sSi"));
        predicate(STARTS_WITH, (text, part) -> text.startsWith(part));
        predicate(ENDS_WITH, (text, part) -> text.endsWith(part));
        predicate(CONTAINS, (text, part) -> text.contains(part));
        Scalars.of(CHAR_LENGTH, FieldType.INTEGER, S)
                .check(row -> points(row.get(0)).length, rows("S"));
        Scalars.of(OCTET_LENGTH, FieldType.INTEGER, S)
                .check(row -> utf8(row.get(0)).length, rows("S"));
        Scalars.of(ASCII, FieldType.INTEGER, S)
                .check(
                        row -> points(row.get(0)).length == 0 ? 0 : points(row.get(0))[0],
                        rows("s"));
    }

    private void predicate(Function function, java.util.function.BiPredicate<String, String> test) {
        Scalars.of(function, FieldType.BOOLEAN, S, S)
                .check(
                        row -> test.test((String) row.get(0), (String) row.get(1)) ? 1 : 0,
                        rows("Ss"));
    }

    @Test
    void newTexts() {
        Scalars.of(CONCAT, S, S, S, S)
                .check(row -> "" + row.get(0) + row.get(1) + row.get(2), rows("SsS"));
        Scalars.of(REPLACE, S, S, S, S)
                .check(
                        row -> {
                            String wanted = (String) row.get(1);
                            String text = (String) row.get(0);
                            return wanted.isEmpty()
                                    ? text
                                    : text.replace(wanted, (String) row.get(2));
                        },
                        rows("Sss"));
        Scalars.of(REPEAT, S, S, I)
                .check(
                        row -> ((String) row.get(0)).repeat(Math.max(0, number(row.get(1)))),
                        rows("si"));
        Scalars.of(LPAD, S, S, I, S).check(row -> padded(row, true), rows("sis"));
        Scalars.of(RPAD, S, S, I, S).check(row -> padded(row, false), rows("sis"));
        Scalars.of(OVERLAY, S, S, S, I, I)
                .check(
                        row -> {
                            int[] all = points(row.get(0));
                            long first = (Long) row.get(2);
                            return text(all, 0, first - 1)
                                    + row.get(1)
                                    + text(all, first - 1 + (Long) row.get(3), 1 << 20);
                        },
                        rows("Ssii"));
        Scalars.of(TRANSLATE, S, S, S, S).check(TextFunctionsTest::translated, rows("SSs"));
    }

    private static String padded(List<Object> row, boolean left) {
        int[] all = points(row.get(0));
        int wanted = number(row.get(1));
        int[] fill = points(row.get(2));
        if (wanted <= all.length || fill.length == 0) {
            return text(all, 0, wanted <= all.length ? wanted : all.length);
        }
        StringBuilder more = new StringBuilder();
        for (int i = 0; i < wanted - all.length; i++) {
            more.appendCodePoint(fill[i % fill.length]);
        }
        return left ? "" + more + row.get(0) : "" + row.get(0) + more;
    }

    private static String translated(List<Object> row) {
        int[] from = points(row.get(1));
        int[] to = points(row.get(2));
        StringBuilder result = new StringBuilder();
        for (int point : points(row.get(0))) {
            int at = 0;
            while (at < from.length && from[at] != point) {
                at++;
            }
            if (at == from.length) {
                result.appendCodePoint(point);
            } else if (at < to.length) {
                result.appendCodePoint(to[at]);
            }
        }
        return result.toString();
    }

    private static byte[] utf8(Object text) {
        return ((String) text).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void digitsAndDigests() {
        check(HEX, text -> HexFormat.of().withUpperCase().formatHex(utf8(text)));
        Scalars.of(HEX, S, I)
                .check(row -> Long.toHexString((Long) row.get(0)).toUpperCase(), rows("l"));
        check(MD5, text -> digest("MD5", text));
        check(SHA256, text -> digest("SHA-256", text));
        List<List<Object>> lengths = new ArrayList<>();
        for (int length = 50; length < 200; length++) {
            lengths.add(List.of("x".repeat(length)));
        }
        Scalars.of(SHA256, S, S).check(row -> digest("SHA-256", (String) row.get(0)), lengths);
        Scalars.of(MD5, S, S).check(row -> digest("MD5", (String) row.get(0)), lengths);
    }

    private static String digest(String algorithm, String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance(algorithm).digest(utf8(text)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void characters() {
        String bad = "error " + RowError.BAD_CAST;
        Scalars.of(CHR, S, I)
                .check(
                        row -> {
                            long point = (Long) row.get(0);
                            boolean none =
                                    point < 0
                                            || point > 0x10FFFF
                                            || point >= 0xD800 && point < 0xE000;
                            return none ? bad : Character.toString((int) point);
                        },
                        List.of(
                                List.of(65L),
                                List.of(0xDFL),
                                List.of(0x20ACL),
                                List.of(0x1F600L),
                                List.of(-1L),
                                List.of(0xD800L),
                                List.of(0x110000L),
                                List.of(1L << 32)));
    }

    @Test
    void aTextThatIsTooLargeIsARowErrorAndTheNextRowGoesOn() {
        List<List<Object>> rows =
                List.of(
                        List.of("ab", 2L),
                        List.of("ab", 1L << 40),
                        List.of("ab", 200_000L),
                        List.of("c", 3L));
        String tooLarge = "error " + RowError.ROW_TOO_LARGE;
        assertEquals(
                List.of("abab", tooLarge, tooLarge, "ccc"),
                Scalars.of(REPEAT, S, S, I).run(rows, Harness.Manner.COMPILED));
    }
}
