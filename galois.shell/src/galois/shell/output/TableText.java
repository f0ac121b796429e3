package galois.shell.output;

import galois.batch.BatchCursor;
import galois.batch.Schema;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows as an aligned table. The first rows (up to {@link #ROWS_MEASURED}, or those before the first
 * pause) decide the widths; a wider value that comes later widens its column from then on.
 */
public final class TableText implements RowText {
    /** Rows kept back to measure widths. */
    static final int ROWS_MEASURED = 200;

    private final Schema schema;
    private final int[] widths;
    private final List<String[]> kept = new ArrayList<>();

    public TableText(Schema schema) {
        this.schema = schema;
        this.widths = new int[schema.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = width(schema.field(i).name());
        }
    }

    @Override
    public void header(ByteArrayOutputStream out) {
        String[] names = new String[widths.length];
        String[] rules = new String[widths.length];
        for (int i = 0; i < names.length; i++) {
            names[i] = schema.field(i).name();
            rules[i] = "-".repeat(widths[i]);
        }
        StringBuilder text = new StringBuilder();
        line(text, names);
        line(text, rules);
        out.writeBytes(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void row(BatchCursor row, ByteArrayOutputStream out) {
        String[] cells = new String[widths.length];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = CellText.of(row, schema.type(i), i);
            widths[i] = Math.max(widths[i], width(cells[i]));
        }
        kept.add(cells);
        if (kept.size() >= ROWS_MEASURED) {
            pause(out);
        }
    }

    @Override
    public void pause(ByteArrayOutputStream out) {
        StringBuilder text = new StringBuilder();
        kept.forEach(cells -> line(text, cells));
        kept.clear();
        out.writeBytes(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void line(StringBuilder text, String[] cells) {
        int start = text.length();
        for (int i = 0; i < cells.length; i++) {
            String padding = " ".repeat(Math.max(0, widths[i] - width(cells[i])));
            boolean right = schema.type(i).isNumeric();
            text.append(i == 0 ? "" : "  ");
            text.append(right ? padding : "").append(cells[i]).append(right ? "" : padding);
        }
        int end = text.length();
        while (end > start && text.charAt(end - 1) == ' ') {
            end--;
        }
        text.setLength(end);
        text.append('\n');
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
