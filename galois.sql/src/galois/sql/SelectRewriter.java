package galois.sql;

import galois.api.ErrorCode;
import galois.api.query.Catalog;

import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlSnapshot;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Goes over a parsed query before validation: refuses what GALOIS does not run with a remedy, and
 * hands the expressions to {@link ExpressionRewriter}.
 */
final class SelectRewriter {
    private static final Set<SqlKind> WINDOW_ARGUMENTS =
            Set.of(SqlKind.LITERAL, SqlKind.IDENTIFIER, SqlKind.EXPLICIT_TABLE);

    private static final Set<SqlKind> SETS =
            Set.of(SqlKind.UNION, SqlKind.INTERSECT, SqlKind.EXCEPT);

    private static final Set<String> WINDOWS = Set.of("TUMBLE", "HOP", "SESSION", "CUMULATE");

    private final QueryPlaces places;
    private final ExpressionRewriter expressions;
    private final OrderRewriter orders;
    private final NamedSelects named;
    private final Snapshots snapshots;
    private final Catalog catalog;
    private final WrittenRows rows;
    private final AsofJoins asofs;
    private int depth;

    SelectRewriter(QueryPlaces places, Catalog catalog, Snapshots snapshots) {
        this.places = places;
        this.snapshots = snapshots;
        this.catalog = catalog;
        named = new NamedSelects(places, catalog);
        rows = new WrittenRows(places);
        asofs = new AsofJoins(places, catalog);
        expressions = new ExpressionRewriter(places, this::query);
        orders = new OrderRewriter(places, expressions);
    }

    /** The query in the form that the validator and the planner understand. */
    SqlNode query(SqlNode node) {
        if (SETS.contains(node.getKind())) {
            return union((SqlCall) node);
        }
        if (node.getKind() == SqlKind.VALUES) {
            return query(rows.of((SqlCall) node));
        }
        if (node instanceof SqlOrderBy order) {
            return orderBy(order);
        }
        if (node instanceof SqlWith with) {
            named.open(with);
            SqlNode body = query(with.body);
            named.close(with);
            return body;
        }
        if (!(node instanceof SqlSelect select)) {
            throw Unsupported.error(places, node);
        }
        if (++depth > Limits.DEPTH_MAX) {
            throw Limits.tooDeep(places.inScript(1, 1));
        }
        checkClauses(select);
        GroupBounds bounds = GroupBounds.of(select, catalog);
        select.setFrom(from(select.getFrom()));
        GroupBounds outer = expressions.within(bounds);
        select.setSelectList(selectList(select.getSelectList()));
        expressions.within(null);
        if (select.getWhere() != null) {
            select.setWhere(expressions.rewrite(select.getWhere()));
        }
        if (select.getGroup() != null) {
            List<SqlNode> groups = new ArrayList<>();
            for (SqlNode group : select.getGroup()) {
                groups.add(expressions.group(group));
            }
            select.setGroupBy(new SqlNodeList(groups, select.getGroup().getParserPosition()));
        }
        expressions.within(bounds);
        if (select.getHaving() != null) {
            select.setHaving(expressions.rewrite(select.getHaving()));
        }
        if (select.getQualify() != null) {
            select.setQualify(expressions.rewrite(select.getQualify()));
        }
        expressions.within(outer);
        for (SqlNode window : select.getWindowList()) {
            orders.window((SqlWindow) window);
        }
        depth--;
        return select;
    }

    private SqlNode orderBy(SqlOrderBy order) {
        if (++depth > Limits.DEPTH_MAX) {
            throw Limits.tooDeep(places.inScript(1, 1));
        }
        orders.checkCount(order.offset, "OFFSET");
        orders.checkCount(order.fetch, "LIMIT");
        SqlNode query = query(order.query);
        depth--;
        return new SqlOrderBy(
                order.getParserPosition(),
                query,
                orders.keys(order.orderList),
                order.offset,
                order.fetch);
    }

