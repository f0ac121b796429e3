package galois.global;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Queries in words, for SHOW and DESCRIBE. */
final class QueryText {
    /** Characters of a statement on one line. */
    private static final int TEXT_CHARS_MAX = 100;

    private QueryText() {}

    /** A query a line: name or id, state, statement; those with a name first. */
    static String show(NamedQueries named, List<RunningQuery> running) {
        List<String[]> lines = new ArrayList<>();
        for (NamedQueries.Named query : named.all()) {
            lines.add(new String[] {query.name, state(query, running), oneLine(query.text)});
        }
        for (RunningQuery query : running) {
            if (query.name() == null) {
                lines.add(new String[] {query.id(), state(query), oneLine(query.text())});
            }
        }
        if (lines.isEmpty()) {
            return "no queries\n";
        }
        int name = lines.stream().mapToInt(line -> line[0].length()).max().orElse(0);
        int state = lines.stream().mapToInt(line -> line[1].length()).max().orElse(0);
        StringBuilder text = new StringBuilder();
        for (String[] line : lines) {
            text.append(padded(line[0], name)).append(padded(line[1], state)).append(line[2]);
            text.append('\n');
        }
        return text.toString();
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length() + 2);
    }

    /** Name, state, streams, statement. */
    static String describe(NamedQueries.Named query, List<RunningQuery> running) {
        return "state "
                + state(query, running)
                + "\nid "
                + query.id
                + (query.result == null ? "" : "\nresult stream " + query.result)
                + "\n"
                + query.text.strip()
                + "\n";
    }

    private static String state(NamedQueries.Named query, List<RunningQuery> running) {
        if (query.end() != null) {
            return query.end();
        }
        return running.stream()
                .filter(r -> r.id().equals(query.id))
                .map(QueryText::state)
                .findFirst()
                .orElse("stopped");
    }

    private static String state(RunningQuery query) {
        return query.subquery().paused() ? "paused" : query.state().name().toLowerCase(Locale.ROOT);
    }

    private static String oneLine(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= TEXT_CHARS_MAX
                ? line
                : line.substring(0, TEXT_CHARS_MAX - 3) + "...";
    }
}
