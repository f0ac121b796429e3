package galois.api.plan;

/**
 * How rows are divided in time.
 *
 * @param kind {@code NONE}: one group set for the whole bounded input, emitted at its end
 * @param timeField input field of type TIMESTAMP that decides; -1 for {@code NONE}
 * @param sizeUs length of a window, microseconds
 * @param offsetUs start of the window that contains the epoch, in [0, size)
 */
public record Window(Kind kind, int timeField, long sizeUs, long offsetUs) {
    /** The window kinds of this version. */
    public enum Kind {
        NONE,
        TUMBLE
    }

    public static final Window NONE = new Window(Kind.NONE, -1, 0, 0);

    public Window {
        if (kind == Kind.TUMBLE && (sizeUs <= 0 || timeField < 0)) {
            throw new IllegalArgumentException("a tumbling window needs a size and a time field");
        }
    }

    public static Window tumble(int timeField, long sizeUs, long offsetUs) {
        return new Window(Kind.TUMBLE, timeField, sizeUs, Math.floorMod(offsetUs, sizeUs));
    }
}
