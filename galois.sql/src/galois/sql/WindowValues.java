package galois.sql;

import galois.api.ErrorCode;
import galois.api.query.Catalog;

import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A window as a value, as others write it: {@code SELECT TUMBLE(INTERVAL '1' HOUR) AS w, COUNT(*)
 * FROM s GROUP BY w}. It becomes two columns, {@code "w.start"} and {@code "w.end"}; who selects,
 * groups by, compares or orders by {@code w} further on means both, and {@code w.start} is the one
 * of them. The time column may be left out: it is the event time of what FROM reads.
 */
final class WindowValues {
    private static final Map<String, SqlOperator> GROUPS =
            Map.of(
                    "TUMBLE", SqlStdOperatorTable.TUMBLE_OLD,
                    "HOP", SqlStdOperatorTable.HOP_OLD,
                    "SESSION", SqlStdOperatorTable.SESSION_OLD);

    private static final List<String> BOUNDS = List.of("start", "end");

    private final QueryPlaces places;
    private final WindowTimes times;

    /** Names of windows, in lower case. */
    private final Set<String> names = new HashSet<>();

    private WindowValues(QueryPlaces places, Catalog catalog) {
        this.places = places;
        this.times = new WindowTimes(catalog);
    }

    /** The query without windows as values; changes what it is given. */
    static SqlNode expand(SqlNode query, QueryPlaces places, Catalog catalog) {
        return isThere(query) ? new WindowValues(places, catalog).query(query) : query;
    }

    /** True when there is such a window, or one without its time, anywhere in the query. */
    private static boolean isThere(SqlNode node) {
        if (node instanceof SqlNodeList list) {
            return list.stream().anyMatch(each -> each != null && isThere(each));
        }
        if (node instanceof SqlSelect select
                && select.getSelectList().stream().anyMatch(item -> isValue(bare(item)))) {
            return true;
        }
        if (!(node instanceof SqlCall call)) {
            return false;
        }
        boolean isShort =
                isValue(call)
                        && call.operandCount() > 0
                        && call.operand(0) instanceof SqlIntervalLiteral;
        return isShort
                || UnitWindows.isOne(call)
                || call.getOperandList().stream().anyMatch(o -> o != null && isThere(o));
    }

    private SqlNode query(SqlNode node) {
        if (node instanceof SqlOrderBy order) {
            SqlNode query = query(order.query);
            return new SqlOrderBy(
                    order.getParserPosition(),
                    query,
                    list(order.orderList),
                    order.offset,
                    order.fetch);
        }
        if (node instanceof SqlWith with) {
            for (SqlNode each : with.withList) {
                SqlWithItem item = (SqlWithItem) each;
                times.named(item.name.getSimple(), item.query);
                item.query = query(item.query);
            }
            with.body = query(with.body);
            return with;
        }
        if (node instanceof SqlSelect select) {
            select(select);
            return select;
        }
        if (node instanceof SqlCall call && node.getKind().belongsTo(SqlKind.SET_QUERY)) {
            for (int i = 0; i < call.operandCount(); i++) {
                call.setOperand(i, query(call.operand(i)));
            }
        }
        return node;
    }

    private void select(SqlSelect select) {
        String time = select.getFrom() == null ? null : times.of(select.getFrom());
        if (select.getFrom() != null) {
            select.setFrom(from(select.getFrom()));
        }
        if (select.getGroup() != null) {
            select.setGroupBy(group(select, time));
        }
        SqlParserPos at = select.getSelectList().getParserPosition();
        List<SqlNode> items = new ArrayList<>();
        boolean isGrouped = select.getGroup() != null;
        select.getSelectList().forEach(item -> item(item, isGrouped, time, items));
        select.setSelectList(new SqlNodeList(items, at));
        if (select.getWhere() != null) {
            select.setWhere(expression(select.getWhere()));
        }
        if (select.getHaving() != null) {
            select.setHaving(expression(select.getHaving()));
        }
        if (select.getQualify() != null) {
            select.setQualify(expression(select.getQualify()));
        }
        for (SqlNode window : select.getWindowList()) {
            expression(window);
        }
    }

