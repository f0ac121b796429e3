package galois.formats;

import galois.api.io.MalformedRow;
import galois.api.io.MalformedRow.Cause;
import galois.batch.RowLayout;
import galois.batch.Schema;

import java.util.Arrays;

/**
 * Cuts a CSV byte stream into rows and fields (RFC 4180; rows may also end with LF or CR alone).
 * Pieces may be cut anywhere: the same rows come out. One owner, no allocation per row.
 *
 * <p>A quote that never closes must not swallow the file. When a row reaches the row limit inside
 * quotes, or the stream ends there, its lines are read once more with quotes that end at the line's
 * end: only the line with the stray quote is lost. A row above the limit without quotes is skipped
 * to its line end.
 */
final class CsvScanner {
    /** Bytes of one row. */
    static final int ROW_MAX = RowLayout.ROW_BYTES_MAX;

    /** More fields than this are counted but not kept. */
    static final int FIELDS_MAX = Schema.FIELDS_MAX;

    /** Takes rows. */
    interface Handler {
        /** A row; its fields are in the scanner and valid until return. */
        void onRow();

        /** A piece of input that is no row. */
        void onProblem(MalformedRow problem);
    }

    private static final int NO_ROW = -1;
    private static final String UNCLOSED = "a quote is not closed";

    private enum State {
        /** First byte of a field. */
        START,
        /** In a field without quotes. */
        PLAIN,
        /** Between quotes. */
        QUOTED,
        /** After a quote between quotes: an escape, or the end. */
        QUOTE,
        /** The row is broken; looking for the line end. */
        BROKEN,
        /** As BROKEN, and already reported. */
        SKIP
    }

    private final byte delimiter;
    private final Handler handler;

    private State state = State.START;
    private boolean quotesEndAtLineEnd;
    private boolean rowEndedWithCr;
    private byte lastOfPiece;
    private long line = 1;
    private long rowLine = 1;
    private String broken;

    private byte[] carry = new byte[256];
    private int carried;

    private byte[] row;
    private int rowBase;
    private int count;
    private int fieldStart;
    private boolean quoted;
    private boolean escaped;
    private final int[] starts = new int[FIELDS_MAX];
    private final int[] ends = new int[FIELDS_MAX];
    private final boolean[] wasQuoted = new boolean[FIELDS_MAX];
    private final boolean[] hasEscapes = new boolean[FIELDS_MAX];

    CsvScanner(byte delimiter, Handler handler) {
        this.delimiter = delimiter;
        this.handler = handler;
    }

    /** Fields of the row, also those above the limit that are not kept. */
    int count() {
        return count;
    }

    /** The array that the fields of the row are in. */
    byte[] array() {
        return row;
    }

    int start(int field) {
        return rowBase + starts[field];
    }

    int end(int field) {
        return rowBase + ends[field];
    }

    boolean isQuoted(int field) {
        return wasQuoted[field];
    }

    /** True when the field has doubled quotes that stand for one. */
    boolean hasEscapes(int field) {
        return hasEscapes[field];
    }

    /** Line of the row's first byte, from 1. */
    long line() {
        return rowLine;
    }

    void feed(byte[] b, int offset, int length) {
        int end = offset + length;
        int from = offset;
        while (from < end) {
            // The limit is checked at the same byte of the row wherever pieces are cut.
            int stop = isLost() ? end : Math.min(end, from + ROW_MAX - carried);
            int next = scan(b, from, stop);
            if (next == NO_ROW) {
                keep(b, from, stop);
                if (carried == ROW_MAX) {
                    overflow();
                }
                next = stop;
            }
            from = next;
        }
    }

    /** The stream is over: what is left is a row. The scanner is then as new, with line 1 next. */
    void end() {
        if (state == State.QUOTED && !quotesEndAtLineEnd) {
            reread(carried);
        }
        quotesEndAtLineEnd = true;
        if (state == State.QUOTED) {
            breakRow(UNCLOSED);
        }
        if (carried > 0 || isLost()) {
            if (!isLost()) {
                endField(state == State.QUOTE ? carried - 1 : carried);
            }
            finishRow(carry, 0, 0);
        }
        quotesEndAtLineEnd = false;
        rowEndedWithCr = false;
        line = 1;
        rowLine = 1;
    }

