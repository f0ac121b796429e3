package galois.demo;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.demo.elec.ElecRow;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/**
 * The command line of {@code ./galois demo}.
 *
 * @param data CSV file; null: generated rows
 * @param rate rows per second; 0: as fast as they are taken
 * @param rowsMax rows to publish at most
 * @param once whether to end with the data
 * @param port of the web console; -1: the usual one, or any when that is taken
 * @param timing whether to print the phases of the start
 */
record DemoOptions(Path data, long rate, long rowsMax, boolean once, int port, boolean timing) {
    static final long RATE = 500;

    /**
     * @throws GaloisException USAGE
     */
    static DemoOptions parse(List<String> arguments) {
        Path data = null;
        long rate = RATE;
        long rowsMax = -1;
        boolean once = false;
        int port = -1;
        boolean timing = false;
        Iterator<String> words = arguments.iterator();
        while (words.hasNext()) {
            String word = words.next();
            switch (word) {
                case "--data" -> data = file(value(word, words));
                case "--rate" -> rate = rate(value(word, words));
                case "--rows" -> rowsMax = number(word, value(word, words), 1, Long.MAX_VALUE);
                case "--once" -> once = true;
                case "--port" -> port = (int) number(word, value(word, words), 0, 65_535);
                case "--timing" -> timing = true;
                default ->
                        throw usage("unknown option " + word + ": ./galois help demo lists them");
            }
        }
        if (rowsMax < 0) {
            rowsMax = data == null ? ElecRow.ROWS : Long.MAX_VALUE;
        }
        return new DemoOptions(data, rate, rowsMax, once, port, timing);
    }

    private static String value(String option, Iterator<String> words) {
        if (!words.hasNext()) {
            throw usage("option " + option + " needs a value: see ./galois help demo");
        }
        return words.next();
    }

    private static Path file(String name) {
        Path path = Path.of(name);
        if (!Files.isRegularFile(path)) {
            throw usage("--data: there is no file \"" + name + "\"; check the path");
        }
        return path;
    }

    private static long rate(String word) {
        return word.equals("max") ? 0 : number("--rate", word, 1, 1_000_000);
    }

    private static long number(String option, String word, long min, long max) {
        if (!word.matches("[0-9]{1,18}")
                || Long.parseLong(word) < min
                || Long.parseLong(word) > max) {
            String range = max == Long.MAX_VALUE ? "from " + min : "from " + min + " to " + max;
            throw usage(option + " needs a whole number " + range + ", not \"" + word + "\"");
        }
        return Long.parseLong(word);
    }

    private static GaloisException usage(String message) {
        return new GaloisException(ErrorCode.USAGE, message);
    }
}
