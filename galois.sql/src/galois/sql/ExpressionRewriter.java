package galois.sql;

import galois.api.ErrorCode;
import galois.batch.FieldType;

import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlBetweenOperator;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Brings expressions to the few forms the planner knows: BETWEEN and IN become comparisons, chains
 * of AND and OR balanced trees (so that their length costs no stack), literals exact constants.
 * Everything else that is not ours is refused.
 */
final class ExpressionRewriter {
    /** Nodes after rewriting: IN and BETWEEN repeat their left side. */
    static final int NODES_MAX = 20_000;

    private static final Set<SqlKind> GROUPINGS =
            Set.of(SqlKind.ROLLUP, SqlKind.CUBE, SqlKind.GROUPING_SETS, SqlKind.ROW);

    private final QueryPlaces places;
    private final UnaryOperator<SqlNode> selects;
    private final LiteralRewriter literals;
    private final CallRewriter calls;
    private GroupBounds bounds;
    private int depth;
    private int nodes;

    /**
     * @param selects rewrites a select inside an expression
     */
    ExpressionRewriter(QueryPlaces places, UnaryOperator<SqlNode> selects) {
        this.places = places;
        this.selects = selects;
        literals = new LiteralRewriter(places);
        calls = new CallRewriter(places, this);
    }

    /**
     * What names of bounds mean from now on; null: nothing.
     *
     * @return what they meant
     */
    GroupBounds within(GroupBounds other) {
        GroupBounds before = bounds;
        bounds = other;
        return before;
    }

    /** A member of GROUP BY: an expression, or a window. */
    SqlNode group(SqlNode node) {
        if (node instanceof SqlCall call && WindowCalls.isGroupOperator(call.getOperator())) {
            WindowCalls.checkGroup(call, places);
            return call.getOperator()
                    .createCall(call.getParserPosition(), ArrivalTime.operands(call));
        }
        if (CountWindow.isNamed(node)) {
            return CountWindow.checked((SqlCall) node, places);
        }
        if (node instanceof SqlNodeList list) {
            List<SqlNode> members = list.getList().stream().map(this::group).toList();
            return new SqlNodeList(members, list.getParserPosition());
        }
        if (node instanceof SqlCall call && GROUPINGS.contains(node.getKind())) {
            List<SqlNode> members = call.getOperandList().stream().map(this::group).toList();
            return call.getOperator().createCall(call.getParserPosition(), members);
        }
        return rewrite(node);
    }

    SqlNode rewrite(SqlNode node) {
        if (++depth > Limits.DEPTH_MAX) {
            throw Limits.tooDeep(place(node));
        }
        if (++nodes > NODES_MAX) {
            throw places.error(
                    ErrorCode.QUERY_LIMIT,
                    node,
                    "the expressions have more than " + NODES_MAX + " parts: shorten the IN lists");
        }
        SqlNode rewritten = rewriteNode(node);
        depth--;
        return rewritten;
    }

    private galois.api.TextPosition place(SqlNode node) {
        SqlParserPos at = node.getParserPosition();
        return places.inScript(at.getLineNum(), at.getColumnNum());
    }

    private SqlNode rewriteNode(SqlNode node) {
        if (node instanceof SqlIdentifier name) {
            SqlNode bound = bounds == null ? null : bounds.find(name);
            if (bound != null) {
                return bound;
            }
            SqlNode constant = calls.functions().constant(name);
            return constant == null ? name : constant;
        }
        if (node instanceof SqlLiteral literal) {
            return literals.rewrite(literal);
        }
        if (node instanceof SqlCase choice) {
            return rewriteCase(choice);
        }
        if (!(node instanceof SqlCall call)) {
            throw Unsupported.error(places, node);
        }
        return switch (call.getKind()) {
            case AND, OR -> chain(call);
            case BETWEEN -> between(call);
            case IN, NOT_IN -> in(call);
            case EXISTS -> {
                call.setOperand(0, selects.apply(call.operand(0)));
                yield call;
            }
            case SCALAR_QUERY, SELECT, WITH, ORDER_BY -> selects.apply(call);
            case MINUS_PREFIX -> negated(call);
            case OVER -> new OrderRewriter(places, this).over(call);
            case PLUS_PREFIX -> rewrite(call.operand(0));
            default -> calls.rewrite(call);
        };
    }

