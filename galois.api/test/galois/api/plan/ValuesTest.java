package galois.api.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.io.MalformedRow;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Values of the contracts: equal by content, and nobody's to change. */
class ValuesTest {
    private static final Schema SCHEMA = Schema.of(new Field("n", FieldType.BIGINT));

    @Test
    void aStreamDefinitionKeepsItsOptionsWhateverBecomesOfTheMapItCameFrom() {
        Map<String, String> options = new HashMap<>(Map.of("transport", "file"));
        StreamDefinition stream = new StreamDefinition("s", SCHEMA, Map.of(), -1, 0, options);
        options.put("transport", "mqtt");
        assertEquals("file", stream.option("transport", "none"));
        assertEquals("none", stream.option("format", "none"));
        assertThrows(UnsupportedOperationException.class, () -> stream.options().put("a", "b"));
    }

    @Test
    void literalsReadTheirText() {
        assertEquals(1, new Expr.Literal(FieldType.BOOLEAN, "true").asLong());
        assertEquals(-12, new Expr.Literal(FieldType.BIGINT, "-12").asLong());
        assertTrue(Double.isNaN(new Expr.Literal(FieldType.DOUBLE, "NaN").asDouble()));
        assertTrue(new Expr.Literal(FieldType.VARCHAR, null).isNull());
    }

    @Test
    void plansAreEqualByContent() {
        LogicalOp source = new LogicalOp.Source("s", SCHEMA, -1);
        Expr.Column column = new Expr.Column(0, FieldType.BIGINT);
        List<Expr> operands = new ArrayList<>(List.of(column, column));
        Expr equal = new Expr.Call(Function.EQUAL, operands, FieldType.BOOLEAN);
        operands.clear();
        assertEquals(
                new LogicalOp.Filter(source, equal),
                new LogicalOp.Filter(
                        new LogicalOp.Source("s", SCHEMA, -1),
                        new Expr.Call(Function.EQUAL, List.of(column, column), FieldType.BOOLEAN)));
    }

    @Test
    void aProjectionHasAsManyExpressionsAsFields() {
        LogicalOp source = new LogicalOp.Source("s", SCHEMA, -1);
        assertThrows(
                IllegalArgumentException.class,
                () -> new LogicalOp.Project(source, List.of(), SCHEMA));
    }

    @Test
    void causesOfBadRowsAreWords() {
        assertEquals("wrong type", MalformedRow.Cause.WRONG_TYPE.text());
        assertEquals("gap", MalformedRow.Cause.GAP.text());
    }
}
