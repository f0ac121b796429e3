package galois.sql;

import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;

import java.util.List;

/** AND of AND and OR of OR become one, at every depth: Calcite's filters insist on it. */
final class Flattening extends RexShuttle {
    private final RexBuilder builder;

    private Flattening(RexBuilder builder) {
        this.builder = builder;
    }

    static RexNode flat(RexBuilder builder, RexNode node) {
        return node.accept(new Flattening(builder));
    }

    @Override
    public RexNode visitCall(RexCall call) {
        RexCall inner = (RexCall) super.visitCall(call);
        if (inner.getKind() != SqlKind.AND && inner.getKind() != SqlKind.OR) {
            return inner;
        }
        List<RexNode> operands = RexUtil.flatten(inner.getOperands(), inner.getOperator());
        return operands.size() == inner.getOperands().size()
                ? inner
                : builder.makeCall(inner.getType(), inner.getOperator(), operands);
    }
}
