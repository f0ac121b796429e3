package galois.formats;

import galois.api.io.MalformedRow;
import galois.api.io.MalformedRow.Cause;
import galois.batch.Schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which field of the schema each column of a CSV file fills.
 *
 * @param fields per column the index of its field; -1: the column is not wanted
 * @param missing fields that no column fills
 */
record CsvHeader(int[] fields, List<String> missing) {
    /** Columns in the order of the payload's fields. */
    static CsvHeader byPosition(int[] payload) {
        return new CsvHeader(payload, List.of());
    }

    /** Columns by their names, ignoring case; of two columns with one name the first counts. */
    static CsvHeader byName(List<String> names, Schema schema, int[] payload) {
        int[] fields = new int[names.size()];
        Arrays.fill(fields, -1);
        List<String> missing = new ArrayList<>();
        for (int field : payload) {
            int column = find(names, fields, schema.field(field).name());
            if (column < 0) {
                missing.add(schema.field(field).name());
            } else {
                fields[column] = field;
            }
        }
        return new CsvHeader(fields, missing);
    }

    private static int find(List<String> names, int[] taken, String name) {
        int found = -1;
        for (int column = 0; column < names.size(); column++) {
            String candidate = names.get(column).strip();
            boolean free = taken[column] < 0;
            if (free && candidate.equals(name)) {
                return column;
            }
            if (free && found < 0 && candidate.equalsIgnoreCase(name)) {
                found = column;
            }
        }
        return found;
    }

    int columns() {
        return fields.length;
    }

    /** True when not one column is wanted: the file is another one, or has no header. */
    boolean isUseless() {
        for (int field : fields) {
            if (field >= 0) {
                return false;
            }
        }
        return !missing.isEmpty();
    }

    /** What is to be said about the header itself; null when all is well. */
    MalformedRow problem() {
        if (missing.isEmpty()) {
            return null;
        }
        String columns = "\"" + String.join("\", \"", missing) + "\"";
        return isUseless()
                ? new MalformedRow(
                        Cause.MALFORMED,
                        1,
                        "the header has none of the columns "
                                + columns
                                + ": set header = 'false' if the first line is a row")
                : new MalformedRow(
                        Cause.MISSING_FIELD, 1, "the header lacks " + columns + ": NULL is taken");
    }
}
