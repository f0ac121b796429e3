package galois.demo.elec;

import galois.api.ErrorCode;
import galois.api.GaloisException;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rows of a CSV file with a header that names the attributes, in any order; others are ignored. */
public final class FileRows implements ElecRows {
    private final Path file;
    private final BufferedReader reader;
    private final List<Integer> columns = new ArrayList<>();
    private final long rows;
    private long n;

    /**
     * @param rows after which the sequence ends, even if the file has more
     * @throws GaloisException USAGE when it cannot be read or lacks an attribute
     */
    public FileRows(Path file, long rows) {
        this.file = file;
        this.rows = rows;
        try {
            reader = Files.newBufferedReader(file);
        } catch (IOException e) {
            throw new GaloisException(
                    ErrorCode.USAGE, "\"" + file + "\" cannot be read: check the path", e);
        }
        List<String> header = fields(line());
        for (String attribute : ElecRow.ATTRIBUTES) {
            int column = header.indexOf(attribute);
            if (column < 0) {
                close();
                throw new GaloisException(
                        ErrorCode.USAGE,
                        "\""
                                + file
                                + "\" has no column \""
                                + attribute
                                + "\": its first line must name "
                                + String.join(", ", ElecRow.ATTRIBUTES));
            }
            columns.add(column);
        }
    }

    @Override
    public String origin() {
        return "rows of " + file.getFileName();
    }

    @Override
    public ElecRow next() {
        String line = n >= rows ? null : line();
        while (line != null && line.isBlank()) {
            line = line();
        }
        if (line == null) {
            return null;
        }
        String[] fields = line.split(",", -1);
        List<String> values = new ArrayList<>();
        for (int column : columns) {
            values.add(column < fields.length ? fields[column].strip() : "");
        }
        return new ElecRow(n++, List.copyOf(values));
    }

    private static List<String> fields(String header) {
        List<String> names = new ArrayList<>();
        if (header != null) {
            for (String name : header.split(",", -1)) {
                names.add(name.strip().replace("\"", "").toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }

    private String line() {
        try {
            return reader.readLine();
        } catch (IOException e) {
            throw new GaloisException(
                    ErrorCode.SOURCE_OPEN, "\"" + file + "\" cannot be read: is it text?", e);
        }
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw new GaloisException(
                    ErrorCode.SOURCE_OPEN, "\"" + file + "\" cannot be closed", e);
        }
    }
}
