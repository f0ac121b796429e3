package galois.sql;

import galois.api.query.Catalog;
import galois.api.query.QueryLanguage;
import galois.api.query.SourceText;
import galois.api.query.Statement;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

import java.util.List;

/** SQL: our own statements, and selects as Calcite's parser and validator understand them. */
@Component(immediate = true, property = "name=sql")
public final class CalciteSql implements QueryLanguage {
    private final SelectPlanner selects;

    @Activate
    public CalciteSql() {
        this(Warmup.calcite());
    }

    /** Queries wait for {@code warmup}; {@link Warmup#NONE} is no thread and no wait. */
    CalciteSql(Warmup warmup) {
        selects = new SelectPlanner(warmup);
    }

    @Override
    public List<SourceText> split(String script) {
        return ScriptSplitter.split(script);
    }

    @Override
    public Statement parse(SourceText statement, Catalog catalog) {
        Limits.checkText(statement.text(), statement.start());
        return new StatementParser(statement, catalog, selects).parse();
    }
}
