package galois.shell;

import galois.api.ErrorCode;
import galois.api.GaloisException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/**
 * The command line of {@code ./galois sql}.
 *
 * @param text of {@code -e}; null when a file or folder is given
 * @param file script to run; null otherwise
 * @param folder of {@code --each}; null otherwise
 * @param format {@code table}, {@code csv} or {@code json}; null: decided by where the output goes
 * @param rowsMax rows after which a SELECT ends
 * @param forMs time after which everything ends, from the first running query on; 0: no limit
 */
public record SqlOptions(
        String text, Path file, Path folder, String format, long rowsMax, long forMs) {
    private static final List<String> FORMATS = List.of("table", "csv", "json");

    /**
     * Reads the words of the command line.
     *
     * @throws GaloisException USAGE
     */
    public static SqlOptions parse(List<String> arguments) {
        String text = null;
        Path file = null;
        Path folder = null;
        String format = null;
        long rowsMax = Long.MAX_VALUE;
        long forMs = 0;
        Iterator<String> words = arguments.iterator();
        while (words.hasNext()) {
            String word = words.next();
            switch (word) {
                case "-e" -> text = value(word, words);
                case "--each" -> folder = existing(value(word, words), true);
                case "--format" -> format = format(value(word, words));
                case "--rows" -> rowsMax = rows(value(word, words));
                case "--timing" -> {} // the launcher prints it
                case "--for" -> forMs = duration(value(word, words));
                default -> {
                    if (word.startsWith("-") && word.length() > 1) {
                        throw usage("unknown option " + word + ": see ./galois help sql");
                    }
                    if (file != null) {
                        throw usage("surplus argument \"" + word + "\": give one script file");
                    }
                    file = existing(word, false);
                }
            }
        }
        int scripts = (text == null ? 0 : 1) + (file == null ? 0 : 1) + (folder == null ? 0 : 1);
        if (scripts != 1) {
            throw usage("give a script file, -e \"SQL\" or --each DIR, one of them");
        }
        return new SqlOptions(text, file, folder, format, rowsMax, forMs);
    }

    private static String value(String option, Iterator<String> words) {
        if (!words.hasNext()) {
            throw usage("option " + option + " needs a value: see ./galois help sql");
        }
        return words.next();
    }

    private static Path existing(String name, boolean folder) {
        Path path = Path.of(name);
        if (folder ? !Files.isDirectory(path) : !Files.isRegularFile(path)) {
            String what = folder ? "folder" : "file";
            throw usage("there is no " + what + " \"" + name + "\": check the path");
        }
        return path;
    }

    private static String format(String word) {
        if (!FORMATS.contains(word.toLowerCase(Locale.ROOT))) {
            throw usage("--format must be table, csv or json, not \"" + word + "\"");
        }
        return word.toLowerCase(Locale.ROOT);
    }

    private static long rows(String word) {
        if (!word.matches("[0-9]{1,18}")) {
            throw usage("--rows needs a whole number, not \"" + word + "\"");
        }
        return Long.parseLong(word);
    }

    /** {@code 500ms}, {@code 10s}, {@code 5m}, {@code 1h}. */
    static long duration(String word) {
        if (!word.matches("[0-9]{1,9}(ms|s|m|h)")) {
            throw usage("--for needs a time such as 500ms, 10s, 5m or 1h, not \"" + word + "\"");
        }
        String digits = word.replaceAll("[a-z]", "");
        long unitMs =
                switch (word.substring(digits.length())) {
                    case "ms" -> 1;
                    case "s" -> 1_000;
                    case "m" -> 60_000;
                    default -> 3_600_000;
                };
        return Long.parseLong(digits) * unitMs;
    }

    private static GaloisException usage(String message) {
        return new GaloisException(ErrorCode.USAGE, message);
    }
}
