package galois.itest.forms;

import java.util.List;
import java.util.Map;

/**
 * What stands behind FROM.
 *
 * @param columns that can be read
 * @param time the event time, null: rows have none
 * @param id tells rows apart, null: nothing does
 * @param isArrival rows come in the order of {@code id}
 */
record Relation(
        Map<Dialect, String> texts, List<Form> columns, String time, String id, boolean isArrival) {
    String text(Dialect dialect) {
        return texts.get(dialect);
    }
}