    private SqlNode from(SqlNode node) {
        if (node instanceof SqlJoin join) {
            join.setLeft(from(join.getLeft()));
            join.setRight(from(join.getRight()));
            if (join.getConditionType() == JoinConditionType.ON) {
                join.setOperand(5, expression(join.getCondition()));
            }
            return join;
        }
        if (node.getKind() == SqlKind.AS) {
            replace((SqlCall) node, 0, from(((SqlCall) node).operand(0)));
            return node;
        }
        return query(node);
    }

    // ---- GROUP BY

    /** Places and names of windows in the select list stand for the windows themselves. */
    private SqlNodeList group(SqlSelect select, String time) {
        boolean isNamed = select.getSelectList().stream().anyMatch(item -> isValue(bare(item)));
        List<SqlNode> keys = new ArrayList<>();
        for (SqlNode key : select.getGroup()) {
            SqlNode standard = UnitWindows.standard(key, places);
            SqlNode meant = isNamed ? meant(standard, select.getSelectList()) : standard;
            if (isValue(meant)) {
                keys.add(window((SqlCall) meant, time));
            } else if (isWindow(meant)) {
                bounds((SqlIdentifier) meant, keys);
            } else {
                keys.add(expression(meant));
            }
        }
        return new SqlNodeList(keys, select.getGroup().getParserPosition());
    }

    private SqlNode meant(SqlNode key, SqlNodeList items) {
        if (key instanceof SqlNumericLiteral place && place.isInteger()) {
            int number = place.intValue(false);
            return number >= 1 && number <= items.size() ? bare(items.get(number - 1)) : key;
        }
        if (key instanceof SqlIdentifier name && name.isSimple()) {
            for (SqlNode item : items) {
                if (isValue(bare(item)) && name.getSimple().equalsIgnoreCase(name(item))) {
                    return bare(item);
                }
            }
        }
        return key;
    }

    private static SqlNode bare(SqlNode item) {
        return item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(0) : item;
    }

    private static String name(SqlNode item) {
        return item.getKind() == SqlKind.AS
                ? ((SqlIdentifier) ((SqlCall) item).operand(1)).getSimple()
                : "window";
    }

    private static String word(SqlNode node) {
        return node instanceof SqlCall call
                ? call.getOperator().getName().replace("$", "").toUpperCase(Locale.ROOT)
                : "";
    }

    /** {@code TUMBLE(...)} where an expression stands. */
    private static boolean isValue(SqlNode node) {
        return GROUPS.containsKey(word(node));
    }

    /** As GROUP BY has it, with its time column. */
    private SqlNode window(SqlCall call, String time) {
        List<SqlNode> operands = operands(call, time);
        return GROUPS.get(word(call)).createCall(call.getParserPosition(), operands);
    }

    private List<SqlNode> operands(SqlCall call, String time) {
        List<SqlNode> operands = new ArrayList<>(call.getOperandList());
        boolean isComplete = operands.isEmpty() || !(operands.get(0) instanceof SqlIntervalLiteral);
        if (isComplete) {
            return operands;
        }
        if (time == null) {
            throw places.error(
                    ErrorCode.SYNTAX,
                    call,
                    "it is not clear which time this window divides: name the column, "
                            + word(call)
                            + "(ts, INTERVAL ...)");
        }
        operands.add(0, new SqlIdentifier(List.of(time), call.getParserPosition()));
        return operands;
    }

    // ---- SELECT

    private void item(SqlNode item, boolean isGrouped, String time, List<SqlNode> items) {
        SqlNode bare = bare(item);
        SqlParserPos at = item.getParserPosition();
        if (isValue(bare)) {
            if (!isGrouped) {
                throw places.error(
                        ErrorCode.SYNTAX,
                        bare,
                        word(bare)
                                + " in SELECT needs GROUP BY with the same window; the windows of"
                                + " single rows come from FROM TABLE("
                                + word(bare)
                                + "(TABLE ...))");
            }
            String name = name(item);
            names.add(name.toLowerCase(Locale.ROOT));
            for (String bound : BOUNDS) {
                String function = word(bare) + "_" + bound.toUpperCase(Locale.ROOT);
                SqlNode call =
                        new SqlBasicCall(unresolved(function), operands((SqlCall) bare, time), at);
                items.add(as(call, name + "." + bound, at));
            }
            return;
        }
        if (isWindow(bare)) {
            String name = item == bare ? last((SqlIdentifier) bare) : name(item);
            names.add(name.toLowerCase(Locale.ROOT));
            List<SqlNode> both = new ArrayList<>();
            bounds((SqlIdentifier) bare, both);
            for (int i = 0; i < both.size(); i++) {
                items.add(as(both.get(i), name + "." + BOUNDS.get(i), at));
            }
            return;
        }
        SqlNode expanded = expression(item);
        boolean isBound = expanded != item && expanded instanceof SqlIdentifier;
        items.add(isBound ? as(expanded, last((SqlIdentifier) item), at) : expanded);
    }

