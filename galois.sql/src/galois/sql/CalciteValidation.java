package galois.sql;

import galois.api.plan.StreamDefinition;
import galois.api.query.Catalog;

import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql2rel.SqlToRelConverter;

import java.util.List;
import java.util.Properties;

/** Resolves names and types of a query by Calcite's validator and converts it to operators. */
final class CalciteValidation {
    private static final SqlValidator.Config VALIDATOR =
            SqlValidator.Config.DEFAULT
                    .withConformance(Dialect.INSTANCE)
                    .withDefaultNullCollation(NullCollation.LOW)
                    .withTypeCoercionEnabled(false)
                    .withCallRewrite(false)
                    .withIdentifierExpansion(true)
                    .withColumnReferenceExpansion(true);

    /** Converts literally: nothing is merged or simplified before literals are lifted. */
    private static final SqlToRelConverter.Config CONVERTER =
            SqlToRelConverter.config()
                    .withTrimUnusedFields(false)
                    .withExpand(false)
                    .withDecorrelationEnabled(false)
                    .withInSubQueryThreshold(Integer.MAX_VALUE)
                    .withAddJsonTypeOperatorEnabled(false)
                    .withRelBuilderConfigTransform(
                            config ->
                                    config.withSimplify(false)
                                            .withSimplifyValues(false)
                                            .withSimplifyLimit(false)
                                            .withPruneInputOfAggregate(false)
                                            .withBloat(-1));

    private static final HepProgram NO_RULES = HepProgram.builder().build();

    private final QueryPlaces places;
    private final Catalog catalog;

    CalciteValidation(QueryPlaces places, Catalog catalog) {
        this.places = places;
        this.catalog = catalog;
    }

    /** The query as Calcite's operators over {@link SourceRel}. */
    RelRoot toRel(SqlNode query) {
        CalciteCatalogReader reader = reader();
        SqlValidator validator = new Validator(reader, VALIDATOR);
        try {
            SqlNode validated = validator.validate(query);
            RelOptCluster cluster = Clusters.cluster(Clusters.planner(NO_RULES, () -> {}));
            SqlToRelConverter converter =
                    new SqlToRelConverter(
                            (type, text, schemas, view) -> {
                                throw new IllegalStateException("there are no views");
                            },
                            validator,
                            reader,
                            cluster,
                            new Convertlets(places),
                            CONVERTER);
            return converter.convertQuery(validated, false, true);
        } catch (CalciteContextException error) {
            throw QueryErrors.of(places, catalog, error);
        } catch (CalciteException error) {
            throw QueryErrors.of(places, catalog, error);
        }
    }

    private CalciteCatalogReader reader() {
        CalciteSchema schema = CalciteSchema.createRootSchema(false, false);
        schema.add(StreamDefinition.ONE_ROW.name(), new StreamTable(StreamDefinition.ONE_ROW));
        for (StreamDefinition stream : catalog.streams()) {
            schema.add(stream.name(), new StreamTable(stream));
        }
        Properties properties = new Properties();
        properties.setProperty(CalciteConnectionProperty.CASE_SENSITIVE.camelName(), "false");
        return new CalciteCatalogReader(
                schema, List.of(), SqlTypes.FACTORY, new CalciteConnectionConfigImpl(properties));
    }
}
