package galois.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import galois.api.GaloisException;

import org.junit.jupiter.api.Test;

import java.util.Map;

class VariablesTest {
    private final Map<String, String> values = Map.of("HOST", "a$b", "EMPTY", "");

    @Test
    void replacesNamesAndDefaults() {
        String text = Variables.replace("${HOST} ${NONE:-x y} ${EMPTY:-no} $HOST", values::get);
        assertEquals("a$b x y  $HOST", text);
    }

    @Test
    void namesAVariableThatIsNotSet() {
        GaloisException e =
                assertThrows(
                        GaloisException.class, () -> Variables.replace("${NONE}", values::get));
        assertEquals(
                "GLS-1002 the variable NONE is not set: set it in the environment", e.userText());
    }
}
