package galois.sql;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Words for error messages: short, on one line, with the nearest known name. */
final class Messages {
    /** A quoted piece of the user's text is cut to this many characters. */
    static final int QUOTED_CHARS_MAX = 40;

    /** As many names are listed; then follows "and n more". */
    static final int LISTED_NAMES_MAX = 12;

    private Messages() {}

    static String shorten(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= QUOTED_CHARS_MAX
                ? line
                : line.substring(0, QUOTED_CHARS_MAX - 3) + "...";
    }

    /** {@code : did you mean "temp"? Columns are "temp", "hum"}; or that there is none. */
    static String known(String what, String wrong, Collection<String> names) {
        if (names.isEmpty()) {
            return ": there are no " + what;
        }
        if (names.stream().anyMatch(name -> name.equalsIgnoreCase(wrong))) {
            return ": it is not among the " + what + " at this place of the query";
        }
        String nearest = nearest(wrong, names);
        String list =
                names.stream()
                        .limit(LISTED_NAMES_MAX)
                        .map(name -> '"' + name + '"')
                        .collect(Collectors.joining(", "));
        int more = names.size() - LISTED_NAMES_MAX;
        return ": "
                + (nearest == null ? "" : "did you mean \"" + nearest + "\"? ")
                + "known "
                + what
                + " are "
                + list
                + (more > 0 ? " and " + more + " more" : "");
    }

    private static String nearest(String wrong, Collection<String> names) {
        String word = wrong.toLowerCase(Locale.ROOT);
        String best = null;
        int bestDistance = Math.max(1, Math.min(3, word.length() / 3)) + 1;
        for (String name : names) {
            int distance = distance(word, name.toLowerCase(Locale.ROOT));
            if (distance < bestDistance) {
                best = name;
                bestDistance = distance;
            }
        }
        return best;
    }

    /** Levenshtein distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }

    /** {@code a, b or c}. */
    static String oneOf(Collection<String> words) {
        List<String> list = new ArrayList<>(words);
        if (list.size() < 2) {
            return String.join("", list);
        }
        String last = list.remove(list.size() - 1);
        return String.join(", ", list) + " or " + last;
    }
}
