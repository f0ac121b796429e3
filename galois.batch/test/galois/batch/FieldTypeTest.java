package galois.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldTypeTest {
    @Test
    void everyTypeIsReadBackAsTheSameObject() {
        for (FieldType type : FieldType.plain()) {
            assertSame(type, FieldType.parse(type.toString()));
        }
        for (int precision = 1; precision <= FieldType.DECIMAL_PRECISION_MAX; precision++) {
            for (int scale = 0; scale <= precision; scale++) {
                FieldType type = FieldType.decimal(precision, scale);
                assertSame(type, FieldType.parse(type.toString()));
                assertEquals(precision, type.precision());
                assertEquals(scale, type.scale());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "integer", "DECIMAL", "DECIMAL(19, 0)", "DECIMAL(2, 3)", "NULL"})
    void anotherTextIsNoType(String text) {
        assertThrows(IllegalArgumentException.class, () -> FieldType.parse(text));
    }

    @Test
    void decimalsOfOtherScalesHaveOtherLayouts() {
        Schema cents = Schema.of(new Field("price", FieldType.decimal(10, 2)));
        Schema mills = Schema.of(new Field("price", FieldType.decimal(10, 3)));
        assertNotEquals(cents.layout(), mills.layout());
    }
}
