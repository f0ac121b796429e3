package galois.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import galois.api.plan.Expr;

import org.junit.jupiter.api.Test;

import java.util.List;

class ConstantFolderTest {
    /** Whatever is folded has the value that a kernel would compute. */
    @Test
    void foldedCallsKeepTheirValue() {
        for (long seed = 1; seed <= 2_000; seed++) {
            RandomPlans random = new RandomPlans(seed);
            Expr expr = random.bool(new galois.batch.Schema(List.of()), 4);
            List<Expr.Literal> parameters = random.parameters();
            Object before = new Values(parameters, new Object[0]).of(expr);
            Object after = new Values(parameters, new Object[0]).of(fold(expr));
            assertEquals(before, after, "seed " + seed + ": " + expr);
        }
    }

    private static Expr fold(Expr expr) {
        if (!(expr instanceof Expr.Call call)) {
            return expr;
        }
        List<Expr> operands = call.operands().stream().map(ConstantFolderTest::fold).toList();
        return ConstantFolder.fold(new Expr.Call(call.function(), operands, call.type()));
    }
}
