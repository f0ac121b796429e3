package galois.sql;

import galois.api.TextPosition;
import galois.api.query.SourceText;

import java.util.ArrayList;
import java.util.List;

/** Cuts a script into statements at semicolons outside quotes and comments. */
final class ScriptSplitter {
    private ScriptSplitter() {}

    static List<SourceText> split(String script) {
        List<SourceText> statements = new ArrayList<>();
        Token first = null;
        Token last = null;
        for (Token token : Lexer.tokens(script, new TextPosition(1, 1))) {
            if (token.isSymbol(";") || token.kind() == Token.Kind.END) {
                if (first != null) {
                    String text = script.substring(first.start(), last.end());
                    statements.add(new SourceText(text, first.position()));
                }
                first = null;
            } else {
                first = first == null ? token : first;
                last = token;
            }
        }
        return List.copyOf(statements);
    }
}
