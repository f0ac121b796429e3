package galois.compiler;

import static galois.api.plan.Function.*;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.pattern.Automaton;
import galois.api.pattern.PatternException;
import galois.api.pattern.Program;
import galois.api.plan.Function;
import galois.batch.FieldType;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** LIKE, SIMILAR TO and regular expressions agree with java.util.regex on seeded texts. */
class PatternFunctionsTest {
    private static final FieldType S = FieldType.VARCHAR;
    private static final FieldType B = FieldType.BOOLEAN;
    private static final long SEED = Long.getLong("galois.seed", 99);

    private static final String[] PIECES = {
        "a", "b", "ab", "A", "é", "É", "\u20ac", "\uD83D\uDE00", ".", "%", "_", "1", "23", " "
    };

    private final Random random = new Random(SEED);

    private List<List<Object>> texts(int count) {
        List<List<Object>> rows = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(9); i > 0; i--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            rows.add(List.of(text.toString()));
        }
        return rows;
    }

    private void whole(Function function, String java, String... pattern) {
        Pattern expected = Pattern.compile(java, Pattern.DOTALL);
        Scalars.of(function, B, S)
                .with(pattern)
                .check(row -> expected.matcher((String) row.get(0)).matches() ? 1 : 0, texts(150));
    }

    @Test
    void like() {
        whole(LIKE, "a.*", "a%");
        whole(LIKE, ".*b", "%b");
        whole(LIKE, ".*ab.*", "%ab%");
        whole(LIKE, "a..*1", "a_%1");
        whole(LIKE, "..", "__");
        whole(LIKE, "", "");
        whole(LIKE, ".*%.*_.*", "%!%%!_%", "!");
        whole(ILIKE, ".*[éÉ].*[aA].*", "%é%A%");
    }

    @Test
    void similar() {
        whole(SIMILAR, "(a|b)+.*", "(a|b)+%");
        whole(SIMILAR, ".*[0-9]{1,2}", "%[0-9]{1,2}");
        whole(SIMILAR, ".*[^ab\u20ac].", "%[^ab\u20ac]_");
        whole(SIMILAR, "a?\\..*", "a?.%");
        whole(SIMILAR, ".*%", "%#%", "#");
        whole(SIMILAR, ".*[a-zA-Z].*", "%[[:alpha:]]%");
    }

    private static final List<String> REGEXES =
            List.of(
                    "a",
                    "^a",
                    "a$",
                    "^$",
                    "^(a|b)*$",
                    "a.b",
                    "[^a-z]",
                    "\\d+",
                    "(a|ab)(b|23)?",
                    "\\w\\W",
                    "(?i)É",
                    "b{2,}|a{2}",
                    "a*",
                    "a*?b",
                    "(?:a|b)+1?",
                    "(^|b)a",
                    "\u20ac|\uD83D\uDE00",
                    "(a*)(b*)1",
                    "[a\\d]+\\.?",
                    "x?");

    @Test
    void regularExpressions() {
        for (String regex : REGEXES) {
            Pattern java = Pattern.compile(regex, Pattern.UNICODE_CASE);
            Scalars.of(REGEXP_LIKE, B, S)
                    .with(regex)
                    .check(row -> java.matcher((String) row.get(0)).find() ? 1 : 0, texts(100));
            Scalars.of(REGEXP_EXTRACT, S, S)
                    .with(regex)
                    .check(
                            row -> {
                                Matcher matcher = java.matcher((String) row.get(0));
                                return matcher.find() ? matcher.group() : null;
                            },
                            texts(100));
            Scalars.of(REGEXP_REPLACE, S, S, S)
                    .with(regex)
                    .check(
                            row ->
                                    java.matcher((String) row.get(0))
                                            .replaceAll(
                                                    Matcher.quoteReplacement((String) row.get(1))),
                            pairs(60));
        }
    }

    private List<List<Object>> pairs(int count) {
        List<List<Object>> rows = new ArrayList<>();
        for (List<Object> row : texts(count)) {
            // Java finds empty matches inside a surrogate pair; a kernel does not split characters.
            String text = ((String) row.get(0)).replace("\uD83D\uDE00", "");
            rows.add(List.of(text, "<" + rows.size() % 3 + ">"));
        }
        return rows;
    }

    @Test
    void groups() {
        for (String regex : List.of("(a+)(b|1)", "(a|ab)(b*)", "(?:(a)|(b))+", "a(\\d*)")) {
            Pattern java = Pattern.compile(regex);
            Scalars.of(REGEXP_EXTRACT, S, S)
                    .with(regex, "1")
                    .check(
                            row -> {
                                Matcher matcher = java.matcher((String) row.get(0));
                                return matcher.find() ? matcher.group(1) : null;
                            },
                            texts(150));
        }
    }

    @Test
    void aTextMadeForAnAttackTakesNoLongerThanOthers() {
        String text = "a".repeat(60_000) + "!";
        List<List<Object>> rows = List.of(List.of(text));
        List<String> one =
                Scalars.of(REGEXP_LIKE, B, S).with("^(a+)+$").run(rows, Harness.Manner.COMPILED);
        assertTrue(one.equals(List.of("0")), one.toString());
        List<String> other =
                Scalars.of(REGEXP_EXTRACT, S, S)
                        .with("^(a|aa)+$")
                        .run(rows, Harness.Manner.COMPILED);
        assertTrue(other.equals(List.of("null")), other.toString());
    }

    @Test
    void limitsAndWrongPatternsAreRefused() {
        for (String wrong : List.of("(", "a)", "[a", "a{2", "*", "a\\b", "(?=a)", "\\1", "a++")) {
            assertThrows(PatternException.class, () -> Program.regex(wrong), wrong);
        }
        Program large = Program.regex("(a|b)*a(a|b){20}");
        assertTrue(assertThrows(PatternException.class, () -> Automaton.part(large)).isLimit());
        assertTrue(
                assertThrows(PatternException.class, () -> Program.regex("(a{1000}){1000}"))
                        .isLimit());
        assertThrows(PatternException.class, () -> Program.like("a!", "!", false));
        assertThrows(PatternException.class, () -> Program.similar("a", "!!"));
    }

    @Test
    void tablesAreAsSmallAsTheyCanBe() {
        Automaton like = Automaton.whole(Program.like("abc%", null, false));
        assertTrue(like.states() <= 5, like.states() + " states");
        assertTrue(like.matches("abcd".getBytes(StandardCharsets.UTF_8)));
    }
}
