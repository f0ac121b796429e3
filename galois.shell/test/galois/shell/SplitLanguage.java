package galois.shell;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.TextPosition;
import galois.api.plan.StreamDefinition;
import galois.api.query.Catalog;
import galois.api.query.QueryLanguage;
import galois.api.query.SourceText;
import galois.api.query.Statement;
import galois.batch.Schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One statement a line; knows CREATE STREAM only. */
final class SplitLanguage implements QueryLanguage {
    @Override
    public List<SourceText> split(String script) {
        List<SourceText> statements = new ArrayList<>();
        String[] lines = script.split("\n");
        for (int i = 0; i < lines.length; i++) {
            statements.add(new SourceText(lines[i], new TextPosition(i + 1, 1)));
        }
        return statements;
    }

    @Override
    public Statement parse(SourceText statement, Catalog catalog) {
        if (!statement.text().startsWith("CREATE STREAM ")) {
            throw new GaloisException(ErrorCode.SYNTAX, "only CREATE STREAM");
        }
        String name = statement.text().substring(14);
        return new Statement.CreateStream(
                new StreamDefinition(name, new Schema(List.of()), Map.of(), -1, 0, Map.of()),
                false);
    }
}
