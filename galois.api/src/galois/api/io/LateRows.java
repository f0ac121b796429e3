package galois.api.io;

import galois.api.plan.StreamDefinition;
import galois.api.plan.Window;

import java.util.Locale;

/**
 * What becomes of rows of a stream that come after their window: option {@code late}, which is
 * {@code drop}, or {@code allow:10 s} (they update the result, so long), or {@code side:stream}
 * (those that are dropped go to that stream), or both with a comma between them.
 *
 * @param allowUs so far beyond its end the watermark must be before a window takes no rows any
 *     more; 0: as soon as it is emitted
 * @param side the stream that gets what is dropped; {@code null}: none
 */
public record LateRows(long allowUs, String side) {
    public static final String OPTION = "late";

    private static final String DROP = "drop";
    private static final String ALLOW = "allow:";
    private static final String SIDE = "side:";
    private static final LateRows DROPPED = new LateRows(0, null);

    /**
     * What the stream says.
     *
     * @throws galois.api.GaloisException STREAM_OPTION
     */
    public static LateRows of(StreamDefinition stream) {
        String text = stream.option(OPTION, DROP).trim();
        if (text.equalsIgnoreCase(DROP)) {
            return DROPPED;
        }
        long allowUs = 0;
        String side = null;
        for (String part : text.split(",", -1)) {
            String word = part.trim();
            String lower = word.toLowerCase(Locale.ROOT);
            if (lower.startsWith(ALLOW) && allowUs == 0) {
                allowUs = allowUs(stream, text, word.substring(ALLOW.length()));
            } else if (lower.startsWith(SIDE) && side == null && lower.length() > SIDE.length()) {
                side = word.substring(SIDE.length()).trim();
            } else {
                throw unknown(stream, text);
            }
        }
        if (side != null && side.equalsIgnoreCase(stream.name())) {
            throw StreamOptions.bad(
                    stream,
                    "option '"
                            + OPTION
                            + "' sends late rows to the stream itself, where they would be late"
                            + " again: name another stream with the same columns");
        }
        if (!hasLateRows(stream)) {
            throw StreamOptions.bad(
                    stream,
                    "option '"
                            + OPTION
                            + "' is '"
                            + text
                            + "', but none of its rows is ever late, because its time is that of"
                            + " their arrival: declare WATERMARK FOR ts AS ts - INTERVAL '5' SECOND"
                            + " for a column that comes with the rows, or leave the option out");
        }
        return new LateRows(allowUs, side);
    }

    /** True when event time comes with the rows. */
    private static boolean hasLateRows(StreamDefinition stream) {
        int time = stream.timeField();
        return time >= 0
                && !"arrival".equals(stream.metadata().get(stream.schema().field(time).name()));
    }

    private static long allowUs(StreamDefinition stream, String text, String interval) {
        long us = StreamOptions.durationUs(interval).orElse(0L);
        if (us == 0 || us > Window.ALLOW_US_MAX) {
            throw unknown(stream, text);
        }
        return us;
    }

    private static galois.api.GaloisException unknown(StreamDefinition stream, String text) {
        return StreamOptions.bad(
                stream,
                "option '"
                        + OPTION
                        + "' is '"
                        + text
                        + "': use 'drop', 'allow:10 s' (units ms, s, min, h; 9,000 years at most),"
                        + " 'side:name_of_a_stream', or 'allow:10 s, side:name_of_a_stream'");
    }
}
