package galois.sql;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.query.Catalog;

import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.sql.SqlNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From the text of a query to a plan: Calcite parses and validates, the result is translated to our
 * algebra and its literals become parameters. Thread safe.
 */
final class SelectPlanner {
    private static final Logger LOG = LoggerFactory.getLogger(SelectPlanner.class);

    private final Warmup warmup;

    /** Waits for {@code warmup} before it plans. */
    SelectPlanner(Warmup warmup) {
        this.warmup = warmup;
    }

    /** Plans all tokens that {@code in} has left. */
    LogicalPlan plan(TokenReader in, Catalog catalog) {
        NestingCheck.check(in);
        warmup.await();
        CalciteText text = CalciteDialect.of(in, catalog);
        QueryPlaces places = new QueryPlaces(in.source().start(), text);
        try {
            SqlNode parsed = WindowValues.expand(CalciteParser.parse(places), places, catalog);
            Snapshots snapshots = new Snapshots(places, catalog);
            SqlNode query = new SelectRewriter(places, catalog, snapshots).query(parsed);
            RelRoot root = new CalciteValidation(places, catalog).toRel(query);
            PlanBuilder builder = new PlanBuilder(places, catalog, snapshots);
            LogicalOp plan = ArrivalTime.resolve(builder.build(root), catalog, places);
            return Lifting.lift(RangeSimplification.simplify(plan));
        } catch (GaloisException refused) {
            throw refused;
        } catch (StackOverflowError tooDeep) {
            throw Limits.tooDeep(in.inScript(in.peek().position()));
        } catch (RuntimeException | AssertionError bug) {
            LOG.info("the planner failed on: {}", in.source().text(), bug);
            throw new GaloisException(
                    ErrorCode.BUG,
                    "the planner cannot handle this query: please report it with its text",
                    in.inScript(in.peek().position()));
        }
    }
}
