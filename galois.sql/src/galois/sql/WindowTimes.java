package galois.sql;

import galois.api.plan.StreamDefinition;
import galois.api.query.Catalog;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Finds the event time of what FROM reads, for windows that do not name it. */
final class WindowTimes {
    private final Catalog catalog;
    private final Map<String, SqlNode> named = new HashMap<>();

    WindowTimes(Catalog catalog) {
        this.catalog = catalog;
    }

    /** A select of WITH. */
    void named(String name, SqlNode query) {
        named.put(name.toLowerCase(Locale.ROOT), query);
    }

    /** The name of the column; {@code null} when there is none, or not just one. */
    String of(SqlNode from) {
        if (from.getKind() == SqlKind.AS) {
            return ((SqlCall) from).operandCount() == 2 ? of(((SqlCall) from).operand(0)) : null;
        }
        if (from.getKind() == SqlKind.TABLE_REF) {
            return of(((SqlCall) from).operand(0));
        }
        if (from instanceof SqlIdentifier name && name.isSimple()) {
            String key = name.getSimple().toLowerCase(Locale.ROOT);
            SqlNode query = named.remove(key); // inside of itself the name means something else
            if (query == null) {
                return ofStream(name.getSimple());
            }
            String time = of(query);
            named.put(key, query);
            return time;
        }
        return from instanceof SqlSelect select && select.getFrom() != null ? of(select) : null;
    }

    private String ofStream(String name) {
        StreamDefinition stream = catalog.stream(name).orElse(null);
        return stream == null || stream.timeField() < 0
                ? null
                : stream.schema().field(stream.timeField()).name();
    }

    private String of(SqlSelect select) {
        String below = of(select.getFrom());
        if (below == null || select.getGroup() != null) {
            return null;
        }
        for (SqlNode item : select.getSelectList()) {
            boolean isAs = item.getKind() == SqlKind.AS;
            SqlNode bare = isAs ? ((SqlCall) item).operand(0) : item;
            if (!(bare instanceof SqlIdentifier column)) {
                continue;
            }
            if (column.isStar()) {
                return below;
            }
            if (column.names.get(column.names.size() - 1).equalsIgnoreCase(below)) {
                SqlNode alias = isAs ? ((SqlCall) item).operand(1) : null;
                return alias == null ? below : ((SqlIdentifier) alias).getSimple();
            }
        }
        return null;
    }
}