    /** Any depth to the left, which is how a list of unions is parsed. */
    private SqlNode union(SqlCall call) {
        SqlCall union = call;
        while (true) {
            union.setOperand(1, query(union.operand(1)));
            if (!SETS.contains(union.operand(0).getKind())) {
                break;
            }
            union = union.operand(0);
        }
        union.setOperand(0, query(union.operand(0)));
        return call;
    }

    private void checkClauses(SqlSelect select) {
        if (select.getFrom() == null) {
            rows.setFrom(select);
        }
        boolean hasKeyword = select.isKeywordPresent(SqlSelectKeyword.STREAM) || select.hasHints();
        if (hasKeyword) {
            throw places.unsupported(select, "this keyword of SELECT", "leave it out");
        }
    }

    private SqlNodeList selectList(SqlNodeList list) {
        List<SqlNode> items = new ArrayList<>();
        for (SqlNode item : list) {
            boolean isStar = item instanceof SqlIdentifier name && name.isStar();
            SqlNode rewritten = isStar ? item : expressions.rewrite(item);
            boolean isBound = rewritten != item && GroupBounds.isName(item);
            items.add(isBound ? GroupBounds.named(rewritten, (SqlIdentifier) item) : rewritten);
        }
        return new SqlNodeList(items, list.getParserPosition());
    }

    private SqlNode from(SqlNode node) {
        switch (node.getKind()) {
            case IDENTIFIER:
                SqlNode select = named.find((SqlIdentifier) node, this::query);
                return select == null ? node : select;
            case TABLE_REF:
                SqlCall reference = (SqlCall) node;
                return reference.operandCount() == 1 ? from(reference.operand(0)) : node;
            case AS:
                SqlCall as = (SqlCall) node;
                as.setOperand(0, aliased(from(as.operand(0))));
                return as;
            case SELECT, UNION, INTERSECT, EXCEPT, VALUES, ORDER_BY, WITH:
                return query(node);
            case SNAPSHOT:
                return snapshots.table((SqlSnapshot) node);
            case COLLECTION_TABLE:
                SqlCall table = (SqlCall) node;
                partitionAsDescriptor(table);
                checkWindowCall(table.operand(0));
                return table;
            case JOIN:
                SqlJoin join = (SqlJoin) node;
                return join(join);
            default:
                throw Unsupported.error(places, node);
        }
    }

    /** A select that has a name gets the one behind AS instead, unless it renames columns. */
    private static SqlNode aliased(SqlNode from) {
        if (from.getKind() != SqlKind.AS) {
            return from;
        }
        SqlCall as = (SqlCall) from;
        return as.operandCount() == 2 ? as.operand(0) : allOf(as);
    }

    private SqlNode join(SqlJoin written) {
        if (++depth > Limits.DEPTH_MAX) {
            throw Limits.tooDeep(places.inScript(1, 1));
        }
        AsofJoins.Nearest nearest = asofs.of(written);
        SqlJoin join = nearest == null ? written : nearest.join();
        Snapshots.check(join);
        join.setLeft(from(join.getLeft()));
        join.setRight(from(join.getRight()));
        if (join.getConditionType() == JoinConditionType.ON) {
            join.setOperand(5, expressions.rewrite(join.getCondition()));
        }
        if (nearest != null) {
            SqlNode match = expressions.rewrite(nearest.match());
            join.setOperand(5, AsofJoins.Nearest.marked(join.getCondition(), match));
        }
        depth--;
        return join;
    }

    /** {@code TUMBLE(s, ts, size)}: the stream and the column of the time as they are meant. */
    private static void bareNames(SqlBasicCall call) {
        if (call.operandCount() < 2 || !(call.operand(0) instanceof SqlIdentifier stream)) {
            return;
        }
        call.setOperand(
                0,
                SqlStdOperatorTable.EXPLICIT_TABLE.createCall(stream.getParserPosition(), stream));
        if (call.operand(1) instanceof SqlIdentifier time) {
            call.setOperand(
                    1, SqlStdOperatorTable.DESCRIPTOR.createCall(time.getParserPosition(), time));
        }
    }

