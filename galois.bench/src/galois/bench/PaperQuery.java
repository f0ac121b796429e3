package galois.bench;

import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import java.util.ArrayList;
import java.util.List;

/**
 * The query of the GALOIS paper: 18 selection conditions over the ELEC stream, and the projection
 * to date and period.
 *
 * <p>Its thresholds are numbered in the order of the text: two for each of the eight attributes
 * (lower, upper), {@link #SLACK} in {@code nswprice <= vicprice + slack}, {@link #SILENT} in {@code
 * transfer <> silent}.
 */
public final class PaperQuery {
    /** The attributes that have a lower and an upper threshold; the first fields of a row. */
    public static final int ATTRIBUTES = 8;

    public static final int DATE = 0;
    public static final int DAY = 1;
    public static final int PERIOD = 2;
    public static final int NSWPRICE = 3;
    public static final int VICPRICE = 5;
    public static final int TRANSFER = 7;

    /** Index of the threshold in {@code nswprice <= vicprice + slack}. */
    public static final int SLACK = 16;

    /** Index of the threshold in {@code transfer <> silent}. */
    public static final int SILENT = 17;

    public static final int THRESHOLDS = 18;

    /** The stream as {@code CREATE STREAM elec} declares it. */
    public static final Schema ELEC =
            Schema.of(
                    new Field("date", FieldType.DOUBLE),
                    new Field("day", FieldType.INTEGER),
                    new Field("period", FieldType.DOUBLE),
                    new Field("nswprice", FieldType.DOUBLE),
                    new Field("nswdemand", FieldType.DOUBLE),
                    new Field("vicprice", FieldType.DOUBLE),
                    new Field("vicdemand", FieldType.DOUBLE),
                    new Field("transfer", FieldType.DOUBLE),
                    new Field("class", FieldType.INTEGER));

    private PaperQuery() {}

    /** The thresholds of the paper's text. */
    public static double[] paperThresholds() {
        return new double[] {
            0.0, 1.0, 1, 7, 0.0, 1.0, 0.02, 0.9, 0.1, 0.95, 0.0, 0.5, 0.05, 0.98, 0.05, 0.99, 0.3,
            0.414912
        };
    }

    /** The plan as the query language and the cluster manager would hand it to the compiler. */
    public static LogicalPlan plan(double[] thresholds) {
        List<Expr.Literal> parameters = new ArrayList<>();
        List<Expr> conditions = new ArrayList<>();
        for (int field = 0; field < ATTRIBUTES; field++) {
            Expr column = new Expr.Column(field, ELEC.type(field));
            for (int side = 0; side < 2; side++) {
                Function function = side == 0 ? Function.GREATER_OR_EQUAL : Function.LESS_OR_EQUAL;
                Expr bound = parameter(parameters, ELEC.type(field), thresholds[2 * field + side]);
                conditions.add(condition(function, column, bound));
            }
        }
        Expr slack =
                new Expr.Call(
                        Function.PLUS,
                        List.of(
                                number(VICPRICE),
                                parameter(parameters, FieldType.DOUBLE, thresholds[SLACK])),
                        FieldType.DOUBLE);
        conditions.add(condition(Function.LESS_OR_EQUAL, number(NSWPRICE), slack));
        Expr silent = parameter(parameters, FieldType.DOUBLE, thresholds[SILENT]);
        conditions.add(condition(Function.NOT_EQUAL, number(TRANSFER), silent));

        LogicalOp source = new LogicalOp.Source("elec", ELEC, -1);
        LogicalOp filter =
                new LogicalOp.Filter(
                        source, new Expr.Call(Function.AND, conditions, FieldType.BOOLEAN));
        Schema result = Schema.of(ELEC.field(DATE), ELEC.field(PERIOD));
        return new LogicalPlan(
                new LogicalOp.Project(filter, List.of(number(DATE), number(PERIOD)), result),
                parameters);
    }

    private static Expr number(int field) {
        return new Expr.Column(field, FieldType.DOUBLE);
    }

    private static Expr condition(Function function, Expr left, Expr right) {
        return new Expr.Call(function, List.of(left, right), FieldType.BOOLEAN);
    }

    private static Expr parameter(List<Expr.Literal> all, FieldType type, double value) {
        String text =
                type == FieldType.DOUBLE ? Double.toString(value) : Long.toString((long) value);
        all.add(new Expr.Literal(type, text));
        return new Expr.Parameter(all.size() - 1, type);
    }
}
