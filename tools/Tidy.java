import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rules of style that a machine can hold. Usage, in the root: {@code java tools/Tidy.java
 * FILE...}, with the text files of the repository. Prints {@code path:line: error: what, remedy};
 * exits with 1 if any.
 */
public final class Tidy {
    private static final int FILE_LINES_MAX = 500;
    private static final int METHOD_LINES_MAX = 70;

    /** A pattern that must not occur in code (comments and strings do not count). */
    private record Ban(String rule, Pattern pattern, String message) {
        static Ban of(String rule, String pattern, String message) {
            return new Ban(rule, Pattern.compile(pattern), message);
        }
    }

    private static final List<Ban> CODE =
            List.of(
                    Ban.of(
                            "sleep",
                            "\\bThread\\s*\\.\\s*sleep\\b|TimeUnit\\.\\w+\\.sleep\\b",
                            "sleeping is banned, wait for a latch or future, or for the agent's"
                                    + " clock"),
                    Ban.of(
                            "trace",
                            "\\.printStackTrace\\(",
                            "printStackTrace is banned, log it with slf4j"),
                    Ban.of(
                            "print",
                            "\\bSystem\\s*\\.\\s*(out|err)\\b",
                            "System.out and System.err are banned here, log with slf4j"),
                    Ban.of(
                            "time",
                            "\\bSystem\\.(nanoTime|currentTimeMillis)\\b|\\b(Instant|LocalDateTime"
                                    + "|LocalDate|ZonedDateTime)\\.now\\(",
                            "reading a clock is banned here, take the time as an argument"),
                    Ban.of(
                            "random",
                            "\\bnew\\s+(Secure)?Random\\(\\s*\\)|\\bMath\\.random\\(|\\bUUID\\."
                                    + "randomUUID\\b|\\bThreadLocalRandom\\b",
                            "unseeded randomness is banned here, take a RandomGenerator as an"
                                    + " argument"),
                    Ban.of(
                            "name",
                            "\\b(class|interface|record|enum)\\s+\\w*(Impl|Utils?|Helpers?)\\b"
                                    + "|\\b(class|interface)\\s+(Abstract[A-Z]\\w*|I[A-Z][a-z]\\w*)\\b",
                            "Impl, Util, Helper, Abstract and I-prefixes are banned, name it by how"
                                    + " it works"),
                    Ban.of(
                            "manager",
                            "\\b(class|interface|record)\\s+\\w*Manager\\b",
                            "Manager is for the three tiers, name it by what it holds or does"));

    private static final Ban BROAD_CATCH =
            Ban.of(
                    "catch",
                    "\\bcatch\\s*\\(\\s*(final\\s+)?(Exception|Throwable)\\b",
                    "catching everything is banned, name the exception, or add // boundary: and the"
                            + " reason");

    private static final List<Ban> TEXT =
            List.of(
                    Ban.of(
                            "open",
                            "\\b(TODO|FIXME|XXX)\\b",
                            "open ends are banned, do it or write an issue"),
                    Ban.of(
                            "path",
                            "(?<![\\w./~}$)])/(root|home/\\w+|Users/\\w+|work)/\\w",
                            "a path of one machine is banned, make it relative"),
                    Ban.of(
                            "host",
                            "//(repo\\d*\\.maven|oss\\.sonatype|repo\\.maven)",
                            "download hosts are banned, Maven's settings know them"));

    private final List<String[]> allowed = new ArrayList<>();
    private int errors;

    public static void main(String[] args) throws IOException {
        Tidy tidy = new Tidy();
        for (String line : Files.readAllLines(Path.of("cnf/tidy.txt"))) {
            if (!line.startsWith("#") && !line.isBlank()) {
                tidy.allowed.add(line.split("\\s+", 3));
            }
        }
        for (String arg : args) {
            if (!arg.equals("tools/Tidy.java")) {
                tidy.check(arg);
            }
        }
        System.exit(tidy.errors == 0 ? 0 : 1);
    }

    private void check(String path) throws IOException {
        String raw = Files.readString(Path.of(path));
        for (Ban ban : TEXT) {
            find(path, raw, ban);
        }
        if (!path.endsWith(".java")) {
            return;
        }
        long lines = raw.lines().count();
        if (lines > FILE_LINES_MAX) {
            error(
                    path,
                    FILE_LINES_MAX,
                    "a file has at most " + FILE_LINES_MAX + " lines, split it");
        }
        String code = JavaText.withoutCommentsAndStrings(raw);
        if (path.contains("/test/")) {
            // a test draws a seed, prints it on failure, and is deterministic from there
            code = code.replace("new Random().nextLong()", "seed");
        }
        for (Ban ban : CODE) {
            find(path, code, ban);
        }
        checkCatches(path, code, raw.split("\n", -1));
        checkMethods(path, code);
        checkPackage(path);
    }

