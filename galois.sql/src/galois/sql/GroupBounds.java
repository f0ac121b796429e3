package galois.sql;

import galois.api.plan.StreamDefinition;
import galois.api.query.Catalog;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

import java.util.Locale;
import java.util.Optional;

/**
 * {@code window_start}, {@code window_end} and {@code window_time} of a window that stands in GROUP
 * BY, over a stream that has no such columns.
 *
 * @param window the call in GROUP BY
 * @param stream where the names are looked up first
 */
record GroupBounds(SqlCall window, StreamDefinition stream) {
    /** Null for a select without such a window, or over anything but one stream. */
    static GroupBounds of(SqlSelect select, Catalog catalog) {
        if (select.getGroup() == null || select.getFrom() == null) {
            return null;
        }
        SqlNode from = select.getFrom();
        while (from.getKind() == SqlKind.AS || from.getKind() == SqlKind.TABLE_REF) {
            from = ((SqlCall) from).operand(0);
        }
        Optional<StreamDefinition> stream =
                from instanceof SqlIdentifier name && name.isSimple()
                        ? catalog.stream(name.getSimple())
                        : Optional.empty();
        for (SqlNode group : select.getGroup()) {
            boolean isWindow =
                    group instanceof SqlCall call
                            && (WindowCalls.isGroupOperator(call.getOperator())
                                    || CountWindow.isNamed(call));
            if (isWindow && stream.isPresent()) {
                return new GroupBounds((SqlCall) group, stream.get());
            }
        }
        return null;
    }

    static boolean isName(SqlNode node) {
        return node instanceof SqlIdentifier name
                && name.isSimple()
                && WindowTables.COLUMNS.contains(name.getSimple().toLowerCase(Locale.ROOT));
    }

    /** The bound of that name; null when it is none. */
    SqlNode find(SqlIdentifier name) {
        String word = name.names.get(0).toLowerCase(Locale.ROOT);
        int bound = WindowTables.COLUMNS.indexOf(word);
        boolean isColumn =
                stream.schema().fields().stream()
                        .anyMatch(field -> field.name().equalsIgnoreCase(word));
        // The last row of a counted window is in it: no time is just ahead of its end.
        if (!isName(name) || isColumn || bound > 1 && CountWindow.isNamed(window)) {
            return null;
        }
        SqlParserPos at = name.getParserPosition();
        SqlNode start = start().createCall(at, window.getOperandList());
        return switch (bound) {
            case 0 -> start;
            case 1 -> WindowCalls.END.createCall(at, start);
            default -> WindowCalls.TIME.createCall(at, start);
        };
    }

    private SqlOperator start() {
        if (CountWindow.isNamed(window)) {
            return CountWindow.OPERATOR;
        }
        return switch (window.getOperator().getName().replace("$", "").toUpperCase(Locale.ROOT)) {
            case "HOP" -> SqlStdOperatorTable.HOP_START;
            case "SESSION" -> SqlStdOperatorTable.SESSION_START;
            default -> SqlStdOperatorTable.TUMBLE_START;
        };
    }

    /** What stands for a name keeps it. */
    static SqlNode named(SqlNode bound, SqlIdentifier name) {
        return SqlStdOperatorTable.AS.createCall(
                name.getParserPosition(), bound, name.getComponent(name.names.size() - 1));
    }
}
