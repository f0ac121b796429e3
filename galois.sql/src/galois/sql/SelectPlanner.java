package galois.sql;

import galois.api.plan.LogicalPlan;
import galois.api.query.Catalog;

import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.sql.SqlNode;

/**
 * From the text of a query to a plan: Calcite parses and validates, the result is translated to our
 * algebra and its literals become parameters. Thread safe.
 */
final class SelectPlanner {
    /** Plans all tokens that {@code in} has left. */
    LogicalPlan plan(TokenReader in, Catalog catalog) {
        NestingCheck.check(in);
        CalciteText text = CalciteDialect.of(in.source().text(), in.rest(), catalog);
        QueryPlaces places = new QueryPlaces(in.source().start(), text);
        try {
            SqlNode parsed = CalciteParser.parse(places);
            SqlNode query = new SelectRewriter(places).query(parsed);
            RelRoot root = new CalciteValidation(places, catalog).toRel(query);
            PlanBuilder builder = new PlanBuilder(places);
            return Lifting.lift(builder.build(root));
        } catch (StackOverflowError tooDeep) {
            throw Limits.tooDeep(in.inScript(in.peek().position()));
        }
    }
}
