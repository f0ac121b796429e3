package galois.sql;

import galois.api.ErrorCode;
import galois.api.pattern.Automaton;
import galois.api.pattern.PatternException;
import galois.api.pattern.Program;
import galois.api.plan.Function;
import galois.batch.FieldType;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

import java.util.ArrayList;
import java.util.List;

/**
 * Calls with a pattern: it must be a constant, since it becomes part of the code, and is checked
 * here, where its place in the text is known.
 */
final class PatternRewriter {
    private final QueryPlaces places;
    private final ExpressionRewriter expressions;

    PatternRewriter(QueryPlaces places, ExpressionRewriter expressions) {
        this.places = places;
        this.expressions = expressions;
    }

    /** A condition, negated when its operator is. */
    SqlNode operator(SqlCall call, Function function) {
        boolean hasEscape = function != Function.REGEXP_LIKE;
        SqlNode made = call(call, function, hasEscape ? 3 : 2);
        String name = call.getOperator().getName().toUpperCase(java.util.Locale.ROOT);
        boolean negated =
                name.startsWith("NOT ") || name.startsWith("NEGATED ") || name.equals("!~");
        return negated ? SqlStdOperatorTable.NOT.createCall(call.getParserPosition(), made) : made;
    }

    /**
     * @param most arguments
     */
    SqlNode call(SqlCall call, Function function, int most) {
        if (call.operandCount() < 2 || call.operandCount() > most) {
            throw places.error(
                    ErrorCode.TYPE_MISMATCH,
                    call,
                    function + " takes 2 to " + most + " arguments, found " + call.operandCount());
        }
        String third = null;
        List<SqlNode> operands = new ArrayList<>();
        operands.add(expressions.rewrite(call.operand(0)));
        operands.add(constant(function, call.operand(1)));
        if (call.operandCount() > 2) {
            boolean structural = function.isStructural(2);
            SqlNode given = call.operand(2);
            operands.add(structural ? constant(function, given) : expressions.rewrite(given));
            third = structural ? text(given) : null;
        }
        check(call, function, text(call.operand(1)), third);
        return FunctionTable.of(function).createCall(call.getParserPosition(), operands);
    }

    private static String text(SqlNode node) {
        if (node instanceof SqlNumericLiteral number) {
            return number.bigDecimalValue().toPlainString();
        }
        return node instanceof SqlCharStringLiteral text ? text.getValueAs(String.class) : null;
    }

    private SqlNode constant(Function function, SqlNode node) {
        String text = text(node);
        if (text == null) {
            throw places.unsupported(
                    node,
                    "a pattern of " + function + " that is no constant",
                    "write it as a text in quotes, or use CONTAINS, STARTS_WITH or ENDS_WITH");
        }
        return ExpressionRewriter.constant(FieldType.VARCHAR, text, node.getParserPosition());
    }

    private void check(SqlCall call, Function function, String pattern, String third) {
        try {
            switch (function) {
                case LIKE -> Automaton.whole(Program.like(pattern, third, false));
                case ILIKE -> Automaton.whole(Program.like(pattern, third, true));
                case SIMILAR -> Automaton.whole(Program.similar(pattern, third));
                case REGEXP_LIKE -> Automaton.part(Program.regex(pattern));
                case REGEXP_EXTRACT -> checkGroup(call, Program.regex(pattern), third);
                default -> Program.regex(pattern);
            }
        } catch (PatternException wrong) {
            throw places.error(
                    wrong.isLimit() ? ErrorCode.QUERY_LIMIT : ErrorCode.SYNTAX,
                    call.operand(1),
                    "'" + Messages.shorten(pattern) + "': " + wrong.getMessage());
        }
    }

    private void checkGroup(SqlCall call, Program program, String group) {
        boolean known =
                group == null
                        || group.matches("[0-9]{1,4}")
                                && Integer.parseInt(group) <= program.groups();
        if (!known) {
            throw places.error(
                    ErrorCode.TYPE_MISMATCH,
                    call.operand(2),
                    "the pattern has " + program.groups() + " groups: " + group + " is none");
        }
    }
}
