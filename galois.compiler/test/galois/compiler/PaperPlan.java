package galois.compiler;

import static galois.compiler.Exprs.call;
import static galois.compiler.Exprs.column;
import static galois.compiler.Exprs.literal;
import static galois.compiler.Exprs.parameter;
import static galois.compiler.Exprs.test;

import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import java.util.ArrayList;
import java.util.List;

/** The query of the paper over ELEC: 18 conditions, two columns. */
final class PaperPlan {
    private static final FieldType D = FieldType.DOUBLE;

    static final Schema ELEC =
            Schema.of(
                    new Field("date", D),
                    new Field("day", FieldType.INTEGER),
                    new Field("period", D),
                    new Field("nswprice", D),
                    new Field("nswdemand", D),
                    new Field("vicprice", D),
                    new Field("vicdemand", D),
                    new Field("transfer", D),
                    new Field("class", FieldType.INTEGER));

    private PaperPlan() {}

    static LogicalPlan plan() {
        return plan(
                "0.0",
                "1.0",
                "1",
                "7",
                "0.0",
                "1.0",
                "0.02",
                "0.9",
                "0.1",
                "0.95",
                "0.0",
                "0.5",
                "0.05",
                "0.98",
                "0.05",
                "0.99",
                "0.3",
                "0.414912");
    }

    /** The same query with other thresholds. */
    static LogicalPlan plan(String... thresholds) {
        List<Expr.Literal> parameters = new ArrayList<>();
        List<Expr> conditions = new ArrayList<>();
        for (int i = 0; i < 18; i++) {
            FieldType type = i == 2 || i == 3 ? FieldType.INTEGER : D;
            parameters.add(literal(type, thresholds[i]));
        }
        for (int field = 0; field < 8; field++) {
            FieldType type = ELEC.type(field);
            Expr value = column(field, type);
            conditions.add(test(Function.GREATER_OR_EQUAL, value, parameter(2 * field, type)));
            conditions.add(test(Function.LESS_OR_EQUAL, value, parameter(2 * field + 1, type)));
        }
        Expr sum = call(Function.PLUS, D, column(5, D), parameter(16, D));
        conditions.add(test(Function.LESS_OR_EQUAL, column(3, D), sum));
        conditions.add(test(Function.NOT_EQUAL, column(7, D), parameter(17, D)));
        LogicalOp plan = new LogicalOp.Source("elec", ELEC, -1);
        plan = new LogicalOp.Filter(plan, test(Function.AND, conditions.toArray(Expr[]::new)));
        Schema output = Schema.of(new Field("date", D), new Field("period", D));
        plan = new LogicalOp.Project(plan, List.of(column(0, D), column(2, D)), output);
        return new LogicalPlan(plan, parameters);
    }
}
