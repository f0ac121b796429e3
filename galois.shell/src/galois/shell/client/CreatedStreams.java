package galois.shell.client;

import galois.api.query.SourceText;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The streams, queries, views and templates that a session created and has not dropped, so that it
 * can leave nothing behind.
 */
final class CreatedStreams {
    private static final String SPACE = "(?:\\s|--[^\\n]*\\n|/\\*.*?\\*/)+";

    /** The first words of a statement that creates or drops something. */
    private static final Pattern STATEMENT =
            Pattern.compile(
                    ("_?(CREATE|DROP)_(?:OR_REPLACE_)?(STREAM|TABLE|QUERY|TEMPLATE|VIEW)_"
                                            + "(?:IF_(?:NOT_)?EXISTS_)?")
                                    .replace("_?", "(?:" + SPACE + ")?")
                                    .replace("_", SPACE)
                            + "(\\w+|\"(?:[^\"]|\"\")+\"|`(?:[^`]|``)+`)",
                    Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** Kind and name, as DROP needs them. */
    private final List<String> created = new ArrayList<>();

    /** The statement was carried out. */
    void onExecuted(SourceText statement) {
        Matcher matcher = STATEMENT.matcher(statement.text());
        if (!matcher.lookingAt()) {
            return;
        }
        String kind = matcher.group(2).toUpperCase(Locale.ROOT);
        String thing = kind + " IF EXISTS " + matcher.group(3);
        created.removeIf(thing::equalsIgnoreCase);
        if (matcher.group(1).equalsIgnoreCase("CREATE")) {
            created.add(thing);
        }
    }

    /** Statements that drop what is left: queries before the streams they read, newest first. */
    List<String> drops() {
        List<String> drops = new ArrayList<>();
        for (String thing : created) {
            drops.add(0, "DROP " + thing);
        }
        return drops;
    }
}