    private SqlNode rewriteCase(SqlCase choice) {
        SqlNode otherwise = choice.getElseOperand();
        return new SqlCase(
                choice.getParserPosition(),
                null,
                rewriteAll(choice.getWhenOperands()),
                rewriteAll(choice.getThenOperands()),
                otherwise == null ? null : rewrite(otherwise));
    }

    private SqlNodeList rewriteAll(SqlNodeList list) {
        List<SqlNode> rewritten = new ArrayList<>();
        for (SqlNode node : list) {
            rewritten.add(rewrite(node));
        }
        return new SqlNodeList(rewritten, list.getParserPosition());
    }

    private SqlNode chain(SqlCall call) {
        List<SqlNode> operands = new ArrayList<>();
        Deque<SqlNode> open = new ArrayDeque<>();
        open.push(call);
        while (!open.isEmpty()) {
            SqlNode node = open.pop();
            if (node.getKind() == call.getKind()) {
                open.push(((SqlCall) node).operand(1));
                open.push(((SqlCall) node).operand(0));
            } else {
                operands.add(rewrite(node));
            }
        }
        return balanced(call.getOperator(), operands, call.getParserPosition());
    }

    private static SqlNode balanced(SqlOperator operator, List<SqlNode> operands, SqlParserPos at) {
        if (operands.size() == 1) {
            return operands.get(0);
        }
        int middle = operands.size() / 2;
        return operator.createCall(
                at,
                balanced(operator, operands.subList(0, middle), at),
                balanced(operator, operands.subList(middle, operands.size()), at));
    }

    private SqlNode between(SqlCall call) {
        SqlBetweenOperator between = (SqlBetweenOperator) call.getOperator();
        SqlParserPos at = call.getParserPosition();
        SqlNode inside = inside(call, 1, 2, at);
        if (between.flag == SqlBetweenOperator.Flag.SYMMETRIC) {
            inside = SqlStdOperatorTable.OR.createCall(at, inside, inside(call, 2, 1, at));
        }
        return between.isNegated() ? SqlStdOperatorTable.NOT.createCall(at, inside) : inside;
    }

    /** The first operand is not less than one of the others and not greater than another. */
    private SqlNode inside(SqlCall call, int low, int high, SqlParserPos at) {
        return SqlStdOperatorTable.AND.createCall(
                at,
                SqlStdOperatorTable.GREATER_THAN_OR_EQUAL.createCall(
                        at, rewrite(call.operand(0)), rewrite(call.operand(low))),
                SqlStdOperatorTable.LESS_THAN_OR_EQUAL.createCall(
                        at, rewrite(call.operand(0)), rewrite(call.operand(high))));
    }

    private SqlNode in(SqlCall call) {
        if (!(call.operand(1) instanceof SqlNodeList list)) {
            call.setOperand(0, rewrite(call.operand(0)));
            call.setOperand(1, selects.apply(call.operand(1)));
            return call;
        }
        boolean isNegated = call.getKind() == SqlKind.NOT_IN;
        SqlOperator compare =
                isNegated ? SqlStdOperatorTable.NOT_EQUALS : SqlStdOperatorTable.EQUALS;
        SqlParserPos at = call.getParserPosition();
        List<SqlNode> comparisons = new ArrayList<>();
        for (SqlNode value : list) {
            comparisons.add(compare.createCall(at, rewrite(call.operand(0)), rewrite(value)));
        }
        return balanced(
                isNegated ? SqlStdOperatorTable.AND : SqlStdOperatorTable.OR, comparisons, at);
    }

    private SqlNode negated(SqlCall call) {
        SqlNode operand = call.operand(0);
        boolean isNumber =
                operand instanceof SqlLiteral literal
                        && !(operand instanceof SqlIntervalLiteral)
                        && literal.getValue() instanceof BigDecimal;
        if (isNumber) {
            BigDecimal value = ((SqlLiteral) operand).bigDecimalValue();
            return literals.number(value.negate(), call.getParserPosition());
        }
        return new SqlBasicCall(
                SqlStdOperatorTable.UNARY_MINUS,
                Collections.singletonList(rewrite(operand)),
                call.getParserPosition());
    }

    /** The exact constant of a type, as a call that Calcite leaves alone. */
    static SqlNode constant(FieldType type, String text, SqlParserPos at) {
        return Operators.constant(type).createCall(at, SqlLiteral.createCharString(text, at));
    }
}