    /** Reads to the end of one row and returns the index after it, or NO_ROW. */
    private int scan(byte[] b, int from, int stop) {
        int i = from;
        if (rowEndedWithCr) {
            rowEndedWithCr = false;
            if (b[i] == '\n') {
                return i + 1;
            }
        }
        int shift = carried - from;
        while (i < stop) {
            if (state == State.PLAIN) {
                i = plainEnd(b, i, stop);
            } else if (state == State.QUOTED) {
                i = quotedEnd(b, i, stop);
            }
            if (i == stop) {
                break;
            }
            byte c = b[i];
            if (state == State.QUOTED && (c == '"' || !quotesEndAtLineEnd)) {
                onQuoted(c, i > from ? b[i - 1] : lastOfPiece);
                i++;
                continue;
            }
            if (state == State.QUOTED) {
                breakRow(UNCLOSED);
            }
            if (c == delimiter && !isLost()) {
                endField(state == State.QUOTE ? i + shift - 1 : i + shift);
                fieldStart = i + shift + 1;
            } else if (c == '\n' || c == '\r') {
                if (!isLost()) {
                    endField(state == State.QUOTE ? i + shift - 1 : i + shift);
                }
                endLine(c);
                finishRow(b, from, i);
                return i + 1;
            } else if (state == State.START) {
                onStart(c, i + shift);
            } else if (state == State.QUOTE) {
                onQuote(c);
            }
            i++;
        }
        return NO_ROW;
    }

    private int plainEnd(byte[] b, int from, int stop) {
        int i = from;
        while (i < stop && b[i] != delimiter && b[i] != '\n' && b[i] != '\r') {
            i++;
        }
        return i;
    }

    private static int quotedEnd(byte[] b, int from, int stop) {
        int i = from;
        while (i < stop && b[i] != '"' && b[i] != '\n' && b[i] != '\r') {
            i++;
        }
        return i;
    }

    private void onStart(byte c, int position) {
        if (c == '"') {
            state = State.QUOTED;
            quoted = true;
            fieldStart = position + 1;
        } else {
            state = State.PLAIN;
        }
    }

    private void onQuoted(byte c, byte previous) {
        if (c == '"') {
            state = State.QUOTE;
        } else if (c == '\r' || previous != '\r') {
            line++;
        }
    }

    private void onQuote(byte c) {
        if (c == '"') {
            state = State.QUOTED;
            escaped = true;
        } else {
            breakRow("text follows a closing quote");
        }
    }

    private void breakRow(String why) {
        state = State.BROKEN;
        broken = why;
        carried = 0;
    }

    /** True when nothing of the row is kept any more. */
    private boolean isLost() {
        return state == State.BROKEN || state == State.SKIP;
    }

    private void endLine(byte c) {
        line++;
        rowEndedWithCr = c == '\r';
    }

    private void endField(int end) {
        if (count < FIELDS_MAX) {
            starts[count] = fieldStart;
            ends[count] = end;
            wasQuoted[count] = quoted;
            hasEscapes[count] = escaped;
        }
        count++;
        quoted = false;
        escaped = false;
        state = State.START;
    }

    private void finishRow(byte[] b, int from, int end) {
        if (state == State.BROKEN) {
            handler.onProblem(new MalformedRow(Cause.MALFORMED, rowLine, broken));
        } else if (state != State.SKIP) {
            boolean whole = carried == 0;
            if (!whole) {
                keep(b, from, end);
            }
            row = whole ? b : carry;
            rowBase = whole ? from : 0;
            handler.onRow();
        }
        startRow();
    }

    private void startRow() {
        state = State.START;
        carried = 0;
        count = 0;
        fieldStart = 0;
        quoted = false;
        escaped = false;
        rowLine = line;
    }

    private void keep(byte[] b, int from, int end) {
        if (end == from) {
            return;
        }
        lastOfPiece = b[end - 1];
        if (isLost()) {
            return;
        }
        int needed = carried + end - from;
        if (needed > carry.length) {
            carry = Arrays.copyOf(carry, Math.min(ROW_MAX, Math.max(needed, carry.length * 2)));
        }
        System.arraycopy(b, from, carry, carried, end - from);
        carried = needed;
    }

    private void overflow() {
        int lines = state == State.QUOTED || state == State.QUOTE ? linesEnd() : 0;
        if (lines > 0) {
            reread(lines);
        } else {
            handler.onProblem(StagedRow.tooLarge(rowLine));
            state = State.SKIP;
            carried = 0;
        }
    }

    /** Length of the whole lines that are kept. */
    private int linesEnd() {
        int end = carried;
        while (end > 0 && carry[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    /** Reads the first {@code lines} kept bytes with quotes that end at the line's end. */
    private void reread(int lines) {
        byte[] again = Arrays.copyOf(carry, carried);
        line = rowLine;
        startRow();
        quotesEndAtLineEnd = true;
        feed(again, 0, lines);
        quotesEndAtLineEnd = lines == again.length;
        feed(again, lines, again.length - lines);
    }
}
