package galois.sql;

import galois.api.ErrorCode;
import galois.batch.FieldType;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlWindowTableFunction;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.apache.calcite.sql2rel.SqlRexConvertlet;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;

import java.util.ArrayList;
import java.util.List;

/**
 * Converts our operators one to one: Calcite's own table would insert casts, fold constants and
 * rewrite, and the literals of the text must arrive as they were written.
 */
final class Convertlets implements SqlRexConvertletTable {
    private final QueryPlaces places;

    Convertlets(QueryPlaces places) {
        this.places = places;
    }

    @Override
    public SqlRexConvertlet get(SqlCall call) {
        return this::convert;
    }

    private RexNode convert(SqlRexContext context, SqlCall call) {
        RexBuilder builder = context.getRexBuilder();
        boolean isTry = call.getKind() == SqlKind.SAFE_CAST;
        if (isTry || call.getOperator() == SqlStdOperatorTable.CAST) {
            RexNode operand = context.convertExpression(call.operand(0));
            RelDataType target = type(context, call, List.of(operand));
            checkCast(call, SqlTypes.from(operand.getType()), SqlTypes.from(target));
            return builder.makeAbstractCast(target, operand, isTry);
        }
        if (call.getKind() == SqlKind.AS) {
            return context.convertExpression(call.operand(0));
        }
        List<RexNode> operands = new ArrayList<>();
        if (call instanceof SqlCase choice) {
            for (int i = 0; i < choice.getWhenOperands().size(); i++) {
                operands.add(context.convertExpression(choice.getWhenOperands().get(i)));
                operands.add(context.convertExpression(choice.getThenOperands().get(i)));
            }
            operands.add(context.convertExpression(choice.getElseOperand()));
        } else {
            // The first operand of a table function is its input, an operator by now.
            int first = call.getOperator() instanceof SqlWindowTableFunction ? 1 : 0;
            for (int i = first; i < call.operandCount(); i++) {
                boolean isStar = call.operand(i) instanceof SqlIdentifier name && name.isStar();
                if (!isStar) { // COUNT(*) OVER
                    operands.add(context.convertExpression(call.operand(i)));
                }
            }
        }
        if (call.getKind().belongsTo(SqlKind.COMPARISON)) {
            makeComparable(builder, call, operands);
        }
        RelDataType type = type(context, call, operands);
        boolean isChain = call.getKind() == SqlKind.AND || call.getKind() == SqlKind.OR;
        return builder.makeCall(
                type,
                call.getOperator(),
                isChain ? RexUtil.flatten(operands, call.getOperator()) : operands);
    }

    private void checkCast(SqlCall call, FieldType from, FieldType to) {
        if (from != null && to != null && !ResultTypes.canCast(from, to)) {
            throw places.error(ErrorCode.TYPE_MISMATCH, call, "cannot cast " + from + " to " + to);
        }
    }

    /** A text constant beside a date or time becomes one; other unequal types are refused. */
    private void makeComparable(RexBuilder builder, SqlCall call, List<RexNode> operands) {
        FieldType left = SqlTypes.from(operands.get(0).getType());
        FieldType right = SqlTypes.from(operands.get(1).getType());
        boolean isAlike = left == null || right == null || ResultTypes.common(left, right) != null;
        if (isAlike) {
            return;
        }
        int text = left == FieldType.VARCHAR ? 0 : 1;
        FieldType other = text == 0 ? right : left;
        boolean hasText = left == FieldType.VARCHAR || right == FieldType.VARCHAR;
        Long cell = hasText ? cell(other, operands.get(text)) : null;
        if (cell == null) {
            throw places.error(
                    ErrorCode.TYPE_MISMATCH,
                    call,
                    "cannot compare "
                            + left
                            + " with "
                            + right
                            + ": use CAST to bring them to one type");
        }
        operands.set(
                text,
                builder.makeCall(
                        Operators.constant(other), builder.makeLiteral(Long.toString(cell))));
    }

    /** Of a text constant that is a date or time; else null. */
    private static Long cell(FieldType type, RexNode node) {
        boolean isConstant =
                node instanceof RexCall call
                        && Operators.constantType(call.getOperator()) == FieldType.VARCHAR;
        if (!isConstant) {
            return null;
        }
        RexLiteral text = (RexLiteral) ((RexCall) node).getOperands().get(0);
        return Timestamps.parse(type, text.getValueAs(String.class));
    }

    private static RelDataType type(SqlRexContext context, SqlCall call, List<RexNode> operands) {
        RelDataType known = context.getValidator().getValidatedNodeTypeIfKnown(call);
        return known != null
                ? known
                : context.getRexBuilder().deriveReturnType(call.getOperator(), operands);
    }
}