    private void find(String path, String text, Ban ban) {
        if (isAllowed(ban.rule(), path)) {
            return;
        }
        Matcher matcher = ban.pattern().matcher(text);
        while (matcher.find()) {
            error(path, lineOf(text, matcher.start()), ban.message());
        }
    }

    private void checkCatches(String path, String code, String[] rawLines) {
        Matcher matcher = BROAD_CATCH.pattern().matcher(code);
        while (matcher.find()) {
            int line = lineOf(code, matcher.start());
            boolean explained = rawLines[line - 1].contains("// boundary:");
            // the formatter may put the comment on the line below
            explained |=
                    line < rawLines.length && rawLines[line].strip().startsWith("// boundary:");
            if (!explained && !isAllowed(BROAD_CATCH.rule(), path)) {
                error(path, line, BROAD_CATCH.message());
            }
        }
    }

    /** A block is a method when it stands in a type and its head ends with a parameter list. */
    private void checkMethods(String path, String code) {
        Pattern type = Pattern.compile("\\b(class|interface|enum|record)\\s+\\w");
        Pattern method = Pattern.compile("\\)\\s*(throws\\s+[\\w.,\\s<>]+)?$");
        Deque<String> blocks = new ArrayDeque<>();
        Deque<Integer> starts = new ArrayDeque<>();
        int head = 0;
        for (int i = 0; i < code.length(); i++) {
            char c = code.charAt(i);
            if (c == '{') {
                String text = code.substring(head, i).strip();
                boolean inType = "type".equals(blocks.peek());
                String kind =
                        type.matcher(text).find() || text.endsWith(")") && isAnonymous(text)
                                ? "type"
                                : inType && method.matcher(text).find() ? "method" : "block";
                blocks.push(kind);
                starts.push(lineOf(code, i));
            } else if (c == '}' && !blocks.isEmpty()) {
                int start = starts.pop();
                int length = lineOf(code, i) - start + 1;
                if (blocks.pop().equals("method") && length > METHOD_LINES_MAX) {
                    error(
                            path,
                            start,
                            "a method has at most " + METHOD_LINES_MAX + " lines, not " + length);
                }
            }
            if (c == '{' || c == '}' || c == ';') {
                head = i + 1;
            }
        }
    }

    private static boolean isAnonymous(String head) {
        return Pattern.compile("\\bnew\\s+[\\w.<>, ]+\\([^{}]*\\)$").matcher(head).find();
    }

    private void checkPackage(String path) {
        boolean contract =
                path.startsWith("galois.api/src/") || path.startsWith("galois.batch/src/");
        Path info = Path.of(path).resolveSibling("package-info.java");
        if (contract && !Files.exists(info)) {
            error(
                    path,
                    1,
                    "an exported package needs a package-info.java with @Export and @Version");
        }
    }

    private boolean isAllowed(String rule, String path) {
        return allowed.stream()
                .filter(line -> line[0].equals(rule))
                .anyMatch(
                        line ->
                                path.matches(
                                        line[1].replace(".", "\\.").replace("*", ".*") + ".*"));
    }

    private static int lineOf(String text, int index) {
        int line = 1;
        for (int i = 0; i < index; i++) {
            line += text.charAt(i) == '\n' ? 1 : 0;
        }
        return line;
    }

    private void error(String path, int line, String message) {
        errors++;
        System.out.println(path + ":" + line + ": error: " + message);
    }

    /**
     * Just enough of the language to blank out what is no code, line by line the same length of
     * file.
     */
    private static final class JavaText {
        private static final Pattern NO_CODE =
                Pattern.compile(
                        "//[^\\n"
                                + "]*|/\\*.*?\\*/|\"\"\"(?:\\\\.|[^\\\\])*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n"
                                + "])*\"|'(?:\\\\.|[^'\\\\\\n"
                                + "])+'",
                        Pattern.DOTALL);

        static String withoutCommentsAndStrings(String text) {
            return NO_CODE.matcher(text)
                    .replaceAll(match -> match.group().replaceAll("[^\\n]", " "));
        }
    }
}
