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
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.apache.calcite.sql2rel.SqlRexConvertlet;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Converts our operators one to one: Calcite's own table would insert casts, fold constants and
 * rewrite, and the literals of the text must arrive as they were written.
 */
final class Convertlets implements SqlRexConvertletTable {
    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,18}");
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?\\d{1,18}(\\.\\d{1,18})?([eE][+-]?\\d{1,3})?");

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
            throw places.error(
                    ErrorCode.TYPE_MISMATCH,
                    call,
                    "CAST of "
                            + from
                            + " to "
                            + to
                            + " is not supported: write CASE WHEN ... THEN ... END");
        }
    }

    /**
     * A text constant beside a date, a time or a number becomes one, a whole number beside a text
     * becomes text; other unequal types are refused.
     */
    private void makeComparable(RexBuilder builder, SqlCall call, List<RexNode> operands) {
        FieldType left = SqlTypes.from(operands.get(0).getType());
        FieldType right = SqlTypes.from(operands.get(1).getType());
        boolean isAlike = left == null || right == null || ResultTypes.common(left, right) != null;
        if (isAlike || numberAndText(builder, operands, left, right)) {
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

    private static boolean numberAndText(
            RexBuilder builder, List<RexNode> operands, FieldType left, FieldType right) {
        for (int i = 0; i < 2; i++) {
            FieldType own = i == 0 ? left : right;
            FieldType other = i == 0 ? right : left;
            String constant = constant(own, operands.get(i));
            if (constant == null) {
                continue;
            }
            boolean isNumber =
                    own == FieldType.VARCHAR
                            && (other.isInteger() && WHOLE.matcher(constant).matches()
                                    || other == FieldType.DOUBLE
                                            && NUMBER.matcher(constant).matches());
            FieldType type = isNumber ? (other.isInteger() ? FieldType.BIGINT : other) : null;
            type = own.isInteger() && other == FieldType.VARCHAR ? FieldType.VARCHAR : type;
            if (type == FieldType.BIGINT) {
                RelDataType whole = builder.getTypeFactory().createSqlType(SqlTypeName.BIGINT);
                operands.set(i, builder.makeExactLiteral(new BigDecimal(constant), whole));
                return true;
            }
            if (type != null) {
                RexNode literal = builder.makeLiteral(constant);
                operands.set(i, builder.makeCall(Operators.constant(type), literal));
                return true;
            }
        }
        return false;
    }

    /** The text of a constant of that type; else null. */
    private static String constant(FieldType type, RexNode node) {
        if (type.isInteger()) {
            return node instanceof RexLiteral whole && !whole.isNull()
                    ? whole.getValueAs(BigDecimal.class).toPlainString()
                    : null;
        }
        boolean isConstant =
                node instanceof RexCall call
                        && Operators.constantType(call.getOperator()) == type
                        && call.getOperands().get(0) instanceof RexLiteral;
        return isConstant
                ? ((RexLiteral) ((RexCall) node).getOperands().get(0)).getValueAs(String.class)
                : null;
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
