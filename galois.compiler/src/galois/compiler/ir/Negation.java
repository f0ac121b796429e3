package galois.compiler.ir;

import java.util.Map;

/** The logical opposite of a condition, in one instruction where there is one. */
final class Negation {
    /**
     * Integers and equality only: the opposite of an ordered comparison of doubles differs for NaN.
     */
    private static final Map<Op, Op> OPPOSITE =
            Map.ofEntries(
                    Map.entry(Op.I32_EQ, Op.I32_NE),
                    Map.entry(Op.I32_NE, Op.I32_EQ),
                    Map.entry(Op.I32_LT_S, Op.I32_GE_S),
                    Map.entry(Op.I32_GE_S, Op.I32_LT_S),
                    Map.entry(Op.I32_GT_S, Op.I32_LE_S),
                    Map.entry(Op.I32_LE_S, Op.I32_GT_S),
                    Map.entry(Op.I32_GE_U, Op.I32_LT_U),
                    Map.entry(Op.I32_GT_U, Op.I32_LE_U),
                    Map.entry(Op.I32_LE_U, Op.I32_GT_U),
                    Map.entry(Op.I64_EQ, Op.I64_NE),
                    Map.entry(Op.I64_NE, Op.I64_EQ),
                    Map.entry(Op.I64_LT_S, Op.I64_GE_S),
                    Map.entry(Op.I64_GE_S, Op.I64_LT_S),
                    Map.entry(Op.I64_GT_S, Op.I64_LE_S),
                    Map.entry(Op.I64_LE_S, Op.I64_GT_S),
                    Map.entry(Op.F64_EQ, Op.F64_NE),
                    Map.entry(Op.F64_NE, Op.F64_EQ));

    private Negation() {}

    static Value of(Value value) {
        if (value instanceof Value.Apply apply) {
            if (apply.op() == Op.I32_LT_U) {
                return apply.operands().get(0).geUnsigned(apply.operands().get(1));
            }
            Op opposite = OPPOSITE.get(apply.op());
            if (opposite != null) {
                return new Value.Apply(opposite, apply.operands());
            }
            if (apply.op() == Op.I32_EQZ && isCondition(apply.operands().get(0))) {
                return apply.operands().get(0);
            }
        }
        return Value.of(Types.pick(value.type(), Op.I32_EQZ, Op.I64_EQZ), value);
    }

    private static boolean isCondition(Value value) {
        return value instanceof Value.Apply apply && apply.op().ordinal() <= Op.F64_GE.ordinal();
    }
}
