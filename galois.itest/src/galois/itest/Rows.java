package galois.itest;

import galois.api.client.ResultHandler;
import galois.batch.BatchCursor;
import galois.batch.FieldType;
import galois.batch.Schema;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** Keeps the rows of one SELECT as text, fields parted by spaces. */
final class Rows implements ResultHandler {
    private final List<String> rows = new ArrayList<>();
    private Schema schema;

    @Override
    public synchronized void onOpen(Schema opened) {
        schema = opened;
    }

    @Override
    public synchronized void onRows(BatchCursor batch) {
        for (int i = 0; i < batch.rows(); i++) {
            StringJoiner text = new StringJoiner(" ");
            BatchCursor row = batch.row(i);
            for (int field = 0; field < schema.size(); field++) {
                text.add(text(row, field));
            }
            rows.add(text.toString());
        }
        notifyAll();
    }

    private String text(BatchCursor row, int field) {
        if (row.isNull(field)) {
            return "NULL";
        }
        FieldType type = schema.field(field).type();
        return type == FieldType.DOUBLE
                ? Double.toString(row.getDouble(field))
                : type == FieldType.VARCHAR
                        ? row.getString(field)
                        : Long.toString(row.getLong(field));
    }

    /** Returns when there are so many rows, or when none has come for 30 s. */
    synchronized void await(int count) throws InterruptedException {
        int before = -1;
        while (rows.size() < count && rows.size() > before) {
            before = rows.size();
            wait(30_000);
        }
    }

    synchronized List<String> list() {
        return List.copyOf(rows);
    }
}
