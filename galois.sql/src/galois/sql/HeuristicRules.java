package galois.sql;

import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.tools.RelBuilderFactory;

import java.util.List;

/** The rewriting rules of the strategy {@code heuristic}, applied until none changes anything. */
final class HeuristicRules {
    /**
     * More applications than any sensible query needs: a guard against rules that undo each other.
     */
    private static final int APPLICATIONS_MAX = 2_000;

    /** Rules build what they say; simplification is a rule of its own. */
    private static final RelBuilderFactory PLAIN = PlainBuilder.FACTORY;

    static final HepProgram PROGRAM =
            new HepProgramBuilder()
                    .addMatchLimit(APPLICATIONS_MAX)
                    .addRuleCollection(
                            List.of(
                                    SimplifyRules.FILTER,
                                    SimplifyRules.PROJECT,
                                    FilterRules.MERGE,
                                    FilterRules.BELOW_PROJECT,
                                    FilterBelowAggregate.RULE,
                                    RepeatRel.FILTER_BELOW,
                                    AsofRel.FILTER_BELOW,
                                    CoreRules.FILTER_SET_OP_TRANSPOSE
                                            .config
                                            .withRelBuilderFactory(PLAIN)
                                            .toRule(),
                                    CoreRules.FILTER_INTO_JOIN
                                            .config
                                            .withRelBuilderFactory(PLAIN)
                                            .toRule(),
                                    CoreRules.JOIN_CONDITION_PUSH
                                            .config
                                            .withRelBuilderFactory(PLAIN)
                                            .toRule(),
                                    CoreRules.UNION_MERGE
                                            .config
                                            .withRelBuilderFactory(PLAIN)
                                            .toRule(),
                                    CoreRules.PROJECT_MERGE
                                            .config
                                            .withRelBuilderFactory(PLAIN)
                                            .toRule(),
                                    CoreRules.PROJECT_REMOVE))
                    .build();

    private HeuristicRules() {}
}
