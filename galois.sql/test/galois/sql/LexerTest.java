package galois.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import galois.api.GaloisException;
import galois.api.TextPosition;
import galois.api.query.SourceText;

import org.junit.jupiter.api.Test;

import java.util.List;

class LexerTest {
    private static final TextPosition START = new TextPosition(1, 1);

    @Test
    void cutsNamesNumbersAndSymbols() {
        assertEquals(
                List.of(
                        "a_1",
                        "::",
                        "1.5e-3",
                        "<=",
                        ".5",
                        "x",
                        ".",
                        "\"y \"\"z\"",
                        "!=",
                        "'it''s'",
                        ""),
                texts("a_1::1.5e-3<=.5 x.\"y \"\"z\"!='it''s'"));
    }

    @Test
    void leavesOutComments() {
        assertEquals(
                List.of("a", "-", "b", "c", ""), texts("a - -- not this\nb /* nor\n this -- */ c"));
    }

    @Test
    void countsLinesByAnyLineEnd() {
        List<Token> tokens = Lexer.tokens("a\r\nb\rc\n  d 'x\ny' e", START);
        assertEquals(new TextPosition(1, 1), tokens.get(0).position());
        assertEquals(new TextPosition(2, 1), tokens.get(1).position());
        assertEquals(new TextPosition(3, 1), tokens.get(2).position());
        assertEquals(new TextPosition(4, 3), tokens.get(3).position());
        assertEquals(new TextPosition(5, 4), tokens.get(5).position());
    }

    @Test
    void valueHasNoQuotes() {
        assertEquals("it's", Lexer.tokens("'it''s'", START).get(0).value());
        assertEquals("a`b", Lexer.tokens("`a``b`", START).get(0).value());
    }

    @Test
    void splitsAtSemicolonsOutsideQuotesAndComments() {
        List<SourceText> statements =
                ScriptSplitter.split(
                        "; -- first;\n SELECT ';' ; /* ; */ ;\n\nSHOW -- ;\n STREAMS;\n\"a;b\"");
        assertEquals(
                List.of(
                        new SourceText("SELECT ';'", new TextPosition(2, 2)),
                        new SourceText("SHOW -- ;\n STREAMS", new TextPosition(4, 1)),
                        new SourceText("\"a;b\"", new TextPosition(6, 1))),
                statements);
        assertEquals(List.of(), ScriptSplitter.split(" -- nothing\n/* at all */ ;;"));
    }

    @Test
    void unterminatedQuoteIsReportedWhereItOpens() {
        GaloisException error =
                assertThrows(
                        GaloisException.class, () -> ScriptSplitter.split("SELECT 1;\n  'abc;\n"));
        assertEquals(
                "GLS-2001 line 2, column 3: this text does not end: ' is missing",
                error.userText());
    }

    private static List<String> texts(String text) {
        return Lexer.tokens(text, START).stream().map(Token::text).toList();
    }
}
