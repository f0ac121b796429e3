package galois.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

class ErrorsTest {
    @Test
    void theUserSeesNumberPlaceAndMessageInOneLine() {
        GaloisException plain = new GaloisException(ErrorCode.UNKNOWN_STREAM, "no \"x\"");
        assertEquals("GLS-2002 no \"x\"", plain.userText());
        GaloisException placed =
                new GaloisException(ErrorCode.SYNTAX, "found ;", new TextPosition(3, 8));
        assertEquals("GLS-2001 line 3, column 8: found ;", placed.userText());
    }

    @Test
    void everyNumberIsUsedOnceAndIsOfAKnownKind() {
        long numbers = Arrays.stream(ErrorCode.values()).map(ErrorCode::number).distinct().count();
        assertEquals(ErrorCode.values().length, numbers);
        for (ErrorCode code : ErrorCode.values()) {
            int kind = code.number() / 1_000;
            assertTrue(kind >= 1 && kind <= 5 || kind == 9, code::text);
        }
    }

    @Test
    void aPlaceInAPieceBecomesAPlaceInTheScript() {
        TextPosition piece = new TextPosition(4, 10);
        assertEquals(new TextPosition(4, 12), piece.plus(new TextPosition(1, 3)));
        assertEquals(new TextPosition(5, 3), piece.plus(new TextPosition(2, 3)));
        assertEquals(TextPosition.NONE, piece.plus(TextPosition.NONE));
        assertEquals(new TextPosition(2, 2), TextPosition.NONE.plus(new TextPosition(2, 2)));
    }
}