    /** The select that {@code TABLE name} stands for; null when it is a stream. */
    private SqlNode named(SqlNode table) {
        boolean isName =
                table.getKind() == SqlKind.EXPLICIT_TABLE
                        && ((SqlCall) table).operand(0) instanceof SqlIdentifier;
        return isName ? named.find(((SqlCall) table).operand(0), this::query) : null;
    }

    /** The planner reads a bare UNION in a table function as its first select. */
    private static SqlNode allOf(SqlNode from) {
        SqlParserPos at = from.getParserPosition();
        SqlNodeList star = SqlNodeList.of(SqlIdentifier.star(at));
        return new SqlSelect(
                at, null, star, from, null, null, null, null, null, null, null, null, null);
    }

    private static void setArgument(SqlBasicCall call, int index, SqlNode argument) {
        if (call.operand(index).getKind() == SqlKind.ARGUMENT_ASSIGNMENT) {
            ((SqlCall) call.operand(index)).setOperand(0, argument);
        } else {
            call.setOperand(index, argument);
        }
    }

    private static boolean isDescriptor(SqlNode node) {
        return node instanceof SqlCall call
                && call.getOperator().getName().equalsIgnoreCase("DESCRIPTOR");
    }

    private void checkWindowCall(SqlNode node) {
        boolean isWindow =
                node instanceof SqlCall call
                        && WINDOWS.contains(call.getOperator().getName().toUpperCase(Locale.ROOT));
        if (!isWindow) {
            throw Unsupported.error(places, node);
        }
        SqlBasicCall call = (SqlBasicCall) node;
        bareNames(call);
        for (int i = 0; i < call.operandCount(); i++) {
            SqlNode operand = call.operand(i);
            if (operand.getKind() == SqlKind.ARGUMENT_ASSIGNMENT) {
                operand = ((SqlCall) operand).operand(0);
            }
            SqlNode select = i == 0 ? named(operand) : null;
            if (select != null) {
                setArgument(call, 0, allOf(select));
                continue;
            }
            boolean isArgument =
                    WINDOW_ARGUMENTS.contains(operand.getKind()) || isDescriptor(operand);
            if (operand.getKind() == SqlKind.SELECT) {
                query(operand);
            } else if (operand.getKind() == SqlKind.UNION) {
                setArgument(call, i, allOf(query(operand)));
            } else if (!isArgument) {
                throw places.error(
                        ErrorCode.SYNTAX,
                        operand,
                        "expected "
                                + call.getOperator().getName().toUpperCase(Locale.ROOT)
                                + "(TABLE stream, DESCRIPTOR(ts), INTERVAL '1' MINUTE)");
            }
        }
    }

    /**
     * {@code SESSION(TABLE s PARTITION BY k, DESCRIPTOR(ts), gap)} as the validator knows it:
     * {@code SESSION(TABLE s, DESCRIPTOR(ts), DESCRIPTOR(k), gap)}.
     */
    private static void partitionAsDescriptor(SqlCall table) {
        boolean isPartitioned =
                table.operand(0) instanceof SqlCall call
                        && call.operandCount() > 1
                        && call.operand(0).getKind() == SqlKind.SET_SEMANTICS_TABLE;
        if (!isPartitioned) {
            return;
        }
        SqlCall call = table.operand(0);
        SqlCall set = call.operand(0);
        List<SqlNode> operands = new ArrayList<>(call.getOperandList());
        operands.set(0, set.operand(0));
        SqlNodeList keys = set.operand(1);
        if (!keys.isEmpty()) {
            SqlParserPos at = keys.getParserPosition();
            operands.add(2, SqlStdOperatorTable.DESCRIPTOR.createCall(at, keys.getList()));
        }
        table.setOperand(
                0, new SqlBasicCall(call.getOperator(), operands, call.getParserPosition()));
    }
}
