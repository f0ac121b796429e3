package galois.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes lines; on a terminal a block of lines can be drawn again in its place. One thread. */
final class Screen {
    private final OutputStream out;
    private final int columns;
    private final int rows;
    private int drawn;

    /**
     * @param columns width of the terminal; longer lines are cut, so that none wraps
     * @param rows height of the terminal; what does not fit is left out
     */
    Screen(OutputStream out, int columns, int rows) {
        this.out = out;
        this.columns = columns;
        this.rows = rows;
    }

    /** Replaces the block that was drawn last. */
    void redraw(List<String> all) {
        List<String> lines = all.subList(0, Math.min(all.size(), Math.max(1, rows - 1)));
        StringBuilder text = new StringBuilder();
        if (drawn > 0) {
            text.append("\033[").append(drawn).append('A');
        }
        for (String line : lines) {
            boolean fits = line.length() < columns;
            text.append('\r').append(fits ? line : line.substring(0, Math.max(0, columns - 1)));
            text.append("\033[K\n");
        }
        text.append("\033[J");
        drawn = lines.size();
        write(text.toString());
    }

    /** A line that stays. */
    void line(String line) {
        drawn = 0;
        write(line + "\n");
    }

    private void write(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            // Nobody reads any more: the demo itself goes on until it is ended.
            drawn = 0;
        }
    }
}
