package galois.sql;

import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.tools.RelBuilderFactory;

import java.util.function.Consumer;

/** A rule of the optimiser as a pattern and a method. */
final class PlainRule extends RelRule<PlainRule.Pattern> {
    PlainRule(Pattern pattern) {
        super(pattern);
    }

    static RelOptRule of(
            String name, RelRule.OperandTransform operands, Consumer<RelOptRuleCall> onMatch) {
        return new PlainRule(new Pattern(name, operands, onMatch));
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        config.onMatch.accept(call);
    }

    /** What {@link RelRule} wants to know, written out instead of generated. */
    record Pattern(
            String description,
            RelRule.OperandTransform operandSupplier,
            Consumer<RelOptRuleCall> onMatch)
            implements RelRule.Config {
        @Override
        public RelOptRule toRule() {
            return new PlainRule(this);
        }

        @Override
        public RelBuilderFactory relBuilderFactory() {
            return RelFactories.LOGICAL_BUILDER;
        }

        @Override
        public RelRule.Config withRelBuilderFactory(RelBuilderFactory factory) {
            return this;
        }

        @Override
        public RelRule.Config withDescription(String changed) {
            return new Pattern(changed, operandSupplier, onMatch);
        }

        @Override
        public RelRule.Config withOperandSupplier(RelRule.OperandTransform changed) {
            return new Pattern(description, changed, onMatch);
        }
    }
}