    private static SqlOperator unresolved(String name) {
        return new SqlUnresolvedFunction(
                new SqlIdentifier(name, SqlParserPos.ZERO),
                null,
                null,
                null,
                null,
                SqlFunctionCategory.USER_DEFINED_FUNCTION);
    }

    private static SqlNode as(SqlNode node, String name, SqlParserPos at) {
        return new SqlBasicCall(
                SqlStdOperatorTable.AS,
                List.of(node, new SqlIdentifier(List.of(name), at)),
                node.getParserPosition());
    }

    // ---- names of windows, further on

    private boolean isWindow(SqlNode node) {
        return node instanceof SqlIdentifier name
                && !name.isStar()
                && names.contains(last(name).toLowerCase(Locale.ROOT));
    }

    private static String last(SqlIdentifier name) {
        return name.names.get(name.names.size() - 1);
    }

    private static void bounds(SqlIdentifier window, List<SqlNode> into) {
        for (String bound : BOUNDS) {
            List<String> parts = new ArrayList<>(window.names);
            parts.set(parts.size() - 1, last(window) + "." + bound);
            into.add(new SqlIdentifier(parts, window.getParserPosition()));
        }
    }

    private SqlNodeList list(SqlNodeList list) {
        List<SqlNode> all = new ArrayList<>();
        for (SqlNode node : list) {
            if (isWindow(node)) {
                bounds((SqlIdentifier) node, all);
            } else {
                all.add(expression(node));
            }
        }
        return new SqlNodeList(all, list.getParserPosition());
    }

    private SqlNode expression(SqlNode node) {
        if (node instanceof SqlIdentifier name) {
            return bound(name);
        }
        if (node instanceof SqlNodeList list) {
            return list(list);
        }
        if (node.getKind().belongsTo(SqlKind.QUERY)) {
            return query(node);
        }
        if (node instanceof SqlWindow over) {
            over.setOperand(2, list(over.getPartitionList()));
            over.setOperand(3, list(over.getOrderList()));
            return over;
        }
        if (!(node instanceof SqlCall call)) {
            return node;
        }
        boolean isPair =
                call.getKind() == SqlKind.EQUALS
                        && isWindow(call.operand(0))
                        && isWindow(call.operand(1));
        if (isPair) {
            return equal(call);
        }
        for (int i = 0; i < call.operandCount(); i++) {
            if (call.operand(i) != null) {
                replace(call, i, expression(call.operand(i)));
            }
        }
        return call;
    }

    /** Some calls cannot be changed, and need not be. */
    private static void replace(SqlCall call, int operand, SqlNode other) {
        if (call.operand(operand) != other) {
            call.setOperand(operand, other);
        }
    }

    private static SqlNode equal(SqlCall call) {
        List<SqlNode> left = new ArrayList<>();
        List<SqlNode> right = new ArrayList<>();
        bounds(call.operand(0), left);
        bounds(call.operand(1), right);
        SqlParserPos at = call.getParserPosition();
        List<SqlNode> both = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            both.add(SqlStdOperatorTable.EQUALS.createCall(at, left.get(i), right.get(i)));
        }
        return SqlStdOperatorTable.AND.createCall(at, both);
    }

    /** {@code w.start} as the column that it is; any other name as it is. */
    private SqlIdentifier bound(SqlIdentifier name) {
        int size = name.names.size();
        boolean isBound =
                size >= 2
                        && BOUNDS.contains(last(name).toLowerCase(Locale.ROOT))
                        && names.contains(name.names.get(size - 2).toLowerCase(Locale.ROOT));
        if (!isBound) {
            return name;
        }
        List<String> parts = new ArrayList<>(name.names.subList(0, size - 1));
        parts.set(size - 2, parts.get(size - 2) + "." + last(name).toLowerCase(Locale.ROOT));
        return new SqlIdentifier(parts, name.getParserPosition());
    }
}
